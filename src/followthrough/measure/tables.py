"""Readers for tables of observations and of series specs; what is wrong is named by file and row, the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.table import Table, read_table, whole_rows
from followthrough.measure.observation_table import Cell, is_header, long_columns, wide_cells, year_columns
from followthrough.measure.series import Observations, SeriesSpec, as_direction, observations, parse_value, parse_year
from followthrough.measure.years import year_of
from followthrough.model.names import folded_name
from followthrough.model.values import Censor
from followthrough.model.vocabulary import Direction

MOST_NAMED = 20
"""Number of problems that are listed; the rest is counted."""
MOST_NOTED = 5
"""Ways of writing a year that a note names."""

T = TypeVar("T")
Value = tuple[float, Censor]


class TableRefused(ManyRefused):
    """A table with rows that are not valid."""


@dataclass(slots=True)
class ObservationTable:
    """What was read from a table: its observations, the rows that could not be taken, and how it was read."""

    observations: Observations
    problems: list[InputRefused]
    notes: list[str]


@dataclass(slots=True)
class SpecTable:
    """What was read from a table of series: a spec for each row that could be taken."""

    specs: list[SeriesSpec]
    problems: list[InputRefused]
    notes: list[str]


@dataclass(slots=True)
class _Reading:
    file: str
    problems: list[InputRefused] = field(default_factory=list)

    def wrong(self, line: int, what: str, do: str) -> None:
        self.problems.append(InputRefused(self.file, what, do, f"row {line}"))

    def take(self, line: int, parse: Callable[[str], T], text: str, do: str) -> T | None:
        """Return the parsed cell; record the problem and return ``None`` where it is not valid."""
        try:
            return parse(text)
        except ValueError as error:
            self.wrong(line, str(error), do)
            return None

    def done(self) -> None:
        if self.problems:
            raise TableRefused(self.problems, MOST_NAMED)


@dataclass(slots=True)
class _Gathering:
    """Collects the cells of a table of observations. Years are parsed once each, names folded once each."""

    table: Table
    reading: _Reading
    ids: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    years: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    values: dict[tuple[int, int], tuple[int, Value]] = field(default_factory=dict)
    twice: set[tuple[int, int]] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        name = self.names.get(cell.series) or self.names.setdefault(cell.series, folded_name(cell.series))
        if not name:
            self.reading.wrong(cell.line, "has no series", "name it")
            return
        place = self.ids.setdefault(name, len(self.ids))
        year = self._year(cell)
        try:
            value = parse_value(self.table.number(cell.value))
        except ValueError as error:
            self.reading.wrong(cell.line, f"{error}", "write 1234.5 or <2.5, or leave the cell empty")
            return
        if year is not None and value is not None:
            self._keep(cell, name, (place, year), value)

    def _year(self, cell: Cell) -> int | None:
        if cell.year not in self.years:
            try:
                self.years[cell.year] = year_of(cell.year)
            except ValueError as error:
                self.years[cell.year] = (None, f"{error}")
        year, says = self.years[cell.year]
        if year is None:
            what, _, do = says.partition("; ")
            self.reading.wrong(cell.line, what, do)
        return year

    def _keep(self, cell: Cell, name: str, key: tuple[int, int], value: Value) -> None:
        first, known = self.values.setdefault(key, (cell.line, value))
        if first == cell.line and known is value:
            return
        says = f"gives {name} a second value for {key[1]}"
        self.reading.wrong(cell.line, says, f"keep this row or row {first}; neither is measured")
        self.twice.add(key)

    def done(self) -> ObservationTable:
        noted = [says for year, says in self.years.values() if year is not None and says]
        more = [f"and {len(noted) - MOST_NOTED} years more"] if len(noted) > MOST_NOTED else []
        rows = [(*key, *value) for key, (_, value) in self.values.items() if key not in self.twice]
        if not rows:
            self.reading.done()
        notes = [*self.table.notes, *noted[:MOST_NOTED], *more]
        return ObservationTable(observations(list(self.ids), rows), self.reading.problems, notes)


def read_observation_table(path: Path) -> ObservationTable:
    """Read a table of observations: long, with series, year and value, or wide, with a column for each year.

    Missing values are left out; “<2.5” and “>95” are censored. A row that cannot be taken is a problem, and the others
    are read. Raises ``InputRefused`` for a file that is no such table, ``TableRefused`` where no row can be taken.
    """
    table = read_table(path, is_header)
    gathering = _Gathering(table, _Reading(path.name))
    for cell in _cells(table, gathering.reading):
        gathering.add(cell)
    return gathering.done()


def _cells(table: Table, reading: _Reading) -> Iterator[Cell]:
    names = [name.lower() for name in table.header]
    rows = whole_rows(table, reading.problems.append)
    places = long_columns(names)
    if places is None:
        years = year_columns(names)
        if not years:
            needed = ("series", "year", "value")
            raise _lacking(table, names, needed, "begin with series,year,value or with series,2015,2016 ...")
        yield from wide_cells(table, list(rows), years)
        return
    _refuse_twice(table, names)
    taken = [f"“{table.header[at]}” is the {word}"
             for at, word in zip(places, ("series", "year", "value"), strict=True) if names[at] != word]  # fmt: skip
    table.notes += taken
    series, year, value = places
    for line, cells in rows:
        yield Cell(line, cells[series], cells[year], cells[value])


def _lacking(table: Table, names: list[str], needed: tuple[str, ...], do: str) -> InputRefused:
    absent = [name for name in needed if name not in names]
    has = ", ".join(name for name in table.header if name)[:200]
    what = f"lacks the columns {', '.join(absent)}" + (f"; it has {has}" if has else "")
    return table.problem(table.header_line, what, do)


def _refuse_twice(table: Table, names: list[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise table.problem(table.header_line, f"has the column {', '.join(twice)} twice", "keep one of them")


def read_specs(path: Path) -> SpecTable:
    """Read a table of series: ``series,direction,target,target_year,limit,base_year,breaks``.

    Only the first two columns are required; ``breaks`` is a list of years separated by semicolons. A series whose row
    cannot be taken has no spec, and is a problem. Raises ``InputRefused`` for a file that is not such a table,
    ``TableRefused`` where no row can be taken.
    """
    needed = ("series", "direction")
    table = read_table(path, lambda cells: set(needed) <= {cell.lower() for cell in cells})
    names = [name.lower() for name in table.header]
    if not set(needed) <= set(names):
        raise _lacking(table, names, needed, f"begin with {','.join(needed)}")
    _refuse_twice(table, names)
    reading = _Reading(path.name)
    found: dict[str, SeriesSpec | None] = {}
    for line, row in whole_rows(table, reading.problems.append):
        cells = dict(zip(names, row, strict=True))
        name = folded_name(cells["series"])
        if not name or name in found:
            reading.wrong(line, f"names {name} a second time" if name else "has no series", "keep one row a series")
            found |= {name: None} if name else {}
            continue
        before = len(reading.problems)
        spec = _spec(reading, table, line, name, cells)
        found[name] = spec if len(reading.problems) == before else None
    specs = [spec for spec in found.values() if spec]
    if not specs:
        reading.done()
    return SpecTable(specs, reading.problems, table.notes)


def _spec(reading: _Reading, table: Table, line: int, name: str, cells: dict[str, str]) -> SeriesSpec:
    def number(column: str) -> float | None:
        text = cells.get(column, "")
        do = f"give {column} a plain number or nothing"
        return reading.take(line, lambda said: _number(table.number(said)), text, do)

    def year(column: str, default: int) -> int:
        text = cells.get(column, "")
        return (reading.take(line, parse_year, text, "write it as 2015") or default) if text else default

    known = f"choose one of {', '.join(Direction)}"
    direction = reading.take(line, as_direction, cells["direction"], known) or Direction.NONE
    breaks = reading.take(line, _years, cells.get("breaks", ""), "write years as 2023; 2026") or ()
    target_year, base_year = year("target_year", 2030), year("base_year", 2015)
    if base_year >= target_year:
        reading.wrong(line, f"its base year {base_year} is not before {target_year}", "correct one of them")
    return SeriesSpec(name, direction, number("target"), target_year, number("limit"), base_year, breaks)


def _number(text: str) -> float | None:
    found = parse_value(text)
    if found and found[1]:
        raise ValueError(f"“{text}” is no exact number")
    return found[0] if found else None


def _years(text: str) -> tuple[int, ...]:
    return tuple(sorted(parse_year(part) for part in text.split(";") if part.strip()))
