"""The currency codes of ISO 4217 that are in use: ``currencies.csv``."""

from __future__ import annotations

import csv
from importlib.resources import files

CURRENCIES = frozenset(
    row["code"]
    for row in csv.DictReader(files(__package__).joinpath("currencies.csv").read_text(encoding="utf-8").splitlines())
)
