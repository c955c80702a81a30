"""The payments of an invented fund: each bar where it was computed by hand, and all of them inside the picture."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.web.charts.payments import FLOOR, LEFT, RIGHT, TOP, WIDTH, Bar, Chart, payments

YEARS = st.integers(1990, 2040)
AMOUNTS = st.lists(st.tuples(YEARS, st.floats(0.01, 40_000)), max_size=12)


def drawn(
    paid: list[tuple[int, float]], promised: Sequence[tuple[int, float]] = (), today: str = "2022-06-01"
) -> Chart:
    chart = payments(paid, promised, today)
    assert chart is not None
    return chart


def rounded(bar: Bar) -> tuple[float, float, float, float, str, str]:
    return round(bar.x, 2), round(bar.y, 2), round(bar.width, 2), round(bar.height, 2), bar.kind, bar.label


def test_a_paid_a_silent_a_contested_and_a_promised_year_stand_side_by_side() -> None:
    chart = drawn([(2020, 10), (2022, 6), (2022, 5)], [(2023, 8)])
    assert [rounded(bar) for bar in chart.bars] == [
        (59.56, 24, 160.88, 166, "paid", "10"),
        (272.56, 182, 161.88, 8, "unknown", ""),
        (485.56, 107, 79.94, 83, "contested", "5"),
        (566.5, 90.4, 79.94, 99.6, "contested", "6"),
        (698.56, 57.2, 161.88, 132.8, "promised", "8 promised"),
    ]
    assert [(round(x, 1), year) for x, year in chart.years] == [(140.5, 2020), (779.5, 2023)]
    assert [amount for _, amount in chart.lines] == [0, 2, 4, 6, 8, 10]
    assert (chart.known, chart.of) == (2, 3)


def test_nothing_is_drawn_where_nothing_was_paid() -> None:
    assert payments([], [(2023, 8)], "2022-06-01") is None


def test_one_payment_of_this_year_fills_the_picture() -> None:
    (bar,) = drawn([(2022, 3)]).bars
    assert (bar.y, bar.height, bar.kind) == (TOP, FLOOR - TOP, "paid")


def test_a_payment_of_nothing_is_a_bar_without_height() -> None:
    assert [(bar.height, bar.label) for bar in drawn([(2022, 0)]).bars] == [(0, "0")]


def test_a_promise_for_a_year_that_was_paid_is_left_out() -> None:
    chart = drawn([(2022, 3)], [(2022, 99), (2023, 2), (2023, 4)])
    assert [bar.label for bar in chart.bars] == ["3", "2 or 4 promised"]


def test_an_amount_that_two_publishers_agree_on_is_one_bar() -> None:
    assert [bar.kind for bar in drawn([(2022, 3), (2022, 3.0)]).bars] == ["paid"]


def test_a_year_to_come_without_a_promise_is_not_unknown() -> None:
    assert [bar.kind for bar in drawn([(2022, 3)], [(2024, 2)]).bars] == ["paid", "promised"]


def test_every_fifth_year_is_named_but_none_beside_the_first_or_the_last() -> None:
    assert [year for _, year in drawn([(2004, 1)], today="2016-01-01").years] == [2004, 2010, 2016]


@pytest.mark.parametrize(("paid", "step"), [(5, 1), (5.5, 2), (240, 50), (600, 200), (4_000, 1_000), (60_000, 20_000)])
def test_a_fund_of_any_size_has_at_most_six_round_lines(paid: float, step: int) -> None:
    amounts = [amount for _, amount in drawn([(2022, paid)]).lines]
    assert amounts[:2] == [0, step]
    assert len(amounts) <= 6


@given(AMOUNTS, AMOUNTS)
def test_every_bar_stands_inside_the_picture_and_on_its_floor(
    paid: list[tuple[int, float]], promised: list[tuple[int, float]]
) -> None:
    chart = payments(paid, promised, "2022-06-01")
    for bar in chart.bars if chart else ():
        assert bar.x >= LEFT
        assert bar.x + bar.width <= WIDTH - RIGHT
        assert TOP - 1e-6 <= bar.y <= FLOOR
        assert bar.y + bar.height == pytest.approx(FLOOR)
    assert chart is None or chart.known <= chart.of
