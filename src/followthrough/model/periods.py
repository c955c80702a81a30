"""Periods that people write where a date is asked for: years in a row, a fiscal year, a quarter or a half of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followthrough.model.dates import PartialDate

MOST_YEARS = 60
"""Years after which two numbers with a dash between them are no period."""
YEARS, FISCAL_YEAR, QUARTER, HALF_YEAR = "more than one year", "fiscal year", "quarter", "half-year"

_FISCAL = re.compile(r"(?:fy|fiscal(?: year)?|financial year|f\.y\.)[ -]*(\d{4})(?: ?[-/–] ?(\d{4}|\d{2}))?")
_SPAN = re.compile(r"(\d{4}) ?[/–-] ?(\d{4}|\d{2})")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(?:q([1-4])|([1-4])(?:q|st quarter|nd quarter|rd quarter|th quarter))[ ,/-]*(\d{4})")
_QUARTER_LAST = re.compile(r"(\d{4})[ ,/-]*q([1-4])")
_HALF = re.compile(r"(?:h([12])|([12])h|s([12]))[ ,/-]*(\d{4})")


@dataclass(frozen=True, slots=True)
class Period:
    """A period: ``first`` is the year or month in which it begins, ``last`` that in which it ends, where that is said.

    ``number`` counts quarters and half-years from 1.
    """

    kind: str
    first: PartialDate
    last: PartialDate | None
    number: int = 0


def read_period(plain: str) -> Period | None:
    """Return the period that a text names, in lower case and with single spaces; nothing where it names none.

    ``2015-12`` is a month.
    """
    if match := _FISCAL.fullmatch(plain):
        return _years(FISCAL_YEAR, int(match[1]), match[2])
    if (match := _SPAN.fullmatch(plain)) and not _MONTH.fullmatch(plain):
        return _years(YEARS, int(match[1]), match[2])
    if match := _QUARTER.fullmatch(plain):
        return _part(QUARTER, int(match[3]), int(match[1] or match[2]), 3)
    if match := _QUARTER_LAST.fullmatch(plain):
        return _part(QUARTER, int(match[1]), int(match[2]), 3)
    if match := _HALF.fullmatch(plain):
        return _part(HALF_YEAR, int(match[4]), int(match[1] or match[2] or match[3]), 6)
    return None


def _part(kind: str, year: int, number: int, months: int) -> Period | None:
    last = number * months
    return Period(kind, PartialDate(year, last - months + 1), PartialDate(year, last), number) if year else None


def _years(kind: str, first: int, second: str | None) -> Period | None:
    last = first if second is None else int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if second is not None and len(second) == 2 and last < first:
        last += 100
    if not first or last < first or last - first > MOST_YEARS:
        return None
    return Period(kind, PartialDate(first), PartialDate(last) if second else None)
