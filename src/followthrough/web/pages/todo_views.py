"""Where somebody arrives after signing in: what waits for them, and what is new since they were last here."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.web.accounts.models import User
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.assessments.models import REPLY
from followthrough.web.assessments.waiting import replies_in
from followthrough.web.audit.record import head
from followthrough.web.kit.wording import listing
from followthrough.web.pages.todo_news import news_for
from followthrough.web.pages.todo_rows import work_of
from followthrough.web.saved_views.policy import views_of


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
    """Return how much waits for a person: counted anew after an event of the record, and on another day."""
    return _counted(user, head().hash, timezone.localdate())


@lru_cache(maxsize=1024)
def _counted(user: User, _last_event: str, _day: date) -> str:
    """Every page prints the sum, and what it is of changes with an event alone: it is kept until the next."""
    return str(work_of(user).count or "")
