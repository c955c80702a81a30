"""Who may see which indicators, targets and series: every page, file and count starts from one of these functions."""

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
from followthrough.web.indicators.models import Indicator, Observation, Series, Target


def visible_targets(by: Actor) -> QuerySet[Target]:
    """Return the targets that ``by`` may see."""
    return without_hidden(Target, "target", by)


def visible_series(by: Actor) -> QuerySet[Series]:
    """Return the series that ``by`` may see."""
    return without_hidden(Series, "series", by)


def visible_observations(by: Actor) -> QuerySet[Observation]:
    """Return the values of the series that ``by`` may see."""
    return without_hidden(Observation, "series", by, "series")


def visible_indicators(by: Actor) -> QuerySet[Indicator]:
    """Return the indicators that ``by`` may see."""
    return without_hidden(Indicator, "indicator", by)


def register() -> None:
    """Register what is hidden with a target or a series: called once all models are loaded."""
    register_references("series", Reference(Target, "series_id", "id", "target"))
    register_parts("observation", Part(Observation, "series_id", "series"))
    register_references(
        "source",
        Reference(Target, "source_id", "id", "target"),
        Reference(Observation, "source_id", "series_id", "series"),
    )
