"""A pack that a spreadsheet program saved again comes back; what it changed beyond repair is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from followthrough.packs.reading import Pack, PackRefused, read_pack
from followthrough.packs.workbook import read_workbook

SOURCES = (
    "id,url,title,publisher,publisher_kind,published,language\ns-1,https://example.org/a,News,Ministry,party,{},en\n"
)
ACTIVITIES = "id,title,kind,state,source,checked,recorded\na-1,{},training,completed,s-1,{},2024-04-01\n"


def csv_pack(folder: Path, sources: str, activities: str) -> Pack:
    (folder / "datapackage.json").write_text(json.dumps({"name": "t", "title": "T", "version": "1"}), "utf-8")
    (folder / "sources.csv").write_bytes(sources.encode())
    (folder / "activities.csv").write_bytes(activities.encode())
    return read_pack(folder)


@pytest.mark.parametrize(
    ("written", "kept"), [("Mar-24", "2024-03"), ("14/03/2024", "2024-03-14"), ("2024-03", "2024-03")]
)
def test_dates_and_truth_values_as_spreadsheets_save_them(tmp_path: Path, written: str, kept: str) -> None:
    pack = csv_pack(tmp_path, SOURCES.format(written), ACTIVITIES.format("Workshop", "TRUE"))
    assert pack.rows["sources"][0]["published"] == kept
    assert pack.rows["activities"][0]["checked"] is True


def test_a_date_that_could_be_two_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="3 January or 1 March"):
        csv_pack(tmp_path, SOURCES.format("3/1/2024"), ACTIVITIES.format("Workshop", "true"))


def test_rows_and_columns_of_commas_and_line_ends_in_cells(tmp_path: Path) -> None:
    sources = SOURCES.format("2024").replace("\n", ",,\n") + ",,,,,,,,\n,,,,,,,,\n"
    activities = ACTIVITIES.format('"Work\nshop"', "true").replace("\n", "\r\n")
    pack = csv_pack(tmp_path, sources, activities)
    assert len(pack.rows["sources"]) == 1
    assert pack.rows["activities"][0]["title"] == "Work\nshop"


def workbook(path: Path, sheet: str, header: list[str], rows: list[list[str]], beside: str = "Notes") -> Path:
    with xlsxwriter.Workbook(path) as book:
        about = book.add_worksheet("pack")
        for down, row in enumerate((["name", "t"], ["title", "T"], ["version", "1"])):
            about.write_row(down, 0, row)
        lines = [line.split(",") for line in SOURCES.format("2024").splitlines()]
        for name, table in (("sources", lines), (sheet, [header, *rows])):
            page = book.add_worksheet(name)
            for down, row in enumerate(table):
                page.write_row(down, 0, row)
        book.add_worksheet(beside).write_row(0, 0, ["call the ministry"])
        book.add_worksheet("Lists").hide()
    return path


HEADER, ROW = (line.split(",") for line in ACTIVITIES.format("Workshop", "true").splitlines())


def test_names_in_capitals_and_own_sheets_do_not_refuse(tmp_path: Path) -> None:
    pack = read_workbook(workbook(tmp_path / "a.xlsx", "Activities", [name.title() for name in HEADER], [ROW]))
    assert len(pack.rows["activities"]) == 1
    assert "Notes" in " ".join(pack.told)
    assert "Lists" in " ".join(pack.told)


def test_twins_by_case_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="capital letters alone"):
        read_workbook(workbook(tmp_path / "a.xlsx", "activities", HEADER, [ROW, ["A-1", *ROW[1:]]]))


def test_a_sheet_that_looks_like_a_table_is_not_left_out(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="activites"):
        read_workbook(workbook(tmp_path / "a.xlsx", "activites", HEADER, [ROW]))
