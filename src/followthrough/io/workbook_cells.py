"""Workbooks cell by cell: text, kind, merged ranges, comments, fills, and what is hidden; read in a child process.

``followthrough.io.xlsx`` gives the cells alone. The parts are read here directly, because merged ranges, hidden rows,
number formats and error values are needed; ``opendocument_cells`` does so for ``.ods``. What gives none of these, an
``.xls`` first of all, is refused by its name: a row that was hidden or an error must not come in unseen.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io import number_formats
from followthrough.io.file_kinds import is_text, no_spreadsheet
from followthrough.io.opendocument_cells import CONTENT, opendocument_parts
from followthrough.io.xlsx import MOST_CELLS, NO_RESULT, refuse_far, unpacked
from followthrough.model.letters import from_letters
from followthrough.model.missing import is_error_cell

NOT_AVAILABLE = "#N/A"
"""In a table of figures a mark for missing; in a sheet that is imported the error of a formula, as the others are."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_BOUNDED: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
"""Options of the XML parser: no entity is expanded, nothing is fetched."""
BROKEN_WORKBOOK = (KeyError, ValueError, OverflowError, TypeError, IndexError, zipfile.BadZipFile)
"""What reading parts raises that are not what they have to be."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A letter that a workbook writes by its number, such as a control character, or the underscore of what looks so."""
_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
Found = tuple[str, str]
"""The text and the kind of a cell."""


def _is_error(text: str) -> bool:
    return is_error_cell(text) or text.strip().upper() == NOT_AVAILABLE


def kind_of(text: str) -> str:
    """Return the kind of a cell of which only the text is known: ``empty``, ``error``, or ``text``."""
    return "empty" if not text else "error" if _is_error(text) else "text"


def parts_with_kinds(data: bytes, file: str) -> Iterator[dict[str, Any]]:
    """Yield ``{"sheet", "hidden"}`` for each sheet, then its rows, then ``{"end": ...}`` with what lies around them.

    A row is ``{"row": number, "hidden": bool, "cells": [[column, text, kind, fill], ...]}``, columns and rows counted
    from 1, empty cells left out. Raises ``InputRefused`` for a bad or too large workbook.
    """
    if refusal := no_spreadsheet(file, data):
        raise refusal
    if not zipfile.is_zipfile(io.BytesIO(data)):
        what = "is text, not a workbook" if is_text(data) else "is no workbook that we know"
        raise InputRefused(file, what, "name it .csv" if is_text(data) else "save it as .xlsx, .ods or .csv")
    whole = unpacked(data, file)
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as parts:
            if CONTENT in parts.namelist():
                yield from opendocument_parts(parts, file)
                return
            refuse_far(whole, file)
            yield from _Workbook(parts, file).sheets()
    except BROKEN_WORKBOOK as error:
        raise InputRefused(file, f"is no workbook ({_first_line(error)})", "save it as .xlsx or .csv") from error
    except etree.LxmlError as error:
        raise InputRefused(file, f"has a part that is no XML ({_first_line(error)})", "save it again") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    """Return an attribute by its local name; the namespaces of the two dialects of the format differ."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


class _Workbook:
    """The parts of one Office Open XML workbook."""

    def __init__(self, parts: zipfile.ZipFile, file: str) -> None:
        self.parts, self.file, self.left = parts, file, MOST_CELLS
        self.formulas: list[list[int]] = []
        self.names = set(parts.namelist())
        kinds = dict(self._related("").values())
        self.main = kinds.get("officeDocument", "xl/workbook.xml")
        root = self._tree(self.main)
        self.since_1904 = any(
            _attribute(one, "date1904") in ("1", "true") for one in root if _name(one) == "workbookPr"
        )
        self.listed = [one for group in root if _name(group) == "sheets" for one in group]
        self.words = self._shared() if "xl/sharedStrings.xml" in self.names else []
        styles = self._tree("xl/styles.xml") if "xl/styles.xml" in self.names else None
        self.styles = [] if styles is None else number_formats.styles(styles)

    def _tree(self, name: str) -> Any:
        from lxml import etree

        return etree.fromstring(self.parts.read(name), etree.XMLParser(**_BOUNDED))

    def _shared(self) -> list[str]:
        return [_text_of(one) for one in self._tree("xl/sharedStrings.xml") if _name(one) == "si"]

    def _related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return relation id -> (type, part) of the part ``name``."""
        folder, _, last = name.rpartition("/")
        beside = f"{folder}/_rels/{last}.rels".lstrip("/")
        if beside not in self.names:
            return {}
        return {
            _attribute(one, "Id"): (
                _attribute(one, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, _attribute(one, "Target"))).lstrip("/"),
            )
            for one in self._tree(beside)
        }

    def sheets(self) -> Iterator[dict[str, Any]]:
        related = self._related(self.main)
        for one in self.listed:
            kind, part = related.get(_attribute(one, "id"), ("", ""))
            if kind != "worksheet" or part not in self.names:
                continue  # a chart, or a dialogue: it holds no cells
            yield {"sheet": _attribute(one, "name"), "hidden": _attribute(one, "state") in ("hidden", "veryHidden")}
            yield from self._sheet(part)

    def _sheet(self, part: str) -> Iterator[dict[str, Any]]:
        from lxml import etree

        around: dict[str, Any] = {"merged": [], "hidden_columns": [], "comments": self._comments(part)}
        around["formulas"] = self.formulas = []
        row_number = 0
        for _, element in etree.iterparse(io.BytesIO(self.parts.read(part)), events=("end",), **_BOUNDED):
            name = _name(element)
            if name == "row":
                number = int(element.get("r") or row_number + 1)
                if number <= row_number:
                    raise self._out_of_order(number)
                row_number = number
                yield {
                    "row": row_number,
                    "hidden": element.get("hidden") in ("1", "true"),
                    "cells": self._cells(element, row_number),
                }
                element.clear()
            elif name == "mergeCell":
                around["merged"].append(_range(element.get("ref", "")))
            elif name == "col" and element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min")), min(int(element.get("max")), 2_000)
                around["hidden_columns"] += range(first, last + 1)
        yield {"end": around}

    def _cells(self, row: Any, number: int) -> list[list[Any]]:
        cells: list[list[Any]] = []
        at = 0
        for cell in row:
            if _name(cell) != "c":
                continue
            found = _REFERENCE.fullmatch(cell.get("r") or "")
            before, at = at, from_letters(found[1]) if found else at + 1
            if at <= before:
                raise self._out_of_order(number)
            self.left -= 1
            if self.left < 0:
                raise InputRefused(self.file, f"has more than {MOST_CELLS:,} cells", "split it", f"row {number}")
            style = int(cell.get("s") or 0)
            shown = self.styles[style] if style < len(self.styles) else number_formats.PLAIN
            text, kind = self._value(cell, shown.dates)
            if text or shown.fill:
                cells.append([at, text, kind, shown.fill])
            if any(_name(one) == "f" for one in cell):
                self.formulas.append([number, at])
        return cells

    def _out_of_order(self, number: int) -> InputRefused:
        """Return the refusal of a place that comes twice: the second would overwrite the first without a word."""
        what = "has rows or cells that stand twice or out of order"
        return InputRefused(self.file, what, "open it in a spreadsheet program and save it again", f"row {number}")

    def _value(self, cell: Any, dates: str) -> Found:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _as_text(_text_of(cell))
        parts = {_name(one): str(one.text or "") for one in cell}
        if "f" in parts and "v" not in parts:
            return NO_RESULT, "error"
        value = parts.get("v", "")
        if kind == "n":
            return self._number(value, dates)
        if kind == "s":
            return _as_text(self.words[int(value)] if value and int(value) < len(self.words) else "")
        named = {
            "e": (value or NOT_AVAILABLE, "error"),
            "b": ("true" if value == "1" else "false", "bool"),
            "d": (value[:10], "date" if _ISO_DAY.fullmatch(value[:10]) else "text" if value else "empty"),
        }
        return named.get(kind) or _as_text(value)

    def _number(self, value: str, dates: str) -> Found:
        if not value:
            return "", "empty"
        if dates:
            return number_formats.dated(float(value), dates, since_1904=self.since_1904)
        return number_formats.number(float(value)), "number"

    def _comments(self, part: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, other in self._related(part).values():
            if kind == "comments" and other in self.names:
                for element in self._tree(other).iter():
                    if _name(element) == "comment":
                        found[str(element.get("ref", ""))] = _text_of(element).strip()
        return found


def _as_text(text: str) -> Found:
    return text, "error" if _is_error(text) else "text" if text else "empty"


def _text_of(element: Any) -> str:
    """Return the text of a string item without its readings (furigana)."""
    texts = [
        str(one.text or "")
        for one in element.iter()
        if _name(one) == "t" and not any(_name(above) == "rPh" for above in one.iterancestors())
    ]
    plain = _ESCAPED.sub(_unescaped, "".join(texts))
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(found: re.Match[str]) -> str:
    """Return the letter of a number; half a letter, or none, is a replacement character."""
    code = int(found[1], 16)
    return "\ufffd" if not code or 0xD800 <= code <= 0xDFFF else chr(code)


def _range(reference: str) -> list[int]:
    """Return ``[first row, first column, last row, last column]`` of ``B2:C4``; nothing of another form."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not all(corners):
        return []
    (one, other) = [corner for corner in corners if corner]
    return [int(one[2]), from_letters(one[1]), int(other[2]), from_letters(other[1])]
