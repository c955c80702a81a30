"""The only reader of workbooks: sheets of cells as typed, read in a child process with limits.

A workbook is a small file that may unpack to a large one, and two distant cells span a rectangle of 17 thousand million
cells. Therefore bytes are counted while they are unpacked, the used range is checked before a rectangle is allocated,
and the memory of the process is limited (``followthrough.io.child_process``).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io import child_process
from followthrough.io.csv import MOST_COLUMNS, Line
from followthrough.model.letters import from_letters

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Maximum unpacked size of the sheets of a workbook in bytes: about two million short cells."""
MOST_CELLS = 2_000_000
"""Maximum number of cells in the used ranges of a workbook, including empty ones."""
NO_RESULT = "a formula without its result"
"""Of a cell that a program wrote and no spreadsheet program has calculated: it is no empty cell."""
PACKED = b"PK\x03\x04"
"""The first bytes of a ZIP container."""
WRITER_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options of XlsxWriter under which every text stays text."""
UNDATED = {"created": datetime(1980, 1, 1)}  # noqa: DTZ001 - a workbook has no time zone
"""Properties of a workbook that says of no hour when it was written: the same rows give the same bytes."""
_READ = (".xml", ".rels", ".bin", "mimetype")
"""Suffixes of the parts that contain cells; other parts, such as images, are not unpacked."""
_CHUNK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
           LookupError, struct.error, OverflowError)  # fmt: skip
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})(\d{1,20})[\"'][^<>]*+(?<!/)>")
"""A cell of Office Open XML with content, with its column and row."""
_ERROR_CELL = re.compile(rb"(<(?:\w{1,20}:)?c\s(?:[^<>]*?\s)?t\s*=\s*[\"'])e([\"'])")
"""The type of a cell of Office Open XML that holds the error of a formula."""


def sheets(file: str, data: bytes, bounds: child_process.Bounds = child_process.LINE) -> dict[str, list[Line]]:
    """Return the rows of each sheet of an ``.xlsx``, ``.xls`` or ``.ods`` file, from its first row on, as typed.

    Raises ``InputRefused`` where it is not a workbook, or exceeds a limit.
    """
    found: dict[str, list[Line]] = {}
    for part in child_process.run_task("workbook", data, file, bounds):
        if "sheet" in part:
            rows = found[part["sheet"]] = []
        else:
            rows.append((part["row"], part["cells"]))
    return found


def parts_of(data: bytes, file: str) -> Iterator[dict[str, Any]]:
    """Yield the name of each sheet, followed by its rows. Raises ``InputRefused`` for a bad or too large workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    if zipfile.is_zipfile(io.BytesIO(data)):
        data = unpacked(data, file)
        refuse_far(data, file)
        data = _with_error_words(data)
    left = MOST_CELLS
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            down, across = (at + 1 for at in sheet.end or (-1, -1))
            left -= down * across
            if across > MOST_COLUMNS or left < 0:
                raise _too_large(file, down, across)
            yield {"sheet": name}
            for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
                yield {"row": number, "cells": [typed(cell) for cell in cells]}
    except (CalamineError, OSError, ValueError) as error:
        raise InputRefused(file, f"is no workbook ({error})", "save it as .xlsx or .csv") from error


def unpacked(data: bytes, file: str) -> bytes:
    """Return a container of the parts to read, without compression: what was counted is what will be read.

    A part is unpacked up to its declared size, and all parts together up to ``LARGEST_UNPACKED``.
    """
    whole, left = io.BytesIO(), LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(whole, "w") as plain:
            for entry in {
                one.filename: one for one in packed.infolist() if one.filename.lower().endswith(_READ)
            }.values():
                with packed.open(entry) as part, plain.open(entry.filename, "w") as copy:
                    while chunk := part.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            what = f"unpacks to more than {LARGEST_UNPACKED // (1 << 20)} MB"
                            raise InputRefused(file, what, "split it, or save its figures as .csv")
                        copy.write(chunk)
    except _BROKEN as error:
        raise InputRefused(file, f"is no workbook ({error})", "save it as .xlsx or .csv") from error
    return whole.getvalue()


def refuse_far(data: bytes, file: str) -> None:
    """Raise ``InputRefused`` for a workbook whose used ranges are too large."""
    with zipfile.ZipFile(io.BytesIO(data)) as plain:
        for name in plain.namelist():
            down = across = 0
            for found in _CELL.finditer(plain.read(name)):
                down, across = max(down, int(found[2])), max(across, from_letters(found[1].decode()))
            if across > MOST_COLUMNS or down * across > MOST_CELLS:
                raise _too_large(file, down, across)


def _with_error_words(data: bytes) -> bytes:
    """Return a container in which the errors of formulas, such as #REF!, are texts: calamine gives nothing for them."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as plain, zipfile.ZipFile(whole, "w") as copy:
        for name in plain.namelist():
            copy.writestr(name, _ERROR_CELL.sub(rb"\1str\2", plain.read(name)))
    return whole.getvalue()


def _too_large(file: str, down: int, across: int) -> InputRefused:
    what = (
        f"reaches to row {down:,} and column {across:,}; a workbook may have {MOST_COLUMNS:,} columns and "
        f"{MOST_CELLS:,} cells, empty ones among them"
    )
    return InputRefused(file, what, "delete what stands far from the table, or split it")


def typed(cell: Any) -> str:
    """Return a cell as text: integers without a decimal point, dates in ISO 8601, booleans in lower case."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
