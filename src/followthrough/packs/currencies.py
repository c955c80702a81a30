"""The currency codes of ISO 4217 that are in use: ``currencies.csv``."""

from __future__ import annotations

from followthrough.io.csv import package_rows

CURRENCIES = frozenset(row["code"] for row in package_rows(__package__, "currencies.csv"))
