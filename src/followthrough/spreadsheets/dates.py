"""Dates as people write them in cells and forms: understood with their precision, asked about, or refused in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from followthrough.model.dates import (
    BUDDHIST_ERA,
    BUDDHIST_YEARS,
    EARLIEST,
    HINT,
    LATEST,
    NAMES,
    NotInCalendar,
    PartialDate,
    parse_written_date,
)  # fmt: skip
from followthrough.model.missing import is_undecided
from followthrough.model.periods import YEARS, read_period

LONGEST = 60


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a text says of time: exactly one of ``value``, ``question`` and ``refusal``, or nothing at all.

    ``until`` is the end of a range, quarter or fiscal year. ``choices`` pairs each possible date with its words.
    ``note`` says what was understood where it is not plain.
    """

    value: PartialDate | None = None
    until: PartialDate | None = None
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    note: str = ""


NOT_KNOWN = WrittenDate()
_NUMBERED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_ERA = re.compile(r"(?:b\.?\s?e\.?|พ\.?ศ\.?)")
_RANGE = re.compile(r"(?<!\s)(?:\s++(?:(?:to|until|till|through|a|au|hasta|hingga|s/d|đến|ถึง)|-)\s++|\s*+[–—~]\s*+)")
_ISO_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?z?$")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_YEAR_DECORATED = re.compile(
    r"(?:yr|cy|in|year|année|año|tahun|năm|ปี)?\s*(\d{4})\s*"
    r"(?:[*pefr]|年|년|\((?:est|planned|expected)\.?\))?"
)


@cache
def _months() -> Mapping[str, int]:
    table = tomllib.loads(files(__package__).joinpath("months.toml").read_text(encoding="utf-8"))["months"]
    return {name: int(number) for number, names in table.items() for name in names}


@cache
def _month_names() -> re.Pattern[str]:
    longest_first = sorted(_months(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)\.?")


def order_of(texts: Iterable[str]) -> str:
    """Return ``dmy`` or ``mdy`` where dates of a column can be read in this order only; nothing where both occur."""
    orders = set()
    for text in texts:
        if (found := _NUMBERED.fullmatch(text.strip())) and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            orders |= ({"dmy"} if 12 < first <= 31 else set()) | ({"mdy"} if 12 < second <= 31 else set())
    return orders.pop() if len(orders) == 1 else ""


def understand_date(text: str, order: str = "", era: str = "") -> WrittenDate:
    """Return what ``text`` says of time.

    ``order`` is ``dmy`` or ``mdy`` where the column or a person decided it; ``era`` is ``buddhist`` or ``gregorian``
    where a person said so. What could be two dates, or a year of another era, is a question with its choices.
    """
    plain = " ".join(text.split()).strip(" .,;").lower()
    if is_undecided(plain):
        return NOT_KNOWN
    if len(plain) > LONGEST:
        return WrittenDate(refusal=f"“{text.strip()[:40]}…” is too long for a date; write it {HINT}")
    plain, marked = _without_era(_ISO_TIME.sub(r"\1", plain))
    found = _period(plain) or _numbered(plain, order) or _written(plain) or _between(plain, order)
    if found is None:
        return WrittenDate(refusal=f"“{text.strip()}” is not a date; write it {HINT}")
    return _in_era(found, text, "marked" if marked and not era else era)


def _without_era(plain: str) -> tuple[str, bool]:
    """Return the text without the name of the Buddhist era, and whether it had one."""
    without = re.sub(rf"(?<![a-z]){_ERA.pattern}(?![a-z])", " ", plain)
    return " ".join(without.split()), without != plain


def _in_era(found: WrittenDate, text: str, era: str) -> WrittenDate:
    """Ask about a year that is far away; with ``era`` decided, convert it."""
    if found.value is None or (EARLIEST <= found.value.year <= LATEST and era not in ("buddhist", "marked")):
        return found
    year = found.value.year
    earlier = _shifted(found)
    if era == "buddhist" and year > LATEST and earlier:
        return earlier
    if era == "gregorian":
        return found
    if earlier and earlier.value and year in BUDDHIST_YEARS:
        choices = ((str(earlier.value), f"Buddhist era: {earlier.value.year}"), (str(found.value), "as printed"))
        asked = f"“{text.strip()}”: which calendar? {year} of the Buddhist era is {year - BUDDHIST_ERA}"
        return WrittenDate(question=asked, choices=choices)
    return WrittenDate(refusal=f"“{text.strip()}” is far from today; write the year of the Gregorian calendar")


def _shifted(found: WrittenDate) -> WrittenDate | None:
    def earlier(day: PartialDate | None) -> PartialDate | None:
        return PartialDate(day.year - BUDDHIST_ERA, day.month, day.day) if day else None

    try:
        return WrittenDate(earlier(found.value), earlier(found.until), note="year of the Buddhist era")
    except ValueError:
        return None


def _period(plain: str) -> WrittenDate | None:
    """Read a decorated year, or a period of years, of a quarter or of half a year."""
    if match := _YEAR_DECORATED.fullmatch(plain):
        return WrittenDate(PartialDate(int(match[1]))) if int(match[1]) else None
    period = read_period(plain)
    if period is None:
        return None
    note = "" if period.kind == YEARS else f"{period.kind} {period.number or ''}".strip()
    return WrittenDate(period.first, period.last, note=note)


def _numbered(plain: str, order: str) -> WrittenDate | None:
    """Read ``05/03/2024``: by ``order``, by the only possible reading, or as a question."""
    match = _NUMBERED.fullmatch(plain)
    if not match:
        return None
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    readings = {"dmy": (second, first), "mdy": (first, second)}
    if match[2] == ".":
        readings.pop("mdy")
    possible = {name: day for name, (month, at) in readings.items() if (day := _day(year, month, at))}
    if len(set(possible.values())) == 1:
        return WrittenDate(next(iter(possible.values())))
    if order in possible:
        return WrittenDate(possible[order])
    if not possible:
        return WrittenDate(refusal=f"“{plain}” is no day of the calendar; write it {HINT}")
    choices = tuple((str(day), f"{day.day} {NAMES[day.month - 1]} {day.year}") for day in possible.values())
    return WrittenDate(question=f"“{plain}” could be {' or '.join(words for _, words in choices)}", choices=choices)


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(year, month, day) if month and day and year else None
    except NotInCalendar:
        return None


def _written(plain: str) -> WrittenDate | None:
    """Read what the library reads in English, with the months of other languages put into English."""
    if match := _EAST_ASIAN.fullmatch(plain):
        plain = "-".join(part for part in match.groups() if part)
    english = _month_names().sub(lambda one: f" {NAMES[_months()[one[0].rstrip('.')] - 1]} ".lower(), plain)
    english = re.sub(r"\b(?:de|del|tahun|năm|ngày|วันที่)\b", " ", english)
    english = re.sub(r"^(?:mon|tues?|wed|wednes|thur?s?|fri|satur|sat|sun)(?:day)?,? ", "", " ".join(english.split()))
    for attempt in dict.fromkeys((plain, english)):
        try:
            return WrittenDate(parse_written_date(attempt))
        except ValueError as error:
            if "no day of the calendar" in str(error):
                return WrittenDate(refusal=str(error))
    return None


def _between(plain: str, order: str) -> WrittenDate | None:
    """Read two dates with a word or a dash between them; what the first leaves out it takes from the second."""
    ends = _RANGE.split(plain)
    if len(ends) != 2:
        return _days_of_month(plain)
    last = understand_date(ends[1], order, "gregorian")
    if last.value is None:
        return None
    first = understand_date(ends[0], order, "gregorian")
    if first.value is None:
        first = understand_date(f"{ends[0]} {last.value.year}", order, "gregorian")
    if first.value is None and last.value.month:
        first = understand_date(f"{ends[0]} {NAMES[last.value.month - 1]} {last.value.year}", order, "gregorian")
    end = last.until or last.value
    if first.value is None or first.value.first_day > end.last_day:
        return None
    return WrittenDate(first.value, end)


def _days_of_month(plain: str) -> WrittenDate | None:
    """Read ``14-16 March 2026``, and ``Mar-Jun 2024``."""
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s?[-/&]\s?(\d{1,2}(?:st|nd|rd|th)?\s.+)", plain):
        last = _written(match[2])
        if last and last.value and last.value.day:
            first = _day(last.value.year, last.value.month, int(match[1]))
            return WrittenDate(first, last.value) if first and first <= last.value else None
    if match := re.fullmatch(r"([a-z]{3,9})\s?[-/]\s?([a-z]{3,9} \d{4})", plain):
        last = _written(match[2])
        before = _written(f"{match[1]} {match[2][-4:]}")
        if last and before and last.value and before.value and before.value <= last.value:
            return WrittenDate(before.value, last.value)
    return None
