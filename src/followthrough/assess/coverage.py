"""Coverage: the implementation stage of each place of an agreement, by whom, on which day, with both lists.

A place is a commitment or a provision. Evidence reaches a rung by what it is, never by how much of it there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from followthrough.assess.dates import Time, end_of, side
from followthrough.model.rules import Rule
from followthrough.model.vocabulary import ActivityKind, ActivityState, ClaimKind, CommitmentKind, LinkRole, Stance


class CoverageStage(IntEnum):
    """The coverage stages, from the lowest to the highest."""

    NOTHING = 0
    PLANNED = 1
    UNDER_WAY = 2
    OUTPUT = 3
    OUTCOME = 4

    @property
    def label(self) -> str:
        """The name of the stage on the screen."""
        return _LABELS[self]


_LABELS = {
    CoverageStage.NOTHING: "nothing recorded",
    CoverageStage.PLANNED: "planned",
    CoverageStage.UNDER_WAY: "under way",
    CoverageStage.OUTPUT: "output delivered",
    CoverageStage.OUTCOME: "outcome indicated",
}

_BY_CLAIM: dict[str, CoverageStage] = {
    ClaimKind.POLICY: CoverageStage.PLANNED,
    ClaimKind.AGREEMENT: CoverageStage.PLANNED,
    ClaimKind.MEETING: CoverageStage.UNDER_WAY,
    ClaimKind.ACTIVITY: CoverageStage.UNDER_WAY,
    ClaimKind.FUNDING: CoverageStage.UNDER_WAY,
    ClaimKind.OUTPUT: CoverageStage.OUTPUT,
    ClaimKind.OUTCOME: CoverageStage.OUTCOME,
}
_BY_STATE: dict[str, CoverageStage] = {
    ActivityState.PROPOSED: CoverageStage.PLANNED,
    ActivityState.SUBMITTED: CoverageStage.PLANNED,
    ActivityState.CHECKED: CoverageStage.PLANNED,
    ActivityState.ENDORSED: CoverageStage.PLANNED,
    ActivityState.APPROVED: CoverageStage.PLANNED,
    ActivityState.RUNNING: CoverageStage.UNDER_WAY,
    ActivityState.IMPLEMENTED: CoverageStage.UNDER_WAY,
    ActivityState.REPORTED: CoverageStage.UNDER_WAY,
    ActivityState.PERIOD_ENDED: CoverageStage.UNDER_WAY,
    ActivityState.COMPLETED: CoverageStage.OUTPUT,
}
_MOST_BY_ACTIVITY: dict[str, CoverageStage] = {
    ActivityKind.MEETING: CoverageStage.UNDER_WAY,
    ActivityKind.POLICY: CoverageStage.PLANNED,
    ActivityKind.AGREEMENT: CoverageStage.PLANNED,
}
_THINGS: dict[str, frozenset[str]] = {
    "conclude": frozenset({ClaimKind.AGREEMENT, ClaimKind.OUTPUT}),
    "sign": frozenset({ClaimKind.AGREEMENT, ClaimKind.OUTPUT}),
    "establish": frozenset({ClaimKind.OUTPUT}),
    "set up": frozenset({ClaimKind.OUTPUT}),
    "found": frozenset({ClaimKind.OUTPUT}),
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
        2,
        "coverage",
        "The implementation stage",
        "A place has the highest stage that its evidence reaches: a policy or an agreement, planned; a meeting, an "
        "activity or funding, under way; an output or a completed activity, output delivered; an outcome that a "
        "person recorded, outcome indicated. Rule C5 says which evidence may move it at all.",
        "followthrough.assess.coverage.stage",
    ),
    Rule(
        "C2",
        2,
        "coverage",
        "What counts on a day",
        "Evidence counts from the last day on which its source may have been published, else from the last day that "
        "it may speak of, and at the latest from the day we recorded it. It counts only when what it speaks of is "
        "not before the agreement was adopted, by rule C6: a date whose period holds the day of adoption is claimed "
        "neither as before nor as after, and moves nothing; nor does a statement without a date. An activity without "
        "one is as its source found it on the day of publication.",
        "followthrough.assess.coverage.counts",
    ),
    Rule(
        "C3",
        2,
        "coverage",
        "Four ways to roll up",
        "Any party acts: the highest rung of all evidence. All must act: the lowest of the parties' stages, each by "
        "evidence that names the party itself. Mean of parties: at a stage, the mean share of parties at or above it. "
        "The joint body acts: evidence that names the organisation. Coverage at a stage is n that reached or passed "
        "it of N places, with both lists.",
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
    Rule(
        "C5",
        1,
        "coverage",
        "What moves a stage",
        "Only an act towards this commitment by those who undertook it: evidence that names none of them, adverse "
        "evidence, comparisons, statistics and context move nothing. Talks and visits reach under way and "
        "announcements planned, never an output. What undertakes to conclude, sign, establish, set up or found "
        "something is moved only by acts of both sides, and delivered by that thing alone: an agreement signed (or, "
        "for what is established, an output), linked as its main evidence. A side is a party that signed for "
        "itself, or an organisation: named itself, or by all its members; where there are more than two sides, two "
        "are enough. Where the register does not know the parties, who acted is not asked.",
        "followthrough.assess.coverage.stage",
    ),
    Rule(
        "C6",
        1,
        "coverage",
        "Before or since the adoption",
        "A date stands for its whole period: 2019 is 1 January to 31 December. Before the adoption is what ended "
        "before its day; since, what began on that day or later. In between, the day is not known: such evidence is "
        "listed on its own and counted as neither.",
        "followthrough.assess.dates.side",
    ),
)


class Side(NamedTuple):
    """One side of an agreement: a party that signed it, and the members of that party where it has any."""

    party: str
    members: frozenset[str] = frozenset()

    def acts(self, named: frozenset[str]) -> bool:
        """Say whether evidence that names these parties is an act of this side."""
        return self.party in named or bool(self.members and self.members <= named)


class Undertaking(NamedTuple):
    """What rule C5 asks of a commitment: its sides, and the kinds of evidence that are the one thing it promises."""

    sides: tuple[Side, ...] = ()
    thing: frozenset[str] = frozenset()

    def acts(self, named: frozenset[str]) -> bool:
        """Say whether evidence that names these parties is an act of those who undertook it."""
        return not self.sides or any(side.party in named or side.members & named for side in self.sides)

    def both(self, named: frozenset[str]) -> bool:
        """Say whether it is an act of both sides."""
        return sum(side.acts(named) for side in self.sides) >= min(2, len(self.sides))


class Act(NamedTuple):
    """One item of evidence as rule C5 sees it: its kind, the stage of that kind, its role, and whom it names."""

    kind: str
    reaches: CoverageStage
    role: str
    parties: frozenset[str]


class Evidence(NamedTuple):
    """One thing tied to one place: the rung it reaches, what day it speaks of, since when it is known, and of whom."""

    place: str
    thing: str
    rung: CoverageStage
    date: str
    known: str
    parties: frozenset[str]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """The ladder of places under one roll-up; ``reached[rung]`` maps each place to its share at or above the rung."""

    places: tuple[str, ...]
    rollup: str
    rungs: dict[str, CoverageStage]
    reached: dict[CoverageStage, dict[str, Fraction]]

    def at(self, rung: CoverageStage) -> Fraction:
        """Return n: the places at or above ``rung``; under the mean of parties a place may count in part."""
        return sum(self.reached[rung].values(), Fraction(0))

    def counted(self, rung: CoverageStage) -> list[str]:
        """Return the numerator's list: the places at or above ``rung``, wholly or in part."""
        return [place for place in self.places if self.reached[rung][place]]

    def standing_on(self, rung: CoverageStage) -> list[str]:
        """Return the places whose rung is exactly ``rung``."""
        return [place for place in self.places if self.rungs[place] is rung]


def thing_of(verb: str, kind: str) -> frozenset[str]:
    """Return the kinds of evidence that alone deliver what ``verb`` undertakes, or none where any output does."""
    heads = [head.strip().lower() for head in verb.split(";")] if kind == CommitmentKind.ACTION else []
    found = [next((word for word in _THINGS if re.search(rf"\b{word}$", head)), "") for head in heads]
    return frozenset().union(*(_THINGS[word] for word in found)) if found and all(found) else frozenset()


def act_of_claim(kind: str, stance: str, role: str, parties: frozenset[str]) -> Act:
    """Return a claim as rule C5 sees it; what speaks against an undertaking or compares is no act towards it."""
    reaches = (
        CoverageStage.NOTHING
        if stance in (Stance.UNFAVOURABLE, Stance.COMPARISON)
        else _BY_CLAIM.get(kind, CoverageStage.NOTHING)
    )
    return Act(kind, reaches, role, parties)


def act_of_activity(kind: str, state: str, role: str, parties: frozenset[str]) -> Act:
    """Return an activity as rule C5 sees it: its state says how far it came, its kind how far it can come.

    A completed one is an agreement where it is of that kind, and an output where it is no meeting and no policy.
    """
    state_reaches = _BY_STATE.get(state, CoverageStage.NOTHING)
    done = state_reaches is CoverageStage.OUTPUT
    known = kind if kind in _MOST_BY_ACTIVITY else ClaimKind.OUTPUT
    most = _MOST_BY_ACTIVITY.get(kind, CoverageStage.OUTCOME)
    return Act(known if done else ClaimKind.ACTIVITY, min(state_reaches, most), role, parties)


def stage(act: Act, undertaking: Undertaking) -> CoverageStage:
    """Return the stage to which an item of evidence moves a commitment (rules C1 and C5)."""
    if act.role == LinkRole.CONTEXT or not undertaking.acts(act.parties):
        return CoverageStage.NOTHING
    if not undertaking.thing:
        return act.reaches
    if not undertaking.both(act.parties):
        return CoverageStage.NOTHING
    if act.role == LinkRole.MAIN and act.reaches and act.kind in {*undertaking.thing, ClaimKind.OUTCOME}:
        return max(act.reaches, CoverageStage.OUTPUT)
    return min(act.reaches, CoverageStage.UNDER_WAY)


def counts(one: Evidence, *, since: str, as_of: str, confirmed_only: bool) -> bool:
    """Say whether evidence counts on the day ``as_of`` for what was adopted on ``since`` (rules C2, C4 and C6)."""
    if confirmed_only and not one.confirmed:
        return False
    if since and side(one.date, since) is not Time.SINCE:
        return False
    return one.known <= end_of(as_of)


def known_since(published: str, date: str, recorded: str) -> str:
    """Return the day, in full, from which a fact was certainly publicly known (rule C2)."""
    told = published or date
    if not told:
        return end_of(recorded)
    return min(end_of(told), end_of(recorded))


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
    rungs = {place: max(rung for rung in CoverageStage if shares[rung] == 1) for place, shares in by_place.items()}
    reached = {rung: {place: by_place[place][rung] for place in places} for rung in CoverageStage}
    return Coverage(tuple(places), rollup, rungs, reached)


Shares = dict[CoverageStage, Fraction]


@cache
def _share(count: int, of: int) -> Fraction:
    return Fraction(count, of)


def _shares(rung: CoverageStage) -> Shares:
    return {step: _share(int(step <= rung), 1) for step in CoverageStage}


def _highest(found: Iterable[Evidence]) -> CoverageStage:
    return max((one.rung for one in found), default=CoverageStage.NOTHING)


def _any(found: Sequence[Evidence], _parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(_highest(found))


def _each(found: Sequence[Evidence], parties: Sequence[str]) -> list[CoverageStage]:
    if not parties:
        raise ValueError("this way to roll up needs the parties of the agreement")
    highest = dict.fromkeys(parties, CoverageStage.NOTHING)
    for one in found:
        for party in one.parties:
            if party in highest and highest[party] < one.rung:
                highest[party] = one.rung
    return list(highest.values())


def _all(found: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(min(_each(found, parties)))


def _mean(found: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    rungs = _each(found, parties)
    return {step: _share(sum(rung >= step for rung in rungs), len(rungs)) for step in CoverageStage}


def _joint_body(found: Sequence[Evidence], _parties: Sequence[str], joint: Sequence[str]) -> Shares:
    return _shares(_highest(one for one in found if one.parties & set(joint)))


_ROLLUPS: dict[str, Callable[[Sequence[Evidence], Sequence[str], Sequence[str]], Shares]] = {
    "any": _any,
    "all": _all,
    "mean": _mean,
    "joint": _joint_body,
}
