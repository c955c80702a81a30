"""Dates of any precision: ``2019``, ``2019-11`` or ``2019-11-26``, as sources print them.

A date denotes its whole period. All ordering of such dates, and every comparison with a day, is in this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from followthrough.model.dates import PartialDate


class Time(Enum):
    """The relation of a date to a day: before it, on or after it, or undetermined."""

    BEFORE = "before"
    SINCE = "since"
    OPEN = "before or since, not known"
    UNDATED = "no date"


def first_day(text: str) -> date:
    """Return the first day of the period ``text``. Raises ``ValueError`` if it is not a date."""
    return PartialDate.parse(text).first_day


def last_day(text: str) -> date:
    """Return the last day of the period ``text``. Raises ``ValueError`` if it is not a date."""
    return PartialDate.parse(text).last_day


def end_of(text: str) -> str:
    """Return the last day of the period ``text`` in ISO 8601. Raises ``ValueError`` if it is not a date."""
    return text if len(text) == 10 else last_day(text).isoformat()


def order(text: str) -> tuple[bool, str]:
    """Return a sort key: oldest first, a period before the days inside it, undated last.

    For periods that do not overlap this is chronological, whatever their precision, and equals the text order of a
    database.
    """
    return not text, text


def newest(dates: Iterable[str], until: str = "") -> str:
    """Return the date with the latest last day, or an empty text; dates that begin after ``until`` are excluded."""
    limit = last_day(until) if until else date.max
    known = (text for text in dates if text and first_day(text) <= limit)
    return max(known, key=lambda text: (last_day(text), first_day(text)), default="")


def side(text: str, day: str) -> Time:
    """Return the relation of ``text`` to ``day``: ``OPEN`` where it depends on which day of the period is meant."""
    if not text:
        return Time.UNDATED
    if last_day(text) < first_day(day):
        return Time.BEFORE
    return Time.SINCE if first_day(text) >= last_day(day) else Time.OPEN


def months_between(earlier: str, later: str) -> int:
    """Return the whole months between two dates; a year counts as its June, a month as its first day."""
    start, end = _middle(earlier), _middle(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (len(earlier) == len(later) == 10 and end.day < start.day)


def _middle(text: str) -> date:
    return first_day(text if len(text) > 4 else f"{text}-06")


def months_free(earlier: str, later: str) -> int:
    """Return the least number of whole months between two dates, over all days of their periods; at least 0."""
    start, end = last_day(earlier), first_day(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def days_after(text: str, days: int) -> str:
    """Return the day ``days`` days after the last day of the period ``text``, in ISO 8601."""
    return (last_day(text) + timedelta(days=days)).isoformat()
