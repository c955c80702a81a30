"""Every CSV that is written: no cell runs as a formula, no number is spoilt, and all of it comes back as it was."""

from __future__ import annotations

import ast
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.io.csv import FORMULA_STARTS, MOST_COLUMNS, csv_lines, csv_text, detect_separator
from support import REPOSITORY

NUMBERS = ["-5.5", "-5", "+3", "-1,234.5", "-.5", "-1e-9", "-12%", "+1.5E+10"]
FORMULAS = [
    "-1+1",
    "+A1",
    "-",
    "=1",
    "@SUM(A1)",
    "-5.5.x",
    "-2 - 3",
    "+cmd|' /C calc'!A0",
    "－5",
    "-1-1",
    "--1",
    "-5\n",
]
WORDS = ["weir", "5", "1-2", " -5", "a=b", "''", "'quoted'", "−5", "2019-11-26"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
AWKWARD = st.builds("".join, st.lists(st.sampled_from([*FORMULA_STARTS, "'", '"', ",", "5", "x", " "]), max_size=6))


def raw(value: str) -> str:
    """Return a value as the file has it, after the header."""
    _, (cell, _) = csv.reader(io.StringIO(csv_text([["a", "b"], [value, "end"]]), newline=""), strict=True)
    return cell


@pytest.mark.parametrize("value", NUMBERS + WORDS)
def test_a_number_and_a_word_stand_as_they_are(value: str) -> None:
    assert raw(value) == value


@pytest.mark.parametrize("value", FORMULAS + [f"{start}SUM(A1)" for start in FORMULA_STARTS])
def test_no_cell_runs_as_a_formula(value: str) -> None:
    assert raw(value) == f"'{value}"


@given(st.lists(st.lists(TEXTS | AWKWARD, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    assert [cells for _, cells in csv_lines("a.csv", csv_text(rows).encode())] == rows


@given(AWKWARD)
def test_what_a_spreadsheet_may_run_is_a_number_at_most(value: str) -> None:
    cell = raw(value)
    if cell.startswith(FORMULA_STARTS):
        float(cell.replace(",", "").rstrip("%"))


@pytest.mark.parametrize("names", [{"writer", "DictWriter"}, {"reader"}])
def test_there_is_one_writer_and_one_reader_of_csv(names: set[str]) -> None:
    modules = {
        path.relative_to(REPOSITORY / "src/followthrough").as_posix()
        for path in (REPOSITORY / "src").rglob("*.py")
        if "csv." in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in names and ast.unparse(node.value) == "csv"
    }
    alone = {"publish/restore.py"}  # goes out with an edition, and needs nothing of ours
    assert modules - alone == {"io/csv.py"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a," * MOST_COLUMNS, "row 1: has 1,001 cells"),
        (b"a,b\n" + b"," * 1_000_000, "row 2: has 1,000,001 cells"),
        (b"a,b\n1,\xff\n", "byte 6: is not UTF-8"),
        (b"a,b\n" + b"1,2\n" * 99_999 + b"\xed\xa0\x80", "byte 400000: is not UTF-8"),
        ("a,b\n1,2".encode("utf-16-le"), "byte 1: is not UTF-8"),
        (b"-" * 2_000_000, "row 1: is no CSV (field larger than field limit"),
        (b'a,b\n1,"2', "is no CSV"),
    ],
)
def test_what_is_no_table_is_refused_by_its_place(data: bytes, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        list(csv_lines("a.csv", data))
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_cell_has_its_limit_whatever_other_libraries_allow() -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(InputRefused, match="field larger than field limit"):
            list(csv_lines("a.csv", b"a,b\n" + b"x" * 131_073 + b",y\n"))
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_first_cell(mark: bytes) -> None:
    text = 'id,says\r\n1,"one, two; three\tfour"\r\n'
    assert list(csv_lines("a.csv", mark + text.encode())) == [(1, ["id", "says"]), (2, ["1", "one, two; three\tfour"])]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_known_columns_is_read_with_the_separator_of_its_header(separator: str, mark: bytes) -> None:
    rows = [["Unit", "coder", "value"], ["weir; 1", "a, b", "2"]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in cells) for cells in rows)
    lines = csv_lines("a.csv", mark + text.encode(), ("unit", "coder", "value"))
    assert [cells for _, cells in lines] == rows


@pytest.mark.parametrize(
    ("header", "columns", "separator"),
    [
        ("commitment;KH;LA", ("commitment", "party"), ";"),
        ("commitment,KH;LA", ("commitment", "party"), ","),
        ("unit", ("unit",), ","),
        ("unit; or weir", ("unit", "coder"), ";"),
        ("unit\tcoder", (), ","),
        ("other;names", ("unit", "coder"), ","),
        ("unit;coder,value", ("unit", "coder", "value"), ","),
        ('"unit;coder",value', ("unit", "coder", "value"), ","),
        ("", ("unit",), ","),
    ],
)
def test_the_comma_stands_unless_another_separator_gives_more_known_columns(
    header: str, columns: tuple[str, ...], separator: str
) -> None:
    assert detect_separator(f"{header}\n1,2;3\n".encode(), columns) == separator


def test_a_file_for_a_spreadsheet_begins_with_the_mark_and_is_read_again() -> None:
    rows = [["id", "says"], ["1", "한 é"]]
    data = csv_text(rows, mark=True).encode()
    assert data == b"\xef\xbb\xbf" + csv_text(rows).encode()
    assert [cells for _, cells in csv_lines("a.csv", data)] == rows
