"""Dates as people write them: read where they say one thing, refused in words where they say none or two."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from followthrough.model.dates import NAMES, parse_written_date


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("14 March 2026", "2026-03-14"),
        ("12 May 2026", "2026-05-12"),
        (" 1st  of June, 2026 ", "2026-06-01"),
        ("March 14, 2026", "2026-03-14"),
        ("14-Mar-2026", "2026-03-14"),
        ("14. March 2026.", "2026-03-14"),
        ("2026 March 14", "2026-03-14"),
        ("MAY 2026", "2026-05"),
        ("Sept. 2025", "2025-09"),
        ("Mar-24", "2024-03"),
        ("Mar '98", "1998-03"),
        ("2026-03-14", "2026-03-14"),
        ("2026/3/4", "2026-03-04"),
        ("2026-03", "2026-03"),
        ("3/2026", "2026-03"),
        ("2026", "2026"),
        ("14/03/2026", "2026-03-14"),
        ("03/14/2026", "2026-03-14"),
        ("03.04.2026", "2026-04-03"),
        ("05/05/2026", "2026-05-05"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_what_people_write(text: str, kept: str) -> None:
    assert str(parse_written_date(text)) == kept


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("03/04/2026", "could be 3 April or 4 March"),
        ("soon", "is not a date; write it as 14 March 2026"),
        ("", "is not a date"),
        ("29 February 2026", "no day of the calendar"),
        ("2026-13", "no day of the calendar"),
        ("31/04/2026", "no day of the calendar"),
        ("14 Marchy 2026", "is not a date"),
        ("14 March", "is not a date"),
        ("24 March 24", "is not a date"),
        ("0000", "no day of the calendar"),
        ("²⁰²⁶", "is not a date"),
        ("1" * 5000, "too long"),
    ],
)
def test_what_is_refused_says_what_to_write(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_written_date(text)


def test_every_day_of_three_years_is_read_from_each_way_to_write_it() -> None:
    day = date(2023, 1, 1)
    while day.year < 2026:
        name = NAMES[day.month - 1]
        ways = (
            f"{day.day} {name} {day.year}",
            f"{name[:3]} {day.day}, {day.year}",
            f"{day:%d.%m.%Y}",
            f"{day:%Y/%m/%d}",
        )
        assert {str(parse_written_date(way)) for way in ways} == {day.isoformat()}
        day += timedelta(days=1)


def test_every_month_is_read_from_each_way_to_write_it() -> None:
    for number, name in enumerate(calendar.month_name):
        if name:
            read = {str(parse_written_date(way)) for way in (f"{name} 2024", f"{name[:3]}-24")}
            assert read == {f"2024-{number:02}"}
