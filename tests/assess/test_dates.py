"""Dates of any precision: their order, their side of a day, and silences that no reading of them can fill."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.assess.dates import Time, first_day, last_day, months_free, newest, order, side

DAYS = st.dates(date(1960, 1, 1), date(2040, 12, 31))
PARTIAL = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))
ADOPTED = "2019-11-26"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2018", Time.BEFORE),
        ("2019-05-17", Time.BEFORE),
        ("2019-10", Time.BEFORE),
        ("2019-11-25", Time.BEFORE),
        ("2019-11", Time.OPEN),
        ("2019", Time.OPEN),
        ("2019-11-26", Time.SINCE),
        ("2019-12", Time.SINCE),
        ("2020", Time.SINCE),
        ("", Time.UNDATED),
    ],
)
def test_the_side_of_a_day(text: str, time: Time) -> None:
    assert side(text, ADOPTED) is time


def test_the_side_of_a_day_that_is_itself_not_known() -> None:
    assert [side(text, "2015") for text in ("2014-12-31", "2015-06-01", "2015", "2015-12-31", "2016")] == [
        Time.BEFORE,
        Time.OPEN,
        Time.OPEN,
        Time.SINCE,
        Time.SINCE,
    ]


@given(PARTIAL, PARTIAL, st.floats(0, 1), st.floats(0, 1))
def test_no_reading_of_two_dates_contradicts_their_side(text: str, day: str, here: float, there: float) -> None:
    def within(some: str, share: float) -> date:
        return first_day(some) + timedelta(days=round((last_day(some) - first_day(some)).days * share))

    found, one, other = side(text, day), within(text, here), within(day, there)
    assert found is not Time.BEFORE or one < other
    assert found is not Time.SINCE or one >= other
    if found is Time.OPEN:
        assert first_day(text) < last_day(day)
        assert last_day(text) >= first_day(day)


@given(st.lists(PARTIAL, max_size=8))
def test_dates_stand_in_the_order_of_every_reading_that_has_one(texts: list[str]) -> None:
    found = sorted(texts, key=order)
    for at, earlier in enumerate(found):
        for later in found[at + 1 :]:
            assert not last_day(later) < first_day(earlier)
    assert sorted(["", *texts], key=order)[-1] == ""


@given(st.lists(PARTIAL, min_size=1, max_size=8))
def test_before_open_and_since_follow_each_other_in_the_order(texts: list[str]) -> None:
    sides = [side(text, ADOPTED) for text in sorted(texts, key=order)]
    assert Time.BEFORE not in sides[sides.index(Time.SINCE) :] if Time.SINCE in sides else True


@given(PARTIAL, PARTIAL)
def test_a_silence_is_never_longer_than_the_shortest_reading(earlier: str, later: str) -> None:
    months, start, end = months_free(earlier, later), last_day(earlier), first_day(later)
    assert months * 28 <= max(0, (end - start).days)
    assert (months == 0) is ((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day) <= 0)


def test_the_newest_is_the_date_that_reaches_furthest_and_has_begun() -> None:
    assert newest(["2019", "2024-11-22", "2024", ""]) == "2024"
    assert newest(["2019", "2027", "2026"], "2026-11-23") == "2026"
    assert newest(["", "2027"], "2026-11-23") == ""
