"""Series made of others: one figure a year from those of several parties, only where enough of them have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived value of one year, with the members of each group that it rests on."""

    year: int
    value: float
    above: tuple[str, ...]
    below: tuple[str, ...]


def gap(
    values: Mapping[str, Mapping[int, float]], above: Sequence[str], below: Sequence[str], *, least: float = 1.0
) -> list[Derived]:
    """Return the ratio of two medians by year: that of ``above`` over that of ``below``.

    ``values`` maps each party to its figures by year. The development gap is the median of Cambodia, Laos, Myanmar and
    Viet Nam over that of the other six of ASEAN: 1 is no gap. A year has a ratio only where at least the share
    ``least`` of the members of both groups has a figure; nothing is filled in.
    """
    years = sorted({year for figures in values.values() for year in figures})
    found = []
    for year in years:
        groups = [[name for name in group if year in values.get(name, {})] for group in (above, below)]
        enough = all(
            len(held) >= least * len(group) and held for held, group in zip(groups, (above, below), strict=True)
        )
        if not enough:
            continue
        over, under = (median(values[name][year] for name in held) for held in groups)
        if under:
            found.append(Derived(year, over / under, tuple(groups[0]), tuple(groups[1])))
    return found
