"""Dates as exactly as they are known (``2026``, ``2026-03``, ``2026-03-14``), also as people write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip
HINT = "as 14 March 2026, March 2026 or 2026"
BUDDHIST_ERA = 543
"""Years by which the Buddhist era is ahead."""
BUDDHIST_YEARS = range(2400, 2601)
"""Years that it gives to the times that registers are about."""
EARLIEST, LATEST = 1500, 2150
"""The years that are taken without a question."""
CENTURY_TURNS = 69
"""A year of two digits below this is of the 2000s, else of the 1900s."""

_BETWEEN = r"(?:[\s/.,-]|\bof\b)+"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3,9})", r"(?P<year>\d{4}|\d{2})"
_WHOLE_YEAR = r"(?P<year>\d{4})"
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_WHOLE_YEAR}",
        rf"{_MONTH}{_BETWEEN}{_DAY}{_BETWEEN}{_WHOLE_YEAR}",
        rf"{_WHOLE_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
        rf"{_WHOLE_YEAR}{_BETWEEN}{_MONTH}",
        rf"{_MONTH}{_BETWEEN}{_WHOLE_YEAR}",
        r"(?P<month>[a-z]{3,9})[-’' ]{1,2}(?P<year>\d{2})",
    )
)
_LARGEST_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
LONGEST = 40
_PRINTED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class NotInCalendar(ValueError):
    """A text has the form of a date, and is no day, month or year of the calendar."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of it, or a day of that; ``month`` and ``day`` are 0 where they are not known.

    The order is that of the printed form: the oldest first, and a period before the days in it. Raises
    ``NotInCalendar`` for what is no date.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise NotInCalendar(f"{self} is not in the calendar") from None
        if self.day and not self.month:
            raise NotInCalendar(f"day {self.day} of {self.year} has no month")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Return the date that is printed as ``text``. Raises ``ValueError`` for another form."""
        return _parsed(text)

    def __str__(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}" + (f"-{self.day:02}" if self.day else "")

    @property
    def first_day(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@lru_cache(maxsize=4096)
def _parsed(text: str) -> PartialDate:
    found = _PRINTED.fullmatch(text)
    if not found:
        raise ValueError(f"“{text[:LONGEST]}” is not a date; write 2019-11-26, 2019-11 or 2019")
    year, month, day = found.groups()
    return PartialDate(int(year), _part(month), _part(day))


def parse_written_date(text: str) -> PartialDate:
    """Return the date that ``text`` names, as far as it names one: ``14 March 2026``, ``Mar-24``, ``3/2026`` ...

    Raises ``ValueError`` with a line that says what to write, for what is no date, no day of the calendar, or could be
    two days (``03/04/2026``).
    """
    plain = " ".join(text.split()).strip(" .,").lower()
    if len(plain) > LONGEST:
        raise ValueError(f"that is too long for a date; write it {HINT}")
    if match := _LARGEST_FIRST.fullmatch(plain):
        return _dated(match[1], match[2], match[3], text)
    if match := _DAY_OR_MONTH_FIRST.fullmatch(plain):
        return _numbered(match, text)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", plain):
        return _dated(match[2], match[1], None, text)
    for pattern in _WRITTEN:
        match = pattern.fullmatch(plain)
        if match and match["month"] in MONTHS:
            part = match.groupdict()
            return _dated(_full(part["year"]), str(MONTHS[part["month"]]), part.get("day"), text)
    raise ValueError(f"“{text.strip()}” is not a date; write it {HINT}")


def _full(year: str) -> str:
    if len(year) == 4:
        return year
    return f"{'20' if int(year) < CENTURY_TURNS else '19'}{year}"


def _numbered(match: re.Match[str], text: str) -> PartialDate:
    """Read ``14/03/2026`` and ``03/14/2026``; with dots the day comes first everywhere."""
    first, sign, second, year = match.groups()
    if sign == "." or int(first) > 12 or first == second:
        return _dated(year, second, first, text)
    if int(second) > 12:
        return _dated(year, first, second, text)
    one, other = f"{int(first)} {NAMES[int(second) - 1]}", f"{int(second)} {NAMES[int(first) - 1]}"
    raise ValueError(f"“{text.strip()}” could be {one} or {other}; write the month in words")


def _dated(year: str, month: str | None, day: str | None, text: str) -> PartialDate:
    try:
        return PartialDate(int(year), _part(month), _part(day))
    except NotInCalendar:
        raise ValueError(f"“{text.strip()}” is no day of the calendar; write it {HINT}") from None


def _part(digits: str | None) -> int:
    """Return a month or day, nothing as 0; a printed 0 is none."""
    if digits is None:
        return 0
    if int(digits) == 0:
        raise NotInCalendar("no month or day is 0")
    return int(digits)
