"""Tables of many series in local CSV files of any size, read through DuckDB.

A table is recognised by its header (``providers.toml``), never by its file name. Memory stays bounded: DuckDB spills.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from followthrough.io.csv import LONGEST_HEADER, csv_text, split_line
from followthrough.sources.areas import iso3
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.providers import TableLayout, providers
from followthrough.sources.query import SeriesQuery, matches
from followthrough.sources.responses import RawResponse

LABEL = "table 1"
"""What stands in place of a connector: id and version."""
MEMORY = "512MB"
SUFFIXES = (".csv", ".csv.gz")
LOADED = 64 * 1024 * 1024
"""Bytes of a table up to which a copy of it is kept in memory while its series are queried."""
READ_CSV = "read_csv(?, header = true, all_varchar = true, delim = ',')"

TableRow = tuple[str | None, ...]
"""Area, period, value and dimensions of a row, as they stand in the file."""


class LocalTables:
    """The tables under a folder, each loaded once and queried many times; a large one is queried where it lies."""

    def __init__(self, root: Path) -> None:
        self._paths = sorted(path for path in root.rglob("*") if path.is_file() and path.name.endswith(SUFFIXES))
        self._headers = {path: _header(path) for path in self._paths}
        self._connection = _connect()
        self._loaded: dict[Path, str] = {}

    def of(self, provider: str) -> list[Path]:
        """Return the tables that have the header of the provider's layout, in the order of their paths."""
        layout = providers()[provider].layout
        return [path for path in self._paths if layout and set(layout.header) <= set(self._headers[path])]

    def fetch(self, query: SeriesQuery, path: Path) -> ProviderData:
        """Return the data of one series in one table. Its raw response is the extract of the rows that were read.

        Raises ``Missing`` where the table has no such code, ``SourceFailed`` where it cannot be read.
        """
        layout = providers()[query.provider].layout
        rows = self._series(query, path, layout) if layout else []
        if not rows:
            raise Missing(query.name, f"{path.name} has no such series", "check the code")
        collector = ObservationCollector(query)
        read = []
        for area, period, value, dims in rows:
            dimensions = dict(part.partition("=")[::2] for part in (dims or "").split(";") if part)
            if matches(dimensions, query.filter):
                collector.add(iso3(area or ""), period or "", value or "", dimensions.get("nature", ""))
                read.append((area, period, value, dims))
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        data = collector.data(LABEL, [RawResponse(f"{path.name}#{query.code}", _extract(read), modified)])
        return data.with_note(f"read from {path.name}, sha256 {_hash(path)}")

    def _series(self, query: SeriesQuery, path: Path, layout: TableLayout) -> list[TableRow]:
        if layout.wide and query.code not in self._headers[path]:
            return []
        value = _quoted(query.code if layout.wide else layout.value)
        dims = _quoted(layout.dims) if layout.dims else "NULL"
        columns = f"{_quoted(layout.area)}, {_quoted(layout.period)}, {value}, {dims}"
        where = "true" if layout.wide else f"lower({_quoted(layout.code)}) = lower(?)"
        table, parameters = self._table(path)
        if not layout.wide:
            parameters.append(query.code)
        statement = f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608 - names are quoted
        return self._run(statement, parameters, path)

    def _table(self, path: Path) -> tuple[str, list[str]]:
        """Return what a query of a table reads from, with its parameters: a copy of it, or its file if it is large."""
        if path not in self._loaded and path.stat().st_size <= LOADED:
            name = f"copy_{len(self._loaded)}"
            self._run(f"CREATE TEMP TABLE {name} AS FROM {READ_CSV}", [str(path)], path)
            self._loaded[path] = name
        return (self._loaded[path], []) if path in self._loaded else (READ_CSV, [str(path)])

    def _run(self, statement: str, parameters: list[str], path: Path) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, parameters).fetchall()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0][:200]
            raise SourceFailed(path.name, f"cannot be read as a table ({reason})", "mend the file") from None


def _connect() -> duckdb.DuckDBPyConnection:
    """Return an in-process database that stays within ``MEMORY`` and loads nothing from the network."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(config=config)


def _header(path: Path) -> list[str]:
    """Return the first row of a CSV file; an empty list where it cannot be read as one."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            line = file.readline(LONGEST_HEADER).decode("utf-8-sig")
        return split_line(line)
    except (OSError, EOFError, UnicodeDecodeError):
        return []


def _extract(rows: Sequence[TableRow]) -> bytes:
    ordered = sorted([cell or "" for cell in row] for row in rows)
    return csv_text([("area", "period", "value", "dims"), *ordered]).encode()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
