"""Inputs of the methods, derived from observations and specs: baseline, latest value, target and direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from followthrough.measure.series import Bools, Floats, Ints, Observations, SeriesSpec
from followthrough.model.values import Censor

NEAR_PARITY = (0.97, 1.03)
SHARES_ABOVE = 5.0
"""Median above which a parity series without a target is taken as shares in per cent, else as an index."""
SHOCK = (2020, 2021)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Inputs of a method: arrays of shape (series,). Numbers that a series does not have are NaN.

    ``base`` and ``latest`` are the values compared: for a parity series, distances from parity that should fall to
    ``target``. ``raw_base`` and ``raw_latest`` are the values as printed. ``d`` is +1 or -1 for the desired direction,
    0 where there is none. ``zero`` tells the series whose every value from the base on is 0.
    """

    base: Floats
    base_year: Ints
    base_censor: Ints
    latest: Floats
    latest_year: Ints
    latest_censor: Ints
    target: Floats
    target_year: Ints
    limit: Floats
    d: Ints
    raw_base: Floats
    raw_latest: Floats
    parity: Bools
    binary: Bools
    zero: Bools

    @property
    def has_target(self) -> Bools:
        """Which series have a target, shape (series,)."""
        return ~np.isnan(self.target)

    def take(self, places: Ints) -> Inputs:
        """Return the inputs at the indices ``places``, in that order and with repetitions."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Gathered:
    """The inputs, the reason why a series has none (else empty), and the notes on each series."""

    inputs: Inputs
    missing: list[str]
    notes: list[list[str]]


def gather(table: Observations, specs: Sequence[SeriesSpec]) -> Gathered:
    """Select the baseline and the latest value of each spec's series.

    The baseline is the value of the base year, else the first later one. After a break in series only values from the
    break on are compared. Parity series become distances from parity: max(y, 1/y) for an index y, 1 where y is within
    0.97 to 1.03; for a share, the target plus the absolute difference from it.
    """
    place = {name: at for at, name in enumerate(table.ids)}
    at = np.array([place.get(spec.series, -1) for spec in specs], dtype=np.int64)
    first = np.searchsorted(table.series, at, side="left")
    last = np.searchsorted(table.series, at, side="right") - 1
    has_values = (at >= 0) & (last >= first)
    since, broken = _since(table, specs, first, last, has_values)
    begin = _from(table, at, since)
    found = has_values & (begin <= last)
    inputs = _chosen(table, specs, np.where(found, begin, -1), np.where(has_values, last, -1), first, last)
    missing = [
        "" if ok else "it has no value" if not any_ else f"it has no value in or after {year}"
        for ok, any_, year in zip(found, has_values, since, strict=True)
    ]
    notes = [_notes(inputs, place, said) for place, said in enumerate(broken)]
    return Gathered(inputs, missing, notes)


def _from(table: Observations, series: Ints, years: Ints) -> Ints:
    """Return the index of the first observation of each series in or after a year, shape (series,)."""
    years = np.clip(years, 0, 9999)
    return np.searchsorted(table.series * 10_000 + table.year, series * 10_000 + years, side="left").astype(np.int64)


def _since(
    table: Observations, specs: Sequence[SeriesSpec], first: Ints, last: Ints, has_values: Bools
) -> tuple[Ints, list[str]]:
    """Return the year from which each series is measured, shape (series,), and a note on its breaks."""
    since = np.array([spec.base_year for spec in specs], dtype=np.int64)
    said = [""] * len(specs)
    for place, spec in enumerate(specs):
        if not spec.breaks or not has_values[place]:
            continue
        newest = table.year[last[place]]
        passed = [year for year in spec.breaks if table.year[first[place]] < year <= newest]
        if passed and passed[-1] > since[place]:
            since[place] = passed[-1]
            said[place] = f"the series breaks in {passed[-1]}: only figures from then on are compared"
    return since, said


def _chosen(
    table: Observations, specs: Sequence[SeriesSpec], begin: Ints, end: Ints, first: Ints, last: Ints
) -> Inputs:
    def at(column: Floats, places: Ints) -> Floats:
        return np.where(places >= 0, column[places] if len(column) else np.nan, np.nan)

    def whole(column: Ints, places: Ints) -> Ints:
        return np.where(places >= 0, column[places] if len(column) else 0, 0)

    target = np.array([np.nan if spec.target is None else spec.target for spec in specs], dtype=np.float64)
    limit = np.array([np.nan if spec.limit is None else spec.limit for spec in specs], dtype=np.float64)
    parity = np.array([spec.direction == "parity" for spec in specs], dtype=np.bool_)
    d = np.array([{"up": 1, "down": -1}.get(spec.direction, 0) for spec in specs], dtype=np.int64)
    base, latest = at(table.value, begin), at(table.value, end)
    binary = _binary(table, first, last) & (target == 1) & (d == 1)
    target = np.where(parity & np.isnan(target), _parity_target(table, first, last, parity), target)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = [np.where(parity, _distance(raw, target), raw) for raw in (base, latest)]
    return Inputs(
        moved[0],
        whole(table.year, begin),
        whole(table.censor, begin),
        moved[1],
        whole(table.year, end),
        whole(table.censor, end),
        target,
        np.array([spec.target_year for spec in specs], dtype=np.int64),
        np.where(parity, np.nan, limit),
        np.where(parity, -1, d),
        base,
        latest,
        parity,
        binary,
        _nowhere(table.value != 0, begin, end),
    )


def _binary(table: Observations, first: Ints, last: Ints) -> Bools:
    """Where every value of a series is 0 or 1."""
    return _nowhere((table.value != 0) & (table.value != 1), first, last)


def _nowhere(odd: Bools, first: Ints, last: Ints) -> Bools:
    """Return for which series ``odd``, of shape (observations,), holds nowhere from ``first`` to ``last``."""
    counted = np.concatenate([[0], np.cumsum(odd)])
    same: Bools = counted[np.maximum(last + 1, 0)] == counted[np.maximum(first, 0)]
    return (first >= 0) & (last >= first) & same


def _parity_target(table: Observations, first: Ints, last: Ints, parity: Bools) -> Floats:
    """Return the default target, shape (series,): 50 for parity series of shares in per cent, 1 for the others."""
    found = np.ones(len(parity))
    for place in np.flatnonzero(parity):
        values = table.value[first[place] : last[place] + 1]
        found[place] = 50.0 if len(values) and np.median(values) > SHARES_ABOVE else 1.0
    return found


def _distance(y: Floats, target: Floats) -> Floats:
    low, high = NEAR_PARITY
    index = np.where((y >= low) & (y <= high), 1.0, np.where(y > 0, np.maximum(y, 1 / y), np.nan))
    return np.where(target == 1, index, target + np.abs(y - target))


def _notes(inputs: Inputs, place: int, broken: str) -> list[str]:
    found = [broken] if broken else []
    for word, years, censor, raw in (
        ("base", inputs.base_year, inputs.base_censor, inputs.raw_base),
        ("latest", inputs.latest_year, inputs.latest_censor, inputs.raw_latest),
    ):
        if years[place] in SHOCK:
            found.append(f"its {word} year, {years[place]}, is one of the pandemic")
        if censor[place] != Censor.EXACT:
            says = "less" if censor[place] == Censor.BELOW else "more"
            found.append(f"its {word} value is only known to be {says} than {raw[place]:g}")
    return found
