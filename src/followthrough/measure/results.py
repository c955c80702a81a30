"""Results of every method for every series, with the inputs used or the reason why it was not assessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from followthrough.measure.inputs import Gathered, Inputs, gather
from followthrough.measure.progress_methods import METHODS, NOT_ASSESSED, Method, Outcome
from followthrough.measure.series import Observations, SeriesSpec, printed
from followthrough.model.values import Censor

SHARES = (1.0, 0.8, 0.6, 0.4, 0.2, 0.05, 0.0004)
"""Fractions of the bound at which a value censored from above is evaluated."""
MULTIPLES = (1.0, 1.1, 1.5, 2.0, 5.0, 100.0)


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one method for one series.

    ``reason`` says why the series was not assessed, ``because`` which band of the method its status is. ``g`` and ``r``
    are the actual and the required yearly growth, as fractions.
    """

    series: str
    method: str
    version: str
    status: str
    ratio: float | None
    score: float | None
    g: float | None
    r: float | None
    base: tuple[int, float | str] | None
    latest: tuple[int, float | str] | None
    target: tuple[int, float] | None
    reason: str
    because: str
    notes: tuple[str, ...]
    inputs: dict[str, float | str | None]

    @property
    def assessed(self) -> bool:
        """Whether the method could assess the series."""
        return self.status != NOT_ASSESSED

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``results`` list."""
        return {
            "series": self.series,
            "method": self.method,
            "status": self.status,
            "ratio": self.ratio,
            "score": self.score,
            "g": self.g,
            "r": self.r,
            "base": self.base,
            "latest": self.latest,
            "target": self.target,
            "reason": self.reason or None,
            "version": self.version,
            "because": self.because or None,
            "notes": list(self.notes),
            "inputs": self.inputs,
        }


def measure(
    table: Observations, specs: Sequence[SeriesSpec], methods: Sequence[Method] = tuple(METHODS.values())
) -> list[Result]:
    """Return a result for every spec and method, ordered by spec, then by method.

    Series without a spec have no direction and are not assessed. A censored value is assessed where every value that
    is consistent with it leads to the same status.
    """
    named = {spec.series for spec in specs}
    specs = [*specs, *(SeriesSpec(name) for name in table.ids if name not in named)]
    if not specs:
        return []
    gathered = gather(table, specs)
    by_method = [_by(method, gathered, specs) for method in methods]
    return [results[at] for at in range(len(specs)) for results in by_method]


def _by(method: Method, gathered: Gathered, specs: Sequence[SeriesSpec]) -> list[Result]:
    x = gathered.inputs
    outcome = method.run(x)
    unsure = _unsure(method, x)
    return [_result(method, gathered, outcome, at, spec, unsure.get(at, "")) for at, spec in enumerate(specs)]


def _result(method: Method, gathered: Gathered, found: Outcome, at: int, spec: SeriesSpec, unsure: str) -> Result:
    x = gathered.inputs
    reason = gathered.missing[at] or _unfit(x, at, spec) or unsure
    status, because = NOT_ASSESSED, ""
    if not reason and found.status[at] < 0:
        reason = _why_not(method, x, at)
    if not reason:
        word = int(found.status[at])
        status, because = method.words[word], method.bands[word]
    known = status != NOT_ASSESSED
    return Result(
        spec.series,
        method.id,
        method.version,
        status,
        _number(found.ratio[at]) if known else None,
        _number(found.score[at]) if known else None,
        _number(found.growth[at]),
        _number(found.required[at]) if x.has_target[at] else None,
        _point(x.base_year[at], x.raw_base[at], x.base_censor[at]),
        _point(x.latest_year[at], x.raw_latest[at], x.latest_censor[at]),
        (int(x.target_year[at]), float(x.target[at])) if x.has_target[at] else None,
        reason,
        because,
        tuple(gathered.notes[at]),
        {
            "direction": spec.direction,
            "limit": spec.limit,
            "compared": _number(found.quantity[at]),
            **{name: _number(column[at]) for name, column in found.extra.items()},
        },
    )


def _unfit(x: Inputs, at: int, spec: SeriesSpec) -> str:
    """Return why no method applies to a series; empty where methods do."""
    if spec.direction == "context":
        return "it is context: neither direction is better"
    if spec.direction == "none":
        return "no desired direction is set"
    if x.binary[at] and x.latest[at] == 0:
        return "it says yes or no, and the answer is still no: not achieved"
    return "" if np.isnan(x.base[at]) or np.isnan(x.latest[at]) else _still(x, at)


def _still(x: Inputs, at: int) -> str:
    """Return why a series with a base and a latest value has no movement that could be measured; empty where it has."""
    if x.latest_year[at] <= x.base_year[at]:
        return f"it has one value from {x.base_year[at]} on; two years are needed{_stands(x, at)}"
    if x.zero[at]:
        return f"no change from zero: it is 0 from {x.base_year[at]} to {x.latest_year[at]}{_stands(x, at)}"
    return ""


def _stands(x: Inputs, at: int) -> str:
    """Return where a series that cannot be assessed stands against its target; empty where it has none."""
    if not x.has_target[at]:
        return ""
    reached = (x.latest[at] - x.target[at]) * x.d[at] >= 0
    word = "parity" if x.parity[at] else f"the target, {x.target[at]:g}"
    return f"; it {'meets' if reached else 'does not meet'} {word}"


def _why_not(method: Method, x: Inputs, at: int) -> str:
    """Return why a method gave no status."""
    if method.needs_target and not x.has_target[at]:
        return "the method needs a target"
    if x.base[at] == x.target[at]:
        return "its base stands on the target: there is no way to measure"
    if x.base[at] == 0:
        return "its base is zero: no growth can be formed"
    return "its values are not all of one sign: no growth can be formed"


def _unsure(method: Method, x: Inputs) -> dict[int, str]:
    """Return, by index, why series with a censored baseline or latest value have no unambiguous status."""
    found = {}
    for at in np.flatnonzero((x.base_censor != Censor.EXACT) | (x.latest_censor != Censor.EXACT)):
        if x.parity[at]:
            found[int(at)] = "a distance from parity cannot be formed from a censored value"
            continue
        tried = list(product(_tries(x, "base", int(at)), _tries(x, "latest", int(at))))
        many = x.take(np.full(len(tried), at, dtype=np.int64))
        many.base[:], many.latest[:] = np.array(tried).T
        words = {int(word) for word in method.run(many).status}
        if len(words) > 1:
            best, worst = (method.words[end] for end in (min(words - {-1}, default=0), max(words)))
            found[int(at)] = f"a censored value leaves it open: {worst} to {best}"
    return found


def _tries(x: Inputs, end: str, at: int) -> tuple[float, ...]:
    value, censor = float(getattr(x, end)[at]), int(getattr(x, f"{end}_censor")[at])
    if censor == Censor.EXACT or np.isnan(value):
        return (value,)
    if censor == Censor.BELOW:
        return tuple(value * share for share in SHARES) if value > 0 else (value, value - 1, 2 * value - 1)
    limit = float(x.limit[at])
    if value < limit:
        return tuple(float(one) for one in np.linspace(value, limit, len(SHARES)))
    return tuple(value * one for one in MULTIPLES) if value > 0 else (value, value / 2, 1.0)


def _point(year: Any, value: Any, censor: Any) -> tuple[int, float | str] | None:
    return None if np.isnan(value) else (int(year), printed(float(value), int(censor)))


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
