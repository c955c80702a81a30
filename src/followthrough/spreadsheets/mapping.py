"""A map: which columns of a sheet become which fields, kept as TOML that people can read, correct and use again."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from followthrough.errors import InputRefused
from followthrough.model.letters import from_letters
from followthrough.spreadsheets.cell_values import currency_in, times_in
from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.grid import Sheet, place
from followthrough.spreadsheets.layout import layout_of
from followthrough.spreadsheets.legends import BY_FILL, legend_of
from followthrough.spreadsheets.proposals import ACROSS, LEFT_OUT, Proposal
from followthrough.spreadsheets.understanding import SheetKind, UnderstoodSheet
from followthrough.spreadsheets.words import fields

ERAS = ("", "gregorian", "buddhist")
ORDERS = ("", "dmy", "mdy")
FIXED = ("source_url", "source_title", "publisher", "publisher_kind", "language", "party", "status", "currency",
         "times", "scale", "round", "unit", "areas", "activity_kind", "claim_kind")  # fmt: skip
"""What one value may be given for every row."""
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_ROW_LISTS = ("header_rows", "left_out")


@dataclass(frozen=True, slots=True)
class Map:
    """How one sheet becomes rows of the register.

    ``kind`` says what the sheet is, and so the tables; ``header_rows`` and ``left_out`` are row numbers counted from 1,
    ``columns`` maps letters to fields (empty: left out), ``stands_for`` letters to the party, year or coder of a
    column, ``values`` field -> word -> value, ``cells`` the name of a cell to the answer for it.
    """

    name: str
    sheet: str
    kind: SheetKind
    header_rows: tuple[int, ...]
    columns: Mapping[str, str]
    document: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[int, ...] = ()
    order: str = ""
    era: str = ""
    signature: str = ""

    def fits(self, sheet: Sheet) -> bool:
        """Say whether ``sheet`` has the layout for which this map was made."""
        return bool(self.signature) and self.signature == signature_of(sheet)

    def field_of(self, column: int) -> str:
        """Return the field of a column, counted from 0."""
        return self.columns.get(place(0, column)[:-1], LEFT_OUT)


def signature_of(sheet: Sheet) -> str:
    """Return a word that sheets with the same headings in the same columns share; nothing without headings."""
    headings = [folded(heading) for heading in layout_of(sheet).headings]
    if not any(headings):
        return ""
    return hashlib.sha256("|".join(headings).encode()).hexdigest()[:16]


def propose(found: UnderstoodSheet, name: str) -> Map:
    """Return the map that follows from what was understood of a sheet; ``name`` is what it is called from now on."""
    columns = {place(0, one.column)[:-1]: one.field for one in found.proposals}
    stands_for = {place(0, one.column)[:-1]: one.value for one in found.proposals if one.field in ACROSS}
    return Map(
        name=name,
        sheet=found.sheet.name,
        kind=found.kind,
        header_rows=tuple(row + 1 for row in found.layout.header_rows),
        columns=columns,
        document=found.document,
        fixed=_fixed(found.proposals),
        stands_for=stands_for,
        values=_colours(found),
        signature=signature_of(found.sheet),
    )


def _colours(found: UnderstoodSheet) -> dict[str, dict[str, str]]:
    """Return what the colours of a status mean, where a legend says it."""
    legend = legend_of(found.sheet) if found.columns_of("status") else {}
    return {"status": {f"{BY_FILL}{fill}": state for fill, state in legend.items()}} if legend else {}


def _fixed(proposals: tuple[Proposal, ...]) -> dict[str, str]:
    """Return the currency and the unit that the heading of the amounts names."""
    heading = next((one.heading for one in proposals if one.field == "budget"), "")
    currency, times = currency_in(heading), times_in(heading)
    return {**({"currency": currency} if currency else {}), **({"times": str(times)} if times > 1 else {})}


def to_toml(one: Map, reasons: Mapping[str, str] | None = None) -> str:
    """Return a map as TOML; ``reasons`` are comments behind its columns, by letter."""
    lines = [
        f"name = {_quoted(one.name)}",
        f"sheet = {_quoted(one.sheet)}",
        f"kind = {_quoted(one.kind)}",
        f"header_rows = {list(one.header_rows)}",
        f"left_out = {list(one.left_out)}",
        *(f"{key} = {_quoted(getattr(one, key))}" for key in ("document", "order", "era", "signature")),
        "",
        "[columns]",
    ]
    for letter, name in one.columns.items():
        why = " ".join((reasons or {}).get(letter, "").split())
        lines.append(f"{letter} = {_quoted(name)}" + (f"  # {_comment(why)}" if why else ""))
    for title in ("fixed", "stands_for", "cells"):
        lines += _section(title, getattr(one, title))
    for name, words in one.values.items():
        lines += _section(f"values.{name}", words)
    return "\n".join(lines) + "\n"


def _section(title: str, entries: Mapping[str, str]) -> list[str]:
    return (
        ["", f"[{title}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in entries.items())] if entries else []
    )


def _quoted(text: str) -> str:
    """Return a basic string of TOML: JSON writes the same, but for one control character."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def from_toml(text: str, file: str = "map") -> Map:
    """Read a map. Raises ``InputRefused`` that names the first entry which is not valid."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputRefused(file, f"is no TOML ({error})", "mend it, or propose it again") from None
    kind = _text(data, "kind", file)
    if not SheetKind.has(kind) or kind == SheetKind.UNKNOWN:
        known = ", ".join(one for one in SheetKind if one is not SheetKind.UNKNOWN)
        raise InputRefused(file, f"“{kind}” is no kind of sheet", f"write one of {known}", "kind")
    for key, allowed in (("era", ERAS), ("order", ORDERS)):
        if _text(data, key, file) not in allowed:
            raise InputRefused(file, f"“{data[key]}” is not known", f"write one of {', '.join(allowed[1:])}", key)
    tables = {key: _texts(data.get(key, {}), key, file) for key in ("columns", "fixed", "stands_for", "cells")}
    _check(tables, file)
    values = data.get("values", {})
    if not isinstance(values, dict):
        raise InputRefused(file, "is no table", "write [values.status]", "values")
    return Map(
        name=_text(data, "name", file) or "spreadsheet",
        sheet=_text(data, "sheet", file),
        kind=SheetKind(kind),
        header_rows=_rows(data, "header_rows", file),
        columns={letter.upper(): name for letter, name in tables["columns"].items()},
        document=_text(data, "document", file),
        fixed=tables["fixed"],
        stands_for={letter.upper(): value for letter, value in tables["stands_for"].items()},
        values={name: _texts(words, f"values.{name}", file) for name, words in values.items()},
        cells={cell.upper(): answer for cell, answer in tables["cells"].items()},
        left_out=_rows(data, "left_out", file),
        order=_text(data, "order", file),
        era=_text(data, "era", file),
        signature=_text(data, "signature", file),
    )


def _check(tables: Mapping[str, Mapping[str, str]], file: str) -> None:
    """Refuse letters, fields, names of cells and fixed values that there are not."""
    known = (*fields(), *ACROSS, LEFT_OUT)
    for letter, name in tables["columns"].items():
        if not _LETTERS.fullmatch(letter) or from_letters(letter) > 1_000:
            raise InputRefused(file, f"“{letter}” is no column", "write its letter", "columns")
        if name not in known:
            listed = ", ".join(filter(None, known))
            raise InputRefused(file, f"“{name}” is no field", f"write one of {listed}, or nothing", f"column {letter}")
    for cell in tables["cells"]:
        if not _CELL.fullmatch(cell.upper()):
            raise InputRefused(file, f"“{cell}” is no cell", "write its column and row, as F8", "cells")
    for name in tables["fixed"]:
        if name not in FIXED:
            raise InputRefused(file, f"“{name}” cannot be fixed", f"write one of {', '.join(FIXED)}", "fixed")


def _text(data: Mapping[str, Any], key: str, file: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > 300:
        raise InputRefused(file, "is no short text", "write it between quotation marks", key)
    return value


def _texts(value: Any, key: str, file: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise InputRefused(file, "is no table of texts", "write each value between quotation marks", key)
    return dict(value)


def _rows(data: Mapping[str, Any], key: str, file: str) -> tuple[int, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(type(one) is int and 0 < one < 10**7 for one in value):
        raise InputRefused(file, "is no list of row numbers", "write [4, 5]", key)
    return tuple(sorted(value))
