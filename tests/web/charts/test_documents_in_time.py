"""Invented documents in time: who stands on a lane, who is a bar under it, and that all lie inside the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.web.charts.documents_in_time import BAR, FIRST_LANE, LANE, MARGIN, PLAN, WIDTH, draw, group, spine


@dataclass(frozen=True)
class Paper:
    id: str
    adopted: str = ""
    period_start: str = ""
    period_end: str = ""
    kind: str = "declaration"
    implements: str = ""
    succeeds: str = ""
    short_title: str = "Weir Charter"


def plan(id: str, start: str, end: str = "", *, of: str = "", after: str = "") -> Paper:
    return Paper(id, period_start=start, period_end=end, kind=PLAN, implements=of, succeeds=after, short_title=id)


CHARTER, SECOND = Paper("charter", "2010-01-01"), Paper("second", "2015-01-01", succeeds="charter")
FIRST_PLAN, NEXT_PLAN = plan("p1", "2010", "2012", of="charter"), plan("p2", "2013", "2015", of="charter", after="p1")
LETTER = Paper("letter", "2012-06-01", short_title="Letter")
ALL = [CHARTER, SECOND, FIRST_PLAN, NEXT_PLAN, LETTER]


def ids(groups: list[list[Paper]]) -> list[list[str]]:
    return [[one.id for one in chain] for chain in groups]


def test_texts_that_succeed_one_another_share_a_lane_and_plans_a_chain() -> None:
    found = group(ALL)
    assert (ids(found.lanes), ids(found.chains)) == ([["charter", "second"]], [["p1", "p2"]])
    assert [one.id for one in found.rest] == ["letter"]


def test_a_text_that_a_chain_carries_out_has_a_lane_though_nothing_succeeds_it() -> None:
    assert ids(group([CHARTER, FIRST_PLAN, NEXT_PLAN]).lanes) == [["charter"]]
    assert ids(group([CHARTER, FIRST_PLAN]).lanes) == [], "a plan alone is no chain"


def test_two_successors_of_a_text_stay_in_its_lane_but_a_plan_with_two_forks() -> None:
    twin = Paper("twin", "2016", succeeds="charter")
    assert ids(group([CHARTER, SECOND, twin]).lanes) == [["charter", "second", "twin"]]
    third = plan("p3", "2014", "2016", of="charter", after="p1")
    found = group([FIRST_PLAN, NEXT_PLAN, third])
    assert (ids(found.chains), [one.id for one in found.rest]) == ([["p1", "p2"]], ["p3"])


def test_a_document_without_a_date_is_not_placed() -> None:
    assert group([Paper("x")]).rest == []
    assert draw([Paper("x")], set(), "2020-01-01").marks == []


def test_the_marks_of_a_lane_a_chain_and_the_rest_stand_below_each_other() -> None:
    found = draw(ALL, {"charter"}, "2015-07-01")
    marks = {mark.id: mark for mark in found.marks}
    assert [marks[one].shape for one in ("charter", "second", "p1", "letter")] == ["dot", "dot", "plan", "diamond"]
    assert (marks["charter"].x, marks["charter"].y, marks["charter"].width) == ("16.0", str(FIRST_LANE), "8")
    assert (marks["second"].y, marks["second"].width) == (str(FIRST_LANE), "5.5")
    assert marks["p1"].y == str(FIRST_LANE + LANE + 4)
    assert marks["p1"].hot
    assert not marks["letter"].hot
    assert found.height == FIRST_LANE + LANE + 4 + BAR + 10 + 18 + 22 + 10
    assert [words for _, words in found.titles] == [
        "Texts that follow each other",
        "Plans of action",
        "Other documents",
    ]
    assert [kind for kind, _ in found.lines] == ["spine", "hot", "hot"]


def test_a_plan_runs_from_its_first_day_to_the_end_of_its_last_year() -> None:
    mark = next(one for one in draw(ALL, set(), "2015-01-01").marks if one.id == "p1")
    scale = (WIDTH - 2 * MARGIN) / (2016.5 - 2010)
    assert (mark.x, mark.width) == ("17", f"{3 * scale - 2:.0f}")


def test_a_plan_whose_end_is_not_known_is_open_until_the_next_one() -> None:
    shut, opened = plan("a", "2010"), plan("b", "2020", "2021", after="a")
    first, following = draw([shut, opened], set(), "2021-01-01").marks
    assert (first.shape, first.label) == ("open", "a, end not known")
    assert float(first.x) + float(first.width) == pytest.approx(float(following.x), abs=4)


def test_a_title_longer_than_its_plan_stands_beneath_it_and_meets_no_other() -> None:
    long = [replace(one, short_title="Weirs and sluices " * 3) for one in (FIRST_PLAN, NEXT_PLAN)]
    held = [Paper("early", "1960-01-01"), CHARTER, SECOND, *long, LETTER]
    marks = {one.id: one for one in draw(held, set(), "2015-01-01").marks}
    first, following = marks["p1"], marks["p2"]
    assert first.outside and following.outside
    bottom = float(first.y) + BAR
    assert len({first.label_y, following.label_y}) == 2 and min(float(first.label_y), float(following.label_y)) > bottom
    assert float(marks["letter"].y) > max(float(first.label_y), float(following.label_y))


def test_one_document_alone_is_a_diamond_at_the_start() -> None:
    (mark,) = draw([LETTER], set(), "2012-06-01").marks
    assert (mark.shape, mark.label) == ("diamond", "Letter")


def test_a_period_that_began_before_everything_was_adopted_lies_inside_the_picture() -> None:
    early = Paper("early", "2019-11-01", period_start="2015", period_end="2017")
    (mark,) = draw([early], set(), "2020-01-01").marks
    assert (mark.shape, mark.x) == ("bar", str(MARGIN))


def test_a_report_adopted_after_the_period_that_it_covers_lies_inside_the_picture() -> None:
    (mark,) = draw([Paper("report", "2030", period_end="2020")], set(), "2024-01-01").marks
    assert MARGIN < float(mark.x) < WIDTH - MARGIN


def test_today_lies_inside_the_picture_where_everything_is_still_to_come() -> None:
    assert draw([Paper("later", "2030")], set(), "2024-01-01").today == str(MARGIN)


def test_two_labels_that_would_meet_stand_on_lines_of_their_own() -> None:
    pair = [Paper("a", "2012-06-01"), Paper("b", "2012-07-01")]
    first, second = draw([*pair, Paper("old", "2000")], set(), "2024-01-01").marks[-2:]
    assert first.label_y != second.label_y


def test_a_narrow_screen_lists_the_main_line_alone() -> None:
    assert [(row.id, is_plan, hot) for row, is_plan, hot in spine(ALL, {"second"})] == [
        ("charter", False, False),
        ("second", False, True),
        ("p1", True, False),
        ("p2", True, False),
    ]


DATES = st.just("") | st.dates().map(lambda day: f"{1990 + day.year % 50}-{day.month:02}-{day.day:02}")
IDS = ("a", "b", "c", "d", "e")


@st.composite
def papers(draw_: st.DrawFn) -> list[Paper]:
    found = []
    for at, id in enumerate(IDS[: draw_(st.integers(0, len(IDS)))]):
        start, end = sorted([draw_(DATES), draw_(DATES)])
        earlier = st.sampled_from(("", *IDS[:at]))
        kind = draw_(st.sampled_from([PLAN, "declaration"]))
        found.append(Paper(id, draw_(DATES), start, end, kind, draw_(earlier), draw_(earlier)))
    return found


@settings(max_examples=60)
@given(papers(), st.sets(st.sampled_from(IDS)))
def test_every_document_with_a_date_has_one_mark_inside_the_picture(rows: list[Paper], hot: set[str]) -> None:
    found = draw(rows, hot, "2020-01-01")
    dated = [row.id for row in rows if (row.adopted or row.period_start)]
    assert sorted(mark.id for mark in found.marks) == sorted(dated)
    for mark in found.marks:
        assert 0 <= float(mark.x) <= WIDTH
        assert 0 < float(mark.y) < found.height
        assert mark.shape in ("dot", "diamond") or float(mark.x) + float(mark.width) <= WIDTH
