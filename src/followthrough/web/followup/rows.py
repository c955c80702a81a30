"""Plain rows of a cycle for its pages and files: which party's report on what is how far, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from followthrough.web.agreements.rows import tail
from followthrough.web.followup import clock
from followthrough.web.followup.models import Cycle, Report
from followthrough.web.followup.states import IN, TURN, Answering, Turn


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One party's report on one place: ``heading`` is the place's number and title, ``section`` that of its parent.

    ``sent`` is when it came in first.
    """

    id: int
    party: str
    party_name: str
    place: str
    num: str
    heading: str
    section: str
    state: Answering
    sent: datetime | None
    late: bool
    silent: bool

    @property
    def ref(self) -> str:
        """The part of the place's id that follows its document."""
        return tail(self.place)

    @property
    def turn(self) -> Turn:
        """Who is to act."""
        return TURN[self.state]

    @property
    def is_in(self) -> bool:
        """Whether the party has done what was asked."""
        return self.state in IN

    @property
    def mark(self) -> str:
        """How the cell of a matrix is drawn."""
        return "silent" if self.silent else self.state.value


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that belong together, by party, place or section, with how many of them are in."""

    key: str
    name: str
    reports: tuple[ReportRow, ...]

    @property
    def of(self) -> int:
        """How many are asked."""
        return len(self.reports)

    @property
    def n(self) -> int:
        """How many are in."""
        return sum(one.is_in for one in self.reports)

    @property
    def late(self) -> int:
        """How many came late."""
        return sum(one.late for one in self.reports)

    @property
    def owed(self) -> int:
        """How many the party has still to send."""
        return sum(one.turn is Turn.PARTY for one in self.reports)

    @property
    def last_sent(self) -> datetime | None:
        """When the last of them came in first."""
        return max((one.sent for one in self.reports if one.sent), default=None)

    def count(self, *states: Answering) -> int:
        """Return how many are in one of these states."""
        return sum(one.state in states for one in self.reports)

    def bars(self) -> list[tuple[str, int, int]]:
        """Return the marks that occur with how often, each with how many stand before it: one line of a picture."""
        found, at = list[tuple[str, int, int]](), 0
        for mark, count in self.counted():
            found.append((mark, count, at))
            at += count
        return found

    def counted(self) -> list[tuple[str, int]]:
        """Return the marks that occur, in the order of the states, each with how often."""
        marks = [one.mark for one in self.reports]
        return [(mark, marks.count(mark)) for mark in MARKS if mark in marks]


MARKS = ("published", "accepted", "sent", "returned", "open", "silent")
"""How a report is drawn, from done to nothing sent after the due date."""


def report_rows(cycle: Cycle, reports: QuerySet[Report], now: datetime | None = None) -> list[ReportRow]:
    """Return the rows of ``reports`` of a cycle by place and party, with one query; no draft is read."""
    over = (now or clock.now()) > cycle.due
    place = ("provision", "provision__num", "provision__title", "provision__parent__num", "provision__parent__title")
    names = ("pk", "party", "party__name", *place, "state", "first_sent")
    rows: Any = reports.filter(cycle=cycle).order_by("position", "party__name").values_list(*names)
    return [
        ReportRow(
            key, party, name, where, num, f"{num} {title}".strip(), f"{above or ''} {section or ''}".strip(),
            Answering(state), sent, sent is not None and sent > cycle.due, over and state == Answering.OPEN,
        )
        for key, party, name, where, num, title, above, section, state, sent in rows
    ]  # fmt: skip


def by_party(rows: Iterable[ReportRow]) -> list[Group]:
    """Return reports by party, those that owe the largest share first."""
    groups = _grouped(sorted(rows, key=lambda one: (one.party_name, one.party)), lambda one: one.party)
    found = [Group(key, reports[0].party_name, reports) for key, reports in groups]
    return sorted(found, key=lambda one: (-one.owed / one.of, one.name))


def by_place(rows: Iterable[ReportRow]) -> list[Group]:
    """Return reports by place; ``rows`` stand in the order of the agreement."""
    return [Group(key, reports[0].heading, reports) for key, reports in _grouped(rows, lambda one: one.place)]


def by_section(rows: Iterable[ReportRow]) -> list[Group]:
    """Return reports by the section of their place; ``rows`` stand in the order of the agreement."""
    return [Group(key, key, reports) for key, reports in _grouped(rows, lambda one: one.section)]


def _grouped(rows: Iterable[ReportRow], key: Callable[[ReportRow], str]) -> list[tuple[str, tuple[ReportRow, ...]]]:
    return [(one, tuple(many)) for one, many in groupby(rows, key)]
