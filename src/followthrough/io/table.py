"""The one reader of tables that people hand in: CSV of any separator and Unicode encoding, or a sheet of a workbook.

A table begins at its header, the first row that the caller recognises; rows above it are titles. What was taken for
what is noted, so that nobody has to guess how a file was read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import SEPARATORS, Line, csv_lines
from followthrough.io.xlsx import PACKED, sheets
from followthrough.model.names import folded_name

LARGEST = 256 * 1024 * 1024
"""Maximum size of a table in bytes."""
MOST_ABOVE = 40
"""Rows that may stand above the header."""
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an ``.xls`` file."""
IsHeader = Callable[[Sequence[str]], bool]
_NAMED = {",": "commas", ";": "semicolons", "\t": "tabs"}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SEP_LINE = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([,;\t|])"?[,;]*\r?\n', re.IGNORECASE)
_COMMA_SURE = re.compile(
    rb'(?:^|[;\t"<>= ])[-+]?(?:\d{1,15}(?:\.\d{3})*,(?:\d{1,2}|\d{4,15})|(?:0|\d{4,15}),\d{3})(?=[;\t"\r\n]|$)',
    re.MULTILINE,
)
"""A number that a decimal comma alone explains: 1,5 or 0,25, but not 1,234."""
_COMMA_NUMBER = re.compile(r"([<>≤≥]=?)?\s*([-+−]?)(\d{1,15}|\d{1,3}(?:[.\s]\d{3})+),(\d+)([eE][-+]?\d+)?")
_GROUPED = re.compile(r"[<>≤≥=\s]*[-+−]?\d{1,3}(?:\.\d{3})+")


@dataclass(slots=True)
class Table:
    """A table: its header, its rows and how it was read.

    Attributes:
        file: name of the file, for messages.
        header: names of the columns, white space folded; empty columns at the end are left out.
        header_line: the line of the header.
        rows: the rows that are not blank, each with as many cells as the header, cells stripped. A row with more or
            fewer is yielded as it is (``width`` tells), trailing empty cells apart.
        decimal_comma: whether numbers are written with a comma.
        notes: what was taken for what.
    """

    file: str
    header: list[str]
    header_line: int
    rows: Iterator[Line]
    decimal_comma: bool = False
    notes: list[str] = field(default_factory=list)

    def number(self, text: str) -> str:
        """Return a cell with its decimal comma as a point. Raises ``ValueError`` where a point may mean thousands."""
        if not self.decimal_comma:
            return text
        if found := _COMMA_NUMBER.fullmatch(text):
            sign, minus, whole, part, power = found.groups(default="")
            whole = "".join(whole.replace(".", "").split())
            return f"{sign}{minus}{whole}.{part}{power}"
        if _GROUPED.fullmatch(text):
            raise ValueError(f"“{text[:40]}” has a point in a table of decimal commas")
        return text

    def problem(self, line: int, what: str, do: str) -> InputRefused:
        """Return a problem of one row."""
        return InputRefused(self.file, what, do, f"row {line}")


def read_table(path: Path, is_header: IsHeader, largest: int = LARGEST) -> Table:
    """Read the table in ``path``; see ``table_of``."""
    return table_of(path.name, read_bounded(path, largest, "name a CSV file or a workbook"), is_header)


def table_of(file: str, data: bytes, is_header: IsHeader) -> Table:
    """Return the table in ``data``: the first sheet, or the separator, under which ``is_header`` knows a row.

    Where no row is known, the table has the first row as its header, and the caller says what it lacks. Raises
    ``InputRefused`` for bytes that are neither CSV nor a workbook.
    """
    if data.startswith((PACKED, OLD_WORKBOOK)):
        return _of_workbook(file, data, is_header)
    return _of_csv(file, data, is_header)


def _of_workbook(file: str, data: bytes, is_header: IsHeader) -> Table:
    held = sheets(file, data)
    found = {name: _begin(lines, is_header) for name, lines in held.items()}
    name = next((name for name, begin in found.items() if begin is not None), next(iter(held), ""))
    lines = held.get(name, [])
    table = _table(file, iter(lines), found.get(name) or 0)
    table.notes.insert(0, f"the table is on the sheet “{name}”")
    return table


def _of_csv(file: str, data: bytes, is_header: IsHeader) -> Table:
    data, notes = _utf8(file, data)
    said = _SEP_LINE.match(data[:64])
    begins = {sign: _begun(file, data, sign, is_header, 1 if said else 0) for sign in _tried(said)}
    sign, (begin, _) = max(begins.items(), key=lambda one: one[1][1])
    lines = islice(csv_lines(file, data, separator=sign), begin, None)
    table = _table(file, lines, 0)
    skipped = begin - (1 if said else 0)
    table.notes = [*notes, *_above(table, skipped)]
    if sign != ",":
        table.notes.append(f"cells are separated by {_NAMED.get(sign, sign)}")
    if (sign != "," or b'"' in data) and _COMMA_SURE.search(data):
        table.decimal_comma = True
        table.notes.append("a comma in a number is the decimal sign")
    return table


def _tried(said: re.Match[bytes] | None) -> tuple[str, ...]:
    return (said[1].decode(),) if said else SEPARATORS


def _begun(file: str, data: bytes, sign: str, is_header: IsHeader, skip: int) -> tuple[int, int]:
    """Return the index of the header among the rows under a separator, and how many cells it has; 0 for unknown."""
    try:
        lines = list(islice(csv_lines(file, data, separator=sign), MOST_ABOVE + skip))
    except InputRefused:
        return skip, 0
    begin = _begin(lines[skip:], is_header)
    if begin is None:
        return skip, 0
    return begin + skip, sum(1 for cell in lines[begin + skip][1] if cell.strip())


def _begin(lines: Sequence[Line], is_header: IsHeader) -> int | None:
    """Return the index of the first of the uppermost rows that is a header."""
    for at, (_, cells) in enumerate(lines[:MOST_ABOVE]):
        if is_header([folded_name(cell) for cell in cells]):
            return at
    return None


def _table(file: str, lines: Iterator[Line], begin: int) -> Table:
    lines = islice(lines, begin, None)
    # Blank rows before a header that nobody recognised are no header either.
    line, cells = next(((at, row) for at, row in lines if any(cell.strip() for cell in row)), (1, []))
    header = [folded_name(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    table = Table(file, header, line, _rows(lines, len(header)))
    table.notes = _above(table, begin)
    return table


def _above(table: Table, skipped: int) -> list[str]:
    return [f"the header is row {table.header_line}; what stands above it is left out"] if skipped > 0 else []


def _rows(lines: Iterable[Line], width: int) -> Iterator[Line]:
    for line, cells in lines:
        if not any(cells):
            continue
        row = [cell.strip() for cell in cells]
        while len(row) > width and not row[-1]:
            row.pop()
        if any(row):
            yield line, row


def _utf8(file: str, data: bytes) -> tuple[bytes, list[str]]:
    """Return ``data`` in UTF-8, with a note where it was in another Unicode encoding."""
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _unmarked(data)
    if not name:
        return data, []
    try:
        return data.decode(name).encode(), [f"its encoding is {name[:6].upper()}"]
    except UnicodeDecodeError as error:
        raise InputRefused(file, f"is no {name[:6].upper()}", "save it as UTF-8", f"byte {error.start}") from None


def _unmarked(data: bytes) -> str:
    """Return the encoding of UTF-16 without a mark: every other of the first bytes is nothing."""
    first = data[: min(len(data), 200) & ~1]
    for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(first) >= 8 and first[at::2].count(0) > len(first) * 0.4 and not first[1 - at :: 2].count(0):
            return name
    return ""


def whole_rows(table: Table, wrong: Callable[[InputRefused], None]) -> Iterator[Line]:
    """Yield the rows that have as many cells as the header; every other is reported to ``wrong``."""
    width = len(table.header)
    for line, cells in table.rows:
        if len(cells) != width:
            what = f"has {len(cells)} cells instead of {width}"
            wrong(table.problem(line, what, "check its separators and quotation marks"))
            continue
        yield line, cells


def place_of(names: Sequence[str], words: Sequence[str]) -> int | None:
    """Return the place of the first of ``words`` that is among the ``names`` of columns, in lower case."""
    return next((names.index(word) for word in words if word in names), None)


def places_of(names: Sequence[str], *columns: Sequence[str]) -> list[int] | None:
    """Return the place of each of ``columns``, the words for which are given; ``None`` where one is not there."""
    found = [place for words in columns if (place := place_of(names, words)) is not None]
    return found if len(found) == len(columns) else None


def by_row(problems: list[InputRefused]) -> None:
    """Put problems of rows in the order of the rows; how a table was read need not follow it."""
    problems.sort(key=lambda problem: int((problem.where or "row 0").rpartition(" ")[2]))
