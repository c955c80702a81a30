"""A date as a person types it into a form; what is no one date, or of another calendar, is told what to write."""

from __future__ import annotations

import re

from followthrough.model.dates import BUDDHIST_ERA, BUDDHIST_YEARS, NAMES, PartialDate, parse_written_date

EARLIEST, LATEST = 1500, 2150
"""The years that are taken without a question."""

_TWO_YEARS = re.compile(r"(?:fy\s*)?(\d{4})\s*[-/–]\s*(\d{4}|\d{2})", re.I)
_QUARTER = re.compile(r"q([1-4])[\s,/-]*(\d{4})|(\d{4})[\s,/-]*q([1-4])", re.I)


def read_typed_date(text: str) -> PartialDate:
    """Return the date that a person typed.

    Raises ``ValueError`` with what to write: for what is no date or could be two, for two years (``2015-16``), a
    quarter, a year of the Buddhist era, and a year that is far away.
    """
    plain = " ".join(text.split()).strip(" .,")
    try:
        read = parse_written_date(plain)
    except ValueError:
        _ask_for_one(plain)
        raise
    if read.year in BUDDHIST_YEARS:
        raise ValueError(f"{read.year} may be of the Buddhist era: write {read.year - BUDDHIST_ERA}")
    if not EARLIEST <= read.year <= LATEST:
        raise ValueError(f"the year {read.year} is far from today: check its digits")
    return read


def _ask_for_one(plain: str) -> None:
    """Raise ``ValueError`` with what to write for a quarter, or for two years; a month may stand behind a year."""
    if match := _QUARTER.fullmatch(plain):
        number, year = int(match[1] or match[4]), match[2] or match[3]
        first = NAMES[3 * number - 3]
        raise ValueError(f"“{plain}” is a quarter: write {first} {year}, in which it begins, or {year}") from None
    if match := _TWO_YEARS.fullmatch(plain):
        raise ValueError(f"“{plain}” is more than one year: write {match[1]}, in which it begins") from None
