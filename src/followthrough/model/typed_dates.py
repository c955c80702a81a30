"""A date as a person types it into a form; what is no one date, or of another calendar, is told what to write."""

from __future__ import annotations

from followthrough.errors import InputRefused
from followthrough.model.dates import (
    BUDDHIST_ERA,
    BUDDHIST_YEARS,
    EARLIEST,
    LATEST,
    NAMES,
    PartialDate,
    parse_written_date,
)  # fmt: skip
from followthrough.model.periods import read_period


def read_typed_date(text: str) -> PartialDate:
    """Return the date that a person typed.

    Raises ``ValueError`` with what to write: for what is no date or could be two, for a period (``2015-16``,
    ``Q3 2021``), a year of the Buddhist era, and a year that is far away.
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


def typed_date(name: str, typed: str) -> str:
    """Return a date as it is stored, or nothing where none is given. Raises ``InputRefused`` for what is no date."""
    if not typed:
        return ""
    try:
        return str(read_typed_date(typed))
    except ValueError as error:
        raise InputRefused(name, str(error), "write 2025-12-31, 2025-12 or 2025") from error


def _ask_for_one(plain: str) -> None:
    """Raise ``ValueError`` with what to write for a period."""
    if period := read_period(plain.lower()):
        first, what = period.first, period.kind if period.kind.startswith("more") else f"a {period.kind}"
        written = f"{NAMES[first.month - 1]} {first.year}" if first.month else str(first)
        year = f", or {first.year}" if first.month else ""
        raise ValueError(f"“{plain}” is {what}: write {written}, in which it begins{year}") from None
