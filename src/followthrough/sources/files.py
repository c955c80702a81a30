"""A table that somebody hands in, as CSV or workbook: ``area,year,value``, or an area a row and a year a column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import csv_lines
from followthrough.io.xlsx import PACKED, sheets
from followthrough.measure.series import parse_value, parse_year
from followthrough.sources.answers import Answer, Gathering, Query, Raw
from followthrough.sources.areas import iso3

LARGEST = 16 * 1024 * 1024
LONG = ("area", "year", "value")
Cell = tuple[int, str, str, str]
"""Row, area, year and value as they stand in the file."""


def fetch(query: Query, path: Path, note: str) -> Answer:
    """Return the figures of a file; ``note`` says where it is from and stands with the figures.

    Raises ``InputRefused`` for a file that is no such table, ``ManyRefused`` with one problem a row: an area that is
    no country or no party, a value that is no number, a second value for one year. Nothing is taken then.
    """
    data = read_bounded(path, LARGEST, "name a CSV file or a workbook")
    taken = Gathering(query)
    problems: list[InputRefused] = []
    seen: dict[tuple[str, str], int] = {}
    for line, area, year, value in _cells(path.name, data):
        says = _problem(query, area, year, value)
        if not says and value and (first := seen.setdefault((iso3(area), year), line)) != line:
            says = (f"gives {area} a second value for {year}", f"keep this row or row {first}")
        if says:
            problems.append(InputRefused(path.name, *says, f"row {line}"))
        else:
            taken.take(iso3(area), year, value)
    if problems:
        raise ManyRefused(problems, 20)
    answer = taken.answer([Raw(path.name, data)])
    answer.notes.append(f"from {path.name}: {note}")
    return answer


def _problem(query: Query, area: str, year: str, value: str) -> tuple[str, str] | None:
    if iso3(area) not in query.areas:
        return f"“{area}” is none of the parties", f"write one of {', '.join(query.areas)}"
    for parse, text, do in (
        (parse_year, year, "write the year as 2015"),
        (parse_value, value, "write 1234.5 or <2.5, or leave the cell empty"),
    ):
        try:
            parse(text)
        except ValueError as error:
            return str(error), do
    return None


def _cells(name: str, data: bytes) -> Iterator[Cell]:
    lines = csv_lines(name, data)
    if data.startswith(PACKED):
        lines = iter(next(iter(sheets(name, data).values()), []))
    header = [cell.strip().lower() for cell in next(lines, (1, []))[1]]
    if set(LONG) <= set(header):
        places = [header.index(column) for column in LONG]
        for line, cells in lines:
            if any(cell.strip() for cell in cells):
                row = [*cells, *[""] * len(header)]
                yield line, row[places[0]].strip(), row[places[1]].strip(), row[places[2]].strip()
        return
    if len(header) < 2 or header[0] != "area" or not all(cell[:4].isdigit() for cell in header[1:]):
        raise InputRefused(
            name, "is no table of figures", "begin with area,year,value or with area,2015,2016 ...", "row 1"
        )
    for line, cells in lines:
        for year, value in zip(header[1:], cells[1:], strict=False):
            yield line, cells[0].strip(), year, value.strip()
