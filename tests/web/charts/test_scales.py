"""What every picture stands on, with coordinates that were computed by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.web.charts.scales import ROUND, Linear, labelled_years, line, round_step, short, year_of


@pytest.mark.parametrize(("value", "place"), [(0, 200), (10, 100), (5, 150), (20, 0)])
def test_a_scale_of_values_runs_up_the_page_and_on_past_its_ends(value: float, place: float) -> None:
    assert Linear(0, 10, 200, 100)(value) == pytest.approx(place)


@given(st.floats(0, 1), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_what_lies_between_the_ends_of_a_scale_is_drawn_between_them(part: float, low: float, size: float) -> None:
    assert 16 - 1e-6 <= Linear(low, low + size, 16, 886)(low + part * size) <= 886 + 1e-6


@pytest.mark.parametrize(
    ("size", "step"), [(1, 1), (1.1, 2), (2, 2), (2.3, 2.5), (3, 5), (7, 10), (0.03, 0.05), (240, 250), (1e6, 1e6)]
)
def test_a_step_is_the_next_round_number(size: float, step: float) -> None:
    assert round_step(size) == pytest.approx(step)


@given(st.floats(1e-6, 1e9))
def test_a_step_is_never_smaller_than_asked_nor_more_than_twice_as_large(size: float) -> None:
    step = round_step(size)
    assert size - 1e-9 <= step <= 2 * size * (1 + 1e-9)
    assert any(math.isclose(step / 10 ** math.floor(math.log10(step) + 1e-9), one) for one in ROUND)


@pytest.mark.parametrize(
    ("date", "begins", "ends"),
    [
        ("2020", 2020, 2021),
        ("2020-07", 2020.5, 2020 + 7 / 12),
        ("2020-01-01", 2020, 2020),
        ("2020-12", 2020 + 11 / 12, 2021),
    ],
)
def test_a_date_that_is_known_in_part_begins_and_ends_what_it_names(date: str, begins: float, ends: float) -> None:
    assert [year_of(date), year_of(date, end=True)] == pytest.approx([begins, ends])


@given(st.dates(), st.dates())
def test_a_later_day_is_never_drawn_before_an_earlier_one(one: object, other: object) -> None:
    first, second = sorted([str(one), str(other)])
    assert year_of(first) <= year_of(second) < int(second[:4]) + 1


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [
        (2019, 2019, [2019]),
        (2010, 2013.5, [2010, 2011, 2012, 2013]),
        (2001, 2013, list(range(2001, 2014))),
        (2001, 2014, [2005, 2010]),
        (2000, 2015, [2000, 2005, 2010, 2015]),
    ],
)
def test_an_axis_of_more_than_a_dozen_years_names_every_fifth(low: int, high: float, named: list[int]) -> None:
    assert list(labelled_years(low, high)) == named


def test_a_line_needs_two_points() -> None:
    assert line([]) == line([(1, 2)]) == ""
    assert line([(1, 2), (3.25, 4), (5, 6)]) == "M1.0 2.0L3.2 4.0L5.0 6.0"


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "0"),
        (9999, "9999"),
        (10_000, "10k"),
        (15_500, "15.5k"),
        (2e6, "2M"),
        (3e9, "3bn"),
        (-2e7, "-20M"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_label_of_a_scale_is_short(value: float, label: str) -> None:
    assert short(value) == label
