"""Codes of countries: ISO 3166-1 alpha-3, alpha-2 and the United Nations' M49 numbers, one into another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from followthrough.io.csv import package_rows


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return every code -> alpha-3, and alpha-3 -> M49. Facts of ISO 3166-1 and UN M49 as of 2024."""
    rows = package_rows(__package__, "areas.csv")
    any_code = {code: row["iso3"] for row in rows for code in (row["iso3"], row["iso2"], row["m49"]) if code}
    return any_code, {row["iso3"]: row["m49"] for row in rows if row["m49"]}


def iso3(code: str) -> str:
    """Return the alpha-3 code of a country in any of the three; nothing for an aggregate or an unknown one."""
    code = code.strip().upper()
    known, _ = _table()
    return known.get(code) or known.get(code.zfill(3), "")


def m49(code: str) -> str:
    """Return the M49 number of an alpha-3 code; nothing where it has none."""
    return _table()[1].get(code, "")
