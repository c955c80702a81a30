"""The coverage ladder: on which rung each place of an agreement stands, by whom, on which day, with both lists.

A place is a commitment or a provision. Evidence reaches a rung by what it is, never by how much of it there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from followthrough.assess.dates import on_or_after
from followthrough.model import Rule


class Rung(IntEnum):
    """The rungs of the ladder."""

    NOTHING = 0
    PLANNED = 1
    UNDER_WAY = 2
    OUTPUT = 3
    OUTCOME = 4

    @property
    def label(self) -> str:
        """What the rung is called."""
        return _LABELS[self]


_LABELS = {
    Rung.NOTHING: "nothing recorded",
    Rung.PLANNED: "planned",
    Rung.UNDER_WAY: "under way",
    Rung.OUTPUT: "output delivered",
    Rung.OUTCOME: "outcome indicated",
}

_BY_CLAIM = {
    "policy": Rung.PLANNED,
    "agreement": Rung.PLANNED,
    "meeting": Rung.UNDER_WAY,
    "activity": Rung.UNDER_WAY,
    "funding": Rung.UNDER_WAY,
    "output": Rung.OUTPUT,
    "outcome": Rung.OUTCOME,
}
_BY_STATE = {
    "proposed": Rung.PLANNED,
    "submitted": Rung.PLANNED,
    "checked": Rung.PLANNED,
    "endorsed": Rung.PLANNED,
    "approved": Rung.PLANNED,
    "running": Rung.UNDER_WAY,
    "implemented": Rung.UNDER_WAY,
    "reported": Rung.UNDER_WAY,
    "period_ended": Rung.UNDER_WAY,
    "completed": Rung.OUTPUT,
}

ROLLUPS = {
    "any": "any party acts",
    "all": "all must act",
    "mean": "mean of parties",
    "joint": "the joint body acts",
}
"""The ways to roll evidence up, by id."""

RULES = (
    Rule(
        "C1",
        1,
        "coverage",
        "The ladder",
        "A place stands on the highest rung that its evidence reaches: a policy or an agreement, planned; a meeting, "
        "an activity or funding, under way; an output or a completed activity, output delivered; an outcome that a "
        "person recorded, outcome indicated. A statistic moves nothing, nor does a comparison, an unfavourable "
        "claim, or evidence whose link says that it is context only.",
        "followthrough.assess.coverage.rung_of_claim",
    ),
    Rule(
        "C2",
        1,
        "coverage",
        "What counts on a day",
        "Evidence counts from the day on which its source was published, else from the day it speaks of, else from "
        "the day we recorded it; and only when what it speaks of is not before the agreement was adopted.",
        "followthrough.assess.coverage.counts",
    ),
    Rule(
        "C3",
        1,
        "coverage",
        "Four ways to roll up",
        "Any party acts: the highest rung of all evidence. All must act: the lowest of the parties' rungs, each by "
        "evidence that names the party itself. Mean of parties: at a rung, the mean share of parties at or above it. "
        "The joint body acts: evidence that names the organisation. Coverage at a rung is n at or above it of N "
        "places, with both lists.",
        "followthrough.assess.coverage.coverage",
    ),
    Rule(
        "C4",
        1,
        "coverage",
        "Confirmed and suggested",
        "A link is a suggestion until a person confirms it. Coverage is computed from confirmed links; from "
        "suggested ones too where the page says so.",
        "followthrough.assess.coverage.counts",
    ),
)


class Evidence(NamedTuple):
    """One thing tied to one place: the rung it reaches, what day it speaks of, since when it is known, and of whom."""

    place: str
    thing: str
    rung: Rung
    date: str
    known: str
    parties: frozenset[str]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ladder of places under one roll-up; ``reached[rung]`` maps each place to its share at or above the rung."""

    places: tuple[str, ...]
    rollup: str
    rungs: dict[str, Rung]
    reached: dict[Rung, dict[str, Fraction]]

    def at(self, rung: Rung) -> Fraction:
        """Return n: the places at or above ``rung``; under the mean of parties a place may count in part."""
        return sum(self.reached[rung].values(), Fraction(0))

    def counted(self, rung: Rung) -> list[str]:
        """Return the numerator's list: the places at or above ``rung``, wholly or in part."""
        return [place for place in self.places if self.reached[rung][place]]

    def standing_on(self, rung: Rung) -> list[str]:
        """Return the places whose rung is exactly ``rung``."""
        return [place for place in self.places if self.rungs[place] is rung]


def rung_of_claim(kind: str, stance: str, role: str) -> Rung:
    """Return the rung that a claim reaches (rule C1)."""
    if role == "context" or stance in ("unfavourable", "comparison"):
        return Rung.NOTHING
    return _BY_CLAIM.get(kind, Rung.NOTHING)


def rung_of_activity(state: str, role: str) -> Rung:
    """Return the rung that an activity in ``state`` reaches (rule C1)."""
    return Rung.NOTHING if role == "context" else _BY_STATE.get(state, Rung.NOTHING)


def counts(one: Evidence, *, since: str, as_of: str, confirmed_only: bool) -> bool:
    """Say whether evidence counts on the day ``as_of`` for what was adopted on ``since`` (rules C2 and C4)."""
    if confirmed_only and not one.confirmed:
        return False
    if one.date and since and not on_or_after(one.date, since):
        return False
    return on_or_after(as_of, one.known)


def known_since(published: str, date: str, recorded: str) -> str:
    """Return the day from which a fact was publicly known (rule C2)."""
    return published or date or recorded


def coverage(
    evidence: Iterable[Evidence],
    places: Sequence[str],
    *,
    rollup: str = "any",
    parties: Sequence[str] = (),
    joint: Sequence[str] = (),
) -> Coverage:
    """Return the ladder of ``places`` under one of ``ROLLUPS``, from evidence that counts.

    ``parties`` are those who undertook it, ``joint`` the organisations that act for them together. Raises ``KeyError``
    for an unknown roll-up and ``ValueError`` where it needs parties and there are none.
    """
    held: dict[str, list[Evidence]] = {place: [] for place in places}
    for one in evidence:
        if one.place in held:
            held[one.place].append(one)
    by_place = {place: _ROLLUPS[rollup](found, parties, joint) for place, found in held.items()}
    rungs = {place: max(rung for rung in Rung if shares[rung] == 1) for place, shares in by_place.items()}
    reached = {rung: {place: by_place[place][rung] for place in places} for rung in Rung}
    return Coverage(tuple(places), rollup, rungs, reached)


Shares = dict[Rung, Fraction]


@cache
def _share(count: int, of: int) -> Fraction:
    return Fraction(count, of)


def _shares(rung: Rung) -> Shares:
    return {step: _share(int(step <= rung), 1) for step in Rung}


def _highest(found: Iterable[Evidence]) -> Rung:
    return max((one.rung for one in found), default=Rung.NOTHING)


def _any(found: Sequence[Evidence], _parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(_highest(found))


def _each(found: Sequence[Evidence], parties: Sequence[str]) -> list[Rung]:
    if not parties:
        raise ValueError("this way to roll up needs the parties of the agreement")
    highest = dict.fromkeys(parties, Rung.NOTHING)
    for one in found:
        for party in one.parties:
            if party in highest and highest[party] < one.rung:
                highest[party] = one.rung
    return list(highest.values())


def _all(found: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(min(_each(found, parties)))


def _mean(found: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    rungs = _each(found, parties)
    return {step: _share(sum(rung >= step for rung in rungs), len(rungs)) for step in Rung}


def _joint_body(found: Sequence[Evidence], _parties: Sequence[str], joint: Sequence[str]) -> Shares:
    return _shares(_highest(one for one in found if one.parties & set(joint)))


_ROLLUPS: dict[str, Callable[[Sequence[Evidence], Sequence[str], Sequence[str]], Shares]] = {
    "any": _any,
    "all": _all,
    "mean": _mean,
    "joint": _joint_body,
}
