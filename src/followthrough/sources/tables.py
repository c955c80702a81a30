"""Tables of figures in local files, of any size, through DuckDB: one series out of them, or all of them summed up.

A table is recognised by its header (``providers.toml``), never by its name. Memory stays bounded: DuckDB spills.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from followthrough.errors import InputRefused
from followthrough.sources.answers import Answer, Gathering, Query, Raw, SourceFailed, wanted
from followthrough.sources.areas import iso3
from followthrough.sources.door import Missing
from followthrough.sources.providers import Shape, providers

MEMORY = "512MB"
ENDINGS = (".csv", ".csv.gz", ".parquet")
MEASURES = {"mean": "avg", "sum": "sum", "median": "median", "count": "count", "min": "min", "max": "max"}


@dataclass(frozen=True, slots=True)
class LocalTable:
    """A table that a provider's shape fits."""

    path: Path
    shape: Shape


@dataclass(frozen=True, slots=True)
class Summary:
    """One group of a table: how many rows have a number, in which periods the first and the last, and the measure."""

    group: tuple[str, ...]
    points: int
    first: str
    last: str
    value: float


def find(root: Path, provider: str) -> list[LocalTable]:
    """Return the tables under ``root`` that have the header of a provider's shape, in the order of their paths."""
    shape = providers()[provider].shape
    if shape is None:
        return []
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.name.endswith(ENDINGS[:2]))
    return [LocalTable(path, shape) for path in paths if set(shape.header) <= set(header(path))]


def header(path: Path) -> list[str]:
    """Return the first row of a CSV file; nothing where it cannot be read as one."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            line = file.readline(65536).decode("utf-8-sig")
        return next(csv.reader([line]), [])
    except (OSError, EOFError, UnicodeDecodeError, csv.Error):
        return []


def fetch(query: Query, table: LocalTable) -> Answer:
    """Return the figures of one series. Raises ``Missing`` where the table has no such code, else ``SourceFailed``."""
    shape, taken = table.shape, Gathering(query)
    if shape.wide and query.code not in header(table.path):
        raise Missing(query.name, f"{table.path.name} has no such column", "check the code")
    rows = _series(table, query.code)
    if not rows:
        raise Missing(query.name, f"{table.path.name} has no such series", "check the code")
    kept = []
    for area, period, value, dims in rows:
        dimensions = dict(part.partition("=")[::2] for part in (dims or "").split(";") if part)
        if wanted(dimensions, query.filter):
            taken.take(iso3(area or ""), period or "", value or "", dimensions.get("nature", ""))
            kept.append((area, period, value, dims))
    fetched = datetime.fromtimestamp(table.path.stat().st_mtime, UTC)
    answer = taken.answer([Raw(f"{table.path.name}#{query.code}", _extract(kept), fetched)])
    answer.notes.append(f"read from {table.path.name}, sha256 {_hash(table.path)}")
    return answer


def _series(table: LocalTable, code: str) -> list[tuple[str | None, ...]]:
    shape = table.shape
    value = _name(code if shape.wide else shape.value)
    dims = _name(shape.dims) if shape.dims else "NULL"
    where = "true" if shape.wide else f"lower({_name(shape.code)}) = lower(?)"
    asked = (
        f"SELECT {_name(shape.area)}, {_name(shape.period)}, {value}, {dims} FROM {_reader(table.path)} WHERE {where}"  # noqa: S608 - names are quoted
    )
    with connect() as connection:
        return _run(connection, asked, [str(table.path), *([] if shape.wide else [code])], table.path)


def _extract(rows: list[tuple[Any, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("area", "period", "value", "dims"))
    writer.writerows(sorted(rows, key=lambda row: [cell or "" for cell in row]))
    return out.getvalue().encode()


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
