"""Panels of invented otter counts: one scale for all, lines only where years follow, hollow dots where censored."""

from __future__ import annotations

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from followthrough.web.charts.small_multiples import FEW, FLOOR, LEFT, RIGHT, TOP, WIDTH, Panels, panels, spark

NAMES = [("ABC", "Aber"), ("BEC", "Beck")]
VALUES = st.floats(-1e6, 1e6).map(lambda value: f"{value:.4f}")
AREAS = st.dictionaries(
    st.sampled_from(["ABC", "BEC"]), st.dictionaries(st.integers(1950, 2050), VALUES, max_size=5), max_size=2
)


def laid(areas: dict[str, dict[int, str]], *, target: float | None = None, breaks: tuple[int, ...] = ()) -> Panels:
    chips = {"ABC": mark_safe("<b>on the way</b>")}
    found = panels(areas, NAMES, chips, unit="otters", target=target, breaks=breaks)
    assert found is not None
    return found


def test_figures_stand_on_a_scale_from_zero_to_the_round_number_above_them() -> None:
    found = laid({"ABC": {2010: "0", 2011: "10", 2012: "20"}})
    assert found.scale.lines == [(98, "0"), (75.5, "5"), (53, "10"), (30.5, "15"), (8, "20")]
    assert [(dot.x, dot.y) for dot in found.panels[0].dots] == [(34, 98), (134, 53), (234, 8)]


def test_every_party_has_a_panel_and_one_without_figures_has_an_empty_one() -> None:
    aber, beck = laid({"ABC": {2010: "4", 2011: "<2.5"}}).panels
    assert (aber.name, aber.chip, aber.last) == ("Aber", "<b>on the way</b>", (2011, "<2.5"))
    assert [(dot.title, dot.hollow) for dot in aber.dots] == [
        ("Aber, 2010: 4 otters", False),
        ("Aber, 2011: <2.5 otters", True),
    ]
    assert (beck.name, beck.dots, beck.last, beck.chip, beck.solid) == ("Beck", [], None, "", "")


def test_a_line_is_solid_from_year_to_year_and_is_kept_apart_where_years_are_missing() -> None:
    (aber, _) = laid({"ABC": {2010: "0", 2011: "10", 2013: "20"}}).panels
    assert aber.solid == "M34.0 98.0L100.7 53.0"
    assert aber.gaps == "M100.7 53.0L234.0 8.0"


def test_no_line_crosses_the_year_in_which_a_series_begins_anew() -> None:
    found = laid({"ABC": {2010: "0", 2011: "10", 2012: "20"}}, breaks=(2011, 2010, 2030))
    assert found.panels[0].solid == "M134.0 53.0L234.0 8.0"
    assert found.breaks == [134], "a break in the first year, or after the last, is not drawn"


def test_each_panel_may_have_the_scale_of_its_own_figures_with_the_target_where_it_is_in_reach() -> None:
    areas = {"ABC": {2010: "2", 2011: "4"}, "BEC": {2010: "2000", 2011: "4000"}}
    found = panels(areas, NAMES, {}, unit="otters", target=3, breaks=(), own=True)
    assert found is not None
    aber, beck = found.panels
    assert (aber.scale.top, beck.scale.top) == (4, 4000)
    assert [dot.y for dot in aber.dots] == [dot.y for dot in beck.dots]
    assert aber.target == aber.scale.y(3)
    assert beck.target == beck.scale.y(3)
    far = panels(areas, NAMES, {}, unit="otters", target=90, breaks=(), own=True)
    assert far is not None
    assert far.panels[0].target is None


def test_the_scale_reaches_a_target_that_no_party_has_reached() -> None:
    assert laid({"ABC": {2010: "5"}}).panels[0].target is None
    found = laid({"ABC": {2010: "5"}}, target=100)
    assert found.scale.top >= 100
    assert found.panels[0].target is not None
    assert TOP <= found.panels[0].target < found.panels[0].dots[0].y


def test_values_that_lie_close_together_far_from_zero_do_not_begin_at_zero() -> None:
    assert laid({"ABC": {2010: "90", 2011: "100"}}).scale.bottom == pytest.approx(90)
    assert laid({"ABC": {2010: "10", 2011: "100"}}).scale.bottom == 0


def test_one_value_alone_is_a_dot_inside_the_picture() -> None:
    found = laid({"ABC": {2010: "0"}})
    (dot,) = found.panels[0].dots
    assert (dot.x, dot.y, found.years) == (LEFT, FLOOR, (2010, 2010))


def test_no_figure_at_all_makes_no_panels_and_no_trend() -> None:
    assert panels({}, NAMES, {}, unit="otters", target=3, breaks=()) is None
    assert panels({"ABC": {2010: " "}}, NAMES, {}, unit="otters", target=None, breaks=()) is None
    assert spark({"ABC": {2010: ""}}, {}, "otters") is None


@given(AREAS, st.none() | st.floats(-1e6, 1e6))
def test_every_dot_and_the_target_lie_inside_the_picture(
    areas: dict[str, dict[int, str]], target: float | None
) -> None:
    found = panels(areas, NAMES, {}, unit="otters", target=target, breaks=())
    if found is None:
        assert not any(areas.values())
        return
    places = [(dot.x, dot.y) for panel in found.panels for dot in panel.dots]
    assert len(places) == sum(map(len, areas.values()))
    for x, y in places:
        assert LEFT <= x <= WIDTH - RIGHT
        assert TOP - 1e-6 <= y <= FLOOR + 1e-6
    drawn = found.panels[0].target
    assert drawn is None or TOP - 1e-6 <= drawn <= FLOOR + 1e-6
    assert len(found.scale.lines) <= FEW + 2


def test_a_trend_has_a_faint_line_a_party_and_a_strong_one_of_all() -> None:
    found = spark({"ABC": {2010: "0", 2012: "20"}, "BEC": {2011: "10"}}, {2010: 5, 2012: 15}, "otters")
    assert found is not None
    assert found.faint == ["M34.0 98.0L234.0 8.0", ""]
    assert found.strong == "M34.0 75.5L234.0 30.5"
    assert [(dot.x, dot.y, dot.title, dot.hollow) for dot in found.dots] == [(134, 53, "BEC, 2011: 10 otters", True)]
    assert found.years == (2010, 2012)
