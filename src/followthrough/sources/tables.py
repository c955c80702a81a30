"""Tables of figures in local files, of any size, through DuckDB: one series out of them, or all of them summed up.

A table is recognised by its header (``providers.toml``), never by its name. Memory stays bounded: DuckDB spills.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from followthrough.errors import InputRefused
from followthrough.io.csv import csv_text
from followthrough.sources.answers import Answer, Gathering, Query, Raw, SourceFailed, wanted
from followthrough.sources.areas import iso3
from followthrough.sources.door import Missing
from followthrough.sources.providers import Shape, providers

MEMORY = "512MB"
ENDINGS = (".csv", ".csv.gz")
LOADED = 64 * 1024 * 1024
"""Bytes of a table up to which a copy of it is held while its series are asked for."""
MEASURES = {"mean": "avg", "sum": "sum", "median": "median", "count": "count", "min": "min", "max": "max"}


class LocalTables:
    """The tables under a folder, each read once and asked many times; a large one is asked where it lies."""

    def __init__(self, root: Path) -> None:
        self._paths = sorted(path for path in root.rglob("*") if path.is_file() and path.name.endswith(ENDINGS))
        self._headers = {path: header(path) for path in self._paths}
        self._connection = connect()
        self._loaded: dict[Path, str] = {}

    def of(self, provider: str) -> list[Path]:
        """Return the tables that have the header of a provider's shape, in the order of their paths."""
        shape = providers()[provider].shape
        return [path for path in self._paths if shape and set(shape.header) <= set(self._headers[path])]

    def fetch(self, query: Query, path: Path) -> Answer:
        """Return the figures of one series. Raises ``Missing`` where the table has no such code; ``SourceFailed``."""
        shape, taken = providers()[query.provider].shape, Gathering(query)
        rows = self._series(query, path, shape) if shape else []
        if not rows:
            raise Missing(query.name, f"{path.name} has no such series", "check the code")
        kept = []
        for area, period, value, dims in rows:
            dimensions = dict(part.partition("=")[::2] for part in (dims or "").split(";") if part)
            if wanted(dimensions, query.filter):
                taken.take(iso3(area or ""), period or "", value or "", dimensions.get("nature", ""))
                kept.append((area, period, value, dims))
        fetched = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        answer = taken.answer([Raw(f"{path.name}#{query.code}", _extract(kept), fetched)])
        answer.notes.append(f"read from {path.name}, sha256 {_hash(path)}")
        return answer

    def _series(self, query: Query, path: Path, shape: Shape) -> list[tuple[str | None, ...]]:
        if shape.wide and query.code not in self._headers[path]:
            return []
        value = _name(query.code if shape.wide else shape.value)
        dims = _name(shape.dims) if shape.dims else "NULL"
        columns = f"{_name(shape.area)}, {_name(shape.period)}, {value}, {dims}"
        where = "true" if shape.wide else f"lower({_name(shape.code)}) = lower(?)"
        asked = f"SELECT {columns} FROM {self._table(path)} WHERE {where}"  # noqa: S608 - names are quoted
        large = path not in self._loaded
        return _run(
            self._connection, asked, [*([str(path)] if large else []), *([] if shape.wide else [query.code])], path
        )

    def _table(self, path: Path) -> str:
        """Return what a query of a table reads from: a copy of it, or where it is large, its file."""
        if path not in self._loaded and path.stat().st_size <= LOADED:
            name = f"copy_{len(self._loaded)}"
            _run(self._connection, f"CREATE TEMP TABLE {name} AS FROM {_reader(path)}", [str(path)], path)
            self._loaded[path] = name
        return self._loaded.get(path, _reader(path))


@dataclass(frozen=True, slots=True)
class Summary:
    """One group of a table: how many rows have a number, in which periods the first and the last, and the measure."""

    group: tuple[str, ...]
    points: int
    first: str
    last: str
    value: float


def header(path: Path) -> list[str]:
    """Return the first row of a CSV file; nothing where it cannot be read as one."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            line = file.readline(65536).decode("utf-8-sig")
        return next(csv.reader([line]), [])
    except (OSError, EOFError, UnicodeDecodeError, csv.Error):
        return []


def _extract(rows: list[tuple[Any, ...]]) -> bytes:
    found = sorted([cell or "" for cell in row] for row in rows)
    return csv_text([("area", "period", "value", "dims"), *found]).encode()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def summarise(path: Path, by: tuple[str, ...], *, period: str, value: str, measure: str = "mean") -> Iterator[Summary]:
    """Group a table of any size by the columns ``by``: points, first and last period, and a measure of the values.

    ``measure`` is one of ``MEASURES``. Cells that are no plain number, censored ones among them, are not counted.
    Raises ``InputRefused`` for a column that the table lacks or a file that is none.
    """
    if measure not in MEASURES:
        raise InputRefused(measure, "is no measure", f"choose one of {', '.join(MEASURES)}")
    groups = ", ".join(map(_name, by))
    number = f"TRY_CAST({_name(value)} AS DOUBLE)"
    asked = (
        f"SELECT {groups}, count({number}), min({_name(period)}), max({_name(period)}), {MEASURES[measure]}({number}) "  # noqa: S608 - names are quoted
        f"FROM {_reader(path, typed=True)} WHERE {number} IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    with connect() as connection:
        for row in _run(connection, asked, [str(path)], path):
            points, first, last, found = row[len(by) :]
            yield Summary(tuple(map(str, row[: len(by)])), int(points), str(first), str(last), float(found))


def connect(memory: str = MEMORY) -> duckdb.DuckDBPyConnection:
    """Return an in-process database that stays within ``memory`` and loads nothing from the network."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(config=config)


def _reader(path: Path, *, typed: bool = False) -> str:
    if path.suffix == ".parquet":
        return "read_parquet(?)"
    return "read_csv(?, header = true)" if typed else "read_csv(?, header = true, all_varchar = true, delim = ',')"


def _run(connection: duckdb.DuckDBPyConnection, asked: str, values: list[str], path: Path) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(asked, values).fetchall()
    except duckdb.Error as error:
        says = str(error).splitlines()[0][:200]
        raise SourceFailed(path.name, f"cannot be read as a table ({says})", "mend the file") from None


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
