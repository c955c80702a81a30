"""A pack as a workbook: in and out without loss, and every mistake named by sheet, row and column; all or nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from followthrough.errors import InputRefused
from followthrough.packs.cells import Value, write
from followthrough.packs.reading import Pack, PackRefused, read_pack
from followthrough.packs.schema import TABLES
from followthrough.packs.workbook import read_workbook, write_workbook

BUNDLED = Path(str(files("followthrough.packs") / "asean_rok_2019"))
Sheets = dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def bundled() -> Pack:
    """The bundled pack."""
    return read_pack(BUNDLED)


def sheets_of(pack: Pack) -> Sheets:
    """The sheets of a workbook of ``pack``, as text."""
    sheets: Sheets = {"pack": [["name", pack.name], ["title", pack.title], ["version", pack.version]]}
    for table in TABLES:
        rows = [[write(column, row[column.name]) for column in table.columns] for row in pack.rows[table.name]]
        sheets[table.name] = [[column.name for column in table.columns], *rows]
    return sheets


def save(sheets: Sheets, path: Path) -> Path:
    """Write a workbook as a person's program does: numbers as numbers, dates as dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for down, row in enumerate(rows):
                for at, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(down, at, cell, day)
                    else:
                        sheet.write(down, at, cell)
    return path


@pytest.mark.slow
def test_a_workbook_holds_the_same_pack(bundled: Pack, tmp_path: Path) -> None:
    write_workbook(bundled, tmp_path / "register.xlsx")
    found = read_workbook(tmp_path / "register.xlsx")
    assert found.rows == {name: sorted(rows, key=lambda row: str(row["id"])) for name, rows in bundled.rows.items()}
    assert (found.name, found.title, found.version) == (bundled.name, bundled.title, bundled.version)
    assert [path.name for path in tmp_path.iterdir()] == ["register.xlsx"]


@pytest.mark.slow
def test_numbers_dates_and_truth_may_be_cells_of_their_kind(bundled: Pack, tmp_path: Path) -> None:
    sheets = sheets_of(bundled)
    claims = sheets["claims"]
    at = {name: place for place, name in enumerate(claims[0])}
    claims[1][at["value"]], claims[1][at["date"]] = 12.5, date(2024, 10, 10)
    claims[1][at["reproducible"]] = True
    claims.insert(1, [])
    found = {str(row["id"]): row for row in read_workbook(save(sheets, tmp_path / "a.xlsx")).rows["claims"]}
    row = found[claims[2][0]]
    assert (str(row["value"]), row["date"], row["reproducible"]) == ("12.5", "2024-10-10", True)


@pytest.mark.slow
def test_columns_may_stand_in_any_order_and_optional_ones_be_left_out(bundled: Pack, tmp_path: Path) -> None:
    sheets = sheets_of(bundled)
    parties = sheets["parties"]
    keep = [parties[0].index(name) for name in ("kind", "name", "id", "short_name")]
    sheets["parties"] = [[row[at] for at in keep] for row in parties]
    found = read_workbook(save(sheets, tmp_path / "a.xlsx")).rows["parties"]
    assert [(row["id"], row["tile_x"]) for row in found] == [(row["id"], None) for row in bundled.rows["parties"]]


def cell(table: str, row: int, column: str, value: Value) -> Callable[[Sheets], None]:
    """Put ``value`` into a cell; row 1 is the first below the names of the columns."""

    def apply(sheets: Sheets) -> None:
        sheets[table][row][sheets[table][0].index(column)] = value

    return apply


def again(table: str, row: int, **changes: str) -> Callable[[Sheets], None]:
    """Add a copy of a row, changed."""

    def apply(sheets: Sheets) -> None:
        copy = list(sheets[table][row])
        for column, value in changes.items():
            copy[sheets[table][0].index(column)] = value
        sheets[table].append(copy)

    return apply


def budgeted(sheets: Sheets) -> list[Any]:
    """The first activity that has a budget."""
    at = sheets["activities"][0].index("budget")
    return next(row for row in sheets["activities"][1:] if row[at])


def shares_over(sheets: Sheets) -> None:
    """Two links that share out 120 per cent of one activity."""
    names = sheets["links"][0]
    activity = budgeted(sheets)[0]
    for number, (share, commitment) in enumerate((("70", "asean-rok-2019/2.5a"), ("50", "asean-rok-2019/1.3a"))):
        row = dict.fromkeys(names, "")
        row |= {"id": f"l-over-{number}", "commitment": commitment, "activity": activity, "role": "main"}
        row |= {"share": share, "rationale": "half of the work", "origin": "person"}
        sheets["links"].append([row[name] for name in names])


def without_currency(sheets: Sheets) -> None:
    """A budget in nothing."""
    budgeted(sheets)[sheets["activities"][0].index("currency")] = ""


def in_no_currency(sheets: Sheets) -> None:
    """A budget in a currency that does not exist."""
    budgeted(sheets)[sheets["activities"][0].index("currency")] = "USDollar"


def one_side(sheets: Sheets) -> None:
    """A conflict that only one source speaks to."""
    sheets["conflicts"].append(["alone", "Who is right", ""])


def renamed(sheets: Sheets) -> None:
    """A sheet with ids that is no table."""
    sheets["my notes"] = [["id", "hello"]]


BROKEN: dict[str, tuple[Callable[[Sheets], None], list[str]]] = {
    "unknown id": (
        cell("claims", 1, "source", "s-nowhere"),
        ["sheet claims, row 2, column source (id c-001)", "s-nowhere"],
    ),
    "share over 100": (shares_over, ["sheet links, row", "brings the shares of a-001 to 220 per cent"]),
    "bad date": (cell("claims", 1, "date", "03/04/2019"), ["sheet claims, row 2, column date", "03/04/2019"]),
    "no such day": (cell("meetings", 1, "date", "2023-02-30"), ["sheet meetings, row 2", "calendar"]),
    "duplicate": (again("claims", 1), ["sheet claims", "is there twice", "column id"]),
    "no currency": (in_no_currency, ["sheet activities", "USDollar", "ISO 4217"]),
    "budget without currency": (without_currency, ["sheet activities, row", "without a currency"]),
    "circular lineage": (cell("documents", 1, "implements", "afoco-agreement-2011"), ["leads back to itself"]),
    "word not allowed": (cell("claims", 1, "kind", "rumour"), ["sheet claims, row 2, column kind", "“rumour”"]),
    "not a number": (cell("fund_figures", 1, "amount", "16 million"), ["sheet fund_figures, row 2, column amount"]),
    "negative money": (cell("activities", 1, "budget", "-5"), ["below zero"]),
    "ends before it begins": (cell("activities", 1, "end", "1999"), ["is before start"]),
    "one sided conflict": (one_side, ["has no side"]),
    "empty where needed": (cell("claims", 1, "statement", ""), ["row 2, column statement", "is empty"]),
    "web address": (cell("sources", 1, "url", "javascript:alert(1)"), ["sheet sources, row 2, column url"]),
    "id like a date": (cell("meetings", 1, "id", "2019/11/26"), ["sheet meetings, row 2, column id", "date"]),
    "unknown column": (cell("claims", 0, "notes", "remarks"), ["sheet claims, row 1", "remarks"]),
    "unknown sheet": (renamed, ["“my notes”", "no table"]),
    "too long": (cell("claims", 1, "unit", "x" * 61), ["row 2, column unit", "at most 60"]),
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.slow
def test_a_broken_workbook_is_refused_by_sheet_row_and_column(bundled: Pack, tmp_path: Path, case: str) -> None:
    breaks, expected = BROKEN[case]
    sheets = sheets_of(bundled)
    breaks(sheets)
    with pytest.raises(PackRefused) as refused:
        read_workbook(save(sheets, tmp_path / "mine.xlsx"))
    for words in expected:
        assert words in str(refused.value)


@pytest.mark.slow
def test_every_mistake_is_named_at_once(bundled: Pack, tmp_path: Path) -> None:
    sheets = sheets_of(bundled)
    for breaks, _ in BROKEN.values():
        breaks(sheets)
    with pytest.raises(PackRefused) as refused:
        read_workbook(save(sheets, tmp_path / "mine.xlsx"))
    assert len(refused.value.problems) >= len(BROKEN) - 6


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"id,name\n1,2\n", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="no workbook"):
        read_workbook(path)


def test_a_workbook_without_its_first_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no sheet “pack”"):
        read_workbook(save({"claims": [["id"]]}, tmp_path / "mine.xlsx"))


@pytest.mark.slow
def test_a_bomb_is_refused_by_its_unpacked_size(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/workbook.xml", "w") as entry:
        for _ in range(540):
            entry.write(b"\0" * 1_000_000)
    with pytest.raises(InputRefused, match="unpacks to more"):
        read_workbook(path)
