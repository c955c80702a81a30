"""Derived series: one value per year from those of several parties, if enough of them have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived value of one year, with the members of each group whose values it uses."""

    year: int
    value: float
    above: tuple[str, ...]
    below: tuple[str, ...]


def ratio_of_medians(
    values: Mapping[str, Mapping[int, float]], above: Sequence[str], below: Sequence[str], *, least: float = 1.0
) -> list[Derived]:
    """Return the median of the group ``above`` divided by that of the group ``below``, by year; 1 means no gap.

    ``values`` maps each party to its values by year. A year has a ratio only if at least the fraction ``least`` (0 to
    1) of each group has a value; nothing is imputed. A year in which the denominator is 0 has none.
    """
    years = sorted({year for series in values.values() for year in series})
    found = []
    for year in years:
        over = _known(values, above, year)
        under = _known(values, below, year)
        if not _enough(over, above, least) or not _enough(under, below, least):
            continue
        denominator = median(values[name][year] for name in under)
        if denominator:
            ratio = median(values[name][year] for name in over) / denominator
            found.append(Derived(year, ratio, over, under))
    return found


def _known(values: Mapping[str, Mapping[int, float]], group: Sequence[str], year: int) -> tuple[str, ...]:
    return tuple(name for name in group if year in values.get(name, {}))


def _enough(known: Sequence[str], group: Sequence[str], least: float) -> bool:
    return bool(known) and len(known) >= least * len(group)
