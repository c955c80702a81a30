"""Targets for invented weirs: figures as dots, targets as lines to the due year, each where it was computed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.assess.targets import Observed
from followthrough.web.charts.target_lines import FLOOR, LEFT, RIGHT, TOP, WIDTH, Chart, TargetLine, chart, number

WEIRS = TargetLine(Decimal(20), "2010", "2020", "met")


def drawn(*targets: TargetLine, today: str = "2019-01-01", **areas: list[tuple[str, str]]) -> Chart:
    observed = {area: [Observed(period, value) for period, value in held] for area, held in areas.items()}
    return chart(observed, targets, unit="weirs", added="both", today=today)


def test_a_figure_and_a_target_stand_on_the_same_scales() -> None:
    found = drawn(WEIRS, Aber=[("2010", "5"), ("2015", "<10")])
    assert [(round(dot.x, 1), dot.y, dot.title, dot.hollow) for dot in found.dots] == [
        (44, 177.5, "Aber, 2010: 5 weirs", False),
        (426.7, 127, "Aber, 2015: <10 weirs", True),
    ]
    (goal,) = found.goals
    assert (goal.x, goal.y, round(goal.end, 1)) == (44, TOP, 809.5)
    assert (goal.icon, goal.state, goal.label) == ("check", "met", "20 by 2020: met")
    assert (goal.anchor, goal.label_x) == ("end", goal.end)
    assert [label for _, label in found.lines] == ["0", "5", "10", "15", "20"]
    assert [year for _, year in found.years] == [str(year) for year in range(2010, 2022)]


def test_a_line_is_solid_between_years_that_follow_and_dotted_over_a_gap() -> None:
    found = drawn(Aber=[("2010", "1"), ("2011", "2"), ("2014", "3")])
    assert (len(found.solid), len(found.dotted)) == (1, 1)
    assert found.solid[0].partition("L")[2] == found.dotted[0].removeprefix("M").partition("L")[0]


def test_a_figure_of_one_month_is_a_dot_that_no_line_touches() -> None:
    found = drawn(Aber=[("2010", "1"), ("2010-07", "2")])
    assert (len(found.dots), found.solid, found.dotted) == (2, [], [])
    assert found.dots[0].x < found.dots[1].x


def test_what_parts_add_up_to_is_one_bar_from_the_lowest_to_the_highest() -> None:
    found = drawn(WEIRS, both=[("2015", "10"), ("2015", "15"), ("2016", "5")])
    assert found.dots == []
    first, second = found.ranges
    assert (first.y, first.height, first.title) == (76.5, 50.5, "both, 2015: 10 to 15 weirs")
    assert (second.height, second.title) == (3, "both, 2016: 5 weirs")
    assert [name.said for name in found.names] == ["both: 10 to 15", "both: 5"]


def test_an_area_is_named_only_beside_another() -> None:
    assert drawn(Aber=[("2015", "1")]).names == []
    assert [name.said for name in drawn(Aber=[("2015", "1")], Beck=[("2016", "2")]).names] == ["Aber", "Beck"]


def test_what_is_no_number_or_of_no_year_is_not_drawn() -> None:
    found = drawn(Aber=[("2015", "n/a"), ("spring", "3"), ("2016", "4")])
    assert [dot.title for dot in found.dots] == ["Aber, 2016: 4 weirs"]


@pytest.mark.parametrize(("text", "value"), [("<2.5", "2.5"), ("−3", "-3"), ("1,234", None), ("", None)])
def test_a_censored_value_has_its_number_and_other_text_none(text: str, value: str | None) -> None:
    assert number(text) == (Decimal(value) if value else None)


def test_a_target_without_a_due_year_or_a_value_says_so() -> None:
    open_end, silent = drawn(
        TargetLine(Decimal(3), "2015", "", "not yet due"), TargetLine(None, "", "2018", "insufficient data")
    ).goals
    assert (open_end.label, open_end.end, open_end.icon) == ("3, not yet due", WIDTH - RIGHT, "ring")
    assert open_end.state == "not-yet-due"
    assert (silent.label, silent.y, silent.icon) == (" by 2018: insufficient data", FLOOR, "q")
    assert silent.end - silent.x == pytest.approx(60)


def test_nothing_to_draw_is_an_empty_picture_of_this_year() -> None:
    found = drawn(today="2019-01-01")
    assert (found.dots, found.goals, found.solid) == ([], [], [])
    assert [year for _, year in found.years] == ["2019", "2020"]


TARGETS = st.builds(
    TargetLine,
    st.none() | st.decimals(0, 10_000, places=2),
    st.just("") | st.integers(1990, 2040).map(str),
    st.just("") | st.integers(1990, 2040).map(str),
    st.sampled_from(["met", "missed", "contested", "not yet due"]),
)
FIGURES = st.lists(st.tuples(st.integers(1990, 2040).map(str), st.integers(0, 10**6).map(str)), max_size=6)


@given(st.lists(TARGETS, max_size=4), FIGURES, FIGURES)
def test_every_mark_lies_inside_the_picture(
    targets: list[TargetLine], first: list[tuple[str, str]], both: list[tuple[str, str]]
) -> None:
    found = drawn(*targets, Aber=first, both=both)
    places = [(dot.x, dot.y) for dot in found.dots]
    places += [place for goal in found.goals for place in ((goal.x, goal.y), (goal.end, goal.y))]
    places += [(span.x, span.y) for span in found.ranges]
    for x, y in places:
        assert LEFT - 1e-6 <= x <= WIDTH - RIGHT + 1e-6
        assert TOP - 1e-6 <= y <= FLOOR + 1e-6
