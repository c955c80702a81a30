"""Where somebody arrives after signing in: what waits for them, and what is new since they were last here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.web.accounts.models import User
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.roles import Permission
from followthrough.web.assessments.models import REPLY
from followthrough.web.assessments.waiting import replies_in
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import head
from followthrough.web.kit.wording import listing
from followthrough.web.pages.todo_news import news_for
from followthrough.web.pages.todo_rows import work_of
from followthrough.web.saved_views.policy import views_of

MOST_KEPT, MOST_READ = 1024, 200
"""People whose count is kept, and events that are read before it is simply counted anew."""
_QUIET = frozenset(
    {
        EventType.REPORT_SAVED, EventType.REPORT_COMMENTED, EventType.ACCOUNT_SIGNED_IN, EventType.ACCOUNT_SIGNED_OUT,
        EventType.ACCOUNT_REFUSED,
    }
)  # fmt: skip
"""Events that change nothing of what waits for anybody, and that come most often."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was counted for a person, up to which event, and whose reports change it."""

    count: str
    day: date
    upto: int
    last: str
    parties: frozenset[str]
    runs: bool


_kept: dict[tuple[int, datetime], _Kept] = {}


@sign_in_required
@never_cache
@require_safe
def todo(request: SignedInRequest) -> HttpResponse:
    """Show what waits for a person, role by role, the first thing to do as the title."""
    work = work_of(request.user)
    waiting = [row for row in work.rows if row.count]
    replying = [one for one in work.rounds if one.state == REPLY]
    replies = replies_in([one.id for one in replying], request.user) if replying else {}
    context = {
        "work": work, "first": waiting[0] if waiting else None, "others": listing([row.first for row in waiting[1:]]),
        "replying": [(one, *replies.get(one.id, ([], []))) for one in replying],
        "news": news_for(request.user, work.standing), "todo_count": str(work.count or ""),
        "views": views_of(request.user),
    }  # fmt: skip
    return render(request, "pages/todo.html", context)


def todo_count(request: HttpRequest) -> dict[str, Any]:
    """Give every template how much waits for who is signed in, empty for nothing; it is counted where it is printed."""
    user = getattr(request, "user", None)
    return {"todo_count": SimpleLazyObject(lambda: _count(user) if isinstance(user, User) else "")}


def _count(user: User) -> str:
    """Return how much waits for a person: counted anew after an event that may touch it, and on another day."""
    today, who = timezone.localdate(), (user.pk, user.date_joined)
    held = _kept.get(who)
    found = _since(held) if held and held.day == today else []
    if held is None or not found:
        end = head()
        held = _counted(user, today, end.count, end.hash)
    else:
        upto, last = found[-1][0] or 0, found[-1][1]
        touched = any(_touches(held, verb, detail) for _sequence, _hash, verb, detail in found[1:])
        held = _counted(user, today, upto, last) if touched else replace(held, upto=upto, last=last)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[who] = held
    return held.count


def _since(held: _Kept) -> list[Any]:
    """Return the event up to which was counted and those after it; nothing where too much happened, or it is gone."""
    since = AuditEvent.objects.filter(sequence__gte=held.upto).order_by("sequence")
    rows = list(since.values_list("sequence", "hash", "verb", "detail")[: MOST_READ + 1])
    return rows if rows and rows[0][:2] == (held.upto, held.last) and len(rows) <= MOST_READ else []


def _counted(user: User, day: date, upto: int, last: str) -> _Kept:
    work = work_of(user)
    runs = Permission.RUN_CYCLE in work.standing.permissions
    return _Kept(str(work.count or ""), day, upto, last, frozenset(work.standing.parties), runs)


def _touches(held: _Kept, verb: str, detail: Mapping[str, Any]) -> bool:
    """Tell whether an event may change what waits: what another party reports is for who runs the cycle alone."""
    if verb in _QUIET:
        return False
    others = verb.startswith("report.") and detail.get("party", "") not in ("", *held.parties)
    return held.runs or not others
