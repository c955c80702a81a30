"""Reader for tables of coded values, the input of ``agreement.alpha``; errors are reported by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from followthrough.assess.agreement import Level
from followthrough.assess.scales import folded
from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.table import Table, by_row, places_of, read_table, whole_rows
from followthrough.measure.series import Floats, parse_value
from followthrough.model.missing import is_error_cell, is_missing
from followthrough.model.names import folded_name
from followthrough.model.values import Censor

UNIT = ("unit", "item", "id", "commitment", "commitment id", "case", "document", "text id", "unit id")
CODER = ("coder", "annotator", "rater", "judge", "reviewer", "observer")
VALUE = ("value", "code", "label", "rating", "score", "category", "annotation")
ASIDE = frozenset({"text", "words", "topic", "note", "notes", "comment", "comments", "remarks", "year", "title"})
"""Names of columns that are no coder's."""
MOST_NAMED = 20
Codes = list[tuple[str, str, int]]


@dataclass(slots=True)
class CodeTable:
    """The codes of a table, as unit, coder and place among ``values``, which ascend; and what could not be taken."""

    codes: Codes
    values: Floats
    problems: list[InputRefused]
    notes: list[str]


class _Cell(NamedTuple):
    line: int
    unit: str
    coder: str
    text: str


@dataclass(slots=True)
class _Reading:
    table: Table
    level: Level
    ranks: dict[str, float]
    problems: list[InputRefused] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    taken: list[tuple[str, str, float | str]] = field(default_factory=list)
    keys: dict[str, float | str] = field(default_factory=dict)

    def add(self, cell: _Cell) -> None:
        if not cell.unit or not cell.coder:
            self._wrong(cell.line, "has no unit or no coder", "fill both")
        elif (first := self.seen.setdefault((cell.unit, cell.coder), cell.line)) != cell.line:
            says = f"gives {cell.coder}'s value for {cell.unit} a second time"
            self._wrong(cell.line, says, f"keep this row or row {first}; the first is used")
        elif is_missing(cell.text) and _folded(cell.text) not in self.ranks:
            self.missing[cell.text] += 1
        else:
            self._take(cell)

    def _take(self, cell: _Cell) -> None:
        try:
            if cell.text not in self.keys:
                self.keys[cell.text] = self._key(cell.text)
            self.taken.append((cell.unit, cell.coder, self.keys[cell.text]))
        except ValueError as error:
            self._wrong(cell.line, str(error), "write a number, or name the order of the words with --order")

    def _key(self, text: str) -> float | str:
        if is_error_cell(text):
            raise ValueError(f"“{text}” is the error of a formula")
        return _key(_folded(self.table.number(text)), self.level, self.ranks)

    def _wrong(self, line: int, what: str, do: str) -> None:
        self.problems.append(self.table.problem(line, what, do))


def read_code_table(path: Path, level: Level, order: Sequence[str] = ()) -> CodeTable:
    """Read a table of codes: long, with unit, coder and value, or wide, with a column for each coder.

    ``order`` lists the labels from lowest to highest, for values that are not numbers. Marks for missing are missing.
    A row that cannot be taken is a problem: a duplicate value of one coder for one unit, a label where a number or an
    order is required. Raises ``InputRefused`` for a file that is no such table, ``ManyRefused`` where nothing is taken.
    """
    table = read_table(path, _is_header)
    reading = _Reading(table, level, {_folded(word): float(at) for at, word in enumerate(order)})
    for cell in _cells(reading):
        reading.add(cell)
    by_row(reading.problems)
    if reading.problems and not reading.taken:
        raise ManyRefused(reading.problems, MOST_NAMED)
    if marks := [mark for mark in reading.missing if mark]:
        count = sum(reading.missing[mark] for mark in marks)
        table.notes.append(f"{count} cells are taken as missing: {', '.join(marks[:10])}")
    distinct = sorted({key for _, _, key in reading.taken}, key=lambda one: (isinstance(one, str), one))
    place = {key: at for at, key in enumerate(distinct)}
    values = np.array([one if isinstance(one, float) else at for at, one in enumerate(distinct)], dtype=np.float64)
    codes = [(unit, coder, place[key]) for unit, coder, key in reading.taken]
    return CodeTable(codes, values, reading.problems, table.notes)


def _is_header(cells: Sequence[str]) -> bool:
    names = [cell.lower() for cell in cells]
    return places_of(names, UNIT, CODER, VALUE) is not None or (len(names) > 1 and any(names[1:]) and names[0] in UNIT)


def _cells(reading: _Reading) -> Iterator[_Cell]:
    table = reading.table
    names = [name.lower() for name in table.header]
    rows = whole_rows(table, reading.problems.append)
    if places := places_of(names, UNIT, CODER, VALUE):
        for at, word in zip(places, ("unit", "coder", "value"), strict=True):
            if names[at] != word:
                table.notes.append(f"“{table.header[at]}” is the {word}")
        for line, cells in rows:
            unit, coder, text = (cells[at] for at in places)
            yield _Cell(line, folded_name(unit), folded_name(coder), text)
        return
    coders = [at for at, name in enumerate(names) if at and name and name not in ASIDE]
    if len(coders) < 2 or names[0] not in UNIT or len(set(names)) < len(names):
        has = f"; it has {', '.join(table.header)[:200]}" if any(names) else ""
        do = "begin with unit,coder,value, or with unit and a column for each coder"
        raise table.problem(table.header_line, f"is no table of codes{has}", do)
    table.notes.append(f"each column is a coder's: {', '.join(table.header[at] for at in coders)}")
    for line, cells in rows:
        for at in coders:
            yield _Cell(line, folded_name(cells[0]), table.header[at], cells[at])


def _key(text: str, level: Level, ranks: dict[str, float]) -> float | str:
    """Return what identifies a value: its rank, its number (1 equals 1.0) or, at nominal level, its label."""
    if ranks:
        if text not in ranks:
            raise ValueError(f"“{text[:40]}” is none of {', '.join(ranks)}")
        return ranks[text]
    try:
        known = parse_value(text)
    except ValueError:
        known = None
    if known is not None and known[1] == Censor.EXACT:
        return known[0]
    if level != "nominal":
        raise ValueError(f"“{text[:40]}” is no number")
    return text


def _folded(text: str) -> str:
    return folded(text.replace("−", "-"))
