"""Readers for CSV tables of observations and of series specs; errors are reported by file and row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import complete_rows, csv_lines
from followthrough.measure.series import Observations, SeriesSpec, as_direction, observations, parse_value, parse_year
from followthrough.model.vocabulary import Direction

LARGEST = 256 * 1024 * 1024
"""Maximum size of a table in bytes."""
MOST_NAMED = 20
"""Number of problems that are listed; the rest is counted."""

T = TypeVar("T")


class TableRefused(ManyRefused):
    """A table with rows that are not valid."""


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


def read_observations(path: Path) -> Observations:
    """Read a long table with the columns ``series``, ``year`` and ``value``; other columns are ignored.

    An empty value is missing; “<2.5” and “>95” are censored. Raises ``InputRefused`` for a file that is not such a
    table, ``TableRefused`` with one problem per row.
    """
    reading = _Reading(path.name)
    ids: dict[str, int] = {}
    rows: list[tuple[int, int, float, int]] = []
    lines: dict[tuple[int, int], int] = {}
    for line, cells in _cells(reading, path, ("series", "year", "value")):
        name = cells["series"]
        if not name:
            reading.wrong(line, "has no series", "name it")
            continue
        place = ids.setdefault(name, len(ids))
        year = reading.take(line, parse_year, cells["year"], "write it as 2015 or 2015-16")
        value = reading.take(line, parse_value, cells["value"], "write 1234.5 or <2.5, or leave the cell empty")
        if year is None or value is None:
            continue
        if (first := lines.setdefault((place, year), line)) != line:
            reading.wrong(line, f"gives {name} a second value for {year}", f"keep this row or row {first}")
        rows.append((place, year, *value))
    reading.done()
    return observations(list(ids), rows)


def read_specs(path: Path) -> list[SeriesSpec]:
    """Read a table of series: ``series,direction,target,target_year,limit,base_year,breaks``.

    Only the first two columns are required; ``breaks`` is a list of years separated by semicolons. Raises
    ``InputRefused`` for a file that is not such a table, ``TableRefused`` with one problem per row.
    """
    reading = _Reading(path.name)
    found: dict[str, SeriesSpec] = {}
    for line, cells in _cells(reading, path, ("series", "direction")):
        name = cells["series"]
        if not name or name in found:
            reading.wrong(line, f"names {name} a second time" if name else "has no series", "keep one row a series")
            continue
        found[name] = _spec(reading, line, name, cells)
    reading.done()
    return list(found.values())


def _spec(reading: _Reading, line: int, name: str, cells: dict[str, str]) -> SeriesSpec:
    def number(column: str) -> float | None:
        return reading.take(line, _number, cells.get(column, ""), f"give {column} a plain number or nothing")

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


def _cells(reading: _Reading, path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv_lines(path.name, read_bounded(path, LARGEST, "name a CSV file"), needed)
    header = [name.strip().lower() for name in next(rows, (1, []))[1]]
    absent = [name for name in needed if name not in header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if absent or twice:
        what = f"lacks the columns {', '.join(absent)}" if absent else f"has the column {', '.join(twice)} twice"
        raise InputRefused(path.name, what, f"begin with {','.join(needed)}", "row 1")
    do = "check its commas and quotation marks"
    for line, cells in complete_rows(rows, len(header), lambda line, says: reading.wrong(line, says, do)):
        yield line, dict(zip(header, cells, strict=True))
