"""Dates of any precision: ``2019``, ``2019-11`` or ``2019-11-26``, as sources print them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def first_day(text: str) -> date:
    """Return the first day that ``text`` may mean. Raises ``ValueError`` for what is no date."""
    return date.fromisoformat((text + "-01-01")[:10])


def last_day(text: str) -> date:
    """Return the last day that ``text`` may mean. Raises ``ValueError`` for what is no date."""
    first = first_day(text)
    if len(text) == 4:
        return first.replace(month=12, day=31)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if len(text) == 7 else first


def on_or_after(text: str, other: str) -> bool:
    """Say whether ``text`` may be on or after ``other``: dates of different precision compare as far as both go."""
    shared = min(len(text), len(other))
    return text[:shared] >= other[:shared]


def months_between(earlier: str, later: str) -> int:
    """Return the whole months from one date to another; a year alone counts from its middle, a month from its start."""
    start, end = _middle(earlier), _middle(later)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (len(earlier) == len(later) == 10 and end.day < start.day)


def _middle(text: str) -> date:
    return first_day(text if len(text) > 4 else f"{text}-06")


def days_after(text: str, days: int) -> str:
    """Return the day that is ``days`` after the last day of ``text``."""
    return (last_day(text) + timedelta(days=days)).isoformat()
