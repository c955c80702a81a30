"""Arithmetic that the methods share: yearly growth, and what it leads to."""

from __future__ import annotations

import numpy as np

from followthrough.measure.inputs import Inputs
from followthrough.measure.series import Floats, Ints


def growth(later: Floats, earlier: Floats, years: Ints) -> Floats:
    """Return compound yearly growth, (later / earlier)^(1 / years) - 1; NaN where signs differ or no year passed.

    Shapes: one element a series, in all three.
    """
    with np.errstate(all="ignore"):
        ratio = later / earlier
        grown = np.power(ratio, 1 / np.where(years > 0, years, 1)) - 1
    return np.where((years > 0) & (ratio >= 0) & np.isfinite(grown), grown, np.nan)


def sign(base: Floats) -> Ints:
    """Return -1 where values are negative: growth away from zero is then movement downwards."""
    return np.where(base < 0, -1, 1)


def met(x: Inputs, target: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Where the latest value has reached ``target``, whatever the trend."""
    return ((x.d > 0) & (x.latest >= target)) | ((x.d < 0) & (x.latest <= target))


def required(x: Inputs, base: Floats, target: Floats) -> Floats:
    """Return the yearly growth from the base that reaches ``target`` in its year."""
    return growth(target, base, x.target_year - x.base_year)
