"""Time series in columnar form: observations, and the desired direction and target of each series."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from followthrough.model.missing import is_error_cell, is_missing
from followthrough.model.values import Censor, censor_of, split_sign
from followthrough.model.vocabulary import Direction

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_YEAR = re.compile(r"(\d{4})(?:\.0+|\s*[-–/]\s*(?:\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """Direction and target of a series, in the unit of its values.

    Attributes:
        series: id of the series.
        direction: the desired direction of change.
        target, target_year: the target value, or ``None``, and its year.
        limit: natural limit of the values in the desired direction, or ``None``.
        base_year: the year from which progress is measured.
        breaks: years from which values are not comparable with earlier ones.
    """

    series: str
    direction: Direction = Direction.NONE
    target: float | None = None
    target_year: int = 2030
    limit: float | None = None
    base_year: int = 2015
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Observations:
    """Observations of many series: one array per column, each of shape (observations,), without missing values.

    ``series`` has indices into ``ids``; ``censor`` has the values of ``Censor``. Sorted by series, then year; the
    years of a series are distinct.
    """

    ids: tuple[str, ...]
    series: Ints
    year: Ints
    value: Floats
    censor: Ints


def observations(ids: Sequence[str], rows: Sequence[tuple[int, int, float, int]]) -> Observations:
    """Return rows of (index into ``ids``, year, value, censor) as columns.

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
    """Return a printed value and how it is censored, or ``None`` for an empty cell or another mark for missing.

    Raises ``ValueError`` for a text that is not a number, such as 1,234 or the error of a formula.
    """
    text = text.strip()
    if not text:
        return None
    try:
        sign, number = split_sign(text)
    except ValueError:
        if is_missing(text):
            return None
        if is_error_cell(text):
            raise ValueError(f"“{text}” is the error of a formula") from None
        raise
    value = float(number)
    if not np.isfinite(value):
        raise ValueError(f"“{text[:40]}” is too large")
    return value, censor_of(sign)


def parse_year(text: str) -> int:
    """Return the year of a period, the first of a range: 2015 for 2015-16. Raises ``ValueError`` for another text."""
    found = _YEAR.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text[:40]}” is no year")
    return int(found[1])


def as_direction(text: str) -> Direction:
    """Return a direction, ``NONE`` for an empty cell. Raises ``ValueError`` for an unknown one."""
    try:
        return Direction(text.strip().lower() or Direction.NONE)
    except ValueError:
        raise ValueError(f"“{text}” is no direction") from None


def printed(value: float, censor: int) -> float | str:
    """Return a value as results show it: a number, or a text such as ``<2.5`` if it is censored."""
    return value if censor == Censor.EXACT else f"{'<' if censor == Censor.BELOW else '>'}{value:g}"
