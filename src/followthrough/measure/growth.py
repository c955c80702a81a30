"""Arithmetic shared by the methods: compound yearly growth, actual and required."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from followthrough.measure.inputs import Inputs
from followthrough.measure.series import Bools, Floats, Ints


def growth(later: Floats, earlier: Floats, years: Ints) -> Floats:
    """Return compound yearly growth, (later / earlier)^(1 / years) - 1, as a fraction.

    All arrays have shape (series,). NaN where the signs differ or ``years`` is not positive.
    """
    with np.errstate(all="ignore"):
        ratio = later / earlier
        grown = np.power(ratio, 1 / np.where(years > 0, years, 1)) - 1
    return np.where((years > 0) & (ratio >= 0) & np.isfinite(grown), grown, np.nan)


@dataclass(frozen=True, slots=True)
class Trend:
    """Yearly growth as fractions: actual, required by the target, actual in the desired direction, and their ratio.

    Arrays of shape (series,); NaN where a value is undefined.
    """

    growth: Floats
    required: Floats
    towards: Floats
    ratio: Floats


def trend(x: Inputs, base: Floats, target: Floats) -> Trend:
    """Return the trend of every series from ``base`` to its latest value and to ``target``, each of shape (series,).

    For negative values, growth away from zero counts as a decrease.
    """
    grown = growth(x.latest, base, x.latest_year - x.base_year)
    required = growth(target, base, x.target_year - x.base_year)
    towards = x.d * np.where(base < 0, -1, 1) * grown
    with np.errstate(all="ignore"):
        return Trend(grown, required, towards, towards / np.abs(required))


def met(x: Inputs, target: Floats) -> Bools:
    """Return which series have reached ``target`` with their latest value, shape (series,)."""
    return ((x.d > 0) & (x.latest >= target)) | ((x.d < 0) & (x.latest <= target))
