"""Small multiples: one panel a party, on one scale or each on its own; figures as dots, joined where years follow."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.safestring import SafeString

from followthrough.measure.series import parse_value
from followthrough.model.values import Censor
from followthrough.web.charts.scales import Dot, Linear, line, round_step, short

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 240, 118, 34, 6, 8, 98
FEW = 4
"""Lines of the scale, at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of all panels, or of one: years across, values up."""

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
        return Linear(self.low, max(self.high, self.low + 1), LEFT, WIDTH - RIGHT)(year)

    def y(self, value: float) -> float:
        """Return the place of a value."""
        return Linear(self.bottom, self.top, FLOOR, TOP)(value)

    @property
    def lines(self) -> list[tuple[float, str]]:
        """The lines of the scale, each with its label."""
        values = [self.bottom + self.step * at for at in range(self.count + 1)]
        return [(self.y(value), short(value)) for value in values]


@dataclass(slots=True)
class Panel:
    """One party's panel: its scale with the target on it, its figures, its last value, and what a method says."""

    key: str
    name: str
    scale: Scale
    target: float | None
    solid: str = ""
    gaps: str = ""
    dots: list[Dot] = field(default_factory=list)
    last: tuple[int, str] | None = None
    chip: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """All panels of an indicator, with the years of breaks, and the ends of the years."""

    scale: Scale
    breaks: list[float]
    panels: list[Panel]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.scale.low, self.scale.high


def panels(
    areas: Mapping[str, Mapping[int, str]],
    names: Sequence[tuple[str, str]],
    chips: Mapping[str, SafeString],
    *,
    unit: str,
    target: float | None,
    breaks: Collection[int],
    own: bool = False,
) -> Panels | None:
    """Lay out a panel for every (code, name), also for a party without figures; nothing where no party has any.

    ``areas`` holds printed values by year, ``chips`` what a method says of each party, ``breaks`` the years in which
    the series begins anew: no line crosses one. With ``own`` each panel has the scale of its own figures, on which the
    target stands where it is in reach.
    """
    values = [known[0] for held in areas.values() for text in held.values() if (known := parse_value(text))]
    years = [year for held in areas.values() for year in held]
    if not values:
        return None
    scale = _scale(min(years), max(years), [*values, *([] if target is None else [target])])
    lines = [scale.x(year) for year in breaks if scale.low < year <= scale.high]
    found = []
    for key, name in names:
        held = areas.get(key, {})
        mine = _own(scale, held) if own else scale
        goal = None if target is None or not mine.bottom <= target <= mine.top else mine.y(target)
        found.append(_panel(Panel(key, name, mine, goal, chip=chips.get(key, "")), held, unit, breaks))
    return Panels(scale, lines, found)


def _own(scale: Scale, held: Mapping[int, str]) -> Scale:
    values = [known[0] for text in held.values() if (known := parse_value(text))]
    return _scale(scale.low, scale.high, values) if values else scale


def _panel(panel: Panel, held: Mapping[int, str], unit: str, breaks: Collection[int]) -> Panel:
    points, scale = [], panel.scale
    for year, text in sorted(held.items()):
        known = parse_value(text)
        if known is None:
            continue
        x, y = scale.x(year), scale.y(known[0])
        points.append((year, x, y))
        panel.dots.append(Dot(x, y, f"{panel.name}, {year}: {text} {unit}", known[1] != Censor.EXACT))
        panel.last = (year, text)
    for (a, *start), (b, *end) in pairwise(points):
        if any(a < year <= b for year in breaks):
            continue
        path = line([(start[0], start[1]), (end[0], end[1])])
        if b == a + 1:
            panel.solid += path
        else:
            panel.gaps += path
    return panel


def _scale(low: int, high: int, values: Sequence[float]) -> Scale:
    """Return a scale with round lines; it begins at zero unless all values lie far from it."""
    least, most = min(values), max(values)
    bottom = least if least < 0 or (most - least) < 0.25 * most else 0.0
    spread = max(most - bottom, abs(most) * 0.1, 1e-9)
    step = round_step(spread / FEW)
    first = math.floor(bottom / step) * step
    return Scale(low, high, first, step, max(math.ceil((most - first) / step - 1e-9), 1))


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
    return line((scale.x(year), scale.y(value)) for year, value in sorted(held.items()))
