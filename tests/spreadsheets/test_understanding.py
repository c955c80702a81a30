"""Spreadsheets as ministries make them are understood: kind, headings, rows and columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from followthrough.spreadsheets.grid import grid_of, read_grid
from followthrough.spreadsheets.mapping import from_toml, propose, to_toml
from followthrough.spreadsheets.understanding import understand
from spreadsheets.ministry_workbooks import WORKBOOKS, make


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_is_understood_with_three_corrections_at_most(name: str, tmp_path: Path) -> None:
    path, expected = make(name, tmp_path)
    found = understand(read_grid(path))
    best = found.best
    assert best is not None
    assert best.kind == expected.kind
    assert tuple(row + 1 for row in best.layout.header_rows) == expected.header_rows
    assert len(best.layout.data_rows) == expected.rows
    if expected.sheet:
        assert best.sheet.name == expected.sheet
    got = {chr(65 + one.column): one.field for one in best.proposals}
    wrong = {letter: (got.get(letter), name) for letter, name in expected.columns.items() if got.get(letter) != name}
    assert len(wrong) <= 3, wrong
    told = "\n".join(found.told)
    assert [word for word in expected.told if word not in told] == []


@pytest.mark.slow
def test_most_columns_need_no_correction(tmp_path: Path) -> None:
    wrong = columns = 0
    for name in WORKBOOKS:
        path, expected = make(name, tmp_path)
        best = understand(read_grid(path)).best
        assert best is not None
        got = {chr(65 + one.column): one.field for one in best.proposals}
        columns += len(expected.columns)
        wrong += sum(got.get(letter) != name for letter, name in expected.columns.items())
    assert columns > 70
    assert wrong <= 3


def test_cells_that_do_not_fit_are_named_with_their_choices(tmp_path: Path) -> None:
    path, _ = make("merged_headers", tmp_path)
    best = understand(read_grid(path)).best
    assert best is not None
    doubts = {one.place: one for one in best.doubts}
    assert set(doubts) == {"A7", "F8", "G11", "H11"}
    assert [answer for answer, _ in doubts["A7"].choices] == ["3.1", "1.3"]
    assert doubts["F8"].choices[0] == ("2024", "Buddhist era: 2024")
    assert "#DIV/0!" in doubts["H11"].what


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_map_is_the_same_after_toml_and_knows_its_layout_again(name: str, tmp_path: Path) -> None:
    path, _ = make(name, tmp_path)
    best = understand(read_grid(path)).best
    assert best is not None
    one = propose(best, "a “name” \\ with\nmarks")
    assert from_toml(to_toml(one, {"A": "why # \x7f"})) == one
    assert one.fits(best.sheet)


def test_a_csv_of_another_encoding_and_separator_is_read() -> None:
    (sheet,) = grid_of("a.csv", "Activity;Country;Start date\nWorkshop;Việt Nam;2024-03\n;;\n".encode("utf-16"))
    assert [[cell.text for cell in row] for row in sheet.rows[1:2]] == [["Workshop", "Việt Nam", "2024-03"]]
    assert len(sheet.rows) == 2
