"""The trend around a place: what moved in the world around a commitment, apart from what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthrough.web.charts.scales import short
from followthrough.web.charts.small_multiples import Spark, spark
from followthrough.web.indicators.indicator_rows import IndicatorRow, figures_for, indicators, summed
from followthrough.web.indicators.vintages import VintageRow
from followthrough.web.links.scope import Scope


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator beside a place: its picture, how many parties have figures, and its ends."""

    row: IndicatorRow
    vintage: VintageRow | None
    why: str
    spark: Spark | None
    parties: int
    first: tuple[int, str] | None
    last: tuple[int, str] | None
    newest: int | None


def trends_at(scope: Scope, parties: Iterable[str]) -> list[Trend]:
    """Return the trends around the places of a scope, for some parties: context, so none carries a verdict."""
    among = set(parties)
    rows = indicators(scope)
    figures, vintages = figures_for(rows)
    found = []
    for row in rows:
        own = {area: held for area, held in figures[row.id].items() if area in among or row.derived_from}
        together = summed(row, own) if not row.derived_from else {}
        line = together or (_only(own) if row.derived_from else {})
        ends = sorted(line)
        years = [year for held in own.values() for year in held]
        found.append(
            Trend(
                row, vintages.get(row.id), row.places[0][1], spark(own, line, row.unit), len(own),
                (ends[0], short(line[ends[0]])) if ends else None, (ends[-1], _value(line[ends[-1]])) if ends else None,
                max(years, default=None),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.spark is None, one.row.title))


def _only(areas: dict[str, dict[int, str]]) -> dict[int, float]:
    return {year: float(text) for held in areas.values() for year, text in held.items()}


def _value(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 10_000 else short(value)
