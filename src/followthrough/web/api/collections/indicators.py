"""Indicators with the figures that are shown, series with their observations, and targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from followthrough.assess.targets import STATES
from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor
from followthrough.web.api.collection import NEWLY, Collection, Row, Said, Told, begins, equal, linked, plain_rows
from followthrough.web.api.collections.activities import SOURCED
from followthrough.web.indicators.indicator_rows import INDICATOR, IndicatorRow
from followthrough.web.indicators.models import Figure, Target
from followthrough.web.indicators.policy import (
    visible_indicators,
    visible_observations,
    visible_series,
    visible_targets,
)
from followthrough.web.indicators.target_rows import TARGET, judged
from followthrough.web.indicators.target_views import TARGETS
from followthrough.web.indicators.vintages import newest_vintages
from followthrough.web.links.rows import places_linked


class Indicator(Row):
    """A statistic around agreements: a trend, never the implementation of what was agreed."""

    id: str
    title: str
    definition: str
    unit: str
    direction: str
    target: str | None
    target_year: int | None
    target_says: str
    limit: str | None
    base_year: int | None
    aggregation: str
    derived_from: str | None
    verified: bool
    note: str
    places: list[str]


class IndicatorValue(Row):
    """A figure of an indicator, as its provider printed it: ``<2.5`` is one below 2.5."""

    id: str
    indicator: str
    area: str
    period: str
    value: str
    status: str
    provider: str
    vintage: str
    fetched: str


class Series(Row):
    """A series of figures that people found and entered."""

    id: str
    title: str
    unit: str
    says: str


class Observation(Row):
    """A value of a series as its source printed it."""

    id: str
    series: str
    area: str
    period: str
    value: str
    source: str
    recorded: str


class TargetOut(Row):
    """A target that was announced, and what the figure of its due year says of it."""

    id: str
    statement: str
    announced: str
    due: str
    value: str
    unit: str
    state: str
    figures: str
    repeats: str
    replaced_by: str
    commitments: str
    source: str


def _indicators(cells: Sequence[Any], by: Actor) -> list[Said]:
    rows = [IndicatorRow(*row) for row in cells]
    places = places_linked("indicator", [one.id for one in rows], by)
    bases = {one.derived_from for one in rows if one.derived_from}
    seen = set(visible_indicators(by).filter(pk__in=bases).values_list("pk", flat=True)) if bases else set()
    return [
        {
            "id": one.id, "title": one.title, "definition": one.definition, "unit": one.unit,
            "direction": one.direction, "target": None if one.target is None else plain(one.target),
            "target_year": one.target_year, "target_says": one.target_says,
            "limit": None if one.limit is None else plain(one.limit), "base_year": one.base_year,
            "aggregation": one.aggregation, "derived_from": one.derived_from if one.derived_from in seen else None,
            "verified": one.verified, "note": one.note, "places": places[one.id],
        }
        for one in rows
    ]  # fmt: skip


def _shown_figures(by: Actor) -> QuerySet[Figure]:
    """Return the figures of the newest vintages of the indicators that ``by`` may see."""
    shown = visible_indicators(by).order_by().values("pk")
    return Figure.objects.filter(vintage__in=newest_vintages(), vintage__feed__indicator__in=shown)


def _targets_of(by: Actor) -> QuerySet[Target]:
    """Return the targets that ``by`` may see; what a target repeats is named where ``by`` sees that too."""
    seen = Q(repeats__in=visible_targets(by).order_by().values("pk"))
    return visible_targets(by).annotate(repeated=Case(When(seen, then=F("repeats_id")), default=Value("")))


_TARGET = (*("repeated" if name == "repeats_id" else name for name in TARGET), *SOURCED)


def _states(_within: str, by: Actor) -> dict[str, str]:
    rows = list(_targets_of(by).values_list(*_TARGET))
    return {one.id: one.state for one in judged(rows, {}, timezone.localdate().isoformat(), by)}


def _targets(cells: Sequence[Any], by: Actor) -> list[Said]:
    places = places_linked("target", [row[0] for row in cells], by)
    found = {one.id: one for one in judged(cells, places, timezone.localdate().isoformat(), by)}
    return [TARGETS.as_json(found[row[0]]) for row in cells]


COLLECTIONS: tuple[Collection[Any], ...] = (
    Collection(
        "targets", "target", "Targets that were announced; a state comes from the figure of the due year.", TargetOut,
        _targets_of, _TARGET, _targets,
        (*linked("target"), begins("due", "When it is to be reached: 2030.", "due"),
         equal("series", "The id of its series.")),
        words=("id", "statement"), sorts={"due": "due", "announced": "announced"},
        told=(Told("state", "What the figure of the due year says of it today.", (*STATES, "superseded"), _states),),
    ),
    Collection(
        "indicators", "indicator", "Statistics around agreements, and where they should move.", Indicator,
        visible_indicators, INDICATOR, _indicators,
        (*linked("indicator"), equal("direction", "up, down, parity, context or none."), equal("unit", "The unit.")),
        words=("id", "title", "definition"), sorts={"title": "title"},
    ),
    Collection(
        "indicator-values", "figure", "The figures of indicators that are shown: of each feed the newest vintage.",
        IndicatorValue, _shown_figures,
        ("id", "vintage__feed__indicator_id", "area", "period", "value", "status", "vintage__feed__provider",
         "vintage_id", "vintage__fetched"),
        plain_rows(tuple(IndicatorValue.model_fields)),
        (
            equal("indicator", "The id of the indicator.", "vintage__feed__indicator"),
            equal("area", "The id of a party."), begins("period", "The year.", "period"),
        ),
        sorts={"period": "period"},
    ),
    Collection(
        "series", "series", "Series of figures that were found by hand, which targets are judged by.", Series,
        visible_series, ("id", "title", "unit", "says"), plain_rows(tuple(Series.model_fields)), linked("series"),
        words=("id", "title"), sorts={"title": "title"},
    ),
    Collection(
        "observations", "observation", "The values of series, each with its source.", Observation,
        visible_observations, ("id", "series_id", "area", "period", "value", "source__url", "recorded"),
        plain_rows(tuple(Observation.model_fields)),
        (
            equal("series", "The id of the series."), equal("area", "The area, mostly the id of a party."),
            begins("period", "The year.", "period"),
            equal("source", "The id of the source."),
            NEWLY,
        ),
        sorts={"period": "period"},
    ),
)  # fmt: skip
