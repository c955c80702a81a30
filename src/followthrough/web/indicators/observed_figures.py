"""The figures of series as they are on record, and those that their parts add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from followthrough.assess.targets import Observed, added_up
from followthrough.web.accounts.policy import Actor
from followthrough.web.indicators.policy import visible_observations, visible_series

ADDED = "added up"
"""What the figures are called that the parts of a series add up to."""


@dataclass(slots=True)
class Figures:
    """A series with its figures by area, those of each part by its title, and what the parts add up to."""

    title: str
    unit: str
    areas: dict[str, list[Observed]] = field(default_factory=dict)
    parts: dict[str, list[Observed]] = field(default_factory=dict)
    sums: list[Observed] = field(default_factory=list)

    @property
    def all(self) -> list[Observed]:
        """Every figure of the series itself, published or added up."""
        return [*(one for held in self.areas.values() for one in held), *self.sums]


def figures_of(series: Iterable[str], by: Actor) -> dict[str, Figures]:
    """Return the figures of those of ``series`` that ``by`` may see, with two queries however many they are."""
    rows = list(visible_series(by).filter(pk__in=list(series)).values_list("id", "title", "unit", "parts"))
    wanted = {key for row in rows for key in (row[0], *row[3])}
    held: dict[str, dict[str, list[Observed]]] = defaultdict(lambda: defaultdict(list))
    titles: dict[str, str] = {}
    asked = visible_observations(by).filter(series__in=wanted).order_by("period", "id")
    for key, title, area, period, value in asked.values_list("series_id", "series__title", "area", "period", "value"):
        titles[key] = title
        held[key][area].append(Observed(period, value))
    return {row[0]: _figures(row, held, titles) for row in rows}


def _figures(
    row: tuple[str, str, str, list[str]], held: dict[str, dict[str, list[Observed]]], titles: dict[str, str]
) -> Figures:
    key, title, unit, parts = row
    areas = dict(held[key]) if key in held else {}
    found = {titles[part]: [one for of in held[part].values() for one in of] for part in parts if part in titles}
    whole = {one.period for of in areas.values() for one in of}
    sums = added_up(list(found.values()), whole) if len(found) == len(parts) else []
    return Figures(title, unit, areas, found, sums)
