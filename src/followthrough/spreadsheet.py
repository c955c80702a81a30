"""Tables that people open in spreadsheets: read as they are, and written so that no cell is run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from followthrough.errors import InputRefused

Line = tuple[int, list[str]]
"""A row of a file with the number of its line."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How XlsxWriter opens a workbook in which every text stays text."""


def neutral(value: str | int) -> str | int:
    """Return ``value`` with an apostrophe before anything that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_lines(file: str, data: bytes) -> Iterator[Line]:
    """Give the rows of a CSV file in UTF-8. Raises ``InputRefused``, naming the byte or row, where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {error.start}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputRefused(file, f"is no CSV ({error})", "mend the row", f"row {reader.line_num}") from None
