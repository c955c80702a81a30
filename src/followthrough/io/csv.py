"""CSV: every reader and writer of the library; no cell that is written can run as a formula in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib.resources import files
from types import SimpleNamespace

from followthrough.errors import InputRefused

Line = tuple[int, list[str]]
"""A row of a file: the number of its last line, counted from 1, and its cells."""

MOST_COLUMNS = 1_000
"""The maximum number of cells in a row: four times what the widest table of parties or years needs."""
LONGEST_CELL = 131_072
"""The maximum number of characters in a cell. The csv module has a limit too, which other libraries may lift."""
SEPARATORS = (",", ";", "\t")
"""What may separate cells, the default first; spreadsheets write semicolons where the comma is the decimal sign."""
LONGEST_HEADER = 65_536
"""Bytes of the header line that are examined to detect the separator."""
UTF8_MARK = "\ufeff"
"""The byte-order mark by which spreadsheets recognise a file as UTF-8."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Prefixes that make a spreadsheet evaluate a cell, or split it; the full-width forms come from Asian keyboards."""
_NUMBER = re.compile(r"[-+]?+(?:\d++(?>(?:[.,]\d++)*)|\.\d++)(?>(?:[eE][-+]?+\d++)?)%?+")


class NotCsv(ValueError):
    """Text that does not follow the quoting rules of CSV; ``line`` is the line at which parsing stopped."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def escape_formula(value: str | int) -> str | int:
    """Return ``value`` with an apostrophe before text that a spreadsheet would evaluate; numbers stay unchanged.

    Text that already has apostrophes before a formula gets one more, so that ``unescape_formula`` is the exact inverse.
    """
    if not isinstance(value, str) or not value.lstrip("'").startswith(FORMULA_STARTS) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def unescape_formula(cell: str) -> str:
    """Return a cell without the apostrophe that ``escape_formula``, or a spreadsheet, added before a formula."""
    marked = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if marked else cell


def csv_text(rows: Iterable[Iterable[str | int]], end: str = "\n", *, mark: bool = False) -> str:
    """Return ``rows``, the header first, as CSV with commas; the only CSV writer of the library.

    ``end`` is the line terminator. ``mark`` begins the text with the UTF-8 byte-order mark, without which some
    spreadsheets misread accents and Asian scripts; it is for files that people ask for to open in a spreadsheet.
    """
    lines: list[str] = [UTF8_MARK] if mark else []
    # The csv module quotes a cell with "\r" or "\n" reliably only if both belong to its own line terminator.
    out = SimpleNamespace(write=lambda line: lines.append(line.removesuffix("\r\n") + end))
    csv.writer(out, lineterminator="\r\n").writerows([escape_formula(cell) for cell in row] for row in rows)
    return "".join(lines)


def package_rows(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of the CSV file ``name`` in ``package``, each as a mapping from column name to cell."""
    return list(csv.DictReader(files(package).joinpath(name).read_text(encoding="utf-8").splitlines()))


def split_line(line: str, separator: str = ",") -> list[str]:
    """Return the cells of one line of CSV; an empty list where it is blank or cannot be parsed."""
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def csv_rows(lines: Iterable[str], separator: str = ",") -> Iterator[Line]:
    """Yield the rows of decoded CSV lines, cells unchanged. Raises ``NotCsv`` at the first row that is malformed."""
    reader = csv.reader(lines, strict=True, delimiter=separator)
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST_CELL:
                raise csv.Error(f"field larger than field limit ({LONGEST_CELL})")
            yield reader.line_num, cells
    except csv.Error as error:
        raise NotCsv(reader.line_num, str(error)) from None


def detect_separator(data: bytes, columns: Collection[str]) -> str:
    """Return the separator that splits the header line of ``data`` into the most of the known ``columns``.

    The comma is returned unless another separator yields strictly more, so that a table of one column, or one whose
    columns are unknown, is always read with commas. Names are compared without case and surrounding blanks.
    """
    known = {name.lower() for name in columns}
    lines = data[:LONGEST_HEADER].decode("utf-8-sig", "replace").splitlines()
    header = lines[0] if lines else ""

    def matches(separator: str) -> int:
        return len(known & {cell.strip().lower() for cell in split_line(header, separator)})

    return max(SEPARATORS, key=matches)


def csv_lines(file: str, data: bytes, columns: Collection[str] = (), separator: str | None = None) -> Iterator[Line]:
    """Yield the rows of a CSV file in UTF-8, with or without a byte-order mark.

    ``columns`` are names that the header may have; where they are given, semicolons and tabs are recognised as
    separators too (``detect_separator``), unless ``separator`` says which it is. Raises ``InputRefused``, naming the
    byte or row, where ``data`` is not CSV.
    """
    if (nothing := data.find(b"\0")) >= 0:  # as in UTF-16, which spreadsheets call Unicode text
        raise InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {nothing}")
    lines = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="")
    try:
        for number, cells in csv_rows(lines, separator or detect_separator(data, columns)):
            if len(cells) > MOST_COLUMNS:
                what = f"has {len(cells):,} cells, more than the {MOST_COLUMNS:,} that a table may have"
                raise InputRefused(file, what, "check its line ends, or leave columns out", f"row {number}")
            yield number, [unescape_formula(cell) for cell in cells]
    except UnicodeDecodeError:
        raise InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {_not_utf8(data)}") from None
    except NotCsv as error:
        raise InputRefused(file, f"is no CSV ({error})", "mend the row", f"row {error.line}") from None


def _not_utf8(data: bytes) -> int:
    """Return the offset of the first byte that is not UTF-8; the stream reader reports it relative to its chunk."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def complete_rows(lines: Iterable[Line], width: int, wrong: Callable[[int, str], None]) -> Iterator[Line]:
    """Yield the rows that are not blank, their cells stripped.

    A row with another number of cells than ``width`` is skipped and reported as ``wrong(line, message)``.
    """
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            wrong(line, f"has {len(cells)} cells instead of {width}")
            continue
        yield line, [cell.strip() for cell in cells]
