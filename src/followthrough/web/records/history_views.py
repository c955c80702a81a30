"""The history of one record: what happened to it in sentences, and what it said on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from followthrough.model.typed_dates import read_typed_date
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities, visible_figures, visible_meetings
from followthrough.web.agreements.policy import (
    visible_commitments,
    visible_documents,
    visible_instruments,
    visible_sources,
)
from followthrough.web.agreements.rows import history_of
from followthrough.web.audit.as_of import state_at
from followthrough.web.audit.sentences import event_says
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.indicators.policy import visible_indicators, visible_targets
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.field_labels import label
from followthrough.web.records.on_a_day import told_of, values_of


class Kept(NamedTuple):
    """A kind of record whose history is shown: its table in packs, its door, and its name on the screen."""

    table: str
    door: Callable[[Actor], QuerySet[Any]]
    noun: Any


KEPT = {
    "claim": Kept("claims", visible_claims, gettext_lazy("Evidence item")),
    "source": Kept("sources", visible_sources, gettext_lazy("Source")),
    "activity": Kept("activities", visible_activities, gettext_lazy("Activity")),
    "commitment": Kept("commitments", visible_commitments, gettext_lazy("Commitment")),
    "document": Kept("documents", visible_documents, gettext_lazy("Document")),
    "instrument": Kept("instruments", visible_instruments, gettext_lazy("Instrument")),
    "indicator": Kept("indicators", visible_indicators, gettext_lazy("Indicator")),
    "target": Kept("targets", visible_targets, gettext_lazy("Target")),
    "meeting": Kept("meetings", visible_meetings, gettext_lazy("Meeting")),
    "fundfigure": Kept("fund_figures", visible_figures, gettext_lazy("Figure of a fund")),
}
"""The kinds by what the record of changes calls them."""
_PAGES = {"claim": "claim", "source": "source", "activity": "activity", "indicator": "indicator"}


class Cell(NamedTuple):
    """One field: what it said on the day, and what it says now."""

    label: str
    then: str
    now: str


@require_safe
def history(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show what happened to a record and, for the day that is asked for, what it said then beside what it says now."""
    kept = KEPT[kind]
    held = kept.door(request.user).filter(pk=key).first()
    if held is None:
        raise Http404(_("The register has no such record, or you may not see it."))
    asked = request.GET.get("as_of", "").strip()[:40]
    day, problem = _day(asked)
    values, events = values_of(held), [told_of(held, one) for one in history_of(kind, key)]
    state = state_at(values, events, day) if day else None
    cells = [Cell(label(f"{kept.table}.{name}"), said_of(state.values[name] if state else value), said_of(value))
             for name, value in values.items()]  # fmt: skip
    context = {
        "kept": kept, "key": key, "back": _page_of(kind, key), "asked": asked, "day": day, "problem": problem,
        "state": state, "cells": cells, "changed": sum(one.then != one.now for one in cells),
        "history": [(event, event_says(event)) for event in events], "address": address(f"history-{kind}", key),
    }  # fmt: skip
    return render(request, "records/history.html", context, status=422 if problem else 200)


def _day(asked: str) -> tuple[date | None, str]:
    """Return the last day of the date that was typed, and what is wrong with it."""
    if not asked:
        return None, ""
    try:
        return min(read_typed_date(asked).last_day, timezone.localdate()), ""
    except ValueError as error:
        return None, str(error)


def said_of(value: Any) -> str:
    """Return the value of a field in words."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _page_of(kind: str, key: str) -> str:
    """Return the page of a record, empty where it has none of its own."""
    if kind in ("commitment", "document"):
        return place_address(key)
    return address(_PAGES[kind], key) if kind in _PAGES else ""
