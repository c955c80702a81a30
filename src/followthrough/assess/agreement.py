"""Intercoder agreement: Krippendorff's alpha with a bootstrap confidence interval over units.

Source: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), and Content Analysis, chapter 11. Units
with fewer than two values have no pairable values and are excluded. The ordinal difference of two values is the
difference of their mid-ranks, so ordinal alpha is interval alpha over ranks. The existing library is under the GPL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from followthrough.measure.series import Floats, Ints

Level = Literal["nominal", "ordinal", "interval"]
LEVELS: tuple[Level, ...] = get_args(Level)
ROUNDS, SEED, COVERED = 1000, 20191126, 95.0
CHUNK = 4_000_000
"""Cells of the table of bootstrap rounds by patterns that are kept in memory at once."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha and what it was computed from.

    Attributes:
        alpha: the coefficient; ``None`` where it is undefined, for the ``reason`` given.
        level: level of measurement.
        units, coders: how many units and coders the data have.
        pairable: values in units with at least two values.
        interval: lower and upper bound of the 95 per cent bootstrap interval, or ``None``.
        bootstrap, seed: number of bootstrap rounds and the seed of the random generator.
        reason: why alpha is undefined; empty where it is defined.
    """

    alpha: float | None
    level: Level
    units: int
    coders: int
    pairable: int
    interval: tuple[float, float] | None
    bootstrap: int
    seed: int
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            "alpha": self.alpha,
            "level": self.level,
            "units": self.units,
            "coders": self.coders,
            "pairable": self.pairable,
            "interval": self.interval,
            "bootstrap": self.bootstrap,
            "seed": self.seed,
            "reason": self.reason or None,
        }


def alpha(
    codes: Sequence[tuple[str, str, int]],
    values: Floats,
    level: Level = "nominal",
    *,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Agreement:
    """Return the agreement of ``codes``: triples of unit, coder and index into ``values``, without missing values.

    ``values`` are the distinct values in ascending order, shape (values,); their numbers matter at interval level only.
    """
    units, place = _places([unit for unit, _, _ in codes])
    coders = len({coder for _, coder, _ in codes})
    value = np.array([place for _, _, place in codes], dtype=np.int64)
    table = np.bincount(place * len(values) + value, minlength=units * len(values)).reshape(units, len(values))
    paired = table[table.sum(axis=1) > 1]
    pairable = int(paired.sum())
    patterns, weights = _patterns(paired)
    found = _alphas(patterns, weights[None, :].astype(float), values, level)[0] if pairable else np.nan
    if np.isnan(found):
        reason = "no value differs from another: there is nothing to agree on" if pairable else "no unit has two values"
        return Agreement(None, level, units, coders, pairable, None, 0, seed, reason)
    interval = _interval(patterns, weights, values, level, rounds, seed)
    return Agreement(float(found), level, units, coders, pairable, interval, rounds, seed, "")


def _patterns(table: Ints) -> tuple[Ints, Ints]:
    """Return the distinct rows of a table, shape (patterns, values), and how often each occurs, shape (patterns,).

    Where the cells of a row fit into one integer, that integer is compared: several times as fast as comparing rows.
    """
    base, width = int(table.max(initial=0)) + 1, table.shape[1]
    if width * np.log2(base + 1) >= 62:
        rows, count = np.unique(table, axis=0, return_counts=True)
        return rows, count
    keys = table @ (base ** np.arange(width, dtype=np.int64))
    _, first, count = np.unique(keys, return_index=True, return_counts=True)
    return table[first], count


def _places(units: list[str]) -> tuple[int, Ints]:
    known: dict[str, int] = {}
    places = np.array([known.setdefault(unit, len(known)) for unit in units], dtype=np.int64)
    return len(known), places


def _alphas(patterns: Ints, weights: Floats, values: Floats, level: Level) -> Floats:
    """Return one alpha per row of ``weights``, which has shape (rounds, patterns); NaN where it is undefined."""
    totals = weights @ patterns
    n = totals.sum(axis=1)
    observed, expected = _DISAGREEMENT[level](patterns, weights, totals, values)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.where(expected > 0, 1 - (n - 1) * observed / expected, np.nan)
    return found


def _nominal(patterns: Ints, weights: Floats, totals: Floats, values: Floats) -> tuple[Floats, Floats]:
    del values
    m = patterns.sum(axis=1)
    within = (m**2 - (patterns**2).sum(axis=1)) / (m - 1)
    return weights @ within, totals.sum(axis=1) ** 2 - (totals**2).sum(axis=1)


def _interval_level(patterns: Ints, weights: Floats, totals: Floats, values: Floats) -> tuple[Floats, Floats]:
    centred = values - (values.min() + values.max()) / 2
    return _spread(patterns, weights, totals, np.broadcast_to(centred, totals.shape))


def _ordinal(patterns: Ints, weights: Floats, totals: Floats, values: Floats) -> tuple[Floats, Floats]:
    del values
    ranks = np.cumsum(totals, axis=1) - totals / 2
    return _spread(patterns, weights, totals, ranks - totals.sum(axis=1, keepdims=True) / 2)


def _spread(patterns: Ints, weights: Floats, totals: Floats, at: Floats) -> tuple[Floats, Floats]:
    """Return the observed and the expected sum of squared differences over all ordered pairs, each of shape (rounds,).

    ``at`` has shape (rounds, values): the number, or mid-rank, that each value has in each round.
    """
    m = patterns.sum(axis=1)
    sums, squares = at @ patterns.T, at**2 @ patterns.T
    observed = (weights * 2 * (m * squares - sums**2) / (m - 1)).sum(axis=1)
    n = totals.sum(axis=1)
    expected = 2 * (n * (totals * at**2).sum(axis=1) - (totals * at).sum(axis=1) ** 2)
    return observed, expected


_DISAGREEMENT: dict[Level, Callable[[Ints, Floats, Floats, Floats], tuple[Floats, Floats]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval_level,
}


def _interval(
    patterns: Ints, weights: Ints, values: Floats, level: Level, rounds: int, seed: int
) -> tuple[float, float] | None:
    """Return the percentile bootstrap interval over units resampled with replacement; ``None`` without any alpha."""
    random = np.random.default_rng(seed)
    units, found = int(weights.sum()), []
    step = max(1, CHUNK // max(len(weights), 1))
    for begin in range(0, rounds, step):
        size = min(step, rounds - begin)
        drawn = random.multinomial(units, weights / units, size=size).astype(float)
        found.append(_alphas(patterns, drawn, values, level))
    alphas = np.concatenate(found) if found else np.zeros(0)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return None
    edge = (100 - COVERED) / 2
    low, high = np.percentile(alphas, [edge, 100 - edge])
    return float(low), float(high)
