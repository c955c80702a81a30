"""The registry of methods: vectorised functions from inputs to status, ratio and score.

Thresholds and formulas are published; each function cites its source. Methods that their source does not fully specify,
such as ESCAP's anticipated progress index, are not implemented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from followthrough.measure.growth import growth, met, trend
from followthrough.measure.inputs import Inputs
from followthrough.measure.series import Floats, Ints

NOT_ASSESSED = "not-assessed"
TINY = 0.001
"""Replaces a baseline or target of zero, for which compound growth is undefined."""
LIMIT_POWER = 4.44


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a method: arrays of shape (series,). ``status`` indexes the method's words; -1 is not assessed.

    ``quantity`` was compared with the thresholds; ``extra`` has further columns for the result.
    """

    status: Ints
    quantity: Floats
    ratio: Floats
    score: Floats
    growth: Floats
    required: Floats
    extra: dict[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of measuring progress.

    Attributes:
        words: the statuses, from best to worst.
        levels: for each status, the levels it may correspond to when methods are compared (3 on course, 2 some
            progress, 1 little, 0 regression).
        bands: for each status, its definition.
        quantity: symbol of the quantity that is compared with the thresholds.
        needs_target: whether series without a target cannot be assessed.
    """

    id: str
    version: str
    title: str
    source: str
    words: tuple[str, ...]
    levels: tuple[frozenset[int], ...]
    bands: tuple[str, ...]
    quantity: str
    run: Callable[[Inputs], Outcome]
    needs_target: bool = False


def _band(quantity: Floats, thresholds: tuple[float | Floats, ...], first: int = 0) -> Ints:
    """Return ``first`` plus the number of thresholds above each quantity, shape (series,); -1 where it is NaN."""
    missed = sum(((quantity < one).astype(np.int64) for one in thresholds), np.zeros(len(quantity), np.int64))
    return np.where(np.isnan(quantity), -1, missed + first)


def statcan(x: Inputs) -> Outcome:
    """Measure by the method of Statistics Canada in Open SDG 2.4.

    Source: open-sdg.readthedocs.io, progress-methodology. The slopes of the score are the published ones, which are
    rounded to four places.
    """
    base = np.where(x.base == 0, TINY, x.base)
    target = np.where(x.target == 0, TINY, x.target)
    found = trend(x, base, target)
    ratio, free, c = found.ratio, found.towards, _scaling(x)
    done = x.has_target & met(x, target)
    status = np.where(x.has_target, _band(ratio, (0.95, 0.6, 0.0), 1), _band(free, (0.015 * c, 0.005 * c, 0.0 * c), 1))
    status = np.where(done, 0, status)
    score = np.where(x.has_target, _score_with_target(ratio), _score_without_target(free, c))
    score = np.where(done, 5.0, np.where(status < 0, np.nan, score))
    return Outcome(status, np.where(x.has_target, ratio, free), ratio, score, found.growth, found.required, {"C": c})


def _scaling(x: Inputs) -> Floats:
    """Return C, which lowers the thresholds of growth near a natural limit in the desired direction; 1 without one.

    A maximum: 1 - (b / limit)^4.44. A minimum mirrors it: 1 - ((2 limit - b) / limit)^4.44 up to twice the limit.
    """
    base, limit = np.abs(x.base), np.abs(x.limit)
    with np.errstate(all="ignore"):
        under = 1 - np.power(base / limit, LIMIT_POWER)
        over = 1 - np.power(np.maximum(2 * limit - base, 0) / limit, LIMIT_POWER)
    towards = (x.d > 0) | (x.base >= x.limit)
    applies = ~x.has_target & ~np.isnan(x.limit) & towards & (limit > 0) & (base < 2 * limit)
    return np.where(applies, np.where(base <= limit, under, over), 1.0)


def _score_with_target(ratio: Floats) -> Floats:
    line = np.where(ratio >= 0.6, 7.1429 * ratio - 4.2857, 4.1667 * ratio - 2.5)
    return np.clip(line, -5.0, 5.0)


def _score_without_target(free: Floats, c: Floats) -> Floats:
    with np.errstate(all="ignore"):
        eased = free / c
    rising = np.select([eased >= 0.015, eased >= 0.005], [500 * eased - 5, 250 * eased - 1.25], 500 * eased - 2.5)
    line = np.where(free < 0, 125 * free - 2.5, np.where(c == 0, 5.0, rising))
    return np.clip(line, -5.0, 5.0)


def _settled(x: Inputs, quantity: Floats, status: Ints, worst: int) -> Ints:
    """Return ``status`` with the latest value deciding alone where the baseline equals the target."""
    same = x.has_target & (x.base == x.target) & (x.latest_year > x.base_year)
    return np.where(same, np.where(met(x, x.target), 0, worst), np.where(np.isnan(quantity), -1, status))


def un_chart(x: Inputs) -> Outcome:
    """Measure by the United Nations' SDG Progress Chart 2022, technical note: ratio of actual to required growth."""
    found = trend(x, x.base, x.target)
    ratio = np.where(found.required != 0, found.ratio, np.nan)
    status = np.where(x.has_target, _band(ratio, (0.95, 0.5, -0.1)), _growth_band(found.towards))
    quantity = np.where(x.has_target, ratio, found.towards)
    nothing = np.full(len(ratio), np.nan)
    return Outcome(_settled(x, quantity, status, 3), quantity, ratio, nothing, found.growth, found.required)


def _growth_band(free: Floats) -> Ints:
    """Return the band of yearly growth: above 1 %, 0.5 to 1 %, -1 to 0.5 %, below -1 %; -1 where it is NaN."""
    found = np.select([free > 0.01, free >= 0.005, free >= -0.01], [0, 1, 2], 3)
    return np.where(np.isnan(free), -1, found).astype(np.int64)


def un_2024(x: Inputs) -> Outcome:
    """Measure by the United Nations' 2024 progress assessment.

    The quantity is the fraction of the distance from baseline to target that the trend covers by the target year.
    """
    found = trend(x, x.base, x.target)
    free = found.towards
    with np.errstate(all="ignore"):
        projected = x.latest * np.power(1 + found.growth, x.target_year - x.latest_year)
        q = np.where(x.target != x.base, (projected - x.base) / (x.target - x.base), np.nan)
    status = np.where(x.has_target, _band(q, (0.95, 0.10)), _band(free, (0.02, 0.005)))
    quantity = np.where(x.has_target, q, free)
    status = _settled(x, quantity, status, 2)
    status = np.where((status >= 0) & x.has_target & met(x, x.target), 0, status)
    nothing = np.full(len(q), np.nan)
    extra = {"projected": np.where(x.has_target, projected, np.nan)}
    return Outcome(status, quantity, q, nothing, found.growth, found.required, extra)


def escap(x: Inputs) -> Outcome:
    """Measure ESCAP's current status: progress from baseline to target, where 10 is the target.

    A parity series is measured by its distance from the target as printed.
    """
    with np.errstate(all="ignore"):
        moved = 10.0 * x.d * (x.latest - x.base) / np.abs(x.target - x.base)
        level = 10 - 10 * np.abs(x.target - x.raw_latest) / np.abs(x.target - x.raw_base)
        value = np.where(x.parity, level, moved)
    value = np.where(np.isfinite(value) & (x.latest_year > x.base_year), value, np.nan)
    status = np.select([value >= 10, value > 0, value == 0, value < 0], [0, 1, 2, 3], -1).astype(np.int64)
    nothing = np.full(len(value), np.nan)
    g = growth(x.latest, x.base, x.latest_year - x.base_year)
    return Outcome(status, value, nothing, value, g, nothing)


_MOVING = frozenset({1, 2, 3})
_LADDER = tuple(frozenset({level}) for level in (3, 2, 1, 0))

METHODS: dict[str, Method] = {
    method.id: method
    for method in (
        Method(
            "statcan-opensdg-2.4",
            "1",
            "Statistics Canada, in Open SDG 2.4",
            "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
            ("achieved", "substantial", "moderate", "limited", "deterioration"),
            (_LADDER[0], *_LADDER),
            (
                "target met",
                "R ≥ 95 %, or growth ≥ 1.5 % C",
                "R 60 to 95 %, or growth 0.5 to 1.5 % C",
                "R 0 to 60 %, or growth 0 to 0.5 % C",
                "R or growth below 0",
            ),
            "R",
            statcan,
        ),
        Method(
            "un-progress-chart-2022",
            "1",
            "United Nations, SDG Progress Chart 2022",
            "Sustainable Development Goals Progress Chart 2022, Technical Note",
            ("substantial", "fair", "limited", "deterioration"),
            _LADDER,
            (
                "CR ≥ 0.95, or growth above 1 %",
                "CR 0.5 to 0.95, or growth 0.5 to 1 %",
                "CR -0.1 to 0.5, or growth -1 to 0.5 %",
                "CR below -0.1, or growth below -1 %",
            ),
            "CR",
            un_chart,
        ),
        Method(
            "un-progress-2024",
            "1",
            "United Nations, progress assessment 2024",
            "The Sustainable Development Goals Report 2024, note on the progress assessment",
            ("on-track", "fair", "stagnation"),
            (_LADDER[0], _LADDER[1], frozenset({0, 1})),
            (
                "met, or q ≥ 0.95, or growth ≥ 2 %",
                "q 0.10 to 0.95, or growth 0.5 to 2 %",
                "q below 0.10, or growth below 0.5 %: stagnation or regression",
            ),
            "q",
            un_2024,
        ),
        Method(
            "escap-current-status",
            "1",
            "ESCAP, current status",
            "https://data.unescap.org/dataviz/methodology/technical-notes.html",
            ("target-reached", "progress", "no-change", "regression"),
            (frozenset({3}), _MOVING, frozenset({0, 1, 2}), frozenset({0})),
            ("the way to the target is gone", "part of the way is gone", "where it was", "further away than it was"),
            "D",
            escap,
            needs_target=True,
        ),
    )
}
