"""What every picture stands on: a linear scale, round steps, dates as years, lines through points, labels of values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

ROUND = (1, 2, 2.5, 5, 10)
"""The steps between two lines of a scale, times a power of ten."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure, in pixels; a censored one is hollow."""

    x: float
    y: float
    title: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Linear:
    """A scale from values to pixels: ``low`` stands at ``start`` and ``high`` at ``end``, which may be the smaller."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value, in pixels."""
        return self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low)


def round_step(size: float) -> float:
    """Return the smallest round step that is no less than ``size``, which is above zero."""
    power: float = 10.0 ** math.floor(math.log10(size))
    return next(power * step for step in ROUND if power * step >= size - 1e-12)


def year_of(date: str, *, end: bool = False) -> float:
    """Return a date as a year with its fraction; the end of a period reaches to the end of what it names."""
    year, month, day = ([int(part) for part in date.split("-")] + [0, 0])[:3]
    if not month:
        return year + float(end)
    return year + (month - 1 + ((day - 1) / 31 if day else float(end))) / 12


def labelled_years(low: int, high: float) -> range:
    """Return the years that an axis names: each of a dozen or fewer, else every fifth."""
    step = 5 if high - low > 12 else 1
    return range(-(-low // step) * step, int(high) + 1, step)


def line(points: Iterable[tuple[float, float]]) -> str:
    """Return the path of a line through points in pixels; nothing where there are fewer than two."""
    places = [f"{x:.1f} {y:.1f}" for x, y in points]
    return f"M{'L'.join(places)}" if len(places) > 1 else ""


def short(value: float) -> str:
    """Return a value as the label of a scale: 1.5k, 20M, 3bn."""
    for size, word in ((1e9, "bn"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if word == 'k' else size):g}{word}"
    return f"{round(value, 6):g}"
