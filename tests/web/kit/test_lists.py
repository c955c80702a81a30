"""One declaration of a list gives its page, its order, its filters and its downloads: invented weirs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.utils.html import format_html

from followthrough.io import xlsx
from followthrough.io.csv import csv_lines
from followthrough.web.kit import lists
from followthrough.web.kit.list_columns import Column, in_order, natural
from followthrough.web.kit.list_state import State
from followthrough.web.kit.lists import EVERY, Filter, Line, Table, dated, listed, or_unknown, selected

Shown = dict[str, Any]


@dataclass(frozen=True)
class Weir:
    id: str
    name: str
    built: int
    rivers: tuple[str, ...] = ()
    state: str = ""


WEIRS = [
    Weir("w1", "Otter weir", 1990, ("Aber", "Beck"), "open"),
    Weir("w2", "<Mill> & sons", 1810, ("Beck",), "shut"),
    Weir("w3", "Éel weir", 1900, (), "open"),
]
COLUMNS: tuple[Column[Weir], ...] = (
    Column("id", "Id", lambda row: row.id, extra=True),
    Column("name", "Name", lambda row: row.name, lambda row: format_html("<b>{}</b>", row.name)),
    Column("built", "Built", lambda row: row.built, numeric=True),
    Column("rivers", "Rivers", lambda row: "; ".join(row.rivers)),
)
FILTERS: tuple[Filter[Weir], ...] = (
    Filter("river", "River", lambda row: row.rivers, str.upper),
    Filter("state", "State", lambda row: row.state, options={"open": "Open", "shut": "Shut", "lost": "Lost"}),
)
TABLE = Table("weirs", "Weirs", "weir", COLUMNS, FILTERS, searched=lambda row: row.name)


def answer(query: str, ext: str, table: Table[Weir] = TABLE) -> HttpResponse:
    return listed(RequestFactory().get(f"/weirs?{query}"), table, WEIRS, {}, ext)


def names(query: str, table: Table[Weir] = TABLE) -> list[str]:
    return [row["id"] for row in json.loads(answer(query, "json", table).content)["weirs"]]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Return what the template of a list is given."""
    given: Shown = {}

    def render(_request: object, template: str, context: Shown) -> HttpResponse:
        given.update(context, template=template)
        return HttpResponse()

    monkeypatch.setattr(lists, "render", render)
    return given


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["w1", "w2", "w3"]),
        ("sort=built", ["w2", "w3", "w1"]),
        ("sort=-built", ["w1", "w3", "w2"]),
        ("sort=name", ["w2", "w3", "w1"]),
        ("sort=-name", ["w1", "w3", "w2"]),
        ("sort=rivers", ["w1", "w2", "w3"]),
        ("sort=-rivers", ["w2", "w1", "w3"]),
        ("sort=-id", ["w3", "w2", "w1"]),
        ("sort=weight", ["w1", "w2", "w3"]),
    ],
)
def test_a_list_is_sorted_by_the_key_of_a_column_or_stands_in_its_own_order(query: str, order: list[str]) -> None:
    assert names(query) == order


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("river=Beck", ["w1", "w2"]),
        ("river=Aber", ["w1"]),
        ("state=open", ["w1", "w3"]),
        ("state=lost", []),
        ("state=open&river=Beck", ["w1"]),
        ("state=drowned", ["w1", "w2", "w3"]),
        ("q=EEL", ["w3"]),
        ("q=weir+otter", ["w1"]),
        ("q=weir&state=shut", []),
    ],
)
def test_a_row_is_listed_where_it_passes_every_filter_and_holds_every_word(query: str, found: list[str]) -> None:
    assert names(query) == found


def test_a_filter_of_many_values_offers_those_that_rows_have_and_a_fixed_one_all_of_its_own() -> None:
    fields, _ = selected(TABLE, WEIRS, State(QueryDict("state=lost")))
    river, state = fields
    assert [(one.value, one.label, one.chosen) for one in river.choices] == [
        ("Aber", "ABER", False),
        ("Beck", "BECK", False),
    ]
    assert [(one.value, one.chosen) for one in state.choices] == [("open", False), ("shut", False), ("lost", True)]


def test_a_filter_does_not_offer_nothing() -> None:
    bare: Filter[Weir] = Filter("state", "State", lambda row: row.state)
    assert bare.offered([Weir("x", "x", 1), *WEIRS]) == {"open": "open", "shut": "shut"}


def test_the_three_downloads_hold_the_same_selection_with_the_same_names() -> None:
    query = "state=open&sort=built"
    twin = json.loads(answer(query, "json").content)
    assert (twin["count"], twin["of"]) == (2, 3)
    header, *rows = [cells for _, cells in csv_lines("x.csv", answer(query, "csv").content)]
    sheet, *lines = xlsx.parts_of(answer(query, "xlsx").content, "x.xlsx")
    book = [line["cells"] for line in lines]
    assert sheet == {"sheet": "Followthrough"}
    assert header == book[0] == list(twin["weirs"][0]) == ["id", "name", "built", "rivers"]
    assert book[1:] == rows == [[str(cell) for cell in row.values()] for row in twin["weirs"]]
    assert rows == [["w3", "Éel weir", "1900", ""], ["w1", "Otter weir", "1990", "Aber; Beck"]]


def test_a_file_is_called_by_its_stem_unless_it_has_a_name_of_its_own() -> None:
    assert answer("", "csv")["Content-Disposition"] == 'attachment; filename="weirs.csv"'
    assert answer("", "xlsx", replace(TABLE, file="dams"))["Content-Disposition"] == 'attachment; filename="dams.xlsx"'


def test_a_cell_that_a_spreadsheet_would_run_is_marked_in_the_file_and_not_in_the_twin() -> None:
    table = replace(TABLE, columns=(*COLUMNS, Column("sum", "Sum", lambda _: "=1+1", extra=True)))
    assert b"'=1+1" in answer("", "csv", table).content
    assert json.loads(answer("", "json", table).content)["weirs"][0]["sum"] == "=1+1"


def test_a_list_may_say_how_a_row_looks_in_json_and_what_stands_before_the_rows() -> None:
    table = replace(TABLE, json=lambda row: {"id": row.id, "rivers": row.rivers}, about={"licence": "free"})
    twin = json.loads(answer("river=Aber", "json", table).content)
    assert twin == {"licence": "free", "count": 1, "of": 3, "weirs": [{"id": "w1", "rivers": ["Aber", "Beck"]}]}


def test_a_long_list_reads_whole_rows_of_the_page_alone(page: Shown) -> None:
    asked: list[int] = []

    def whole(rows: Sequence[Weir]) -> Sequence[Weir]:
        asked.append(len(rows))
        return rows

    many = [replace(WEIRS[0], id=f"w{at}") for at in range(120)]
    listed(RequestFactory().get("/weirs?page=3"), replace(TABLE, whole=whole), many, {})
    assert asked == [], "no row is read before the template asks"
    assert len(page["lines"]()) == 20
    assert asked == [20]


def test_a_page_shows_columns_with_a_heading_escaped_and_none_that_are_for_files(page: Shown) -> None:
    answer("state=shut", "")
    (line,) = page["lines"]()
    assert isinstance(line, Line)
    assert line.key == "w2"
    assert [(heading, cell) for heading, _, cell in line.cells] == [
        ("Name", "<b>&lt;Mill&gt; &amp; sons</b>"),
        ("Built", "1810"),
        ("Rivers", "Beck"),
    ]
    assert [one.label for one in page["headings"]()] == ["Name", "Built", "Rivers"]


@pytest.mark.parametrize(
    ("query", "active"), [("", False), ("q=eel", True), ("state=open", True), ("sort=built", False)]
)
def test_a_page_says_whether_anything_was_chosen(page: Shown, query: str, active: bool) -> None:
    answer(query, "")
    assert page["active"] is active
    assert (page["total"], page["template"], page["q"]) == (3, "kit/list.html", "eel" if "q=" in query else "")


def test_a_page_names_everything_that_was_not_understood(page: Shown) -> None:
    answer("sort=weight&state=drowned&page=x", "")
    assert page["problems"] == [
        "“drowned” is not a known state; this filter is left out.",
        "The list can't be sorted by “weight”; it is in its own order.",
        "There is no page “x”; this is page 1 of 1.",
    ]


def test_what_is_not_known_is_said_and_a_date_is_read_by_machines() -> None:
    assert str(or_unknown("")) == dated("") == '<i class="unk">not known</i>'
    assert or_unknown("weir") == "weir"
    assert dated("2020-05") == '<time datetime="2020-05">May 2020</time>'


def test_links_escape_what_they_are_given() -> None:
    assert lists.link("/a?b=1&c=2", "<weir>") == '<a href="/a?b=1&amp;c=2">&lt;weir&gt;</a>'
    assert lists.outward("https://x.example/", "a & b") == '<a class="src" href="https://x.example/">a &amp; b</a>'


def test_an_address_chooses_columns_and_their_order_for_the_page_and_every_file(page: Shown) -> None:
    query = "columns=built,id&sort=built"
    answer(query, "")
    assert [one.label for one in page["headings"]()] == ["Built", "Id"]
    assert [cell for line in page["lines"]() for *_, cell in line.cells] == ["1810", "w2", "1900", "w3", "1990", "w1"]
    header, *rows = [cells for _, cells in csv_lines("x.csv", answer(query, "csv").content)]
    assert (header, rows[0]) == (["built", "id"], ["1810", "w2"])
    twin = json.loads(answer(query, "json").content)["weirs"]
    assert [list(row.items()) for row in twin[:1]] == [[("built", 1810), ("id", "w2")]]
    assert answer(query, "xlsx").content


def test_a_form_sends_columns_one_by_one_and_links_hold_them_in_one(page: Shown) -> None:
    answer("columns=id&columns=name&river=Beck", "")
    assert [one.link for one in page["headings"]()] == [
        "?columns=id,name&river=Beck&sort=id",
        "?columns=id,name&river=Beck&sort=name",
    ]
    assert page["query"] == "columns=id,name&river=Beck"


def test_columns_that_a_list_has_not_are_named_and_the_others_are_shown(page: Shown) -> None:
    answer("columns=weight,name,depth,name", "")
    assert [one.label for one in page["headings"]()] == ["Name"]
    assert page["problems"] == ["The list has no columns “weight” and “depth”; they are left out."]
    answer("columns=weight", "")
    assert [one.label for one in page["headings"]()] == ["Name", "Built", "Rivers"]
    assert page["problems"] == ["The list has no column “weight”; it is left out."]


def test_a_list_may_begin_in_the_order_of_a_column_and_with_some_of_its_rows(page: Shown) -> None:
    open_ones = replace(FILTERS[1], default="open", options={"open": "Open", "shut": "Shut", EVERY: "All"})
    table = replace(TABLE, sort="-name", filters=(open_ones,))
    assert (names("", table), names("state=all", table)) == (["w1", "w3"], ["w1", "w3", "w2"])
    assert names("state=shut&sort=name", table) == ["w2"]
    assert names("state=drowned", table) == ["w1", "w3"]
    answer("", "", table)
    assert ([one.sorted for one in page["headings"]()], page["active"]) == (["descending", "", ""], False)
    answer("state=shut&q=mill", "", table)
    (switch,) = [one.switch for one in page["filters"] if one.switch]
    assert page["active"]
    assert [(one.label, one.count, one.chosen, one.link) for one in switch] == [
        ("Shut", 1, True, "?state=shut&q=mill"),
        ("All", 1, False, "?state=all&q=mill"),
    ]


def test_the_form_offers_every_column_and_every_order_and_keeps_the_rest_of_the_address(page: Shown) -> None:
    answer("columns=built&sort=-built&river=Beck&page=1", "")
    layout = page["layout"]()
    assert [(one.value, one.chosen) for one in layout.columns] == [
        ("built", True), ("id", False), ("name", False), ("rivers", False),
    ]  # fmt: skip
    assert [one.value for one in layout.orders if one.chosen] == ["-built"]
    assert [one.label for one in layout.orders[:2]] == ["Built, ascending", "Built, descending"]
    assert (layout.kept, layout.changed, layout.usual) == ([("river", "Beck")], True, "?river=Beck")


def test_numbers_inside_words_count_and_accents_and_case_do_not() -> None:
    assert sorted(["4.10", "É", "4.9a", "e2", "4.9", "E1"], key=natural) == ["4.9", "4.9a", "4.10", "É", "E1", "e2"]


def test_what_has_no_value_comes_last_in_both_directions_and_alike_ones_keep_their_order() -> None:
    rows = [("a", None), ("b", 1), ("c", 2), ("d", 1), ("e", None)]
    assert [one for one, _ in in_order(rows, lambda row: row[1], down=False)] == ["b", "d", "c", "a", "e"]
    assert [one for one, _ in in_order(rows, lambda row: row[1], down=True)] == ["c", "b", "d", "a", "e"]


def test_where_only_whole_rows_tell_the_order_all_are_read(page: Shown) -> None:
    asked: list[int] = []

    def whole(rows: Sequence[Weir]) -> Sequence[Weir]:
        asked.append(len(rows))
        return rows

    many = [replace(WEIRS[0], id=f"w{at}", built=at) for at in range(120)]
    for sort, read in (("name", [120]), ("built", [50])):
        asked.clear()
        columns = tuple(replace(one, order=lambda row: row.built) if one.name == "built" else one for one in COLUMNS)
        table = replace(TABLE, whole=whole, columns=columns)
        listed(RequestFactory().get(f"/weirs?sort={sort}"), table, many, {})
        page["lines"]()
        assert asked == read
