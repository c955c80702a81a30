"""The yearly payments of a fund as bars: contested years as two open bars, unknown years hatched, promises dashed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from followthrough.web.activities.rows import FigureRow, Fund

WIDTH, HEIGHT, FLOOR, TOP, LEFT, RIGHT = 900, 220, 190, 24, 34, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in pixels, its kind and what is written over it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing: bars, the labels of years, and lines at round amounts."""

    bars: list[Bar]
    years: list[tuple[float, int]]
    lines: list[tuple[float, int]]
    known: int
    of: int


def payments(fund: Fund, today: str) -> Chart | None:
    """Draw the contributions and pledges of a fund, or nothing where it has none."""
    paid = _amounts((one.year, one) for one in fund.of_kind("contribution"))
    if not paid:
        return None
    promised = _amounts((year, one) for year, held in fund.promised.items() for one in held if year not in paid)
    first, now = min(paid), max(int(today[:4]), *paid)
    last = max(now, *promised, now)
    highest = max(max(values) for values in (*paid.values(), *promised.values()))
    years = range(first, last + 1)
    step = (WIDTH - LEFT - RIGHT) / len(years)
    scale = (FLOOR - TOP) / highest
    bars = []
    for at, year in enumerate(years):
        bars += _year(LEFT + at * step, step, sorted(paid.get(year, [])), scale, unknown=year <= now)
        bars += _promise(LEFT + at * step, step, promised.get(year, []), scale)
    labels = [(LEFT + (at + 0.5) * step, year) for at, year in enumerate(years) if _named(year, first, last)]
    rule = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if highest / one <= 5)
    lines = [(FLOOR - amount * scale, amount) for amount in range(0, int(highest) + 1, rule)]
    return Chart(bars, labels, lines, len(paid), now - first + 1)


def _amounts(figures: Iterable[tuple[int, FigureRow]]) -> dict[int, list[float]]:
    """Return the amounts in millions by year, each once."""
    found: dict[int, list[float]] = defaultdict(list)
    for year, figure in figures:
        if float(figure.millions) not in found[year]:
            found[year].append(float(figure.millions))
    return dict(found)


def _promise(x: float, step: float, values: list[float], scale: float) -> list[Bar]:
    """Draw what is promised for a year as one open bar, up to the most that is promised."""
    if not values:
        return []
    most = max(values) * scale
    said = " or ".join(f"{value:g}" for value in sorted(values))
    return [Bar(x + step * 0.12, FLOOR - most, step * 0.76, most, "promised", f"{said} promised")]


def _named(year: int, first: int, last: int) -> bool:
    """Name the first year, the last and every fifth, but none so near the last that they touch."""
    return year in (first, last) or (year % 5 == 0 and last - year > 1 and year - first > 1)


def _year(x: float, step: float, values: list[float], scale: float, *, unknown: bool) -> list[Bar]:
    inner = step * 0.76
    if not values:
        return [Bar(x + step * 0.12, FLOOR - 8, inner, 8, "unknown", "")] if unknown else []
    width = inner / len(values)
    kind = "contested" if len(values) > 1 else "paid"
    return [
        Bar(x + step * 0.12 + at * width, FLOOR - value * scale, width - 1, value * scale, kind, f"{value:g}")
        for at, value in enumerate(values)
    ]
