"""OpenDocument spreadsheets cell by cell: text, kind, merged ranges, comments, colours, and what is hidden.

The parts are those of ``followthrough.io.workbook_cells``. An OpenDocument file writes equal rows and cells once, with
how often they are repeated: empty ones are counted on, the others are written out up to ``MOST_CELLS``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io.csv import MOST_COLUMNS
from followthrough.io.number_formats import number
from followthrough.io.xlsx import MOST_CELLS, NO_RESULT
from followthrough.model.letters import to_letters
from followthrough.model.missing import is_error_cell

CONTENT = "content.xml"
FARTHEST_ROW = 1_048_576
"""The number of rows that a sheet of any spreadsheet program has."""
MOST_BLANKS = 100
"""Blanks in a row that are written out: more are a device to fill the memory."""
_PRECISE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d).*)?")
_ERROR = re.compile(r"#[A-Z0-9/]{1,12}[!?]?|Err:\d{3}")


def opendocument_parts(parts: zipfile.ZipFile, file: str) -> Iterator[dict[str, Any]]:
    """Yield the sheets, rows and surroundings of an ``.ods`` file. Raises ``InputRefused`` beyond a limit."""
    from lxml import etree

    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    reader = _Reader(file)
    for name in ("styles.xml", CONTENT):
        if name not in parts.namelist():
            continue
        depth = 0
        for event, element in etree.iterparse(io.BytesIO(parts.read(name)), events=("start", "end"), **options):
            kind = _name(element)
            if kind == "table" and name == CONTENT:
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    yield reader.begin(element)
                elif event == "end" and depth == 0:
                    yield {"end": reader.around}
                    element.clear()
            elif event == "end" and kind in ("style", "date-style"):
                reader.style(element)
            elif event == "end" and depth == 1:
                yield from reader.took(element)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _times(element: Any, name: str) -> int:
    text = _attribute(element, name)
    if not text.isdecimal():
        return 1
    return max(1, min(int(text), FARTHEST_ROW)) if len(text) < 9 else FARTHEST_ROW


class _Reader:
    """Reads the elements of the tables, and remembers the styles that say what is hidden, coloured, and how precise."""

    def __init__(self, file: str) -> None:
        self.file, self.left = file, MOST_CELLS
        self.dates: dict[str, str] = {}
        self.styles: dict[str, tuple[str, str]] = {}
        self.hidden: set[str] = set()
        self.around: dict[str, Any] = {}
        self.row = self.column = 0

    def style(self, element: Any) -> None:
        """Remember what a style says of its cells, or that its tables are not displayed."""
        name = _attribute(element, "name")
        if _name(element) == "date-style":
            parts = {_name(one) for one in element}
            self.dates[name] = "day" if "day" in parts else "month" if "month" in parts else "year"
            return
        fill = ""
        for one in element:
            if _name(one) == "table-properties" and _attribute(one, "display") == "false":
                self.hidden.add(name)
            if _name(one) == "table-cell-properties":
                fill = _attribute(one, "background-color")
        fill = "" if fill in ("transparent", "#ffffff") else fill
        self.styles[name] = (_attribute(element, "data-style-name"), fill)

    def begin(self, table: Any) -> dict[str, Any]:
        """Return the first part of a sheet."""
        self.around = {"merged": [], "hidden_columns": [], "comments": {}, "formulas": []}
        self.row = self.column = 0
        return {"sheet": _attribute(table, "name"), "hidden": _attribute(table, "style-name") in self.hidden}

    def took(self, element: Any) -> Iterator[dict[str, Any]]:
        """Yield the rows that an element of a table stands for."""
        kind = _name(element)
        if kind == "table-column":
            times = _times(element, "number-columns-repeated")
            if _attribute(element, "visibility") in ("collapse", "filter"):
                last = min(self.column + times, MOST_COLUMNS)
                self.around["hidden_columns"] += range(self.column + 1, last + 1)
            self.column += times
        elif kind == "table-row":
            yield from self._rows(element)
            element.clear()

    def _rows(self, element: Any) -> Iterator[dict[str, Any]]:
        times = _times(element, "number-rows-repeated")
        cells = self._cells(element)
        filled = any(text for _, text, _, _ in cells)
        if filled:
            hidden = _attribute(element, "visibility") in ("collapse", "filter")
            self._count(len(cells) * (times - 1))
            for at in range(times):
                yield {"row": self.row + at + 1, "hidden": hidden, "cells": cells}
        elif cells and times == 1:
            yield {"row": self.row + 1, "hidden": False, "cells": cells}
        self.row += times

    def _count(self, number: int) -> None:
        self.left -= number
        if self.left < 0:
            what = f"has more than {MOST_CELLS:,} cells"
            raise InputRefused(self.file, what, "split it", f"row {self.row + 1}")

    def _cells(self, row: Any) -> list[list[Any]]:
        cells: list[list[Any]] = []
        at = 0
        for cell in row:
            if _name(cell) not in ("table-cell", "covered-table-cell"):
                continue
            times = _times(cell, "number-columns-repeated")
            data_style, fill = self.styles.get(_attribute(cell, "style-name"), ("", ""))
            text, kind = self._value(cell, self.dates.get(data_style, "day"))
            if text or (fill and times == 1):
                if at + times > MOST_COLUMNS:
                    what = f"reaches to column {at + times:,}; a workbook may have {MOST_COLUMNS:,} columns"
                    raise InputRefused(self.file, what, "delete what stands far from the table", f"row {self.row + 1}")
                self._count(times)
                if _attribute(cell, "formula"):
                    self.around["formulas"] += [[self.row + 1, at + one + 1] for one in range(times)]
                cells += [[at + one + 1, text, kind, fill] for one in range(times)]
            self._around(cell, at)
            at += times
        return cells

    def _around(self, cell: Any, at: int) -> None:
        """Note the range that a cell is merged with, and its comment."""
        down, across = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            self.around["merged"].append([self.row + 1, at + 1, self.row + down, at + across])
        for one in cell:
            if _name(one) == "annotation":
                self.around["comments"][f"{to_letters(at + 1).upper()}{self.row + 1}"] = _paragraphs(one).strip()

    def _value(self, cell: Any, precision: str) -> tuple[str, str]:
        text = _paragraphs(cell).strip()
        types = [str(value) for key, value in cell.attrib.items() if str(key).endswith("}value-type")]
        if "error" in types or _ERROR.fullmatch(text) or is_error_cell(text):
            return text or "#VALUE!", "error"
        kind = _attribute(cell, "value-type")
        if _attribute(cell, "formula") and not kind:
            return NO_RESULT, "error"
        if kind in ("float", "currency", "percentage"):
            return _number(_attribute(cell, "value"), text)
        if kind == "boolean":
            return ("true" if _attribute(cell, "boolean-value") == "true" else "false"), "bool"
        if kind == "date" and (found := _PRECISE.fullmatch(_attribute(cell, "date-value"))):
            return found[1][: {"month": 7, "year": 4}.get(precision, 10)], "date"
        text = text or _attribute(cell, "string-value").strip()
        return text, "text" if text else "empty"


def _number(value: str, text: str) -> tuple[str, str]:
    try:
        found = number(float(value))
    except ValueError:
        return text, "text" if text else "empty"
    return found, "number"


def _paragraphs(element: Any) -> str:
    """Return the paragraphs of a cell as lines, without those of its comment."""
    return "\n".join("".join(_runs(one)) for one in element if _name(one) == "p")


def _runs(element: Any) -> Iterator[str]:
    yield str(element.text or "")
    for one in element.iter():
        if one is element or not isinstance(one.tag, str):
            continue
        kind = _name(one)
        yield {"s": " " * min(_times(one, "c"), MOST_BLANKS), "tab": "\t", "line-break": "\n"}.get(
            kind, str(one.text or "")
        )
        yield str(one.tail or "")
