"""The state of a list is its address: what is not understood is named, and the rest is kept."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from followthrough.web.kit.list_state import PAGE, State, headings, page_of


def state(query: str) -> State:
    return State(QueryDict(query))


def test_a_value_that_a_filter_does_not_offer_is_named_and_left_out() -> None:
    given = state("river=otter")
    assert given.one_of("river", {"weir": "Weir"}) == ""
    assert given.problems == ["“otter” is not a known river; this filter is left out."]
    assert state("river= weir ").one_of("river", {"weir": "Weir"}) == "weir"
    assert state("").one_of("river", {}) == ""


@pytest.mark.parametrize("date", ["2021", "2021-12", "2021-12-31", "1999-01-01", ""])
def test_a_date_may_be_known_in_part(date: str) -> None:
    given = state(f"since={date}")
    assert (given.date("since"), given.problems) == (date, [])


@pytest.mark.parametrize(
    "date", ["2021-13", "2021-00", "21", "2021-12-32", "3021", "2021-1", "tomorrow", "2021-12-31x"]
)
def test_what_is_no_date_is_named_and_left_out(date: str) -> None:
    given = state(f"since={date}")
    assert given.date("since") == ""
    assert given.problems == [f"“{date}” is not a date; write 2021-12-31, 2021-12 or 2021."]


def test_a_long_text_is_cut() -> None:
    assert len(state(f"q={'w' * 900}").text("q")) == 200


@pytest.mark.parametrize(("sort", "order"), [("", ("", False)), ("year", ("year", False)), ("-year", ("year", True))])
def test_a_minus_before_a_column_sorts_downwards(sort: str, order: tuple[str, bool]) -> None:
    given = state(f"sort={sort}")
    assert (given.order(["year"]), given.problems) == (order, [])


def test_an_unknown_column_to_sort_by_is_named_and_the_list_keeps_its_own_order() -> None:
    given = state("sort=-weight")
    assert given.order(["year"]) == ("", False)
    assert given.problems == ["The list can't be sorted by “-weight”; it is in its own order."]


def test_the_rest_of_an_address_is_kept_when_one_value_of_it_changes() -> None:
    given = state("q=a%26b&river=weir&page=3&empty=")
    assert given.with_(page="4") == "?q=a%26b&river=weir&page=4"
    assert given.with_(page="", q="") == "?river=weir"
    assert state("page=2").with_(page="") == "?"


def test_a_page_has_fifty_rows_and_links_to_its_neighbours() -> None:
    page = page_of(range(120), state("q=weir&page=2"))
    assert (page.rows[0], page.rows[-1], page.first, page.last, page.total) == (50, 99, 51, 100, 120)
    assert (page.before, page.after) == ("?q=weir&page=1", "?q=weir&page=3")


@pytest.mark.parametrize(
    ("rows", "asked", "number", "count"), [(0, "", 1, 1), (PAGE, "", 1, 1), (PAGE + 1, "2", 2, 2), (1, "1", 1, 1)]
)
def test_there_is_always_a_page(rows: int, asked: str, number: int, count: int) -> None:
    given = state(f"page={asked}")
    page = page_of(range(rows), given)
    assert (page.number, page.count, page.first, given.problems) == (
        number,
        count,
        51 if number == 2 else min(rows, 1),
        [],
    )
    assert page.before == ("?page=1" if number == 2 else "")
    assert page.after == ""


@pytest.mark.parametrize(("asked", "number"), [("0", 1), ("-1", 1), ("9", 3), ("x", 1), ("99999999999", 1)])
def test_a_page_past_either_end_is_named_and_the_nearest_is_shown(asked: str, number: int) -> None:
    given = state(f"page={asked}")
    assert page_of(range(120), given).number == number
    assert given.problems == [f"There is no page “{asked}”; this is page {number} of 3."]


def test_a_heading_sorts_upwards_first_then_downwards_and_leaves_the_page() -> None:
    columns = [("name", "Name", False), ("year", "Year", True)]
    name, year = headings(columns, state("q=weir&page=2"), ("name", False))
    assert (name.sorted, name.link, name.numeric) == ("ascending", "?q=weir&sort=-name", False)
    assert (year.sorted, year.link, year.numeric) == ("", "?q=weir&sort=year", True)
    assert [one.sorted for one in headings(columns, state(""), ("year", True))] == ["", "descending"]
    assert headings(columns, state(""), ("year", True))[1].link == "?sort=year"
