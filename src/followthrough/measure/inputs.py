"""Observations and specs -> what every method asks for: a base, the latest value, a target, a direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from followthrough.measure.series import Bools, Floats, Ints, Observations, SeriesSpec
from followthrough.model.values import Censor

NEAR_PARITY = (0.97, 1.03)
SHARES_ABOVE = 5.0
"""Where no target is set, a parity series is of shares in per cent if its median is above this, else of an index."""
SHOCK = (2020, 2021)


@dataclass(frozen=True, slots=True)
class Inputs:
    """One element a series. Numbers that a series has not are NaN.

    ``base`` and ``latest`` are as measured: those of a parity series are already distances from parity, to be
    reduced to ``target``. ``raw_base`` and ``raw_latest`` are as printed. ``d`` is +1, -1, or 0 where no direction
    applies.
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

    @property
    def has_target(self) -> Bools:
        """Where a target is set."""
        return ~np.isnan(self.target)

    def take(self, places: Ints) -> Inputs:
        """Return the inputs at ``places``, in their order, repeated where a place is."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Gathered:
    """The inputs, why a series has none (empty where it has), and what a reader should know of each."""

    inputs: Inputs
    missing: list[str]
    notes: list[list[str]]


def gather(table: Observations, specs: Sequence[SeriesSpec]) -> Gathered:
    """Choose base and latest value of each spec's series.

    The base is the value of the base year, else the first after it. After a break only the figures from it on are
    compared. Parity series become distances from parity: an index y is max(y, 1/y), within 0.97 to 1.03 it is 1; a
    share is the target plus its distance from it.
    """
    place = {name: at for at, name in enumerate(table.ids)}
    at = np.array([place.get(spec.series, -1) for spec in specs], dtype=np.int64)
    first = np.searchsorted(table.series, at, side="left")
    last = np.searchsorted(table.series, at, side="right") - 1
    held = (at >= 0) & (last >= first)
    since, broken = _since(table, specs, first, last, held)
    begin = _from(table, at, since)
    found = held & (begin <= last)
    inputs = _chosen(table, specs, np.where(found, begin, -1), np.where(held, last, -1), first, last)
    missing = [
        "" if ok else "it has no value" if not any_ else f"it has no value in or after {year}"
        for ok, any_, year in zip(found, held, since, strict=True)
    ]
    notes = [_notes(inputs, place, said) for place, said in enumerate(broken)]
    return Gathered(inputs, missing, notes)


def _from(table: Observations, series: Ints, years: Ints) -> Ints:
    """Return the place of the first value of each series in or after a year."""
    years = np.clip(years, 0, 9999)
    return np.searchsorted(table.series * 10_000 + table.year, series * 10_000 + years, side="left").astype(np.int64)


def _since(
    table: Observations, specs: Sequence[SeriesSpec], first: Ints, last: Ints, held: Bools
) -> tuple[Ints, list[str]]:
    """Return the year from which each series is measured, and what its breaks changed."""
    since = np.array([spec.base_year for spec in specs], dtype=np.int64)
    said = [""] * len(specs)
    for place, spec in enumerate(specs):
        if not spec.breaks or not held[place]:
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
    )


def _binary(table: Observations, first: Ints, last: Ints) -> Bools:
    """Where every value of a series is 0 or 1."""
    odd = np.concatenate([[0], np.cumsum((table.value != 0) & (table.value != 1))])
    same: Bools = odd[np.maximum(last + 1, 0)] == odd[np.maximum(first, 0)]
    return (last >= first) & same


def _parity_target(table: Observations, first: Ints, last: Ints, parity: Bools) -> Floats:
    """Return 50 for a parity series of shares in per cent and 1 for one of an index."""
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
