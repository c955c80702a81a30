"""The project cycle: which step may follow which, and the dates that are computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from followthrough.assess.dates import days_after, last_day, months_between
from followthrough.model.rules import Rule

REPORT_DAYS = 60
"""A completion report is due this many days after implementation, unless the fund says otherwise."""

NEXT: dict[str, frozenset[str]] = {
    "proposed": frozenset({"submitted", "withdrawn"}),
    "submitted": frozenset({"checked", "returned", "rejected", "withdrawn"}),
    "returned": frozenset({"submitted", "withdrawn"}),
    "checked": frozenset({"endorsed", "returned", "rejected", "withdrawn"}),
    "endorsed": frozenset({"approved", "returned", "rejected", "withdrawn"}),
    "approved": frozenset({"running", "withdrawn", "cancelled"}),
    "running": frozenset({"implemented", "period_ended", "cancelled"}),
    "period_ended": frozenset({"implemented", "reported", "cancelled"}),
    "implemented": frozenset({"reported", "cancelled"}),
    "reported": frozenset({"completed"}),
    "unknown": frozenset({"proposed", "submitted", "approved", "running", "period_ended", "implemented", "completed"}),
    "completed": frozenset(),
    "rejected": frozenset(),
    "withdrawn": frozenset(),
    "cancelled": frozenset(),
}
"""The states that may follow each state."""

PATH = (
    "proposed", "submitted", "checked", "endorsed", "approved", "running", "implemented", "reported", "completed",
)  # fmt: skip
"""The states of an activity that goes well, in order."""
EVENT = {
    "proposed": "concept_note", "submitted": "full_proposal", "checked": "checked", "endorsed": "endorsed",
    "approved": "approved", "running": "first_disbursement", "implemented": "implemented",
    "reported": "completion_report", "completed": "verified", "returned": "returned", "rejected": "rejected",
    "withdrawn": "withdrawn", "cancelled": "cancelled",
}  # fmt: skip
"""The dated step that leads to each state; a period that ended is nobody's act."""
REASONED = frozenset({"returned", "rejected", "withdrawn", "cancelled"})
"""The states that are entered only with a reason."""
CLOSING = ("completion_report", "balance_returned")
"""What must be in before an activity can be verified and is completed (rule P2)."""

RULES = (
    Rule(
        "P1",
        1,
        "cycle",
        "The project cycle",
        "Concept note, full proposal, check, endorsement, approval, disbursement, running, implemented, report, "
        "verified; also returned, withdrawn, rejected, cancelled. A step is taken only from a state that it may "
        "follow.",
        "followthrough.assess.cycle.may_follow",
    ),
    Rule(
        "P2",
        1,
        "cycle",
        "Computed dates",
        "Commenced: the later of approval and first disbursement. Completed: the day on which the completion report "
        "and the unspent balance were both in and verified. The report is due 60 days after implementation and "
        "overdue from the next day on. Cycle time: from concept note to first disbursement. Where a date is missing, "
        "so is what depends on it.",
        "followthrough.assess.cycle.computed",
    ),
)


@dataclass(frozen=True, slots=True)
class Computed:
    """What the dated steps of an activity lead to; empty where a step that it needs is not on record."""

    commenced: str = ""
    report_due: str = ""
    completed: str = ""
    overdue: bool = False
    months_to_money: int | None = None


def may_follow(state: str, wanted: str) -> bool:
    """Say whether an activity in ``state`` may go to ``wanted`` (rule P1)."""
    return wanted in NEXT.get(state, frozenset())


def computed(events: Mapping[str, str], *, as_of: str, report_days: int = REPORT_DAYS) -> Computed:
    """Return what ``events`` (name of the step to its date) lead to on the day ``as_of`` (rule P2)."""
    approved, paid = events.get("approved", ""), events.get("first_disbursement", "")
    commenced = max(approved, paid, key=last_day) if approved and paid else ""
    implemented, reported = events.get("implemented", ""), events.get("completion_report", "")
    due = days_after(implemented, report_days) if implemented else ""
    needed = [events.get(name, "") for name in ("completion_report", "balance_returned", "verified")]
    completed = max(needed, key=last_day) if all(needed) else ""
    concept = events.get("concept_note", "")
    months = months_between(concept, paid) if concept and paid else None
    return Computed(commenced, due, completed, bool(due and not reported and as_of > due), months)
