"""Dates as people type them into forms, and what they are told to write."""

from __future__ import annotations

import pytest

from followthrough.model.typed_dates import read_typed_date


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 March 2026", "2026-03-14"),
        ("12 May 2026", "2026-05-12"),
        ("May 2026", "2026-05"),
        ("2026", "2026"),
        ("2015-12", "2015-12"),
        ("2149", "2149"),
    ],
)
def test_what_people_write_is_read(typed: str, read: str) -> None:
    assert str(read_typed_date(typed)) == read


@pytest.mark.parametrize(
    ("typed", "write"),
    [
        ("2015-16", "write 2015"),
        ("2015/16", "write 2015"),
        ("2015-2016", "write 2015"),
        ("FY 2015/16", "write 2015"),
        ("Q3 2021", "write July 2021"),
        ("2021 Q4", "write October 2021"),
        ("H2 2021", "a half-year: write July 2021"),
        ("FY 2015", "a fiscal year: write 2015"),
        ("2567", "write 2024"),
        ("12 May 2567", "write 2024"),
        ("3024", "far from today"),
        ("05/03/2024", "write the month in words"),
        ("soon", "write it as 14 March 2026"),
    ],
)
def test_what_is_no_one_date_is_answered_with_what_to_write(typed: str, write: str) -> None:
    with pytest.raises(ValueError, match=write):
        read_typed_date(typed)
