"""Years as tables print them: taken with a note where the way of writing leaves no doubt, else refused with advice."""

from __future__ import annotations

import re

from followthrough.model.dates import BUDDHIST_ERA, BUDDHIST_YEARS

EARLIEST, LATEST = 1000, 2200
"""Years outside are of another calendar or mistyped."""
_PLAIN = re.compile(r"\d{4}")
_RANGE = re.compile(r"(\d{4})(?:\.0+|\s*[-–/]\s*(?:\d{4}|\d{2}))")
_MARKED = re.compile(
    r"(?:FY|YR|CY|AY|year)?[\s_.-]*(\d{4})(?:\s*[-–/]\s*(?:\d{4}|\d{2}))?\s*(?:\*{1,3}|[a-z]|[¹²³†‡]|\([a-z0-9*]{1,3}\)"
    r"|\[YR\s*\d{4}\])?",
    re.IGNORECASE,
)
"""A year with a word before it or a mark of a footnote, an estimate or a bank after it."""
_PART = re.compile(
    r"(?:(\d{4})\s*+[-–/.]?\s*+(?:Q[1-4]|H[12]|S[12]|M\d{1,2}|W\d{1,2})|(?:Q[1-4]|H[12])\s*+[-–/.]?\s*+(\d{4})"
    r"|(\d{4})-\d{2}-\d{2})",
    re.IGNORECASE,
)
"""A quarter, half, month, week or day."""


def year_of(text: str) -> tuple[int, str]:
    """Return the year of a period, the first of a range, and how it was read; empty for 2015 and 2015-16.

    FY2019/20, YR2015, 2015*, 2015p and 2015 [YR2015] are years too. Raises ``ValueError``, saying which year to write,
    for a part of a year, a year of the Buddhist era, and what is no year.
    """
    text = text.strip()
    plain = _PLAIN.fullmatch(text)
    if plain:
        return _known(int(text)), ""
    if found := _RANGE.fullmatch(text):
        return _known(int(found[1])), ""
    if found := _MARKED.fullmatch(text):
        return _known(int(found[1])), f"“{text}” is taken as {int(found[1])}"
    if found := _PART.fullmatch(text):
        year = next(group for group in found.groups() if group)
        raise ValueError(f"“{text[:40]}” is a part of a year; write {year}, with one figure a year")
    raise ValueError(f"“{text[:40]}” is no year; write it as 2015 or 2015-16")


def is_year(text: str) -> bool:
    """Return whether a cell of a header is a year, of whatever calendar."""
    text = text.strip()
    return bool(_PLAIN.fullmatch(text) or _RANGE.fullmatch(text) or _MARKED.fullmatch(text) or _PART.fullmatch(text))


def _known(year: int) -> int:
    if year in BUDDHIST_YEARS:
        raise ValueError(f"{year} seems to be a year of the Buddhist era; write {year - BUDDHIST_ERA}")
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"{year} is no year that a figure can be of; write it as 2015")
    return year
