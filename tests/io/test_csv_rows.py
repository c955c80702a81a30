"""Rows of a table as they are taken: stripped, blank ones left out, wrong ones named by their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.io.csv import NotCsv, complete_rows, csv_rows, escape_formula, split_line, unescape_formula

CELLS = st.text("=+-@'5a, \t", max_size=6)


def test_rows_are_stripped_blank_ones_left_out_and_wrong_ones_named() -> None:
    wrong: list[tuple[int, str]] = []
    lines = [(2, [" weir ", "3"]), (3, ["", " "]), (4, ["otter"]), (5, ["a", "b", "c"]), (6, ["", "4"])]
    found = list(complete_rows(lines, 2, lambda line, what: wrong.append((line, what))))
    assert found == [(2, ["weir", "3"]), (6, ["", "4"])]
    assert wrong == [(4, "has 1 cells instead of 2"), (5, "has 3 cells instead of 2")]


@given(CELLS)
def test_a_cell_comes_back_as_it_was_before_it_was_marked(cell: str) -> None:
    assert unescape_formula(str(escape_formula(cell))) == cell


def test_a_whole_number_is_no_text_and_is_never_marked() -> None:
    assert escape_formula(-5) == -5


def test_a_row_over_two_lines_has_the_number_of_its_last() -> None:
    assert list(csv_rows(['a,"b\n', 'c"\n', "d,e\n"])) == [(2, ["a", "b\nc"]), (3, ["d", "e"])]


def test_a_quotation_that_never_ends_is_named_by_its_line() -> None:
    with pytest.raises(NotCsv) as refused:
        list(csv_rows(["a,b\n", '"c,d\n']))
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("line", "separator", "cells"),
    [("a;b", ";", ["a", "b"]), ('"a,b",c', ",", ["a,b", "c"]), ("", ",", []), ("a\tb,c", "\t", ["a", "b,c"])],
)
def test_one_line_is_split_outside_quotation_marks(line: str, separator: str, cells: list[str]) -> None:
    assert split_line(line, separator) == cells
