"""Coverage: the implementation stage of each target, by party and day, with the lists behind each count.

A target (``place``) is a commitment or a provision. The kind of an item of evidence decides the stage that it reaches;
the number of items never does.
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
        """The name of the stage as pages and exports print it."""
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
        "followthrough.assess.implementation_stages.stage",
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
        "followthrough.assess.implementation_stages.counts",
    ),
    Rule(
        "C3",
        2,
        "coverage",
        "Four ways to roll up",
        "Any party acts: the highest stage of all evidence. All must act: the lowest of the parties' stages, each by "
        "evidence that names the party itself. Mean of parties: at a stage, the mean share of parties at or above it. "
        "The joint body acts: evidence that names the organisation. Coverage at a stage is n that reached or passed "
        "it of N places, with both lists.",
        "followthrough.assess.implementation_stages.coverage",
    ),
    Rule(
        "C4",
        1,
        "coverage",
        "Confirmed and suggested",
        "A link is a suggestion until a person confirms it. Coverage is computed from confirmed links; from "
        "suggested ones too where the page says so.",
        "followthrough.assess.implementation_stages.counts",
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
        "followthrough.assess.implementation_stages.stage",
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
        """Return whether evidence that names the parties ``named`` is an act of this side."""
        return self.party in named or bool(self.members and self.members <= named)


class Undertaking(NamedTuple):
    """What rule C5 needs of a commitment: its sides, and the kinds of evidence that deliver what it promises."""

    sides: tuple[Side, ...] = ()
    thing: frozenset[str] = frozenset()

    def acts(self, named: frozenset[str]) -> bool:
        """Return whether evidence that names the parties ``named`` is an act of any side."""
        return not self.sides or any(side.party in named or side.members & named for side in self.sides)

    def both(self, named: frozenset[str]) -> bool:
        """Return whether evidence that names the parties ``named`` is an act of two sides, or of the only one."""
        return sum(side.acts(named) for side in self.sides) >= min(2, len(self.sides))


class Act(NamedTuple):
    """One item of evidence for rule C5: its kind, the stage of that kind, its link role and the parties it names."""

    kind: str
    reaches: CoverageStage
    role: str
    parties: frozenset[str]


class Evidence(NamedTuple):
    """One item of evidence linked to one target.

    Attributes:
        place: id of the commitment or provision.
        thing: id of the claim or activity.
        stage: the coverage stage that the item reaches.
        date: the date that it reports on, ISO 8601 of any precision, or empty.
        known: the day, in full, from which it was publicly known.
        parties: codes of the parties that it names.
        confirmed: whether a person confirmed the link.
    """

    place: str
    thing: str
    stage: CoverageStage
    date: str
    known: str
    parties: frozenset[str]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of ``places`` under one roll-up; ``reached[stage]`` maps each place to its share at or above it."""

    places: tuple[str, ...]
    rollup: str
    stages: dict[str, CoverageStage]
    reached: dict[CoverageStage, dict[str, Fraction]]

    def at(self, stage: CoverageStage) -> Fraction:
        """Return n: the places at or above ``stage``; under the mean of parties a place may count in part."""
        return sum(self.reached[stage].values(), Fraction(0))

    def counted(self, stage: CoverageStage) -> list[str]:
        """Return the places in the numerator: those at or above ``stage``, wholly or in part."""
        return [place for place in self.places if self.reached[stage][place]]

    def standing_on(self, stage: CoverageStage) -> list[str]:
        """Return the places whose stage is exactly ``stage``."""
        return [place for place in self.places if self.stages[place] is stage]


def thing_of(verb: str, kind: str) -> frozenset[str]:
    """Return the only kinds of evidence that deliver what ``verb`` promises; empty where any output does."""
    heads = [head.strip().lower() for head in verb.split(";")] if kind == CommitmentKind.ACTION else []
    found = [next((word for word in _THINGS if re.search(rf"\b{word}$", head)), "") for head in heads]
    return frozenset().union(*(_THINGS[word] for word in found)) if found and all(found) else frozenset()


def act_of_claim(kind: str, stance: str, role: str, parties: frozenset[str]) -> Act:
    """Return a claim as an ``Act`` for rule C5; unfavourable claims and comparisons reach no stage."""
    reaches = (
        CoverageStage.NOTHING
        if stance in (Stance.UNFAVOURABLE, Stance.COMPARISON)
        else _BY_CLAIM.get(kind, CoverageStage.NOTHING)
    )
    return Act(kind, reaches, role, parties)


def act_of_activity(kind: str, state: str, role: str, parties: frozenset[str]) -> Act:
    """Return an activity as an ``Act`` for rule C5: the stage of its state, limited by its kind.

    A completed activity counts as its own kind if that is meeting, policy or agreement, else as an output.
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


def counts(item: Evidence, *, since: str, as_of: str, confirmed_only: bool) -> bool:
    """Return whether evidence counts on the day ``as_of`` for a text adopted on ``since`` (rules C2, C4 and C6)."""
    if confirmed_only and not item.confirmed:
        return False
    if since and side(item.date, since) is not Time.SINCE:
        return False
    return item.known <= end_of(as_of)


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
    """Return the coverage of ``places`` under one of ``ROLLUPS``, from evidence that counts.

    ``parties`` are the codes of those who made the commitment, ``joint`` those of their joint organisations.
    Raises ``KeyError`` for an unknown roll-up and ``ValueError`` where it needs parties and there are none.
    """
    of_place: dict[str, list[Evidence]] = {place: [] for place in places}
    for item in evidence:
        if item.place in of_place:
            of_place[item.place].append(item)
    by_place = {place: _ROLLUPS[rollup](items, parties, joint) for place, items in of_place.items()}
    stages = {place: max(stage for stage in CoverageStage if shares[stage] == 1) for place, shares in by_place.items()}
    reached = {stage: {place: by_place[place][stage] for place in places} for stage in CoverageStage}
    return Coverage(tuple(places), rollup, stages, reached)


Shares = dict[CoverageStage, Fraction]


@cache
def _share(count: int, of: int) -> Fraction:
    return Fraction(count, of)


def _shares(stage: CoverageStage) -> Shares:
    return {level: _share(int(level <= stage), 1) for level in CoverageStage}


def _highest(items: Iterable[Evidence]) -> CoverageStage:
    return max((item.stage for item in items), default=CoverageStage.NOTHING)


def _any(items: Sequence[Evidence], _parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(_highest(items))


def _each(items: Sequence[Evidence], parties: Sequence[str]) -> list[CoverageStage]:
    if not parties:
        raise ValueError("this way to roll up needs the parties of the agreement")
    highest = dict.fromkeys(parties, CoverageStage.NOTHING)
    for item in items:
        for party in item.parties:
            if party in highest and highest[party] < item.stage:
                highest[party] = item.stage
    return list(highest.values())


def _all(items: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    return _shares(min(_each(items, parties)))


def _mean(items: Sequence[Evidence], parties: Sequence[str], _joint: Sequence[str]) -> Shares:
    stages = _each(items, parties)
    return {level: _share(sum(stage >= level for stage in stages), len(stages)) for level in CoverageStage}


def _joint_body(items: Sequence[Evidence], _parties: Sequence[str], joint: Sequence[str]) -> Shares:
    return _shares(_highest(item for item in items if item.parties & set(joint)))


_ROLLUPS: dict[str, Callable[[Sequence[Evidence], Sequence[str], Sequence[str]], Shares]] = {
    "any": _any,
    "all": _all,
    "mean": _mean,
    "joint": _joint_body,
}
