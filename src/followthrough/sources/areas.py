"""Codes and names of countries: ISO 3166-1 alpha-3, alpha-2 and the United Nations' M49 numbers, one into another."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from followthrough.model.countries import countries


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return every code -> alpha-3, and alpha-3 -> M49."""
    coded = [country for country in countries() if country.coded]
    any_code = {code: one.iso3 for one in coded for code in (one.iso3, one.iso2, one.m49) if code}
    return any_code, {one.iso3: one.m49 for one in coded if one.m49}


def iso3(code: str) -> str:
    """Return the alpha-3 code of a country in any of the three; nothing for an aggregate or an unknown one."""
    code = code.strip().upper()
    known, _ = _table()
    return known.get(code) or known.get(code.zfill(3), "")


def m49(code: str) -> str:
    """Return the M49 number of an alpha-3 code; nothing where it has none."""
    return _table()[1].get(code, "")


def iso3_of_name(text: str) -> str:
    """Return the alpha-3 code of a country by any of its codes or its names in English; nothing for another text."""
    return iso3(text) or _names().get(_folded(text), "")


@cache
def _names() -> Mapping[str, str]:
    return {_folded(name): one.iso3 for one in countries() if one.coded for name in one.names}


def _folded(name: str) -> str:
    """Return a name without case, accents and punctuation: Lao People’s is Lao People's, Rep. is Rep."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
