"""Countries and territories with their codes and names: ``countries.csv``, keyed by ISO 3166-1 alpha-3.

Facts of ISO 3166-1 and UN M49 as of 2024; names in other languages are those of the Unicode CLDR. Kosovo has two rows,
as statistics (UNK) and texts (XKX) write its code.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """One country or territory; ``iso2`` and ``m49`` are empty where it has none.

    ``names`` are its names in English texts; empty where texts are not searched for it. ``other_names`` are those that
    people write in tables beside these: official names of ISO 3166-1, names in the official languages of the country,
    of the United Nations and of its neighbours, and short forms in common use.
    """

    iso3: str
    iso2: str
    m49: str
    names: tuple[str, ...]
    other_names: tuple[str, ...]

    @property
    def coded(self) -> bool:
        """Whether statistics and tables have a code for it."""
        return bool(self.iso2 or self.m49)


@cache
def countries() -> tuple[Country, ...]:
    """Return every country, in the order of its alpha-3 code."""
    with files(__package__).joinpath("countries.csv").open(encoding="utf-8") as table:
        return tuple(
            Country(row["iso3"], row["iso2"], row["m49"], _several(row["names"]), _several(row["other_names"]))
            for row in csv.DictReader(table)
        )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
