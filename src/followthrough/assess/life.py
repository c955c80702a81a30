"""The life of a commitment, active, due for review, implemented, superseded or retired: the first rule that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from followthrough.assess.dates import last_day, months_free
from followthrough.model.rules import Rule
from followthrough.model.vocabulary import EdgeKind

METHOD = "life v1"
MONTHS = 18
"""How old the newest evidence may be."""
FOLLOWED = frozenset({EdgeKind.SUPERSEDES, EdgeKind.MERGES, EdgeKind.SPLITS})
"""The kinds of edge by which a later commitment takes the place of an earlier one."""
DONE = frozenset({"output", "outcome"})
"""The steps, as a party reports them of itself, that count as carried out."""
LEFT_OUT = "not_applicable"
"""The answer by which a party is not asked."""


class LifeState(StrEnum):
    """Where a commitment is in its life."""

    ACTIVE = "active"
    DUE = "due_for_review"
    IMPLEMENTED = "implemented"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class LifeFacts:
    """What the rules ask of a commitment.

    Attributes:
        decided: the state that a person decided, or nothing.
        edges: of the later commitments that end it, by id, the kind of the edge.
        period_end, successor: the end of its document's period, and the document on record that succeeds it.
        reports: of each party that was asked, what it says of itself in its newest report that is accepted and public:
            a step, ``not_applicable``, or nothing.
        deadline: the date that the commitment itself sets, or nothing.
        newest: the date of the newest evidence, or nothing.
        begins: the date of its document.
    """

    decided: LifeState | None = None
    edges: Mapping[str, str] = field(default_factory=dict)
    period_end: str = ""
    successor: str = ""
    reports: Mapping[str, str] = field(default_factory=dict)
    deadline: str = ""
    newest: str = ""
    begins: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """What the parties say that were asked, without those to whom it does not apply."""
        return {party: said for party, said in self.reports.items() if said != LEFT_OUT}


@dataclass(frozen=True, slots=True)
class Life:
    """The state of a commitment on a day, and the rule that led to it."""

    state: LifeState
    rule: str


RULES = (
    Rule(
        "V1",
        1,
        "life",
        "Decided",
        "An editor decided a state, with a reason that everybody reads. It holds until it is taken back. The rules V1 "
        f"to V6 are tried in their order and the first that holds decides ({METHOD}); nobody types a state.",
        "followthrough.assess.life.life",
    ),
    Rule(
        "V2",
        1,
        "life",
        "Superseded",
        "A later commitment supersedes, merges or splits it, or the period of its document is over and a document on "
        "record succeeds it.",
        "followthrough.assess.life.followed",
    ),
    Rule(
        "V3",
        1,
        "life",
        "Retired",
        "A later commitment drops it, and none takes its place.",
        "followthrough.assess.life.dropped",
    ),
    Rule(
        "V4",
        1,
        "life",
        "Implemented",
        "Each party that was asked about it in a reporting cycle, and one at least, says in its newest report that is "
        "accepted and public that an output is delivered or an outcome indicated. “No change” counts the report "
        "before; a party to which it does not apply is not asked. It is what the parties say, and stands beside the "
        "stage that all evidence gives.",
        "followthrough.assess.life.implemented",
    ),
    Rule(
        "V5",
        1,
        "life",
        "Due for review",
        f"The newest dated evidence is {MONTHS} months old or older; or there is none, and the document is as old; or "
        "the date that the commitment itself sets is over; or the period of its document is over and none succeeds it.",
        "followthrough.assess.life.due",
    ),
    Rule("V6", 1, "life", "Active", "None of the others holds.", "followthrough.assess.life.life"),
)


def life(facts: LifeFacts, as_of: str) -> Life:
    """Return the state of a commitment on the day ``as_of`` (rules V1 to V6)."""
    if facts.decided is not None:
        return Life(facts.decided, "V1")
    if followed(facts, as_of):
        return Life(LifeState.SUPERSEDED, "V2")
    if dropped(facts):
        return Life(LifeState.RETIRED, "V3")
    if implemented(facts):
        return Life(LifeState.IMPLEMENTED, "V4")
    if due(facts, as_of):
        return Life(LifeState.DUE, "V5")
    return Life(LifeState.ACTIVE, "V6")


def followed(facts: LifeFacts, as_of: str) -> bool:
    """Tell whether something later takes its place (rule V2)."""
    return bool(set(facts.edges.values()) & FOLLOWED) or bool(facts.successor and over(facts.period_end, as_of))


def dropped(facts: LifeFacts) -> bool:
    """Tell whether a later commitment drops it (rule V3)."""
    return EdgeKind.DROPS in facts.edges.values()


def implemented(facts: LifeFacts) -> bool:
    """Tell whether every party that was asked says that it is carried out (rule V4)."""
    return bool(facts.asked) and set(facts.asked.values()) <= DONE


def due(facts: LifeFacts, as_of: str) -> bool:
    """Tell whether somebody should look at it again (rule V5)."""
    last = facts.newest or facts.begins
    silent = bool(last) and months_free(last, as_of) >= MONTHS
    return silent or over(facts.deadline, as_of) or over(facts.period_end, as_of)


def over(date: str, as_of: str) -> bool:
    """Tell whether the last day of a date is before the day ``as_of``; what is no date is never over."""
    try:
        return bool(date) and last_day(date).isoformat() < as_of
    except ValueError:
        return False
