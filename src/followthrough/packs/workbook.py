"""Packs as workbooks: one sheet per table, and a sheet called ``pack`` with the metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_file
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import Line
from followthrough.io.xlsx import WRITER_OPTIONS, sheets
from followthrough.packs.cells import Row, write
from followthrough.packs.reading import LARGEST_FILE, Known, Pack, finish, rows_of
from followthrough.packs.rewritten_dates import dated_back, order_of_dates
from followthrough.packs.schema import TABLES


class NoPack(InputRefused):
    """A workbook that has no sheet with the metadata of a pack."""


ABOUT = "pack"
FIELDS = ("name", "title", "version", "description", "licence")
WIDEST = 60


def read_workbook(path: Path) -> Pack:
    """Read the pack in an ``.xlsx``, ``.xls`` or ``.ods`` file.

    Raises ``InputRefused`` for a file that is not a workbook, ``PackRefused`` with one problem per row and column that
    is not valid; each names its sheet.
    """
    data = read_bounded(path, LARGEST_FILE, "name a workbook")
    found = {_table_name(name): lines for name, lines in sheets(path.name, data).items()}
    meta = _about(path.name, found.pop(ABOUT, []))
    others = {name: _is_table(lines) for name, lines in found.items() if name not in {table.name for table in TABLES}}
    problems = [_unknown(path.name, name) for name, is_table in others.items() if is_table]
    told = tuple(f"sheet “{name}” is no table and was left out" for name, is_table in others.items() if not is_table)
    known: Known = {table.name: {} for table in TABLES}
    rows: dict[str, list[Row]] = {}
    lines = {table.name: list(_lines(found.get(table.name, []))) for table in TABLES}
    order = order_of_dates((table, lines[table.name]) for table in TABLES)
    for table in TABLES:
        given = iter(dated_back(table, lines[table.name], order))
        file = f"{path.name}, sheet {table.name}"
        rows[table.name] = rows_of(table, file, given, known[table.name], problems) if table.name in found else []
    finish(rows, known, problems, f"{path.name}, sheet {{}}")
    return Pack(**meta, digest=hashlib.sha256(data).hexdigest(), rows=rows, told=told)


def _table_name(name: str) -> str:
    """Return the name of a table in the letters of the schema; of another sheet its own name."""
    plain = name.strip().lower()
    return plain if plain in {ABOUT, *(table.name for table in TABLES)} else name


def _is_table(lines: list[Line]) -> bool:
    """Say whether a sheet looks like the table of a pack, so that it must not be left out: it has a column of ids."""
    first = next((cells for _, cells in lines if any(cell.strip() for cell in cells)), [])
    return "id" in (cell.strip().lower() for cell in first)


def _unknown(file: str, name: str) -> InputRefused:
    names = ", ".join(table.name for table in TABLES)
    return InputRefused(file, f"has a sheet “{name}” that is no table", f"call it one of {names}, or take it out")


def _about(file: str, lines: list[Line]) -> dict[str, str]:
    said = {cells[0].strip(): cells[1].strip() for _, cells in lines if len(cells) > 1}
    if not all(said.get(name) for name in FIELDS[:3]):
        what = f"has no sheet “{ABOUT}” with name, title and version"
        raise NoPack(file, what, "add it: one name and one value a row")
    return {name: said.get(name, "") for name in FIELDS}


def _lines(lines: list[Line]) -> Iterator[Line]:
    """Yield the rows that are not blank, each with its row number in the spreadsheet."""
    width = 0
    for number, cells in lines:
        texts = list(cells)
        while texts and not texts[-1].strip():
            texts.pop()
        if not texts:
            continue
        width = width or len(texts)
        yield number, texts + [""] * (width - len(texts))


def write_workbook(pack: Pack, path: Path) -> None:
    """Write ``pack`` atomically as a workbook in which every cell is text."""
    import xlsxwriter

    with atomic_file(path) as file, xlsxwriter.Workbook(file, WRITER_OPTIONS) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        about = book.add_worksheet(ABOUT)
        for down, name in enumerate(FIELDS):
            about.write_string(down, 0, name, head)
            about.write_string(down, 1, getattr(pack, name), text)
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            for at, column in enumerate(table.columns):
                sheet.set_column(at, at, min(max(len(column.name) + 2, 14), WIDEST), text)
                sheet.write_string(0, at, column.name, head)
            for down, row in enumerate(sorted(pack.rows[table.name], key=lambda one: str(one["id"])), 1):
                for at, column in enumerate(table.columns):
                    sheet.write_string(down, at, write(column, row[column.name]), text)
