"""How far reports were at an earlier moment, from what was sent, decided and published by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from followthrough.web.followup.models import Cycle, Submission
from followthrough.web.followup.rows import ReportRow
from followthrough.web.followup.states import Answering


def as_of(rows: Sequence[ReportRow], cycle: Cycle, moment: datetime) -> list[ReportRow]:
    """Return the reports of a cycle as far as each was at ``moment``; none, where it was not open yet."""
    if cycle.opened > moment:
        return []
    last: dict[int, Answering] = {}
    names = ("report", "decision", "decided", "published")
    sent: Any = Submission.objects.filter(report__cycle=cycle, sent__lte=moment).order_by("number")
    for report, decision, decided, published in sent.values_list(*names):
        last[report] = _state(decision, decided, published, moment)
    return [_then(one, last.get(one.id, Answering.OPEN), cycle, moment) for one in rows]


def _state(decision: str, decided: datetime | None, published: datetime | None, moment: datetime) -> Answering:
    """Return how far what was sent had come at a moment."""
    if published is not None and published <= moment:
        return Answering.PUBLISHED
    return Answering(decision) if decision and decided is not None and decided <= moment else Answering.SENT


def _then(one: ReportRow, state: Answering, cycle: Cycle, moment: datetime) -> ReportRow:
    sent = one.sent if one.sent is not None and one.sent <= moment else None
    silent = moment > cycle.due and state is Answering.OPEN
    return replace(one, state=state, sent=sent, late=one.late and sent is not None, silent=silent)
