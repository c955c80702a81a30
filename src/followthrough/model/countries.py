"""Countries and territories with their codes and names: ``countries.csv``, keyed by ISO 3166-1 alpha-3.

Facts of ISO 3166-1 and UN M49 as of 2024. Kosovo has two rows, as statistics (UNK) and texts (XKX) write its code.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Country(NamedTuple):
    """One country or territory; ``iso2`` and ``m49`` are empty where it has none.

    ``names`` are its names in English texts; empty where texts are not searched for it.
    """

    iso3: str
    iso2: str
    m49: str
    names: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return every country, in the order of its alpha-3 code."""
    with files(__package__).joinpath("countries.csv").open(encoding="utf-8") as table:
        return tuple(
            Country(row["iso3"], row["iso2"], row["m49"], tuple(filter(None, row["names"].split("|"))))
            for row in csv.DictReader(table)
        )
