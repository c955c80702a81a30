"""The yearly payments of a fund as bars: contested years as two open bars, unknown years hatched, promises dashed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import TypeAlias

from followthrough.web.charts.scales import Linear

Amount: TypeAlias = "tuple[int, Decimal | float]"
"""A year and what was paid or promised in it, in millions."""
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


def payments(paid: Iterable[Amount], promised: Iterable[Amount], today: str) -> Chart | None:
    """Draw contributions and pledges, each a year with millions, or nothing where nothing was paid.

    A year stands once for each amount that is published of it; what is promised for a year that was paid is left out.
    """
    amounts = _by_year(paid)
    if not amounts:
        return None
    pledged = {year: held for year, held in _by_year(promised).items() if year not in amounts}
    first, now = min(amounts), max(int(today[:4]), *amounts)
    last = max(now, *pledged, now)
    highest = max(max(values) for values in (*amounts.values(), *pledged.values())) or 1
    years = range(first, last + 1)
    x, y = Linear(first, last + 1, LEFT, WIDTH - RIGHT), Linear(0, highest, FLOOR, TOP)
    step = x(first + 1) - x(first)
    bars = []
    for year in years:
        bars += _year(x(year), step, sorted(amounts.get(year, [])), y, unknown=year <= now)
        bars += _promise(x(year), step, pledged.get(year, []), y)
    labels = [(x(year + 0.5), year) for year in years if _named(year, first, last)]
    rule = _rule(highest)
    lines = [(y(amount), amount) for amount in range(0, int(highest) + 1, rule)]
    return Chart(bars, labels, lines, len(amounts), now - first + 1)


def _rule(highest: float) -> int:
    """Return the amount between two lines, in millions: 1, 2 or 5 times a power of ten, for five lines at most."""
    steps = (digit * int(10**power) for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if highest / step <= 5)


def _by_year(amounts: Iterable[Amount]) -> dict[int, list[float]]:
    """Return the amounts in millions by year, each once."""
    found: dict[int, list[float]] = defaultdict(list)
    for year, millions in amounts:
        if float(millions) not in found[year]:
            found[year].append(float(millions))
    return dict(found)


def _promise(x: float, step: float, values: list[float], y: Linear) -> list[Bar]:
    """Draw what is promised for a year as one open bar, up to the most that is promised."""
    if not values:
        return []
    top = y(max(values))
    said = " or ".join(f"{value:g}" for value in sorted(values))
    return [Bar(x + step * 0.12, top, step * 0.76, FLOOR - top, "promised", f"{said} promised")]


def _named(year: int, first: int, last: int) -> bool:
    """Name the first year, the last and every fifth, but none so near the last that they touch."""
    return year in (first, last) or (year % 5 == 0 and last - year > 1 and year - first > 1)


def _year(x: float, step: float, values: list[float], y: Linear, *, unknown: bool) -> list[Bar]:
    inner = step * 0.76
    if not values:
        return [Bar(x + step * 0.12, FLOOR - 8, inner, 8, "unknown", "")] if unknown else []
    width = inner / len(values)
    kind = "contested" if len(values) > 1 else "paid"
    return [
        Bar(x + step * 0.12 + at * width, y(value), width - 1, FLOOR - y(value), kind, f"{value:g}")
        for at, value in enumerate(values)
    ]
