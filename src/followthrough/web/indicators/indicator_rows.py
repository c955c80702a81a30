"""Plain rows of indicators: what they are, the figures that are shown, and what the methods make of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from statistics import fmean, median
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from followthrough.measure.derived import ratio_of_medians
from followthrough.measure.progress_methods import METHODS, Method
from followthrough.measure.results import Result, measure
from followthrough.measure.series import SeriesSpec, as_direction, observations, parse_value
from followthrough.model.values import Censor
from followthrough.web.indicators.policy import visible_indicators
from followthrough.web.indicators.vintages import (
    NO_FIGURES,
    Areas,
    Cover,
    VintageRow,
    figures_of,
    shown_vintages,
)
from followthrough.web.kit.compiled_queries import compiled
from followthrough.web.links.models import Link
from followthrough.web.links.scope import Scope, links_from

INDICATOR = (
    "id", "title", "definition", "unit", "direction", "target", "target_year", "target_says", "limit", "base_year",
    "breaks", "aggregation", "derived_from_id", "above", "below", "group_name", "verified", "note",
)  # fmt: skip

UNSCORED = ("context", "none")

TOGETHER = "all"
"""The area of a series that is formed of several parties."""

SUMMED: dict[str, Callable[[list[float]], float]] = {"median": median, "mean": fmean, "sum": sum}


class Resting:
    """What every row of an indicator tells of itself: on whose figures it rests, and whether it is judged."""

    __slots__ = ()
    id: str
    direction: str
    derived_from: str | None

    @property
    def base(self) -> str:
        """The indicator whose figures it rests on."""
        return self.derived_from or self.id

    @property
    def scored(self) -> bool:
        """Whether any method may judge it."""
        return self.direction not in UNSCORED


@dataclass(frozen=True, slots=True)
class IndicatorRow(Resting):
    """An indicator, and the provisions around which it stands with the reason for each."""

    id: str
    title: str
    definition: str
    unit: str
    direction: str
    target: Decimal | None
    target_year: int | None
    target_says: str
    limit: Decimal | None
    base_year: int | None
    breaks: list[str]
    aggregation: str
    derived_from: str | None
    above: list[str]
    below: list[str]
    group_name: str
    verified: bool
    note: str
    places: list[tuple[str, str]] = field(default_factory=list)

    def spec(self, name: str) -> SeriesSpec:
        """Return how a series of it, called ``name``, should move."""
        return SeriesSpec(
            name, as_direction(self.direction), None if self.target is None else float(self.target),
            self.target_year or 2030, None if self.limit is None else float(self.limit), self.base_year or 2015,
            tuple(int(year) for year in self.breaks),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around(Resting):
    """An indicator in brief, with the places around which it stands."""

    id: str
    title: str
    direction: str
    derived_from: str | None
    groups: tuple[str, ...]
    places: tuple[str, ...]

    def covered(self, cover: Cover) -> Cover:
        """Return its cover: a gap has one only where every party of its groups has figures."""
        return _together(self.groups, cover) if self.derived_from else cover


@lru_cache(maxsize=256)
def _together(groups: tuple[str, ...], cover: Cover) -> Cover:
    held = tuple(one for one in cover.areas if one[0] in groups)
    return Cover(held) if len(held) == len(groups) else NO_FIGURES


def around(scope: Scope) -> list[Around]:
    """Return the indicators that are tied within a scope, in brief."""
    held: dict[str, tuple[tuple[str, str, str | None, str, str], list[str]]] = {}
    for key, place, *about in _around(*scope.places_of()):
        held.setdefault(key, (tuple(about), []))[1].append(place)
    return [
        Around(key, title, direction, gap_of, _groups(above, below) if gap_of else (), tuple(sorted(places)))
        for key, ((title, direction, gap_of, above, below), places) in held.items()
    ]


@compiled
def _around(commitments: RawSQL, provisions: RawSQL) -> QuerySet[Link, Any]:
    """Return the tied indicators with their places; the groups of a gap as text, since few indicators are one."""
    text = TextField()
    groups = {"groups_above": Cast("indicator__above", text), "groups_below": Cast("indicator__below", text)}
    brief = ("indicator__title", "indicator__direction", "indicator__derived_from_id", *groups)
    by_commitment, by_provision = links_from("indicator", commitments, provisions)
    return (
        by_commitment.annotate(**groups)
        .values_list("indicator_id", "commitment_id", *brief)
        .union(by_provision.annotate(**groups).values_list("indicator_id", "provision_id", *brief), all=True)
    )


@lru_cache(maxsize=256)
def _groups(above: str, below: str) -> tuple[str, ...]:
    return (*json.loads(above), *json.loads(below))


def indicators(scope: Scope) -> list[IndicatorRow]:
    """Return the indicators that are tied within ``scope``, each with its places: provisions first."""
    by_commitment, by_provision = scope.links("indicator")
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    first = by_provision.values_list(Value(0), "provision__position", "indicator_id", "provision_id", "rationale")
    then = by_commitment.values_list(Value(1), "commitment__position", "indicator_id", "commitment_id", "rationale")
    rows: Any = first.union(then, all=True)
    for _, _, key, place, why in sorted(rows):
        places[key].append((place, why))
    chosen: Any = visible_indicators(scope.by).filter(pk__in=list(places)).order_by("id").values_list(*INDICATOR)
    return [IndicatorRow(*(*row, places[row[0]])) for row in chosen]


def figures_for(rows: Sequence[IndicatorRow]) -> tuple[dict[str, Areas], dict[str, VintageRow]]:
    """Return the shown figures of each indicator, those of a gap formed from the indicator it is derived from."""
    vintages = shown_vintages({row.base for row in rows})
    held = figures_of(one.id for one in vintages.values())
    by_indicator = {key: held.get(one.id, {}) for key, one in vintages.items()}
    found = {}
    for row in rows:
        areas = by_indicator.get(row.base, {})
        found[row.id] = derived(row, areas) if row.derived_from else areas
    return found, {row.id: vintages[row.base] for row in rows if row.base in vintages}


def derived(row: IndicatorRow, areas: Areas) -> Areas:
    """Return the gap between the two groups that the indicator names as one series (rule I8)."""
    numbers = {area: exact(held) for area, held in areas.items()}
    found = {one.year: f"{one.value:.4g}" for one in ratio_of_medians(numbers, row.above, row.below)}
    return {TOGETHER: found} if found else {}


def exact(held: Mapping[int, str]) -> dict[int, float]:
    """Return the values of a series that are numbers; a censored one is none."""
    parsed = {year: parse_value(text) for year, text in held.items()}
    return {year: known[0] for year, known in parsed.items() if known and known[1] == Censor.EXACT}


def summed(row: IndicatorRow, areas: Areas) -> dict[int, float]:
    """Return the parties together by year, only for years in which every party with figures has an exact one."""
    how = SUMMED.get(row.aggregation)
    if how is None or len(areas) < 2:
        return {}
    held = [exact(one) for one in areas.values()]
    years = set.intersection(*(set(one) for one in held)) if held else set()
    return {year: float(how([one[year] for one in held])) for year in sorted(years)}


def measured(
    series: Sequence[tuple[str, IndicatorRow, Mapping[int, str]]], methods: Sequence[Method] = tuple(METHODS.values())
) -> list[Result]:
    """Return what methods say of series, each with a name of its own, its indicator and its figures, in order."""
    found = [
        (at, year, *known)
        for at, (_, _, held) in enumerate(series)
        for year, text in held.items()
        if (known := parse_value(text)) is not None
    ]
    return measure(
        observations([name for name, _, _ in series], found), [row.spec(name) for name, row, _ in series], methods
    )


def measured_areas(row: IndicatorRow, areas: Areas) -> list[Result]:
    """Return what every method says of an indicator's series, one an area."""
    return measured([(area, row, held) for area, held in areas.items()])
