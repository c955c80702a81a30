"""Workbooks of every dialect are read cell by cell, and any other file is told for what it is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from followthrough.errors import InputRefused
from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.spreadsheets.grid import Sheet, grid_here, grid_of, read_grid
from followthrough.spreadsheets.understanding import understand
from makers_hostile import repeated, zipped
from spreadsheets.ministry_workbooks import WORKBOOKS, make
from spreadsheets.opendocument import container, opendocument

_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def plain(sheet: Sheet) -> Sheet:
    """A sheet with one colour for all colours: each dialect names them in its own way."""
    rows = tuple(tuple(replace(cell, fill="x" if cell.fill else "") for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def small_workbook() -> bytes:
    """A workbook of one table with a day, a month, a truth value and an error."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        page = book.add_worksheet("List")
        page.write_row(0, 0, ["Activity", "Start date", "End date", "Checked", "Budget"])
        page.write_string(1, 0, "Air services round")
        page.write_datetime(1, 1, date(2024, 3, 14), book.add_format({"num_format": "d mmm yyyy"}))
        page.write_datetime(1, 2, date(2024, 5, 1), book.add_format({"num_format": "mmm-yy"}))
        page.write_boolean(1, 3, True)
        page.write_formula(1, 4, "=A1/0", None, "#DIV/0!")
    return out.getvalue()


def strict(data: bytes) -> bytes:
    """A workbook in the dialect that Excel calls Strict Open XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for transitional, other in _STRICT:
        parts = {name: part.replace(transitional, other) for name, part in parts.items()}
    return zipped(parts)


def test_strict_and_macro_workbooks_are_read_as_the_usual_ones() -> None:
    data = small_workbook()
    (usual,) = grid_here("list.xlsx", data)
    assert [(cell.text, cell.kind) for cell in usual.rows[1][1:]] == [
        ("2024-03-14", "date"),
        ("2024-05", "date"),
        ("true", "bool"),
        ("#DIV/0!", "error"),
    ]
    assert grid_here("list.xlsx", strict(data)) == (usual,)
    assert grid_here("list.xlsm", data) == (usual,)
    assert grid_of("list.csv", data) == (usual,), "its bytes say what it is, not its name"


def test_the_workbook_may_stand_under_another_name_in_its_container() -> None:
    with zipfile.ZipFile(io.BytesIO(small_workbook())) as packed:
        parts = {name.replace("workbook.xml", "book2.xml"): packed.read(name) for name in packed.namelist()}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"book2.xml")
    assert grid_here("list.xlsx", zipped(parts)) == grid_here("list.xlsx", small_workbook())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_an_opendocument_workbook_is_read_cell_by_cell(name: str, tmp_path: Path) -> None:
    path, expected = make(name, tmp_path)
    sheets = read_grid(path)
    again = grid_here("a.ods", opendocument(sheets))
    assert tuple(map(plain, again)) == tuple(map(plain, sheets))
    best = understand(again).best
    assert best is not None
    assert (best.kind, len(best.layout.data_rows)) == (expected.kind, expected.rows)


def test_an_opendocument_workbook_goes_through_its_child_process() -> None:
    sheets = grid_of("list.ods", opendocument(grid_here("list.xlsx", small_workbook())))
    assert sheets[0].rows[1][4].text == "#DIV/0!"


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 1), (1, 16_384), (1_000, 10_000), (999_999_999, 1)])
def test_repeated_cells_that_fill_the_memory_are_refused(rows: int, columns: int) -> None:
    with pytest.raises(InputRefused, match=r"more than|reaches to"):
        grid_here("a.ods", repeated(rows, columns))


def test_blanks_and_entities_of_an_opendocument_workbook_are_bounded() -> None:
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    head = f'xmlns:office="{spaces}:office:1.0" xmlns:table="{spaces}:table:1.0" xmlns:text="{spaces}:text:1.0"'
    words = '<text:p>a<text:s text:c="999999999"/>b</text:p>'
    cell = f"<table:table-row><table:table-cell>{words}</table:table-cell></table:table-row>"
    whole = f'<office:document {head}><table:table table:name="x">{cell * 3}</table:table></office:document>'
    assert len(grid_here("a.ods", container(whole))[0].rows[0][0].text) < 200
    laughs = f'<!DOCTYPE x [<!ENTITY a "haha">]>{whole.replace("a<text:s", "&a;<text:s")}'
    assert "haha" not in grid_here("a.ods", container(laughs))[0].rows[0][0].text


@pytest.mark.parametrize(
    ("name", "data", "what", "do"),
    [
        ("a.xls", OLD + bytes(600), "Excel workbook of before 2007", "save it as .xlsx"),
        ("a.xlsx", OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password", "take the password off"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": b"<T/>"}), ".xlsb", "save it as .xlsx"),
        ("a.docx", zipped({"word/document.xml": b"<d/>"}), "Word file", "copy its table"),
        ("a.pptx", zipped({"ppt/presentation.xml": b"<d/>"}), "presentation", "copy its table"),
        ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument text", "copy"),
        ("a.numbers", zipped({"Index/Document.iwa": b"x"}), "Numbers", "export it"),
        ("a.zip", zipped({"reports/a.xlsx": b"x"}), "holds reports/a.xlsx", "unpack it"),
        ("a.xlsx", b"PK\x03\x04 cut short", "no workbook", "send it again"),
        ("a.pdf", b"%PDF-1.7\n", "PDF", "printed from"),
        ("a.csv", b"%PDF-1.7\n", "PDF", "printed from"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture", "type its table"),
        ("a.csv.gz", b"\x1f\x8b\x08", "gzip", "unpack"),
        ("a.xls", b"\n<html><body><table><tr><td>1</td></tr></table>", "web page", "save it as .xlsx"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
                  b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003", "save it as .xlsx"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "XML", "save it as .xlsx"),
        ("a.json", b'[{"a": 1}]', "JSON", ".csv"),
        ("a.rtf", b"{\\rtf1", "RTF", "copy its table"),
        ("a.db", b"SQLite format 3\x00", "database", "export"),
        ("a.xlsx", b"Activity,Country\nRound,Thailand\n", "text, not a workbook", "name it .csv"),
        ("a.xlsx", b"\x00\x01\x02\x03", "no workbook that we know", "save it as"),
        ("a.csv", b"a,b\n\x00\x01\x02\x03", "no text", "save it as"),
        ("a.csv", b" \n ", "empty", "with rows"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told_with_what_to_do(name: str, data: bytes, what: str, do: str) -> None:
    with pytest.raises(InputRefused) as refused:
        grid_of(name, data)
    assert what in refused.value.what
    assert do in refused.value.do
