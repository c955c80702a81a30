"""Plain rows of a cycle for its pages and files: which party's report on what is how far, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Case, CharField, Count, DateTimeField, Max, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from followthrough.web.agreements.rows import tail
from followthrough.web.followup import clock
from followthrough.web.followup.models import Assignment, Cycle, Report
from followthrough.web.followup.states import IN, TURN, Answering, Turn
from followthrough.web.notices.models import Notice

Many = TypeVar("Many", bound="Counted")
One = TypeVar("One")


class Counted(Protocol):
    """What is counted by party, section and lead body: one report, or many that are alike.

    ``sent`` is when the last of them came in first, ``oldest`` when the first did.
    """

    @property
    def party(self) -> str: ...
    @property
    def party_name(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def state(self) -> Answering: ...
    @property
    def silent(self) -> bool: ...
    @property
    def late(self) -> bool: ...
    @property
    def sent(self) -> datetime | None: ...
    @property
    def oldest(self) -> datetime | None: ...
    @property
    def weight(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports of one party in one section, of the id ``above``, under one lead body are in one state."""

    party: str
    party_name: str
    section: str
    lead: str
    state: Answering
    silent: bool
    late: bool
    sent: datetime | None
    oldest: datetime | None
    weight: int
    above: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One party's report on one place: ``heading`` is the place's number and title, ``section`` that of its parent.

    ``lead`` is the body that answers for the first of its commitments; ``sent`` is when it came in first;
    ``answered_with`` the report that answers it too.
    """

    id: int
    party: str
    party_name: str
    place: str
    num: str
    heading: str
    section: str
    lead: str
    state: Answering
    sent: datetime | None
    late: bool
    silent: bool
    answered_with: int | None = None

    @property
    def ref(self) -> str:
        """The part of the place's id that follows its document."""
        return tail(self.place)

    @property
    def turn(self) -> Turn:
        """Who is to act."""
        return TURN[self.state]

    @property
    def mark(self) -> str:
        """How the cell of a matrix is drawn."""
        return mark_of(self)

    @property
    def oldest(self) -> datetime | None:
        """When it came in first."""
        return self.sent

    @property
    def weight(self) -> int:
        """It is one."""
        return 1


def mark_of(one: Counted) -> str:
    """Return how a report is drawn: by its state, or as silent."""
    return "silent" if one.silent else one.state.value


@dataclass(frozen=True, slots=True)
class Group(Generic[Many]):
    """Reports that belong together, by party, place, section or lead body, with how many of them are in."""

    key: str
    name: str
    reports: tuple[Many, ...]

    @property
    def of(self) -> int:
        """How many are asked."""
        return sum(one.weight for one in self.reports)

    @property
    def n(self) -> int:
        """How many are in."""
        return self.count(*IN)

    @property
    def late(self) -> int:
        """How many came late."""
        return sum(one.weight for one in self.reports if one.late)

    @property
    def silent(self) -> bool:
        """Whether nothing was sent of any of them when they were due."""
        return all(one.silent for one in self.reports)

    @property
    def owed(self) -> int:
        """How many the party has still to send."""
        return sum(one.weight for one in self.reports if TURN[one.state] is Turn.PARTY)

    @property
    def last_sent(self) -> datetime | None:
        """When the last of them came in first."""
        return max((one.sent for one in self.reports if one.sent), default=None)

    @property
    def oldest_waiting(self) -> datetime | None:
        """When the first of those came in that wait for review."""
        sent = (one.oldest for one in self.reports if one.state is Answering.SENT)
        return min((moment for moment in sent if moment), default=None)

    def count(self, *states: Answering) -> int:
        """Return how many are in one of these states."""
        return sum(one.weight for one in self.reports if one.state in states)

    def bars(self) -> list[tuple[str, int, int]]:
        """Return the marks that occur with how often, each with how many stand before it: one line of a picture."""
        found, at = list[tuple[str, int, int]](), 0
        for mark, count in self.counted():
            found.append((mark, count, at))
            at += count
        return found

    def counted(self) -> list[tuple[str, int]]:
        """Return the marks that occur, in the order of the states, each with how often."""
        found = dict.fromkeys(MARKS, 0)
        for one in self.reports:
            found[mark_of(one)] += one.weight
        return [(mark, count) for mark, count in found.items() if count]


MARKS = ("published", "accepted", "sent", "returned", "open", "silent")
"""How a report is drawn, from done to nothing sent after the due date."""
_LEAD = Subquery(Assignment.objects.filter(report=OuterRef("pk")).order_by("pk").values("lead")[:1])
_SECTION = ("provision__parent__num", "provision__parent__title")


def report_rows(cycle: Cycle, reports: QuerySet[Report], now: datetime | None = None) -> list[ReportRow]:
    """Return the rows of ``reports`` of a cycle by place and party, with one query; no draft is read."""
    over = (now or clock.now()) > cycle.due
    place = ("provision", "provision__num", "provision__title", *_SECTION)
    names = ("pk", "party", "party__name", *place, "body", "state", "first_sent", "answered_with")
    held = reports.filter(cycle=cycle).annotate(body=_LEAD)
    rows: Any = held.order_by("position", "party__name").values_list(*names)
    return [
        ReportRow(
            key, party, name, where, num, f"{num} {title}".strip(), f"{above or ''} {section or ''}".strip(),
            lead or "", Answering(state), sent, sent is not None and sent > cycle.due,
            over and state == Answering.OPEN, together,
        )
        for key, party, name, where, num, title, above, section, lead, state, sent, together in rows
    ]  # fmt: skip


def tallies(cycle: Cycle, reports: QuerySet[Report], now: datetime | None = None) -> list[Tally]:
    """Return how many ``reports`` of a cycle are how far, in the order of the agreement, with one query."""
    return _tallies(cycle, _counted(cycle, reports), now or clock.now())


def tallies_with_letters(
    cycle: Cycle, reports: QuerySet[Report], letters: QuerySet[Notice]
) -> tuple[list[Tally], list[tuple[str, datetime]]]:
    """Return the tallies of a cycle and the keys of ``letters`` with when each was made, both with one query."""
    unsaid = Value(None, CharField())
    held = letters.order_by().values_list(
        "key", Value(""), unsaid, unsaid, unsaid, unsaid, Value(_LETTER), Value(False), "pk", "made",
        Value(None, DateTimeField()), Value(0),
    )  # fmt: skip
    rows: Any = list(_counted(cycle, reports).union(held, all=True))
    told = sorted((row[8], row[0], row[9]) for row in rows if row[6] == _LETTER)
    return _tallies(cycle, (row for row in rows if row[6] != _LETTER), clock.now()), [one[1:] for one in told]


_BY = ("party", "party__name", "provision__parent", *_SECTION, "body", "state", "was_late")
_LETTER = "letter"
"""What stands in the place of a state where a row is a letter."""


def _counted(cycle: Cycle, reports: QuerySet[Report]) -> QuerySet[Report, Any]:
    late = Case(When(first_sent__gt=cycle.due, then=Value(True)), default=Value(False))
    held = reports.filter(cycle=cycle).annotate(body=_LEAD, was_late=late).order_by().values(*_BY)
    counted = held.annotate(at=Min("position"), last=Max("first_sent"), oldest=Min("first_sent"), of=Count("pk"))
    found: QuerySet[Report, Any] = counted.values_list(*_BY, "at", "last", "oldest", "of")
    return found


def _tallies(cycle: Cycle, rows: Iterable[Any], now: datetime) -> list[Tally]:
    over = now > cycle.due
    return [
        Tally(
            party, name, f"{above or ''} {section or ''}".strip(), lead or "", Answering(state),
            over and state == Answering.OPEN, bool(was_late), last, oldest, of, key,
        )
        for party, name, key, above, section, lead, state, was_late, _at, last, oldest, of in sorted(
            rows, key=lambda row: (row[8], row[1])
        )
    ]  # fmt: skip


def in_group(reports: QuerySet[Report], like: Tally, *, lead: bool) -> QuerySet[Report]:
    """Return those of ``reports`` in the section of a tally, and where ``lead`` says so under its lead body."""
    held = reports.filter(provision__parent=like.above)
    return held.annotate(under=Coalesce(_LEAD, Value(""))).filter(under=like.lead) if lead else held


def by_party(rows: Iterable[Many]) -> list[Group[Many]]:
    """Return reports by party, those that owe the largest share first."""
    groups = _grouped(sorted(rows, key=lambda one: (one.party_name, one.party)), lambda one: one.party)
    found = [Group(key, reports[0].party_name, reports) for key, reports in groups]
    return sorted(found, key=lambda one: (-one.owed / one.of, one.name))


def by_place(rows: Iterable[ReportRow]) -> list[Group[ReportRow]]:
    """Return reports by place; ``rows`` stand in the order of the agreement."""
    return [Group(key, reports[0].heading, reports) for key, reports in _grouped(rows, lambda one: one.place)]


def by_section(rows: Iterable[Many]) -> list[Group[Many]]:
    """Return reports by the section of their place; ``rows`` stand in the order of the agreement."""
    return gathered(rows, lambda one: one.section)


def by_lead(rows: Iterable[Many]) -> list[Group[Many]]:
    """Return reports by the body that answers for them, in the order in which ``rows`` name them."""
    return gathered(rows, lambda one: one.lead)


def gathered(rows: Iterable[Many], key: Callable[[Many], str]) -> list[Group[Many]]:
    """Return rows by what ``key`` says of them, in the order in which it says it first."""
    found: dict[str, list[Many]] = {}
    for one in rows:
        found.setdefault(key(one), []).append(one)
    return [Group(name, name, tuple(many)) for name, many in found.items()]


def _grouped(rows: Iterable[One], key: Callable[[One], str]) -> list[tuple[str, tuple[One, ...]]]:
    return [(one, tuple(many)) for one, many in groupby(rows, key)]
