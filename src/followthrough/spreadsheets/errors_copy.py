"""A copy of a spreadsheet with a column that says what is wrong with each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from followthrough.io.atomic import atomic_file
from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.spreadsheets.grid import Sheet
from followthrough.spreadsheets.records import Problem

HEADING = "What to correct"
LONGEST_NAME = 31
"""Characters that the name of a sheet may have."""


def write_errors(path: Path, sheets: Iterable[Sheet], problems: Iterable[Problem]) -> None:
    """Write the visible sheets atomically as a workbook of text cells; the last column of each has its problems."""
    import xlsxwriter

    said: dict[tuple[str, int], list[str]] = defaultdict(list)
    for one in problems:
        said[one.sheet, max(one.row, 1)].append(one.beside_its_row)
    with atomic_file(path) as file, xlsxwriter.Workbook(file, WRITER_OPTIONS) as book:
        wrong = book.add_format({"bg_color": "#FCE4D6", "text_wrap": True})
        for number, sheet in enumerate((one for one in sheets if not one.hidden), 1):
            page = book.add_worksheet(sheet.name[:LONGEST_NAME] if _may_name(sheet.name) else f"Sheet{number}")
            page.write_string(0, sheet.width, HEADING)
            for down, row in enumerate(sheet.rows):
                for across, cell in enumerate(row):
                    if cell.text and cell.merged_from in (None, (down, across)):
                        page.write_string(down, across, cell.text[:32_000])
            for (name, row_number), texts in said.items():
                if name == sheet.name:
                    page.write_string(row_number - 1, sheet.width, "\n".join(texts)[:32_000], wrong)


def _may_name(name: str) -> bool:
    return bool(name) and not set(name) & set("[]:*?/\\") and not name.startswith("'") and not name.endswith("'")
