"""Plain rows of claims and of what ties them to an agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q

from followthrough.assess.coverage import known_since
from followthrough.assess.dates import order
from followthrough.assess.grading import grade
from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities, visible_activity_parties
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.evidence.policy import visible_claim_parties, visible_sides
from followthrough.web.links.scope import Scope

CLAIM = (
    "id", "kind", "date", "statement", "value", "unit", "stance", "reproducible", "checked", "check_note", "notes",
    "quote", "recorded", "withdrawn", "replaced_by_id",
)  # fmt: skip
SOURCE = ("id", "title", "publisher", "publisher_kind", "url", "published", "language")
ACTIVITY = (
    "id", "title", "kind", "state", "status", "start", "end", "budget", "currency", "lead_body", "statement",
    "parent_id", "recorded", "withdrawn", "replaced_by_id",
)  # fmt: skip

IDS = 10_000
"""Ids in one query: a database bounds the parameters of a statement (SQLite's default is 32,766)."""


def portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut ``ids`` into lists that one query can ask for."""
    return (ids[start : start + IDS] for start in range(0, len(ids), IDS))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, as every page names it."""

    id: str
    title: str
    publisher: str
    publisher_kind: str
    url: str
    published: str
    language: str

    @property
    def grade(self) -> int:
        """Its suggested grade, 0 to 4."""
        return grade(self.publisher_kind)


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a thing to a place: the commitment or provision, the role, why, who said so, and whether confirmed."""

    id: str
    place: str
    role: str
    rationale: str
    origin: str
    confirmed: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its source and its ties to the agreement that a page is about."""

    id: str
    kind: str
    date: str
    statement: str
    value: Decimal | None
    unit: str
    stance: str
    reproducible: bool
    checked: bool
    check_note: str
    notes: str
    quote: str
    recorded: str
    withdrawn: str
    replaced_by: str | None
    source: SourceRow
    ties: list[Tie] = field(default_factory=list)

    @property
    def unfavourable(self) -> bool:
        """Whether it speaks against the undertaking being kept."""
        return self.stance == "unfavourable"

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.source.published, self.date, self.recorded)

    @property
    def figure(self) -> str:
        """Its value with its unit, or nothing."""
        return f"{plain(self.value)} {self.unit}".strip() if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its source and its ties to the agreement that a page is about."""

    id: str
    title: str
    kind: str
    state: str
    status: str
    start: str
    end: str
    budget: Decimal | None
    currency: str
    lead_body: str
    statement: str
    parent: str
    recorded: str
    withdrawn: str
    replaced_by: str | None
    source: SourceRow
    ties: list[Tie] = field(default_factory=list)

    @property
    def told(self) -> str:
        """When its source was published."""
        return self.source.published

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.source.published, self.start, self.recorded)


def _tied(thing: str, columns: tuple[str, ...], scope: Scope) -> Iterable[Any]:
    """Return the links of one kind of thing to a scope: place, tie, thing and source, cell by cell."""
    tie = ("role", "rationale", "origin", "confirmed", "share", "id")
    cells = (*(f"{thing}__{name}" for name in columns), *(f"{thing}__source__{name}" for name in SOURCE))
    by_commitment, by_provision = scope.links(thing)
    rows: Any = by_commitment.values_list("commitment_id", *tie, *cells)
    yield from rows.union(by_provision.values_list("provision_id", *tie, *cells), all=True)


def _tie(row: Any) -> Tie:
    place, role, rationale, origin, confirmed, share, key = row[:7]
    return Tie(key, place, role, rationale, origin, confirmed, share)


def claims_of(scope: Scope) -> list[ClaimRow]:
    """Return the claims that are tied to a scope and stand, oldest first, undated last."""
    found: dict[str, ClaimRow] = {}
    for row in _tied("claim", CLAIM, scope):
        cells, source = row[7 : 7 + len(CLAIM)], row[7 + len(CLAIM) :]
        claim = found.setdefault(cells[0], ClaimRow(*[*cells, SourceRow(*source)]))
        claim.ties.append(_tie(row))
    kept = (claim for claim in found.values() if not claim.withdrawn)
    return sorted(kept, key=lambda claim: (order(claim.date), claim.id))


def activities_of(scope: Scope) -> list[ActivityRow]:
    """Return the activities that are tied to a scope and stand, oldest first, undated last."""
    found: dict[str, ActivityRow] = {}
    for row in _tied("activity", ACTIVITY, scope):
        activity = found.get(row[7]) or found.setdefault(row[7], activity_row(row[7:]))
        activity.ties.append(_tie(row))
    kept = (one for one in seen_wholes(found.values(), scope.by) if not one.withdrawn)
    return sorted(kept, key=lambda one: (order(one.start or one.end), one.id))


def seen_wholes(found: Iterable[ActivityRow], by: Actor) -> list[ActivityRow]:
    """Return activities without the names of those that ``by`` does not see and that they are parts of."""
    held = list(found)
    seen = {one.id for one in held}
    named = {one.parent for one in held if one.parent} - seen
    seen |= set(visible_activities(by).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return [one if one.parent in seen else replace(one, parent="") for one in held] if named - seen else held


def activity_row(cells: Sequence[Any]) -> ActivityRow:
    """Return an activity from the cells of ``ACTIVITY`` and of its source."""
    about = cells[: len(ACTIVITY)]
    return ActivityRow(*[*about[:11], about[11] or "", *about[12:], SourceRow(*cells[len(ACTIVITY) :])])


def parties_named(scope: Scope) -> dict[str, frozenset[str]]:
    """Return the parties that each claim and activity of a scope names, by its id."""
    named: dict[str, set[str]] = defaultdict(set)
    doors: tuple[tuple[str, Any], ...] = (("claim", visible_claim_parties), ("activity", visible_activity_parties))
    asked: list[Any] = []
    for thing, door in doors:
        tied = (Q(**{f"{thing}__in": links.values(f"{thing}_id")}) for links in scope.links(thing))
        asked.append(door(scope.by).filter(reduce(or_, tied)).order_by().values_list(f"{thing}_id", "party_id"))
    for key, party in asked[0].union(*asked[1:]):
        named[key].add(party)
    return {key: frozenset(parties) for key, parties in named.items()}


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says, and where."""

    says: str
    value: Decimal | None
    unit: str
    claim: str
    figure: str
    source: SourceRow

    @property
    def amount(self) -> str:
        """Its value in plain form, or nothing."""
        return plain(self.value) if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question with what each side says; ``gap`` is how far the lowest is below the highest, in per cent."""

    id: str
    topic: str
    note: str
    sides: list[Side]

    @property
    def gap(self) -> float | None:
        """The distance of the figures, where every side has one in the same unit."""
        values = [float(side.value) for side in self.sides if side.value is not None]
        comparable = len(values) == len(self.sides) and len({side.unit for side in self.sides}) == 1
        return 100 * (max(values) - min(values)) / max(values) if comparable and max(values) > 0 else None


def conflicts_over(figures: Sequence[str], by: Actor) -> list[Conflict]:
    """Return the conflicts that any of a fund's ``figures`` is in, of those that ``by`` sees; the widest gap first."""
    return _conflicts(visible_sides(by).filter(fund_figure__in=figures).order_by().values("conflict_id"), by)


def conflicts_of(claims: Sequence[str], by: Actor) -> list[Conflict]:
    """Return the conflicts that any of ``claims`` is in, of those that ``by`` sees; the widest gap first."""
    held = visible_sides(by).order_by()
    asked = {one for some in portions(claims) for one in held.filter(claim__in=some).values_list("conflict", flat=True)}
    return _conflicts(sorted(asked), by) if asked else []


def _conflicts(asked: Any, by: Actor) -> list[Conflict]:
    """Return the conflicts whose ids ``asked`` selects, each with all its sides; the widest gap first."""
    cells = ("conflict_id", "conflict__topic", "conflict__note", "says", "value", "unit", "claim_id", "fund_figure_id")
    found: dict[str, Conflict] = {}
    rows: Any = visible_sides(by).filter(conflict__in=asked).order_by("id")
    for key, topic, note, says, value, unit, claim, figure, *source in rows.values_list(
        *cells, *(f"source__{name}" for name in SOURCE)
    ):
        one = found.setdefault(key, Conflict(key, topic, note, []))
        one.sides.append(Side(says, value, unit, claim or "", figure or "", SourceRow(*source)))
    return sorted(found.values(), key=lambda one: (-(one.gap or 0), one.topic))


def last_recorded(document: str, by: Actor) -> str:
    """Return the day on which evidence about a document was last recorded, or nothing where none ever was."""
    asked = (links.aggregate(day=Max("claim__recorded")) for links in Scope(document, by=by).links("claim"))
    return max((found["day"] or "" for found in asked), default="")


def source_row(key: str, by: Actor) -> SourceRow | None:
    """Return a source, or nothing where ``by`` sees none."""
    about: Any = visible_sources(by).filter(pk=key).values_list(*SOURCE).first()
    return None if about is None else SourceRow(*about)


def tie(thing: str, found: Mapping[str, ClaimRow | ActivityRow], by: Actor, document: str = "") -> None:
    """Fill in what ties each of ``found`` to ``document``, or to every document that ``by`` may read."""
    for some in portions(list(found)):
        for place, held in zip(("commitment_id", "provision_id"), Scope(document, by=by).links(thing), strict=True):
            names = (place, "role", "rationale", "origin", "confirmed", "share", "id", f"{thing}_id")
            for row in held.filter(**{f"{thing}__in": some}).values_list(*names):
                found[row[7]].ties.append(_tie(row))
