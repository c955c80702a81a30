"""The project cycle: permitted transitions between states, and the dates derived from dated events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from followthrough.assess.dates import days_after, last_day, months_between
from followthrough.model.rules import Rule
from followthrough.model.vocabulary import ActivityEventKind as Event
from followthrough.model.vocabulary import ActivityState as State

REPORT_DAYS = 60
"""A completion report is due this many days after implementation, unless the fund says otherwise."""

NEXT: dict[str, frozenset[State]] = {
    State.PROPOSED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.CHECKED, State.RETURNED, State.REJECTED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.CHECKED: frozenset({State.ENDORSED, State.RETURNED, State.REJECTED, State.WITHDRAWN}),
    State.ENDORSED: frozenset({State.APPROVED, State.RETURNED, State.REJECTED, State.WITHDRAWN}),
    State.APPROVED: frozenset({State.RUNNING, State.WITHDRAWN, State.CANCELLED}),
    State.RUNNING: frozenset({State.IMPLEMENTED, State.PERIOD_ENDED, State.CANCELLED}),
    State.PERIOD_ENDED: frozenset({State.IMPLEMENTED, State.REPORTED, State.CANCELLED}),
    State.IMPLEMENTED: frozenset({State.REPORTED, State.CANCELLED}),
    State.REPORTED: frozenset({State.COMPLETED}),
    State.UNKNOWN: frozenset(
        {
            State.PROPOSED,
            State.SUBMITTED,
            State.APPROVED,
            State.RUNNING,
            State.PERIOD_ENDED,
            State.IMPLEMENTED,
            State.COMPLETED,
        }
    ),
    State.COMPLETED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.CANCELLED: frozenset(),
}
"""The states that may follow each state."""

PATH = (
    State.PROPOSED,
    State.SUBMITTED,
    State.CHECKED,
    State.ENDORSED,
    State.APPROVED,
    State.RUNNING,
    State.IMPLEMENTED,
    State.REPORTED,
    State.COMPLETED,
)
"""The states of a successful activity, in order."""
EVENT: dict[str, Event] = {
    State.PROPOSED: Event.CONCEPT_NOTE,
    State.SUBMITTED: Event.FULL_PROPOSAL,
    State.CHECKED: Event.CHECKED,
    State.ENDORSED: Event.ENDORSED,
    State.APPROVED: Event.APPROVED,
    State.RUNNING: Event.FIRST_DISBURSEMENT,
    State.IMPLEMENTED: Event.IMPLEMENTED,
    State.REPORTED: Event.COMPLETION_REPORT,
    State.COMPLETED: Event.VERIFIED,
    State.RETURNED: Event.RETURNED,
    State.REJECTED: Event.REJECTED,
    State.WITHDRAWN: Event.WITHDRAWN,
    State.CANCELLED: Event.CANCELLED,
}
"""The event that leads to each state; the end of a period has none."""
REASONED = frozenset({State.RETURNED, State.REJECTED, State.WITHDRAWN, State.CANCELLED})
"""The states whose transition requires a reason."""
CLOSING = (Event.COMPLETION_REPORT, Event.BALANCE_RETURNED)
"""The events required before verification, and so for completion (rule P2)."""

RULES = (
    Rule(
        "P1",
        1,
        "cycle",
        "The project cycle",
        "Concept note, full proposal, check, endorsement, approval, disbursement, running, implemented, report, "
        "verified; also returned, withdrawn, rejected, cancelled. A step is taken only from a state that it may "
        "follow.",
        "followthrough.assess.project_cycle.may_follow",
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
        "followthrough.assess.project_cycle.computed",
    ),
)


@dataclass(frozen=True, slots=True)
class Computed:
    """Facts derived from the events of an activity; empty where a required event is not recorded.

    Dates are ISO 8601; ``months_to_money`` is the time from the concept note to the first payment.
    """

    commenced: str = ""
    report_due: str = ""
    completed: str = ""
    overdue: bool = False
    months_to_money: int | None = None


def may_follow(state: str, wanted: str) -> bool:
    """Return whether the transition from ``state`` to ``wanted`` is permitted (rule P1)."""
    return wanted in NEXT.get(state, frozenset())


def computed(events: Mapping[str, str], *, as_of: str, report_days: int = REPORT_DAYS) -> Computed:
    """Return the facts derived from ``events``, a mapping of event kind to date, on the day ``as_of`` (rule P2)."""
    approved, paid = events.get(Event.APPROVED, ""), events.get(Event.FIRST_DISBURSEMENT, "")
    commenced = max(approved, paid, key=last_day) if approved and paid else ""
    implemented, reported = (
        events.get(Event.IMPLEMENTED, ""),
        events.get(Event.COMPLETION_REPORT, ""),
    )
    due = days_after(implemented, report_days) if implemented else ""
    needed = [events.get(name, "") for name in (*CLOSING, Event.VERIFIED)]
    completed = max(needed, key=last_day) if all(needed) else ""
    concept = events.get(Event.CONCEPT_NOTE, "")
    months = months_between(concept, paid) if concept and paid else None
    return Computed(commenced, due, completed, bool(due and not reported and as_of > due), months)
