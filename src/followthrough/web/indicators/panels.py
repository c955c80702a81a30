"""Small multiples: one panel a party, all on one scale; figures as dots, joined where years follow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString

from followthrough.measure.results import Result
from followthrough.measure.series import EXACT, parse_value
from followthrough.web.indicators.drawing import Dot, round_step
from followthrough.web.indicators.registry import IndicatorRow
from followthrough.web.indicators.statuses import status_chip

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 240, 118, 34, 6, 8, 98
FEW = 4
"""Lines of the scale, at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale that all panels share: years across, values up."""

    low: int
    high: int
    bottom: float
    step: float
    count: int

    @property
    def top(self) -> float:
        """The value at the top."""
        return self.bottom + self.step * self.count

    def x(self, year: float) -> float:
        """Return the place of a year."""
        return LEFT + (year - self.low) * (WIDTH - LEFT - RIGHT) / max(self.high - self.low, 1)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return FLOOR - (value - self.bottom) * (FLOOR - TOP) / (self.top - self.bottom)

    @property
    def lines(self) -> list[tuple[float, str]]:
        """The lines of the scale, each with its label."""
        values = [self.bottom + self.step * at for at in range(self.count + 1)]
        return [(self.y(value), short(value)) for value in values]


@dataclass(slots=True)
class Panel:
    """One party's panel: its figures, its last value, and what a method says of it."""

    key: str
    name: str
    solid: str = ""
    gaps: str = ""
    dots: list[Dot] = field(default_factory=list)
    last: tuple[int, str] | None = None
    chip: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """All panels of an indicator, with the target's line, the years of breaks, and the ends of the years."""

    scale: Scale
    target: float | None
    breaks: list[float]
    panels: list[Panel]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.scale.low, self.scale.high


def panels(
    row: IndicatorRow, areas: Mapping[str, Mapping[int, str]], names: Sequence[tuple[str, str]],
    results: Mapping[str, Result],
) -> Panels | None:  # fmt: skip
    """Lay out a panel for every (code, name), also for a party without figures; nothing where no party has any."""
    values = [known[0] for held in areas.values() for text in held.values() if (known := parse_value(text))]
    years = [year for held in areas.values() for year in held]
    if not values:
        return None
    target = None if row.target is None else float(row.target)
    scale = _scale(min(years), max(years), [*values, *([] if target is None else [target])])
    breaks = [scale.x(int(year)) for year in row.breaks if scale.low < int(year) <= scale.high]
    found = [_panel(key, name, areas.get(key, {}), scale, row, results.get(key)) for key, name in names]
    return Panels(scale, None if target is None else scale.y(target), breaks, found)


def _panel(
    key: str, name: str, held: Mapping[int, str], scale: Scale, row: IndicatorRow, result: Result | None
) -> Panel:
    one = Panel(key, name, chip=status_chip(result) if result else "")
    breaks = {int(year) for year in row.breaks}
    points = []
    for year, text in sorted(held.items()):
        known = parse_value(text)
        if known is None:
            continue
        x, y = scale.x(year), scale.y(known[0])
        points.append((year, x, y))
        one.dots.append(Dot(x, y, f"{name}, {year}: {text} {row.unit}", known[1] != EXACT))
        one.last = (year, text)
    for (a, x1, y1), (b, x2, y2) in pairwise(points):
        if any(a < year <= b for year in breaks):
            continue
        path = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
        if b == a + 1:
            one.solid += path
        else:
            one.gaps += path
    return one


def _scale(low: int, high: int, values: Sequence[float]) -> Scale:
    """Return a scale with round lines; it begins at zero unless all values lie far from it."""
    least, most = min(values), max(values)
    bottom = least if least < 0 or (most - least) < 0.25 * most else 0.0
    spread = max(most - bottom, abs(most) * 0.1, 1e-9)
    step = round_step(spread / FEW)
    first = math.floor(bottom / step) * step
    return Scale(low, high, first, step, max(math.ceil((most - first) / step - 1e-9), 1))


def short(value: float) -> str:
    """Return a label of the scale: 1.5k, 20M, 3bn."""
    for size, word in ((1e9, "bn"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if word == 'k' else size):g}{word}"
    return f"{round(value, 6):g}"


@dataclass(frozen=True, slots=True)
class Spark:
    """The trend of one indicator in small: a faint line a party, and the line of all together."""

    faint: list[str]
    strong: str
    dots: list[Dot]
    years: tuple[int, int]


def spark(areas: Mapping[str, Mapping[int, str]], together: Mapping[int, float], unit: str) -> Spark | None:
    """Lay out a trend; nothing where there is no figure."""
    held = {
        area: {year: known[0] for year, text in one.items() if (known := parse_value(text))}
        for area, one in areas.items()
    }
    values = [value for one in held.values() for value in one.values()]
    if not values:
        return None
    years = [year for one in held.values() for year in one]
    scale = _scale(min(years), max(years), values)
    dots = [
        Dot(scale.x(year), scale.y(value), f"{area}, {year}: {areas[area][year]} {unit}", hollow=True)
        for area, one in held.items()
        for year, value in one.items()
        if len(one) == 1
    ]
    return Spark([_line(one, scale) for one in held.values()], _line(together, scale), dots, (min(years), max(years)))


def _line(held: Mapping[int, float], scale: Scale) -> str:
    points = [f"{scale.x(year):.1f} {scale.y(value):.1f}" for year, value in sorted(held.items())]
    return f"M{'L'.join(points)}" if len(points) > 1 else ""
