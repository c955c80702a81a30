"""Spreadsheets as nobody would make them: never a crash, and never a row that goes without a word."""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.spreadsheets.grid import Cell, CellKind, Sheet, grid_here, grid_of
from followthrough.spreadsheets.known import KnownCommitment, KnownParty, KnownProvision, KnownRegister
from followthrough.spreadsheets.mapping import from_toml, propose, to_toml
from followthrough.spreadsheets.rows import Applied, apply
from followthrough.spreadsheets.understanding import SheetKind, understand, understand_sheet
from makers_hostile import cell, far, workbook
from spreadsheets.ministry_workbooks import WORKBOOKS, make
from spreadsheets.opendocument import opendocument

pytestmark = pytest.mark.slow

KNOWN = KnownRegister(
    provisions=(KnownProvision("d/4.3", "d", "no. 4.3", "Air"), KnownProvision("d/4.4", "d", "no. 4.4", "Skills")),
    commitments=(
        KnownCommitment("d/4.3", "d/4.3", "Open the air services between the parties", "open"),
        KnownCommitment("d/4.4a", "d/4.4", "Train teachers of vocational schools", "train"),
        KnownCommitment("d/4.4b", "d/4.4", "Exchange teachers of vocational schools", "exchange"),
    ),
    parties=(KnownParty("THA", ("Thailand", "Thailand")), KnownParty("KOR", ("Republic of Korea", "Korea"))),
)
HEADINGS = ("No.", "Activity", "Country", "Status", "From", "To", "Budget (USD)", "Link", "Remarks", "Score", "Coder",
            "THA", "KOR", "2019", "2020", "Indicator", "Year", "Value", "Évidence", "วันที่เริ่ม", "Total", "")  # fmt: skip
CELLS = ("4.3", "4.4", "9.9", "Thailand", "ROK", "Atlantis", "done", "on-going", "x", "✓", "14 March 2026",
         "31 Feb 2026", "2567", "Q3 2021", "03/04/2024", "n.a.", "-", "..", "1,200", "-1", "0", "1", "35%", "#REF!",
         "#DIV/0!", "Total", "Note: a note", "* a footnote", "https://example.org/a", "www.example.org", "idem",
         "Air services round",
         "วิชาการ", "=SUM(A1)", "a\nb", " ", "", "", "", "9" * 40, "1e400", "½", "\u202e", "Sub-total")  # fmt: skip
TYPED: tuple[tuple[CellKind, str], ...] = (
    ("date", "2024-03-14"), ("date", "2024-03"), ("date", "2567"), ("date", "1900-01-03"), ("number", "4.3"),
    ("number", "-1"), ("number", "45352"), ("number", "1e+20"), ("number", "0.35"), ("bool", "true"), ("error", "#N/A"),
)  # fmt: skip

cells = st.one_of(
    st.just(Cell()),
    st.sampled_from(TYPED).map(lambda one: Cell(one[1], one[0])),
    st.builds(Cell, st.sampled_from(CELLS), st.just("text")),
    st.builds(Cell, st.text(max_size=20), st.just("text")),
).map(lambda one: replace(one, text=one.text.strip(), kind=one.kind if one.text.strip() else "empty"))
BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def sheets(draw: Any) -> Sheet:
    """A sheet of random headings, cells and merged ranges."""
    width, height = draw(st.integers(1, 8)), draw(st.integers(0, 12))
    above = [tuple(draw(cells) for _ in range(width)) for _ in range(draw(st.integers(0, 2)))]
    heads = tuple(
        Cell(text, "text" if text else "empty") for text in draw(st.tuples(*[st.sampled_from(HEADINGS)] * width))
    )
    rows = [list(row) for row in (*above, heads, *(tuple(draw(cells) for _ in range(width)) for _ in range(height)))]
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, width - 1))
        downs = range(top, min(len(rows), top + draw(st.integers(1, 3))))
        area = set(product(downs, range(left, min(width, left + draw(st.integers(1, 3))))))
        if not taken & area:  # merged ranges are rectangles, and none lies over another
            taken |= area
            for down, across in area - {(top, left)}:
                rows[down][across] = replace(rows[top][left], merged_from=(top, left))
    return Sheet("List", False, tuple(map(tuple, rows)))


def accounted(sheet: Sheet, done: Applied, heads: tuple[int, ...]) -> list[int]:
    """The rows with words, from 1, of which nothing is said: neither taken, nor refused, nor told as set aside."""
    refused = {one.row for one in done.problems}
    filled = {at + 1 for at, row in enumerate(sheet.rows) if any(one.text for one in row)}
    return sorted(filled - refused - done.taken - done.aside.keys() - set(heads))


@BOUNDED
@given(sheets(), st.sampled_from([None, *SheetKind]))
def test_every_row_is_taken_refused_or_told(sheet: Sheet, kind: SheetKind | None) -> None:
    for known in (KnownRegister(), KNOWN):
        found = understand_sheet(sheet, known)
        one = propose(found, "fuzz")
        if kind is not None and kind is not SheetKind.UNKNOWN:
            one = replace(one, kind=kind)
        elif one.kind is SheetKind.UNKNOWN:
            one = replace(one, kind=SheetKind.ACTIVITIES)
        assert from_toml(to_toml(one)) == one
        done = apply(one, (sheet,), known, "2026-03-14")
        assert accounted(sheet, done, one.header_rows) == []
        assert not done.taken & done.aside.keys()
        for row, what in done.aside.items():
            assert any(f"row {row} " in line or f"row {row}:" in line for line in done.told), (row, what)
        ids = [(table, str(row["id"])) for table, rows in done.rows.items() for row in rows]
        assert len(ids) == len(set(ids))


@BOUNDED
@given(sheets())
def test_what_is_written_as_opendocument_is_read_again(sheet: Sheet) -> None:
    try:
        again = grid_here("a.ods", opendocument([sheet]))
    except InputRefused:
        return  # control characters are no XML
    for old, new in zip(sheet.rows, again[0].rows, strict=False):
        for at, one in enumerate(old):
            if one.kind == "text" and one.merged_from is None and at < len(new):
                assert new[at].text.split() == one.text.split()


@cache
def made(name: str) -> bytes:
    """The bytes of a workbook, the same in every call: they hold the hour in which they were written."""
    with tempfile.TemporaryDirectory() as folder:
        return make(name, Path(folder))[0].read_bytes()


@BOUNDED
@given(st.sampled_from(list(WORKBOOKS)), st.data())
def test_bytes_that_are_not_what_they_were_are_read_or_refused(name: str, data: st.DataObject) -> None:
    whole = made(name)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {entry: packed.read(entry) for entry in packed.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[part])))
    other = data.draw(
        st.one_of(st.binary(max_size=60), st.sampled_from((b"<c>", b"</row>", b'r="XFD1048576"', b"&x;")))
    )
    parts[part] = parts[part][:at] + other + parts[part][at + data.draw(st.integers(0, 200)) :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for entry, content in parts.items():
            packed.writestr(entry, content)
    read_or_refused(out.getvalue())
    read_or_refused(whole[: data.draw(st.integers(0, len(whole)))])
    cut = data.draw(st.integers(0, len(whole)))
    read_or_refused(whole[:cut] + data.draw(st.binary(max_size=20)) + whole[cut + 20 :])


def read_or_refused(data: bytes) -> None:
    """Read a workbook and understand it, or hear in one line why not."""
    if not data:
        return
    try:
        found = understand(grid_here("fuzz.xlsx", data))
    except InputRefused as error:
        assert error.what
        assert "\n" not in str(error)
        return
    for one in found.sheets:
        apply(replace(propose(one, "fuzz"), kind=SheetKind.ACTIVITIES), (one.sheet,))


@BOUNDED
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.tsv", "a.txt"]))
def test_any_bytes_as_separated_text_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        (sheet,) = grid_of(name, data)
    except InputRefused as error:
        assert "\n" not in str(error)
        return
    assert all(len(row) == sheet.width for row in sheet.rows)
    understand((sheet,))


@pytest.mark.parametrize(
    "rows",
    [
        far(1_048_576, "A1048576"),
        far(2, "XFD2"),
        f'<row r="1">{"".join(cell(f"A{n}", "x") for n in range(1, 40))}</row>',
        '<row r="-5"><c r="A1"><v>1</v></c></row>',
        '<row r="99999999999999999999"><c r="ZZZZZZZ1" t="s"><v>-7</v></c></row>',
        '<row><c t="s"><v>999999</v></c><c t="q"><v>x</v></c><c s="99999"><v>NaN</v></c></row>',
        '<row><c t="d"><v>not a date</v></c><c t="b"><v>7</v></c><c><v>1e999</v></c><c><f>A1</f></c></row>',
    ],
)
def test_places_and_types_that_there_are_not_are_read_or_refused(rows: str) -> None:
    read_or_refused(workbook(rows, '<dimension ref="A1:XFD1048576"/>'))


def test_columns_beyond_the_last_that_is_read_are_refused_in_words() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        book.add_worksheet("Wide").write_row(0, 0, ["x"] * 16_384)
    with pytest.raises(InputRefused, match="column 16,384"):
        grid_here("a.xlsx", out.getvalue())


def test_a_formula_without_its_result_is_told_and_not_taken_for_an_empty_cell() -> None:
    (sheet,) = grid_here(
        "a.xlsx",
        workbook(
            f'<row r="1">{cell("A1", "Activity")}{cell("B1", "Budget")}</row>'
            f'<row r="2">{cell("A2", "Round")}<c r="B2"><f>SUM(A1)</f></c></row>'
        ),
    )
    assert sheet.rows[1][1].kind == "error"
    assert "formula" in sheet.rows[1][1].text
