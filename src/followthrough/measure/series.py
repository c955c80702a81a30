"""Series of figures as columns of numbers: what was measured, when, and how it should move."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followthrough.model.values import Censor, censor_of, split_sign
from followthrough.model.vocabulary import Direction

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_YEAR = re.compile(r"(\d{4})(?:\.0+|\s*[-–/]\s*(?:\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """How a series should move: ``limit`` is its natural end in the desired direction, ``breaks`` the years from which
    its figures can no longer be compared with the earlier ones."""

    series: str
    direction: Direction = Direction.NONE
    target: float | None = None
    target_year: int = 2030
    limit: float | None = None
    base_year: int = 2015
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Observations:
    """Values of many series, one array a column, all of one length, missing ones left out.

    ``series`` holds places in ``ids``; ``censor`` holds BELOW, EXACT or ABOVE. Sorted by series, then year; a year
    stands once in a series.
    """

    ids: tuple[str, ...]
    series: Ints
    year: Ints
    value: Floats
    censor: Ints


def observations(ids: Sequence[str], rows: Sequence[tuple[int, int, float, int]]) -> Observations:
    """Return rows of (place in ``ids``, year, value, censor) as columns.

    Raises ``ValueError`` where a series has two values for one year.
    """
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    series, year, censor = (table[:, at].astype(np.int64) for at in (0, 1, 3))
    order = np.lexsort((year, series))
    series, year = series[order], year[order]
    twice = np.flatnonzero((np.diff(series) == 0) & (np.diff(year) == 0))
    if len(twice):
        raise ValueError(f"series {ids[int(series[twice[0]])]} has two values for {year[twice[0]]}")
    return Observations(tuple(ids), series, year, table[order, 2], censor[order])


def parse_value(text: str) -> tuple[float, Censor] | None:
    """Return a printed value and how it is censored, or nothing where the cell is empty.

    Raises ``ValueError`` for what is no number: 1,234 and n/a are none.
    """
    text = text.strip()
    if not text:
        return None
    sign, number = split_sign(text)
    value = float(number)
    if not np.isfinite(value):
        raise ValueError(f"“{text[:40]}” is too large")
    return value, censor_of(sign)


def parse_year(text: str) -> int:
    """Return the year of a period; the first of two: 2015-16 counts as 2015. Raises ``ValueError`` for another text."""
    found = _YEAR.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text[:40]}” is no year")
    return int(found[1])


def as_direction(text: str) -> Direction:
    """Return a direction; an empty cell is none. Raises ``ValueError`` for another word."""
    try:
        return Direction(text.strip().lower() or Direction.NONE)
    except ValueError:
        raise ValueError(f"“{text}” is no direction") from None


def printed(value: float, censor: int) -> float | str:
    """Return a value as results show it: a number, or the text of a censored one."""
    return value if censor == Censor.EXACT else f"{'<' if censor == Censor.BELOW else '>'}{value:g}"
