"""Spreadsheets as the field makes them: each is understood with at most three corrections, its cells read as meant."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from followthrough.model.countries import countries
from followthrough.spreadsheets.grid import Sheet, grid_here, grid_of, place
from followthrough.spreadsheets.known import KnownCommitment, KnownParty, KnownProvision, KnownRegister
from followthrough.spreadsheets.mapping import Map, propose
from followthrough.spreadsheets.records import Applied
from followthrough.spreadsheets.rows import apply
from followthrough.spreadsheets.understanding import UnderstoodSheet, understand
from spreadsheets.field_workbooks import FIELD_WORKBOOKS, Field, make_field

NUMBERS = ("1.1", "1.2", "2.1", "2.2", "4.3", "4.4")
NAMES = {"KOR": ("Republic of Korea", "Korea"), "LAO": ("Lao PDR",), "BRN": ("Brunei Darussalam", "Brunei")}
KNOWN = KnownRegister(
    provisions=tuple(KnownProvision(f"d/{number}", "d", f"no. {number}") for number in NUMBERS),
    commitments=tuple(KnownCommitment(f"d/{number}", f"d/{number}", f"Promise {number}") for number in NUMBERS),
    parties=tuple(KnownParty(one.iso3, NAMES.get(one.iso3, (one.iso3,))) for one in countries() if one.iso3),
)


def understood(name: str, folder: Path) -> tuple[UnderstoodSheet, Field]:
    """The sheet of a workbook as it is understood, and what it is."""
    path, expected = make_field(name, folder)
    found = understand(grid_here(path.name, path.read_bytes()), KNOWN)
    best = found.best or found.sheets[0]
    return best, expected


def corrections(best: UnderstoodSheet, expected: Field) -> list[str]:
    """What a person has to correct in the proposed map."""
    got = {place(0, one.column)[:-1]: one.field for one in best.proposals}
    heads = tuple(row + 1 for row in best.layout.header_rows)
    rest = ((str(best.kind), expected.kind), (heads, expected.header_rows), (len(best.layout.data_rows), expected.rows))
    return [f"{a} for {b}" for a, b in rest if a != b] + [
        f"{letter}: {got.get(letter)} for {name}"
        for letter, name in expected.columns.items()
        if got.get(letter) != name
    ]


def said_of(best: UnderstoodSheet, one: Map, cell: str) -> str:
    """What the record of a row holds of a cell: the field of its column."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert found is not None
    from followthrough.spreadsheets.rows import _Sheet

    sheet = _Sheet(one, best.sheet, KNOWN, Applied())
    row, column = int(found[2]) - 1, ord(found[1]) - 65
    name = sheet.fields[column]
    sheet.times = 1
    value = sheet._read(row, column, name)
    return (value.until or value.value) if name == "ends" else value.value


@pytest.mark.parametrize("name", FIELD_WORKBOOKS)
def test_a_workbook_is_understood_and_its_cells_are_read_as_meant(name: str, tmp_path: Path) -> None:
    best, expected = understood(name, tmp_path)
    wrong = corrections(best, expected)
    assert len(wrong) <= 3, wrong
    one = propose(best, name)
    read = {cell: said_of(best, one, cell) for cell in expected.values}
    assert read == expected.values
    done = apply(one, (best.sheet,), KNOWN, "2026-03-14")
    filled = {at + 1 for at, row in enumerate(best.sheet.rows) if any(cell.text for cell in row)}
    told = done.taken | done.aside.keys() | {problem.row for problem in done.problems} | set(one.header_rows)
    assert filled <= told


@pytest.mark.slow
def test_few_columns_need_a_correction(tmp_path: Path) -> None:
    wrong = {name: corrections(*understood(name, tmp_path)) for name in FIELD_WORKBOOKS}
    assert sum(map(len, wrong.values())) <= 3, {name: some for name, some in wrong.items() if some}
    assert len(wrong) == 20


def csv(text: str) -> Sheet:
    """A sheet of separated text."""
    return grid_of("a.csv", text.encode())[0]


def test_a_word_for_the_cell_above_stands_for_it_along_a_chain_and_is_told() -> None:
    sheet = csv('Activity,Country,Status\nOne,Thailand,done\nTwo,idem,〃\nThree,ditto,"same"\n')
    found = understand((sheet,), KNOWN)
    one = propose(found.sheets[0], "x")
    done = apply(replace(one, fixed={"source_url": "https://example.org/"}), (sheet,), KNOWN, "2026-03-14")
    assert [row["party"] for row in done.rows["activity_parties"]] == ["THA", "THA", "THA"]
    assert [row["state"] for row in done.rows["activities"]] == ["completed"] * 3
    assert any("B3, C3, B4, C4" in line for line in done.told)


def test_a_second_table_is_told_and_its_headings_can_be_chosen() -> None:
    sheet = csv("Project,Country,Status\nOne,Thailand,done\n,,\nAction item,Owner,Due date\nSend it,Chair,May 2026\n")
    found = understand((sheet,), KNOWN).sheets[0]
    assert found.layout.data_rows == (1,)
    assert set(found.layout.aside.values()) == {"of another table"}


def test_a_column_for_each_commitment_gives_evidence_of_the_party_of_its_row(tmp_path: Path) -> None:
    best, _ = understood("parties_down_commitments_across", tmp_path)
    one = replace(propose(best, "x"), fixed={"source_url": "https://example.org/"})
    done = apply(one, (best.sheet,), KNOWN, "2026-03-14")
    assert [str(problem) for problem in done.problems] == []
    links = [(row["commitment"], row["rationale"]) for row in done.rows["links"]]
    assert ("d/4.3", "named by its number in B3 of Overview") in links
    assert [row["party"] for row in done.rows["claim_parties"]][:2] == ["THA", "THA"]


def test_colours_without_a_legend_are_told_and_not_read(tmp_path: Path) -> None:
    best, _ = understood("colours_with_a_legend", tmp_path)
    bare = replace(best.sheet, rows=best.sheet.rows[:5])
    assert propose(understand((bare,), KNOWN).sheets[0], "x").values == {}
    assert any("colour" in line for line in understand((bare,), KNOWN).told)
