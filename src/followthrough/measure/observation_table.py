"""What stands where in a table of observations: long, with a year a row, or wide, with a year a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followthrough.io.csv import Line
from followthrough.io.table import Table, places_of
from followthrough.measure.years import is_year
from followthrough.model.missing import is_missing

SERIES = (
    "series",
    "series name",
    "indicator",
    "indicator name",
    "name",
    "series code",
    "indicator code",
    "indicator id",
)
YEAR = ("year", "time_period", "time period", "period", "date", "time")
VALUE = ("value", "obs_value", "obs value", "figure", "observation")
LEAST_YEARS = 2
"""Columns of years that make a table a wide one, beside at least one column of words; with a name of a series, one."""


class Cell(NamedTuple):
    """One observation as printed, with its row."""

    line: int
    series: str
    year: str
    value: str


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row is the header of a table of observations."""
    names = [cell.lower() for cell in cells]
    return long_columns(names) is not None or bool(year_columns(names))


def long_columns(names: Sequence[str]) -> list[int] | None:
    """Return the places of series, year and value, or ``None`` where one of them has no column."""
    return places_of(names, SERIES, YEAR, VALUE)


def year_columns(names: Sequence[str]) -> list[int]:
    """Return the places of the years of a wide table; an empty list where a header has none, or nothing beside them."""
    years = [at for at, name in enumerate(names) if is_year(name)]
    if not years or years[0] == 0:
        return []
    enough = len(years) >= LEAST_YEARS or any(name in SERIES for name in names)
    return years if enough else []


def wide_cells(table: Table, lines: Sequence[Line], years: Sequence[int]) -> Iterator[Cell]:
    """Yield the cells of a wide table; what names a series is said in the notes of ``table``.

    A series is named by as few columns of words as tell the rows apart. Rows under the table that hold nothing but a
    remark are left out.
    """
    labels = [at for at, name in enumerate(table.header) if at not in set(years) and name]
    rows = [(line, cells) for line, cells in lines if not _is_remark(cells, labels, years)]
    if len(rows) < len(lines):
        table.notes.append(f"{len(lines) - len(rows)} rows below the table without figures are left out")
    naming = _naming(table.header, rows, labels)
    names = " / ".join(table.header[at] for at in naming)
    first, last = table.header[years[0]], table.header[years[-1]]
    table.notes.append(f"the columns {first} to {last} are years; a series is named by {names}")
    for line, cells in rows:
        series = " / ".join(cells[at] for at in naming)
        for at in years:
            yield Cell(line, series, table.header[at], cells[at])


def _is_remark(cells: Sequence[str], labels: Sequence[int], years: Sequence[int]) -> bool:
    said = sum(1 for at in labels if cells[at])
    return len(labels) > 1 and said <= 1 and all(is_missing(cells[at]) for at in years)


def _naming(header: Sequence[str], rows: Sequence[Line], labels: Sequence[int]) -> list[int]:
    """Return the fewest columns, from the left, whose cells tell the rows apart; a column named series alone."""
    named = [at for at in labels if header[at].lower() == SERIES[0]]
    if named:
        return named
    chosen, apart = list[int](), 1
    for at in labels:
        different = len({tuple(cells[place] for place in (*chosen, at)) for _, cells in rows})
        if different > apart or (not chosen and len(rows) < LEAST_YEARS):
            chosen, apart = [*chosen, at], different
        if apart == len(rows):
            break
    return chosen or list(labels[:1])
