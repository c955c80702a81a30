"""Every table of a pack, as Excel saves it again: TRUE, 3/1/2024, Mar-24, CRLF, commas behind, a mark in front."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import xlsxwriter

from followthrough.io.xlsx import sheets
from followthrough.packs.reading import Pack, PackRefused, read_pack
from followthrough.packs.schema import TABLES
from followthrough.packs.workbook import read_workbook, write_workbook
from followthrough.packs.writing import pack_files, write_pack

pytestmark = pytest.mark.slow
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH = re.compile(r"(\d{4})-(\d\d)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!")


def as_excel_writes(cell: str, order: str) -> str:
    """A cell as Excel writes it in a country of this order of dates."""
    if cell in ("true", "false"):
        return cell.upper()
    if found := DAY.fullmatch(cell):
        year, month, day = (int(part) for part in found.groups())
        return f"{month}/{day}/{year}" if order == "mdy" else f"{day:02}/{month:02}/{year}"
    if (found := MONTH.fullmatch(cell)) and 2000 <= int(found[1]) < 2030 and 1 <= int(found[2]) <= 12:
        return f"{MONTHS[int(found[2]) - 1]}-{found[1][2:]}"
    return cell


def saved_again(data: bytes, order: str, separator: str) -> bytes:
    """The bytes of a table after Excel saved them: its ends of lines, commas behind, empty rows, and its mark."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in [rows[0], *([as_excel_writes(cell, order) for cell in row] for row in rows[1:])]:
        writer.writerow([*row, "", ""])
    writer.writerows([[""] * (len(rows[0]) + 2)] * 3)
    return b"\xef\xbb\xbf" + out.getvalue().replace("\n", "\r\n").replace("\r\r\n", "\r\n").encode()


@pytest.mark.parametrize(("order", "separator"), [("mdy", ","), ("dmy", ";"), ("dmy", "\t")])
def test_a_pack_that_excel_saved_again_is_the_same_pack(
    bundled: Pack, tmp_path: Path, order: str, separator: str
) -> None:
    folder = tmp_path / "pack"
    write_pack(bundled, folder)
    tables = sorted(folder.glob("*.csv"))
    assert len(tables) == sum(bool(bundled.rows[table.name]) for table in TABLES)
    for path in tables:
        path.write_bytes(saved_again(path.read_bytes(), order, separator))
    again = read_pack(folder)
    for table in TABLES:
        assert again.rows[table.name] == sorted(bundled.rows[table.name], key=lambda row: str(row["id"])), table.name


def test_a_workbook_that_excel_saved_again_with_its_own_types_is_the_same_pack(bundled: Pack, tmp_path: Path) -> None:
    path, typed = tmp_path / "pack.xlsx", tmp_path / "typed.xlsx"
    write_workbook(bundled, path)
    with xlsxwriter.Workbook(typed, {"strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "m/d/yyyy"})
        for name, lines in sheets(path.name, path.read_bytes()).items():
            page = book.add_worksheet(name.title() if name != "pack" else name)
            for down, cells in lines:
                for across, cell in enumerate(cells):
                    _typed(page, down - 1, across, cell, day)
    again = read_workbook(typed)
    for table in TABLES:
        assert again.rows[table.name] == sorted(bundled.rows[table.name], key=lambda row: str(row["id"])), table.name


def _typed(page: object, row: int, column: int, cell: str, day: object) -> None:
    """Write a cell as Excel holds it once somebody has typed it: truth values and days are no texts."""
    write = page
    if cell in ("true", "false"):
        write.write_boolean(row, column, cell == "true")  # type: ignore[attr-defined]
    elif DAY.fullmatch(cell) and cell >= "1900-03-01":
        from datetime import date

        write.write_datetime(row, column, date.fromisoformat(cell), day)  # type: ignore[attr-defined]
    else:
        write.write_string(row, column, cell)  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", ERRORS)
def test_the_error_of_a_formula_is_refused_with_its_cell(bundled: Pack, tmp_path: Path, error: str) -> None:
    folder = tmp_path / "pack"
    write_pack(bundled, folder)
    path = folder / "activities.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    rows[3][rows[0].index("status")] = error
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), "utf-8", newline="")
    with pytest.raises(PackRefused, match=re.escape(f"holds {error}")) as refused:
        read_pack(folder)
    assert refused.value.problems[0].where == f"row {_last_line(out.getvalue(), 4)}, column status"
    whole = tmp_path / "pack.xlsx"
    write_workbook(bundled, whole)
    with_error = tmp_path / "error.xlsx"
    with xlsxwriter.Workbook(with_error, {"strings_to_urls": False}) as book:
        for name, lines in sheets(whole.name, whole.read_bytes()).items():
            page = book.add_worksheet(name)
            for down, cells in lines:
                for across, cell in enumerate(cells):
                    page.write_string(down - 1, across, cell)
            if name == "activities":
                page.write_formula(3, rows[0].index("status"), "=A1/0", None, error)
    with pytest.raises(PackRefused, match=re.escape(f"holds {error}")):
        read_workbook(with_error)


def _last_line(text: str, row: int) -> int:
    reader = csv.reader(io.StringIO(text))
    for _ in range(row):
        next(reader)
    return reader.line_num


def test_the_files_of_a_pack_begin_with_a_mark_and_are_read_without_one(bundled: Pack, tmp_path: Path) -> None:
    """Excel takes a file without it for one in the code page of the machine."""
    for name, data in pack_files(bundled).items():
        assert data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv"), name
        (tmp_path / name).write_bytes(data.removeprefix(b"\xef\xbb\xbf"))
    assert read_pack(tmp_path).rows == bundled.rows
