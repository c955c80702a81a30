"""Finds the table of a form in a workbook that came back, whatever a spreadsheet program made of it.

Columns are known by their keys, or by their headings where the row of the keys is gone; rows by their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followthrough.errors import InputRefused
from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.grid import Cell, Sheet, place
from followthrough.spreadsheets.row_form import ID, VERSION, RowForm

MOST_ABOVE = 40
"""Rows that may stand above the table."""
MOST_ROWS = 5_000
_TABLE = "follow the instructions of the workbook, or take a new one"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that came back: its number as a spreadsheet counts, and its cells by the key of the column."""

    number: int
    id: Cell
    stamp: Cell
    cells: Mapping[str, Cell]
    hidden: bool = False

    @property
    def has_words(self) -> bool:
        """Whether any of its cells says something."""
        return bool(self.id.text or self.stamp.text) or any(cell.text for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class FormTable:
    """The table of a form as it came back: ``at`` is the place of each column, from 0, by its key.

    ``headings`` names the columns by key. ``told`` says in words what was taken for what, and what was left out.
    """

    sheet: str
    at: Mapping[str, int]
    rows: tuple[TableRow, ...]
    headings: Mapping[str, str]
    told: tuple[str, ...]

    def cell(self, row: TableRow, key: str) -> str:
        """Return the name of a cell: ``C7``."""
        return place(row.number - 1, self.at[key])

    def versions(self, form: RowForm) -> set[tuple[str, int]]:
        """Return the versions of records from which the rows of the file began."""
        known = {one.id: one for one in form.rows}
        held = [(known[one.id.text], one.stamp.text) for one in self.rows if one.id.text in known]
        found = ((row.id, form.version_of(row, stamp)) for row, stamp in held)
        return {(key, version) for key, version in found if version is not None}


def find_table(file: str, sheets: Sequence[Sheet], form: RowForm, own_headings: tuple[str, str]) -> FormTable:
    """Return the table of ``form`` in the sheets of ``file``.

    Raises ``InputRefused`` where there is none, or more than one, or where a column stands twice.
    """
    headings = _headings(form, own_headings)
    heads = [(sheet, _header(sheet, headings)) for sheet in sheets if not sheet.hidden]
    found = [(sheet, at) for sheet, at in heads if at is not None]
    if not found:
        raise InputRefused(file, "has no sheet with the columns of this workbook, their ids among them", _TABLE)
    if len(found) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet, _ in found)
        raise InputRefused(file, f"has the table more than once, on the sheets {names}", "take all but one of them out")
    sheet, header = found[0]
    at = _columns(file, sheet, header, headings)
    lines = range(header + 1, len(sheet.rows))
    rows = tuple(row for line in lines if (row := _row(sheet, line, at)).has_words and not _repeats(row, own_headings))
    if len(rows) > MOST_ROWS:
        raise InputRefused(file, f"has more than {MOST_ROWS:,} rows", _TABLE)
    told = (*sheet.notes, *_told_of_columns(sheet, header, at, form), *_told_of_rows(rows, form))
    named = {ID: own_headings[0], VERSION: own_headings[1], **{one.key: one.heading for one in form.columns}}
    return FormTable(sheet.name, at, rows, named, told)


def _headings(form: RowForm, own: tuple[str, str]) -> dict[str, str]:
    """Return what a column may be headed by, folded, with its key; a heading that two columns share tells nothing."""
    words = [(ID, own[0]), (VERSION, own[1]), *((one.key, one.heading) for one in form.columns)]
    often = Counter(folded(heading) for _, heading in words)
    by_heading = {folded(heading): key for key, heading in words if often[folded(heading)] == 1}
    return by_heading | {key: key for key, _ in words}


def _key(cell: Cell, headings: Mapping[str, str]) -> str:
    return headings.get(cell.text) or headings.get(folded(cell.text), "")


def _header(sheet: Sheet, headings: Mapping[str, str]) -> int | None:
    """Return the first of the uppermost rows that heads the columns of ids and of stamps."""
    for at, cells in enumerate(sheet.rows[:MOST_ABOVE]):
        if {ID, VERSION} <= {_key(cell, headings) for cell in cells}:
            return at
    return None


def _columns(file: str, sheet: Sheet, header: int, headings: Mapping[str, str]) -> dict[str, int]:
    at: dict[str, int] = {}
    for across, cell in enumerate(sheet.rows[header]):
        key = _key(cell, headings)
        if key in at:
            both = f"{place(header, at[key])} and {place(header, across)}"
            raise InputRefused(file, f"has the column “{cell.text}” twice, in {both}", "take one of them out")
        if key:
            at[key] = across
    return at


def _row(sheet: Sheet, line: int, at: Mapping[str, int]) -> TableRow:
    cells = {key: sheet.cell(line, across) for key, across in at.items()}
    return TableRow(line + 1, cells.pop(ID), cells.pop(VERSION), cells, line in sheet.hidden_rows)


def _repeats(row: TableRow, own: tuple[str, str]) -> bool:
    """Whether a row repeats the headings below the row of the keys."""
    return folded(row.id.text) == folded(own[0]) and folded(row.stamp.text) == folded(own[1])


def _told_of_columns(sheet: Sheet, header: int, at: Mapping[str, int], form: RowForm) -> list[str]:
    told = []
    order = [at[one.key] for one in form.columns if one.key in at]
    if order != sorted(order):
        told.append("columns had been moved: each was found by its key")
    if missing := [one.heading for one in form.columns if one.key not in at]:
        told.append(f"columns are not in the file, and stay as they are: {_listed(missing)}")
    known = set(at.values())
    extra = [
        sheet.cell(header + 1, across).text or sheet.cell(header, across).text or place(header, across)
        for across in range(sheet.width)
        if across not in known and any(row[across].text for row in sheet.rows[header:])
    ]
    if extra:
        told.append(f"columns are not of this workbook, and were left out: {_listed(extra)}")
    return told


def _told_of_rows(rows: Sequence[TableRow], form: RowForm) -> list[str]:
    told = []
    if hidden := sum(row.hidden for row in rows):
        told.append(f"rows are hidden, by a filter for one, and were read all the same: {hidden}")
    place_of = {one.id: at for at, one in enumerate(form.rows)}
    order = [place_of[row.id.text] for row in rows if row.id.text in place_of]
    if order != sorted(order):
        told.append("rows had been sorted: each was found by its id")
    there = {row.id.text for row in rows}
    if gone := [one.title for one in form.rows if one.id not in there]:
        told.append(f"rows are not in the file, and stay as they are: {_listed(gone)}")
    return told


def _listed(names: Sequence[str], most: int = 12) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(f"“{name[:60]}”" for name in names[:most]) + more
