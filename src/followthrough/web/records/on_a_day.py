"""What the register held at the end of a day: the day that an address names, and records as they were then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from followthrough.web.audit.as_of import State, state_at
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.kit.wording import day as in_words

FOREVER = 365 * 86_400
"""Seconds for which an answer about a day that is over may be kept: it does not change."""
_UNSHOWN = frozenset({"entered_by", "words", "spans", "position", "goals", "missing", "instruments"})


def day_of(asked: str) -> date:
    """Return the day that an address names (``2026-11-28``); raises ``Http404`` that says why it has no answer."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404(_("%(day)s is no day: write it as 2026-11-28.") % {"day": asked}) from None
    if day > datetime.now(UTC).date():
        raise Http404(_("%(day)s has not come yet.") % {"day": in_words(asked)})
    first = began()
    if day < first:
        told = {"day": in_words(asked), "first": in_words(first.isoformat())}
        raise Http404(_("This register holds nothing from %(day)s: its record begins on %(first)s.") % told)
    return day


def began() -> date:
    """Return the day on which the record begins: that of the first event, or of the first evidence on record."""
    event = AuditEvent.objects.order_by("id").values_list("at", flat=True).first()
    days = [event.date()] if event else []
    if recorded := Claim.objects.exclude(recorded="").aggregate(first=Min("recorded"))["first"]:
        days.append(date.fromisoformat(recorded))
    return min(days, default=datetime.now(UTC).date())


def values_of(held: Any) -> dict[str, Any]:
    """Return the fields of a record that are words, numbers or dates; what refers to another record is left out."""
    fields = (one for one in held._meta.concrete_fields if not one.is_relation and not one.primary_key)
    return {one.name: getattr(held, one.name) for one in fields if one.name not in _UNSHOWN}


def told_of(held: Any, event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event without changes of what refers to another record, which not everybody may know of."""
    changes, shown = event["detail"].get("changes"), values_of(held)
    if not isinstance(changes, dict):
        return dict(event)
    return {**event, "detail": {**event["detail"], "changes": {k: v for k, v in changes.items() if k in shown}}}


def states_on(kind: str, records: Sequence[Any], day: date) -> dict[str, State]:
    """Return each of ``records``, which the record of changes calls ``kind``, as it was on ``day``; by id."""
    events = _events(kind, [str(one.pk) for one in records])
    return {
        str(one.pk): state_at(values_of(one), [told_of(one, event) for event in events[str(one.pk)]], day)
        for one in records
    }


def _events(kind: str, keys: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what happened to records of a kind, oldest first, by their ids."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    asked = AuditEvent.objects.filter(kind=kind, target__in=list(keys)).order_by("id")
    for event in asked.values("target", "at", "verb", "detail"):
        found[event["target"]].append(dict(event))
    return found


def kept(response: HttpResponse, request: HttpRequest, day: date, live: str) -> HttpResponse:
    """Return the answer about ``day`` with what caches and crawlers are told: ``live`` is the page as it is now.

    A day that is not over is asked for anew each time.
    """
    response["Link"] = f'<{request.build_absolute_uri(live)}>; rel="canonical"'
    if day < datetime.now(UTC).date():
        patch_cache_control(response, public=True, max_age=FOREVER, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
