"""Tables that people open in spreadsheets: read as they are, and written so that no cell is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from types import SimpleNamespace

from followthrough.errors import InputRefused

Line = tuple[int, list[str]]
"""A row of a file with the number of its line."""

MOST_COLUMNS = 1_000
"""Cells that a row of a table may have: four times what the widest table of parties or years needs."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, or split it; the wide forms are what Asian keyboards give."""
_NUMBER = re.compile(r"[-+]?+(?:\d++(?:[.,]\d++)*+|\.\d++)(?:[eE][-+]?+\d++)?+%?+")


def escape_formula(value: str | int) -> str | int:
    """Return ``value`` with an apostrophe before what a spreadsheet would take for a formula; a number stays bare.

    A text that begins with apostrophes before such a thing gets one more, so that ``unescape_formula`` undoes it.
    """
    if not isinstance(value, str) or not value.lstrip("'").startswith(FORMULA_STARTS) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def unescape_formula(cell: str) -> str:
    """Return a cell without the apostrophe that ``escape_formula``, or a spreadsheet, put before a formula."""
    marked = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if marked else cell


def csv_text(rows: Iterable[Iterable[str | int]], end: str = "\n") -> str:
    """Return ``rows``, the header first, as CSV: the one way in which this library writes it."""
    lines: list[str] = []
    # A cell that holds either half of a line end is quoted for certain only where both are the writer's own.
    out = SimpleNamespace(write=lambda line: lines.append(line.removesuffix("\r\n") + end))
    csv.writer(out, lineterminator="\r\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return "".join(lines)


def package_rows(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of the CSV file ``name`` that comes with ``package``, each by the names of its columns."""
    return list(csv.DictReader(files(package).joinpath(name).read_text(encoding="utf-8").splitlines()))


def csv_lines(file: str, data: bytes) -> Iterator[Line]:
    """Give the rows of a CSV file in UTF-8, with or without a byte-order mark.

    Raises ``InputRefused``, naming the byte or row, where it is none.
    """
    if (nothing := data.find(b"\0")) >= 0:  # as in UTF-16, which spreadsheets call Unicode text
        raise InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {nothing}")
    lines = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="")
    reader = csv.reader(lines, strict=True)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                what = f"has {len(cells):,} cells, more than the {MOST_COLUMNS:,} that a table may have"
                raise InputRefused(file, what, "check its line ends, or leave columns out", f"row {reader.line_num}")
            yield reader.line_num, [unescape_formula(cell) for cell in cells]
    except UnicodeDecodeError:
        raise InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {_not_utf8(data)}") from None
    except csv.Error as error:
        raise InputRefused(file, f"is no CSV ({error})", "mend the row", f"row {reader.line_num}") from None


def _not_utf8(data: bytes) -> int:
    """Return the place of the first byte that is not UTF-8; the reader knows it only from where it last paused."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def complete_rows(lines: Iterable[Line], width: int, wrong: Callable[[int, str], None]) -> Iterator[Line]:
    """Give the rows that hold anything, cells without blanks around them; ``wrong`` is told of another width."""
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            wrong(line, f"has {len(cells)} cells instead of {width}")
            continue
        yield line, [cell.strip() for cell in cells]
