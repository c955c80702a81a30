"""A table that somebody uploads, as CSV or workbook: ``area,year,value``, or one row per area and a column per year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import Line, csv_lines
from followthrough.io.xlsx import PACKED, sheets
from followthrough.measure.series import parse_value, parse_year
from followthrough.sources.areas import iso3
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse

LABEL = "file 1"
"""What stands in place of a connector: id and version."""
LARGEST = 16 * 1024 * 1024
MOST_NAMED = 20
LONG = ("area", "year", "value")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value as it stands in the file, with its row, area and year."""

    line: int
    area: str
    year: str
    value: str


def read_upload(query: SeriesQuery, path: Path, note: str, fetched: datetime) -> ProviderData:
    """Return the data of a file; ``note`` says where the file is from and is kept with the data.

    Raises ``InputRefused`` for a file that is no such table, ``ManyRefused`` with one problem a row: an area that is
    not one of the query's, a value that is not a number, a second value for one area and year. Nothing is taken then.
    """
    content = read_bounded(path, LARGEST, "name a CSV file or a workbook")
    collector = ObservationCollector(query)
    problems: list[InputRefused] = []
    first_lines: dict[tuple[str, str], int] = {}
    for cell in _cells(path.name, content):
        problem = _problem(query, cell) or _second_value(first_lines, cell)
        if problem:
            problems.append(InputRefused(path.name, *problem, f"row {cell.line}"))
        else:
            collector.add(iso3(cell.area), cell.year, cell.value)
    if problems:
        raise ManyRefused(problems, MOST_NAMED)
    data = collector.data(LABEL, [RawResponse(path.name, content, fetched)])
    return data.with_note(f"from {path.name}: {note}")


def _problem(query: SeriesQuery, cell: _Cell) -> tuple[str, str] | None:
    """Return what is wrong with a cell and what to do, if anything."""
    if iso3(cell.area) not in query.ref_areas:
        return f"“{cell.area}” is none of the parties", f"write one of {', '.join(query.ref_areas)}"
    try:
        parse_year(cell.year)
    except ValueError as error:
        return str(error), "write the year as 2015"
    try:
        parse_value(cell.value)
    except ValueError as error:
        return str(error), "write 1234.5 or <2.5, or leave the cell empty"
    return None


def _second_value(first_lines: dict[tuple[str, str], int], cell: _Cell) -> tuple[str, str] | None:
    """Note the row of a value; return a problem where an earlier row has one for the same area and year."""
    if not cell.value:
        return None
    first = first_lines.setdefault((iso3(cell.area), cell.year), cell.line)
    if first == cell.line:
        return None
    return f"gives {cell.area} a second value for {cell.year}", f"keep this row or row {first}"


def _cells(name: str, content: bytes) -> Iterator[_Cell]:
    lines = csv_lines(name, content, LONG)
    if content.startswith(PACKED):
        lines = iter(next(iter(sheets(name, content).values()), []))
    header = [cell.strip().lower() for cell in next(lines, (1, []))[1]]
    if set(LONG) <= set(header):
        return _long(lines, header)
    if len(header) < 2 or header[0] != "area" or not all(cell[:4].isdigit() for cell in header[1:]):
        do = "begin with area,year,value or with area,2015,2016 ..."
        raise InputRefused(name, "is no table of figures", do, "row 1")
    return _wide(lines, header)


def _long(lines: Iterator[Line], header: list[str]) -> Iterator[_Cell]:
    places = [header.index(column) for column in LONG]
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            row = [*cells, *[""] * len(header)]
            area, year, value = (row[place].strip() for place in places)
            yield _Cell(line, area, year, value)


def _wide(lines: Iterator[Line], header: list[str]) -> Iterator[_Cell]:
    for line, cells in lines:
        for year, value in zip(header[1:], cells[1:], strict=False):
            yield _Cell(line, cells[0].strip(), year, value.strip())
