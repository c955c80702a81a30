"""A table that somebody uploads, as CSV or workbook: ``area,year,value``, or one row per area and a column per year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.table import Table, by_row, place_of, places_of, table_of, whole_rows
from followthrough.measure.observation_table import VALUE, YEAR
from followthrough.measure.series import parse_value
from followthrough.measure.years import is_year, year_of
from followthrough.model.names import folded_name
from followthrough.sources.areas import iso3_of_name
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse

LABEL = "file 1"
"""What stands in place of a connector: id and version."""
LARGEST = 16 * 1024 * 1024
MOST_NAMED = 20
AREA = (
    "area", "country code", "country_code", "iso3", "iso", "iso code", "ref_area", "geo", "code", "country",
    "country name", "economy", "party", "member state", "name",
)  # fmt: skip
"""Names of the column of areas: codes before names, which may be written in many ways."""
"""Names of the column of areas, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value as it stands in the file, with its row, area and year."""

    line: int
    area: str
    year: str
    value: str


def read_upload(
    query: SeriesQuery, path: Path, note: str, fetched: datetime, names: Mapping[str, str] | None = None
) -> ProviderData:
    """Return the data of a file; ``note`` says where the file is from and is kept with the data.

    An area is written as one of its ISO codes or names; ``names`` holds more names, each with its alpha-3 code. Raises
    ``InputRefused`` for a file that is no such table, ``ManyRefused`` with one problem a row: an area that is not one
    of the query's, a value that is not a number, a second value for one area and year. Nothing is taken then.
    """
    content = read_bounded(path, LARGEST, "name a CSV file or a workbook")
    table = table_of(path.name, content, _is_header)
    reading = _Reading(query, table, {name.casefold(): code for name, code in (names or {}).items()})
    for cell in _cells(table, reading.problems):
        reading.add(cell)
    if reading.problems:
        by_row(reading.problems)
        raise ManyRefused(reading.problems, MOST_NAMED)
    data = reading.collector.data(LABEL, [RawResponse(path.name, content, fetched)])
    for said in (*table.notes, *dict.fromkeys(reading.notes)):
        data = data.with_note(f"{path.name}: {said}")
    return data.with_note(f"from {path.name}: {note}")


class _Reading:
    """Takes the cells of a file one by one; what is wrong with one is a problem of its row."""

    def __init__(self, query: SeriesQuery, table: Table, names: Mapping[str, str]) -> None:
        self.collector = ObservationCollector(query)
        self.problems: list[InputRefused] = []
        self.notes: list[str] = []
        self._query, self._table, self._names = query, table, names
        self._first: dict[tuple[str, int], int] = {}

    def add(self, cell: _Cell) -> None:
        name = folded_name(cell.area)
        area = iso3_of_name(name) or self._names.get(name.casefold(), "")
        if area not in self._query.ref_areas:
            says = f"“{cell.area}” is none of the parties"
            self._wrong(cell, says, f"write one of {', '.join(self._query.ref_areas)}")
            return
        try:
            year, how = year_of(cell.year)
            value = self._table.number(cell.value)
            known = parse_value(value)
        except ValueError as error:
            what, _, do = str(error).partition("; ")
            self._wrong(cell, what, do or "write 1234.5 or <2.5, or leave the cell empty")
            return
        if known is not None and (first := self._first.setdefault((area, year), cell.line)) != cell.line:
            self._wrong(cell, f"gives {cell.area} a second value for {year}", f"keep this row or row {first}")
            return
        self.notes += [how] if how else []
        self.collector.add(area, str(year) if how else cell.year, value)

    def _wrong(self, cell: _Cell, what: str, do: str) -> None:
        self.problems.append(self._table.problem(cell.line, what, do))


def _is_header(cells: Sequence[str]) -> bool:
    names = [cell.lower() for cell in cells]
    return place_of(names, AREA) is not None and (places_of(names, YEAR, VALUE) is not None or any(map(is_year, names)))


def _cells(table: Table, problems: list[InputRefused]) -> Iterator[_Cell]:
    names = [name.lower() for name in table.header]
    area, long = place_of(names, AREA), places_of(names, YEAR, VALUE)
    years = [at for at, name in enumerate(names) if is_year(name)]
    if area is None or not (long or years):
        do = "begin with area,year,value or with area,2015,2016 ..."
        raise table.problem(table.header_line, "is no table of figures", do)
    for line, cells in whole_rows(table, problems.append):
        if long:
            yield _Cell(line, cells[area], cells[long[0]], cells[long[1]])
            continue
        if sum(map(bool, cells)) == 1 and len(names) > len(years) + 1:  # a remark below a bank's table
            continue
        for at in years:
            yield _Cell(line, cells[area], table.header[at], cells[at])
