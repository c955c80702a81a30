"""Targets of a series as a picture: figures as dots, joined where years follow; targets as lines to the due year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from followthrough.assess.targets import Observed
from followthrough.model.values import PrintedValue
from followthrough.packs.cells import plain
from followthrough.web.charts.scales import Dot, Linear, labelled_years, round_step, year_of

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 900, 260, 44, 14, 26, 228
PARTS = 5
"""Parts that the scale is cut into, at most."""
MARKS = {"met": "check", "missed": "cross", "contested": "ne", "insufficient data": "q", "not yet due": "ring"}


class TargetLine(NamedTuple):
    """A target to draw: its value, when it was announced, when it is due, and the state it is in."""

    value: Decimal | None
    announced: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as drawn: a line from its announcement to its due year, what became of it, and where that is written."""

    x: float
    y: float
    end: float
    icon: str
    state: str
    label: str
    label_x: float
    anchor: str


class Span(NamedTuple):
    """A range of figures of one year."""

    x: float
    y: float
    height: float
    title: str


class Name(NamedTuple):
    """Words beside a line or a range."""

    x: float
    y: float
    said: str
    anchor: str


@dataclass(slots=True)
class Chart:
    """The drawing, in the pixels of its view box."""

    width: int = WIDTH
    height: int = HEIGHT
    years: list[tuple[float, str]] = field(default_factory=list)
    lines: list[tuple[float, str]] = field(default_factory=list)
    solid: list[str] = field(default_factory=list)
    dotted: list[str] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    ranges: list[Span] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)


def chart(
    observed: Mapping[str, Sequence[Observed]], targets: Sequence[TargetLine], *, unit: str, added: str, today: str
) -> Chart:
    """Draw the figures of a series by area, and its targets; the area ``added`` holds what parts add up to."""
    figures = [
        (_year(one), number(one.value))
        for held in observed.values()
        for one in held
        if one.period[:4].isdigit() and number(one.value) is not None
    ]
    dates = [year_of(date) for one in targets for date in (one.announced, one.due) if date]
    low = int(min([*(x for x, _ in figures), *dates], default=year_of(today)))
    high = max([*(x for x, _ in figures), *dates, year_of(today)], default=year_of(today)) + 1
    most = max([float(y or 0) for _, y in figures] + [float(one.value or 0) for one in targets] + [1])
    plot = _Plot(low, high, most, unit)
    for area, held in observed.items():
        if area == added:
            plot.sums(added, held)
            continue
        plot.figures(area, held)
        if len(observed) > 1:
            plot.name(area, held)
    plot.out.goals = [plot.goal(one) for one in targets]
    return plot.out


def number(text: str) -> Decimal | None:
    """Return the number of a printed value, also of a censored one; nothing where it is none."""
    try:
        return PrintedValue.parse(text).number
    except ValueError:
        return None


def _year(one: Observed) -> float:
    """Return the place of a figure on the scale of years."""
    return year_of(one.period) if len(one.period) > 4 else float(one.period)


def _by_year(held: Iterable[Observed]) -> dict[float, list[float]]:
    """Return the numbers of each period that can be drawn."""
    found: dict[float, list[float]] = {}
    for one in held:
        if (value := number(one.value)) is not None and one.period[:4].isdigit():
            found.setdefault(_year(one), []).append(float(value))
    return found


class _Plot:
    def __init__(self, low: int, high: float, most: float, unit: str) -> None:
        step = round_step(most / PARTS)
        top = step * -(-most // step)
        self.high, self.unit = high, unit
        self.x = Linear(low, high, LEFT, WIDTH - RIGHT)
        self.y = Linear(0, top, FLOOR, TOP)
        self.out = Chart(
            years=[(self.x(year), str(year)) for year in labelled_years(low, high)],
            lines=[(self.y(at * step), f"{at * step:g}") for at in range(round(top / step) + 1)],
        )

    def sums(self, added: str, held: Iterable[Observed]) -> None:
        """Draw what parts add up to as a bar from the lowest to the highest, with its figures written over it."""
        for at, values in _by_year(held).items():
            low, high = min(values), max(values)
            said = " to ".join(f"{value:.3g}" for value in sorted({low, high}))
            top, floor = self.y(high), self.y(low)
            self.out.ranges.append(Span(self.x(at), top, max(floor - top, 3), f"{added}, {at:g}: {said} {self.unit}"))
            self.out.names.append(Name(self.x(at), top - 8, f"{added}: {said}", "middle"))

    def name(self, area: str, held: Iterable[Observed]) -> None:
        """Write under the last dot of a line what it is of, over a dot that stands alone."""
        years = _by_year(held)
        if years:
            at = self.x(last := max(years))
            anchor = "end" if at > WIDTH - 220 else "start"
            y = self.y(min(years[last])) + 18 if len(years) > 1 else self.y(max(years[last])) - 8
            self.out.names.append(Name(at, y, area, anchor))

    def figures(self, area: str, held: Iterable[Observed]) -> None:
        for one in held:
            if (value := number(one.value)) is not None and one.period[:4].isdigit():
                title = f"{area}, {one.period}: {one.value} {self.unit}"
                self.out.dots.append(Dot(self.x(_year(one)), self.y(float(value)), title, one.value[:1] in "<>"))
        years = _by_year(one for one in held if len(one.period) == 4)
        for (a, first), (b, second) in pairwise(sorted(years.items())):
            path = f"M{self.x(a):.1f} {self.y(first[-1]):.1f}L{self.x(b):.1f} {self.y(second[0]):.1f}"
            (self.out.solid if b == a + 1 else self.out.dotted).append(path)

    def goal(self, one: TargetLine) -> Goal:
        value = float(one.value or 0)
        end = self.x(float(one.due[:4])) if one.due else self.x(self.high)
        start = self.x(year_of(one.announced)) if one.announced else max(end - 60, LEFT)
        said = f"{plain(one.value) if one.value is not None else ''} by {one.due[:4]}: {one.state}" if one.due else (
            f"{plain(one.value) if one.value is not None else ''}, {one.state}"
        )  # fmt: skip
        close = end > WIDTH - 160 or start > LEFT + 160
        at, anchor = (end, "end") if close else (min(start, end), "start")
        return Goal(
            min(start, end), self.y(value), end, MARKS.get(one.state, ""), one.state.replace(" ", "-"), said, at, anchor
        )
