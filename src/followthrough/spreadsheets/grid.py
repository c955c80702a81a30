"""Spreadsheets as grids of cells, with what lies around them: merged ranges, comments, fills, what is hidden."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from followthrough.errors import InputRefused
from followthrough.io import child_process
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import MOST_COLUMNS, NotCsv, csv_rows, split_line, unescape_formula
from followthrough.io.file_kinds import is_text, no_spreadsheet
from followthrough.io.workbook_cells import kind_of, parts_with_kinds
from followthrough.io.xlsx import PACKED
from followthrough.model.letters import from_letters, to_letters

CellKind = Literal["text", "number", "date", "bool", "error", "empty"]
LARGEST_FILE = 32 * 1024 * 1024
MOST_ROWS = 100_000
"""The maximum number of rows of a sheet, empty ones included: twenty times a ministry's longest list."""
PLAIN_SUFFIXES = (".csv", ".tsv", ".txt")
_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 40
"""Lines from which the separator is told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` as typed, dates as precisely as they are shown (``2024-03``).

    ``merged_from`` is the first cell (row, column), counted from 0, of the merged range whose text this cell repeats;
    ``fill`` is its colour where it has one; ``formula`` is whether its text is what a formula came to.
    """

    text: str = ""
    kind: CellKind = "empty"
    merged_from: tuple[int, int] | None = None
    hidden: bool = False
    comment: str = ""
    fill: str = ""
    formula: bool = False


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows`` start at its first row, and all have the same number of cells.

    ``notes`` says in words what was noticed while it was read.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, counted from 0; an empty one outside of the sheet."""
        inside = 0 <= row < len(self.rows) and 0 <= column < self.width
        return self.rows[row][column] if inside else EMPTY


def place(row: int, column: int) -> str:
    """Return the name of a cell, counted from 0, as a spreadsheet writes it: ``B4``."""
    return f"{to_letters(column + 1).upper()}{row + 1}"


def read_grid(path: Path) -> tuple[Sheet, ...]:
    """Read ``.xlsx``, ``.xlsm``, ``.ods`` or separated text. Raises ``InputRefused`` for another file or a limit."""
    return grid_of(path.name, read_bounded(path, LARGEST_FILE, "name a spreadsheet"))


def grid_of(name: str, data: bytes, bounds: child_process.Bounds = child_process.LINE) -> tuple[Sheet, ...]:
    """Return the sheets of the file ``name`` with these bytes. Raises ``InputRefused`` as ``read_grid`` does."""
    if not data.strip():
        raise InputRefused(name, "is empty", "name a spreadsheet with rows")
    if refusal := no_spreadsheet(name, data):
        raise refusal
    if name.lower().endswith(PLAIN_SUFFIXES) and not data.startswith(PACKED):
        if not is_text(data):
            raise InputRefused(name, "is no text", "save it as .csv or .xlsx")
        return (_csv(name, data),)
    return _sheets(name, child_process.run_task("workbook-cells", data, name, bounds))


def grid_here(name: str, data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook without a child process: for tests that feed many small files."""
    return _sheets(name, parts_with_kinds(data, name))


def _sheets(name: str, parts: Iterable[dict[str, Any]]) -> tuple[Sheet, ...]:
    found: list[_Parts] = []
    for part in parts:
        if "sheet" in part:
            found.append(_Parts(part["sheet"], part["hidden"], [], {}))
        elif "row" in part:
            found[-1].rows.append(part)
        else:
            found[-1].around.update(part["end"])
    return tuple(_sheet(name, one) for one in found)


@dataclass(frozen=True, slots=True)
class _Parts:
    name: str
    hidden: bool
    rows: list[dict[str, Any]]
    around: dict[str, Any]


def _sheet(file: str, parts: _Parts) -> Sheet:
    used = [row for row in parts.rows if row["cells"]]
    height = max((row["row"] for row in used), default=0)
    width = max((cell[0] for row in used for cell in row["cells"]), default=0)
    if height > MOST_ROWS or width > MOST_COLUMNS or height * width > 20 * MOST_ROWS:
        what = f"reaches to row {height:,} and column {width:,} of sheet “{parts.name}”"
        raise InputRefused(file, what, "delete what stands far from the table, or split it")
    hidden_columns = frozenset(column - 1 for column in parts.around.get("hidden_columns", ()) if column <= width)
    rows = [[EMPTY] * width for _ in range(height)]
    hidden_rows = []
    for row in used:
        if row["hidden"]:
            hidden_rows.append(row["row"] - 1)
        for column, text, kind, fill in row["cells"]:
            hidden = row["hidden"] or column - 1 in hidden_columns
            rows[row["row"] - 1][column - 1] = Cell(text.strip(), kind, hidden=hidden, fill=fill)
    for reference, comment in parts.around.get("comments", {}).items():
        _comment(rows, reference, comment)
    for down, across in parts.around.get("formulas", ()):
        if down <= height and across <= width:
            rows[down - 1][across - 1] = replace(rows[down - 1][across - 1], formula=True)
    notes = _merged(file, rows, parts.around.get("merged", ()))
    grid = tuple(map(tuple, rows))
    return Sheet(parts.name, parts.hidden, grid, tuple(hidden_rows), tuple(sorted(hidden_columns)), notes)


def _comment(rows: list[list[Cell]], reference: str, comment: str) -> None:
    letters = reference.rstrip("0123456789")
    down, across = int(reference[len(letters) :] or 0) - 1, from_letters(letters) - 1 if letters.isalpha() else -1
    if 0 <= down < len(rows) and 0 <= across < len(rows[down]):
        rows[down][across] = replace(rows[down][across], comment=comment)


def _merged(file: str, rows: list[list[Cell]], areas: Iterable[list[int]]) -> tuple[str, ...]:
    """Repeat the first cell of each merged range in its others; return what was covered by that, in words."""
    covered: list[str] = []
    left = 20 * MOST_ROWS
    for area in areas:
        if not area:
            continue
        top, left_edge, bottom, right = (number - 1 for number in area)
        if not (0 <= top < len(rows) and 0 <= left_edge < len(rows[top])) or not rows[top][left_edge].text:
            continue
        bottom, right = min(bottom, len(rows) - 1), min(right, len(rows[top]) - 1)
        left -= max(0, bottom - top + 1) * max(0, right - left_edge + 1)
        if left < 0:
            raise InputRefused(file, "has merged ranges that lie on each other", "undo its merged cells")
        covered += _merge(rows, (top, left_edge, bottom, right))
    return (f"merged cells cover words, which are not taken: {', '.join(covered[:20])}",) if covered else ()


def _merge(rows: list[list[Cell]], area: tuple[int, int, int, int]) -> list[str]:
    top, left, bottom, right = area
    first = rows[top][left]
    covered = []
    for down in range(top, bottom + 1):
        for across in range(left, right + 1):
            cell = rows[down][across]
            if (down, across) == (top, left):
                continue
            if cell.text not in ("", first.text):
                covered.append(f"{place(down, across)} “{cell.text[:40]}”")
            rows[down][across] = replace(first, merged_from=(top, left), comment="", hidden=cell.hidden)
    return covered


def _csv(name: str, data: bytes) -> Sheet:
    text, notes = _decoded(data)
    lines = text.splitlines()[:_SAMPLE]
    separator = ","
    if lines and lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) == 5:
        separator, text = lines[0].strip()[-1], text.split("\n", 1)[-1]
    else:
        separator = max(_SEPARATORS, key=lambda one: sum(sorted(len(split_line(line, one)) - 1 for line in lines)[1:]))
    rows: list[list[Cell]] = []
    try:
        for number, cells in csv_rows(io.StringIO(text.replace("\r\n", "\n"), newline=""), separator):
            if len(cells) > MOST_COLUMNS or len(rows) >= MOST_ROWS:
                raise InputRefused(name, f"has more than {MOST_COLUMNS:,} columns or {MOST_ROWS:,} rows", "split it")
            rows += [[] for _ in range(number - len(rows) - 1)] if not any(map(str.strip, cells)) else []
            rows.append([_typed(unescape_formula(cell).strip()) for cell in cells])
    except NotCsv as error:
        raise InputRefused(name, f"is no CSV ({error})", "mend the row", f"row {error.line}") from None
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell.text), default=0)
    grid = tuple(tuple([*row[:width], *([EMPTY] * (width - len(row)))]) for row in rows)
    return Sheet(Path(name).stem[:80], False, grid, notes=notes)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file in UTF-8, UTF-16 by its mark, or the encoding that its bytes look like."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), ("the file is UTF-16",)
    try:
        return data.decode("utf-8-sig").replace("\0", ""), ()
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[: 1 << 18]).best()
        encoding = best.encoding if best else "cp1252"
        return data.decode(encoding, "replace").replace("\0", ""), (
            f"the file is not UTF-8; it was read as {encoding}",
        )


def _typed(text: str) -> Cell:
    plain = text.replace(",", "").replace(" ", "")
    if text.lower() in ("true", "false"):
        return Cell(text.lower(), "bool")
    if plain.lstrip("-+").replace(".", "", 1).isdecimal() and plain.isascii():
        return Cell(text, "number")
    kind = kind_of(text)
    return Cell(text, "error" if kind == "error" else "text" if text else "empty")
