"""Arithmetic that the methods share: yearly growth, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from followthrough.measure.inputs import Inputs
from followthrough.measure.series import Bools, Floats, Ints


def growth(later: Floats, earlier: Floats, years: Ints) -> Floats:
    """Return compound yearly growth, (later / earlier)^(1 / years) - 1; NaN where signs differ or no year passed.

    Shapes: one element a series, in all three.
    """
    with np.errstate(all="ignore"):
        ratio = later / earlier
        grown = np.power(ratio, 1 / np.where(years > 0, years, 1)) - 1
    return np.where((years > 0) & (ratio >= 0) & np.isfinite(grown), grown, np.nan)


@dataclass(frozen=True, slots=True)
class Trend:
    """Yearly growth: as it was, as the target requires, that towards the desired side, and its ratio to the required.

    One element a series in each; NaN where there is none.
    """

    growth: Floats
    required: Floats
    towards: Floats
    ratio: Floats


def trend(x: Inputs, base: Floats, target: Floats) -> Trend:
    """Return the trend of every series from ``base`` to its latest value, beside the way to ``target``.

    Where values are negative, growth away from zero is movement downwards.
    """
    grown = growth(x.latest, base, x.latest_year - x.base_year)
    required = growth(target, base, x.target_year - x.base_year)
    towards = x.d * np.where(base < 0, -1, 1) * grown
    with np.errstate(all="ignore"):
        return Trend(grown, required, towards, towards / np.abs(required))


def met(x: Inputs, target: Floats) -> Bools:
    """Where the latest value has reached ``target``, whatever the trend."""
    return ((x.d > 0) & (x.latest >= target)) | ((x.d < 0) & (x.latest <= target))
