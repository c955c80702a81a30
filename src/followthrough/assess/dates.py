"""Dates of any precision: ``2019``, ``2019-11`` or ``2019-11-26``, as sources print them.

A date stands for its whole period. Here, and nowhere else, such dates are put in order and on a side of a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from followthrough.model.dates import PartialDate


class Time(Enum):
    """Where a date stands to a day: before it, since it (that day included), or not known."""

    BEFORE = "before"
    SINCE = "since"
    OPEN = "before or since, not known"
    UNDATED = "no date"


def first_day(text: str) -> date:
    """Return the first day that ``text`` may mean. Raises ``ValueError`` for what is no date."""
    return PartialDate.parse(text).first_day


def last_day(text: str) -> date:
    """Return the last day that ``text`` may mean. Raises ``ValueError`` for what is no date."""
    return PartialDate.parse(text).last_day


def end_of(text: str) -> str:
    """Return the last day that ``text`` may mean, written in full."""
    return text if len(text) == 10 else last_day(text).isoformat()


def order(text: str) -> tuple[bool, str]:
    """Return the key that puts dates in order, the oldest first, a period before the days in it, no date last.

    Of two dates whose periods do not meet, the earlier comes first, whatever their precision: so a database that
    orders such dates as text agrees.
    """
    return not text, text


def newest(dates: Iterable[str], until: str = "") -> str:
    """Return the date that reaches furthest, or nothing; those that begin after the day ``until`` are left out."""
    limit = last_day(until) if until else date.max
    known = (text for text in dates if text and first_day(text) <= limit)
    return max(known, key=lambda text: (last_day(text), first_day(text)), default="")


def side(text: str, day: str) -> Time:
    """Say whether ``text`` is before ``day`` or since, whichever days of their periods the two may mean."""
    if not text:
        return Time.UNDATED
    if last_day(text) < first_day(day):
        return Time.BEFORE
    return Time.SINCE if first_day(text) >= last_day(day) else Time.OPEN


def months_between(earlier: str, later: str) -> int:
    """Return the whole months from one date to another; a year alone counts from its middle, a month from its start."""
    start, end = _middle(earlier), _middle(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (len(earlier) == len(later) == 10 and end.day < start.day)


def _middle(text: str) -> date:
    return first_day(text if len(text) > 4 else f"{text}-06")


def months_free(earlier: str, later: str) -> int:
    """Return the whole months between two dates that no reading of either can fill; at least 0."""
    start, end = last_day(earlier), first_day(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def days_after(text: str, days: int) -> str:
    """Return the day that is ``days`` after the last day of ``text``."""
    return (last_day(text) + timedelta(days=days)).isoformat()
