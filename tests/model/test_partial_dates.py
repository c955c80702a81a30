"""Partial dates: printed and parsed without loss, ordered as their text is, and spanning the days they may mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.model.dates import NotInCalendar, PartialDate

DAYS = st.dates()
PARTIAL = st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]), DAYS, st.sampled_from([1, 2, 3])
)


@given(PARTIAL)
def test_what_is_printed_is_parsed_again(partial: PartialDate) -> None:
    assert PartialDate.parse(str(partial)) == partial
    assert len(str(partial)) == (10 if partial.day else 7 if partial.month else 4)


@given(st.lists(PARTIAL, max_size=8))
def test_the_order_is_that_of_the_text(dates: list[PartialDate]) -> None:
    assert [str(one) for one in sorted(dates)] == sorted(str(one) for one in dates)


@given(PARTIAL, DAYS)
def test_a_date_means_the_days_that_print_with_it(partial: PartialDate, day: date) -> None:
    inside = day.isoformat().startswith(str(partial))
    assert inside is (partial.first_day <= day <= partial.last_day)


@given(PARTIAL)
def test_the_day_after_the_last_is_another_period(partial: PartialDate) -> None:
    if partial.last_day < date.max:
        after = partial.last_day + timedelta(days=1)
        assert not after.isoformat().startswith(str(partial))


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2019-02-29", "2019-11-31", "0000", "2019-00-01"])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(NotInCalendar):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["", "19", "2019-1", "2019/11", "20191126", "2019-11-26T00:00", " 2019", "２０１９"])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(NotInCalendar, match="has no month"):
        PartialDate(2019, day=26)
