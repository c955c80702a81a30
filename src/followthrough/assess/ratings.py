"""Reader for tables of ratings, wide or long; detects the errors that are common in published tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import numpy as np

from followthrough.assess.rating_columns import PUBLISHED, WideColumns, is_header, long_columns, wide_columns
from followthrough.assess.scales import Scale, Value, is_word, read_value
from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.csv import Line
from followthrough.io.table import Table, by_row, read_table, whole_rows
from followthrough.measure.series import Floats, Ints
from followthrough.model.missing import is_error_cell, is_missing
from followthrough.model.names import folded_name

MOST_NAMED = 20
SAMPLE = 500
"""Rows by which the columns of a wide table are judged."""
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
_DATES = re.compile(
    rf"(?:\d{{1,4}}[-/ ](?:{_MONTHS})[a-z]*(?:[-/ ]\d{{2,4}})?|(?:{_MONTHS})[a-z]*[-/ ]\d{{1,4}}"
    r"|\d{4}-\d{2}-\d{2}(?:[ T][\d:.]+)?|\d{1,2}/\d{1,2}/\d{2,4})",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Ratings:
    """Ratings in columnar form.

    Attributes:
        commitments, parties: ids in the order of the table.
        commitment, party, value: indices into ``commitments``, ``parties`` and the scale's values, each of shape
            (ratings,); ``value`` is -1 for a missing rating.
        excluded: number of answers that are not ratings.
        published: means printed in the table, by commitment.
        warnings: pairs of code and message for irregularities that do not prevent reading.
        problems: rows and cells that could not be taken.
        notes: how the table was read.
    """

    commitments: list[str]
    parties: list[str]
    commitment: Ints
    party: Ints
    value: Ints
    excluded: int = 0
    published: dict[str, float] = field(default_factory=dict)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    problems: list[InputRefused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    table: Table
    scale: Scale
    commitments: dict[str, int] = field(default_factory=dict)
    parties: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int, int]] = field(default_factory=list)
    seen: dict[tuple[int, int], int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    excluded: int = 0
    dates: list[str] = field(default_factory=list)
    problems: list[InputRefused] = field(default_factory=list)

    def wrong(self, line: int, what: str, do: str) -> None:
        self.problems.append(self.table.problem(line, what, do))

    def commitment(self, name: str) -> int:
        if name not in self.commitments and _DATES.fullmatch(name):
            self.dates.append(name)
        return self.commitments.setdefault(name, len(self.commitments))

    def take(self, line: int, commitment: int, party: str, text: str) -> None:
        place = self.parties.setdefault(party, len(self.parties))
        if (first := self.seen.setdefault((commitment, place), line)) != line:
            name = next(key for key, at in self.commitments.items() if at == commitment)
            self.wrong(
                line, f"rates {party} on {name} a second time", f"keep this row or row {first}; the first is used"
            )
            return
        if text not in self.known:
            try:
                self.known[text] = self._value(text)
            except ValueError as error:
                self.wrong(line, f"{error}", "correct it, or leave the cell empty")
                return
        self.rows.append((commitment, place, self.known[text]))
        self.excluded += self.known[text] == EXCLUDED

    def is_rating(self, text: str) -> bool:
        try:
            return self._value(text) != MISSING
        except ValueError:
            return False

    def _value(self, text: str) -> int:
        if is_missing(text) and not (is_word(self.scale, text) and text != NONE):
            return MISSING
        if is_error_cell(text):
            raise ValueError(f"“{text}” is the error of a formula")
        value = read_value(self.scale, self.table.number(text))
        return EXCLUDED if value is None else self.scale.values.index(value)


MISSING, EXCLUDED = -1, -2
NONE = "None"
"""What programs write for a missing value; ``none`` is a word of some scales."""


def read_ratings(path: Path, scale: Scale, *, strict: bool = True) -> Ratings:
    """Read a table of ratings: wide, with a column for each party, or long, with commitment, party and value.

    Marks for missing are missing; "not verifiable" and the like are excluded. Raises ``InputRefused`` for a file that
    is no such table, and ``ManyRefused``, with one problem a row (a value not on the scale, a duplicate rating), where
    ``strict`` or nothing could be taken; otherwise the problems are returned.
    """
    table = read_table(path, is_header)
    if not is_header(table.header):
        table = read_table(path, lambda cells: sum(map(bool, cells)) > 1)
    reading = _Reading(table, scale)
    _refuse_bad_header(table)
    published: dict[str, float] = {}
    warnings: list[tuple[str, str]] = []
    places = long_columns([name.lower() for name in table.header])
    if places:
        _long(reading, places)
    else:
        published = _wide(reading, warnings)
    by_row(reading.problems)
    if reading.problems and (strict or not reading.rows):
        raise ManyRefused(reading.problems, MOST_NAMED)
    warnings += _suspicions(reading)
    columns = np.array(reading.rows, dtype=np.int64).reshape(-1, 3)
    return Ratings(
        list(reading.commitments),
        list(reading.parties),
        columns[:, 0],
        columns[:, 1],
        np.where(columns[:, 2] == EXCLUDED, MISSING, columns[:, 2]),
        reading.excluded,
        published,
        warnings,
        reading.problems,
        table.notes,
    )


def _suspicions(reading: _Reading) -> Iterator[tuple[str, str]]:
    if reading.dates:
        says = f"a spreadsheet seems to have turned {len(reading.dates)} ids into dates: {', '.join(reading.dates[:5])}"
        yield "id_is_a_date", says
    if NONE in reading.known and is_word(reading.scale, NONE):
        yield (
            "none_is_missing",
            "“None” is taken as missing, as programs write it; write none for the rating",
        )


def _refuse_bad_header(table: Table) -> None:
    twice = sorted({name for name in table.header if name and table.header.count(name) > 1})
    if twice:
        raise table.problem(table.header_line, f"has the column {twice[0]} twice", "keep one of them")


def _long(reading: _Reading, places: Sequence[int]) -> None:
    table = reading.table
    for at, word in zip(places, ("commitment", "party", "value"), strict=True):
        if table.header[at].lower() != word:
            table.notes.append(f"“{table.header[at]}” is the {word}")
    for line, cells in whole_rows(table, reading.problems.append):
        commitment, party, value = (cells[at] for at in places)
        if commitment and party:
            reading.take(line, reading.commitment(folded_name(commitment)), folded_name(party), value)
        else:
            reading.wrong(line, "has no commitment or no party", "fill both")


def _wide(reading: _Reading, warnings: list[tuple[str, str]]) -> dict[str, float]:
    table, header = reading.table, reading.table.header
    rows = whole_rows(table, reading.problems.append)
    sample = list(islice(rows, SAMPLE))
    found = wide_columns(header, sample, reading.is_rating)
    if found is None:
        do = "begin with commitment and a column for each party, or with commitment,party,value"
        says = f"is no table of ratings; it has {', '.join(header)[:200] or 'no columns'}"
        raise table.problem(table.header_line, says, do)
    if not header[found.commitment].lower().startswith("commitment"):
        table.notes.append(f"“{header[found.commitment]}” names the commitments")
    if found.aside:
        names = ", ".join(header[at] or "a column without a name" for at in found.aside)
        table.notes.append(f"set aside, no party's ratings: {names}")
    if found.published:
        names = ", ".join(header[at] for at in found.published)
        warnings.append(("published_figures", f"{names}: set aside, no party's rating"))
    published: dict[str, float] = {}
    for line, cells in chain(sample, rows):
        _row(reading, found, (line, cells), warnings, published)
    return published


def _row(
    reading: _Reading, found: WideColumns, row: Line, warnings: list[tuple[str, str]], published: dict[str, float]
) -> None:
    line, cells = row
    name = folded_name(cells[found.commitment])
    if PUBLISHED.fullmatch(name) or PUBLISHED.fullmatch(cells[0]):
        warnings.append(("published_row", f"row {line}, {name or cells[0]}: set aside, no commitment"))
        return
    if not name or name in reading.commitments:
        says = f"names {name} a second time" if name else "has no commitment"
        reading.wrong(line, says, "keep one row a commitment, with a cell for each party")
        return
    at = reading.commitment(name)
    for place in found.parties:
        reading.take(line, at, reading.table.header[place], cells[place])
    _published(published, name, [cells[place] for place in found.published])


def _published(means: dict[str, float], name: str, cells: list[str]) -> None:
    for cell in cells[:1]:
        text = cell.strip().replace("−", "-").rstrip("%")
        try:
            means[name] = float(text)
        except ValueError:
            continue


def numbers(scale: Scale, value: Ints) -> Floats:
    """Return the numbers of values, in the shape of ``value``; NaN for missing ratings and values without a number."""
    table = np.array([_number(of_scale) for of_scale in scale.values] + [np.nan])
    selected: Floats = table[value]
    return selected


def _number(value: Value) -> float:
    return np.nan if value.number is None else value.number
