"""Who may see which activities and payments: every page, file, count and search starts from one of these functions."""

from __future__ import annotations

from django.db.models import QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import (
    Part,
    Reference,
    register_parts,
    register_references,
    without_hidden,
)
from followthrough.web.activities.models import Activity, ActivityEvent, ActivityParty, FundFigure, Meeting


def visible_activities(by: Actor) -> QuerySet[Activity]:
    """Return the activities that ``by`` may see."""
    return without_hidden(Activity, "activity", by)


def visible_activity_parties(by: Actor) -> QuerySet[ActivityParty]:
    """Return which parties take part in the activities that ``by`` may see."""
    return without_hidden(ActivityParty, "activity", by, "activity")


def visible_activity_events(by: Actor) -> QuerySet[ActivityEvent]:
    """Return the dated steps of the activities that ``by`` may see."""
    return without_hidden(ActivityEvent, "activity", by, "activity")


def visible_figures(by: Actor) -> QuerySet[FundFigure]:
    """Return the published figures of the funds that ``by`` may see."""
    return without_hidden(FundFigure, "instrument", by, "fund")


def visible_meetings(by: Actor) -> QuerySet[Meeting]:
    """Return the meetings that ``by`` may see."""
    return without_hidden(Meeting, "meeting", by)


def register() -> None:
    """Register what is hidden with an activity or a fund: called once all models are loaded."""
    register_references("instrument", Reference(Activity, "fund_id", "id", "activity"))
    register_parts("figure", Part(FundFigure, "fund_id", "instrument"))
    register_references(
        "source",
        Reference(Activity, "source_id", "id", "activity"),
        Reference(ActivityEvent, "source_id", "activity_id", "activity"),
        Reference(Meeting, "source_id", "id", "meeting"),
        Reference(FundFigure, "source_id", "fund_id", "instrument"),
    )
