"""Folder -> Pack: every row read and checked, every problem named by file, row and column; all or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followthrough.errors import FollowthroughError, InputRefused
from followthrough.packs.cells import BadCell, Row, parse
from followthrough.packs.schema import TABLES, Column, Table

LARGEST_FILE = 64 * 1024 * 1024
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: what it says of itself (``name, title, version, description, licence``) and its rows by table."""

    name: str
    title: str
    version: str
    description: str
    licence: str
    digest: str
    rows: dict[str, list[Row]]


class PackRefused(FollowthroughError):
    """A pack that cannot be taken: ``problems`` holds one ``InputRefused`` for each thing that is wrong."""

    def __init__(self, problems: list[InputRefused]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    Raises ``InputRefused`` where there is no pack, ``PackRefused`` with one problem a row and column where rows are
    wrong: a cell that is none, an id twice, an id that is not there, a circle in the lineage.
    """
    meta = _descriptor(folder)
    problems: list[InputRefused] = []
    rows: dict[str, list[Row]] = {}
    known: dict[str, set[str]] = {table.name: set() for table in TABLES}
    seen = hashlib.sha256()
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        if not path.is_file():
            rows[table.name] = []
            continue
        data = _bounded(path)
        seen.update(table.name.encode() + b"\0" + data)
        rows[table.name] = list(_rows(table, path.name, data, known[table.name], problems))
    problems += _dangling(rows, known)
    problems += _circles(rows["documents"], "documents.csv", ("implements", "succeeds"))
    problems += _circles(rows["provisions"], "provisions.csv", ("parent",))
    if problems:
        raise PackRefused(problems)
    return Pack(**meta, digest=seen.hexdigest(), rows=rows)


def _bounded(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise InputRefused(path.name, f"is {size:,} bytes, more than {LARGEST_FILE:,}", "split the pack")
    return path.read_bytes()


def _descriptor(folder: Path) -> dict[str, str]:
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise InputRefused(str(folder), f"holds no {DESCRIPTOR}", "name the folder of a pack")
    try:
        data: Any = json.loads(_bounded(path).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputRefused(str(path), f"is not JSON ({error})", "mend it") from None
    if not isinstance(data, dict) or not all(isinstance(data.get(key), str) for key in ("name", "title", "version")):
        raise InputRefused(str(path), "lacks name, title or version", "add them as text")
    licences = data.get("licenses")
    first = licences[0] if isinstance(licences, list) and licences else {}
    return {
        "name": data["name"],
        "title": data["title"],
        "version": data["version"],
        "description": str(data.get("description", "")),
        "licence": str(first.get("name", "")) if isinstance(first, dict) else "",
    }


def _rows(table: Table, file: str, data: bytes, ids: set[str], problems: list[InputRefused]) -> Iterator[Row]:
    """Yield the good rows; ``ids`` gathers those of the bad ones too, so that one mistake is named once."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(InputRefused(file, "is not UTF-8", "save it as UTF-8", f"byte {error.start}"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        wanted = [column.name for column in table.columns]
        if header != wanted:
            problems.append(InputRefused(file, f"has columns {header}", f"write {','.join(wanted)}", "row 1"))
            return
        for cells in reader:
            row = _row(table, file, reader.line_num, cells, problems)
            first = _first_time(cells, ids, file, reader.line_num, problems)
            if row is not None and first:
                yield row
    except csv.Error as error:
        problems.append(InputRefused(file, f"is no CSV ({error})", "mend the row", f"row {reader.line_num}"))


def _row(table: Table, file: str, line: int, cells: list[str], problems: list[InputRefused]) -> Row | None:
    if len(cells) != len(table.columns):
        what = f"has {len(cells)} cells instead of {len(table.columns)}"
        problems.append(InputRefused(file, what, "check its commas and quotation marks", f"row {line}"))
        return None
    row: Row = {}
    for column, text in zip(table.columns, cells, strict=True):
        try:
            row[column.name] = parse(column, text)
        except BadCell as error:
            problems.append(InputRefused(file, str(error), "nothing was imported", _place(line, column)))
    if len(row) < len(cells):
        return None
    strength = row.get("strength", 1)
    if isinstance(strength, int) and not 1 <= strength <= 5:
        problems.append(InputRefused(file, f"{strength} is not 1 to 5", "correct it", f"row {line}, column strength"))
    return row


def _place(line: int, column: Column) -> str:
    return f"row {line}, column {column.name}"


def _first_time(cells: list[str], ids: set[str], file: str, line: int, problems: list[InputRefused]) -> bool:
    key = cells[0].strip() if cells else ""
    if key in ids:
        problems.append(InputRefused(file, f"“{key}” is there twice", "keep one of them", f"row {line}, column id"))
        return False
    ids.add(key)
    return True


def _dangling(rows: dict[str, list[Row]], known: dict[str, set[str]]) -> list[InputRefused]:
    return [
        InputRefused(
            f"{table.name}.csv",
            f"“{row[column.name]}” is not in {column.points_to}.csv",
            "add it there or correct it",
            f"id {row['id']}, column {column.name}",
        )
        for table in TABLES
        for column in table.columns
        if column.points_to
        for row in rows[table.name]
        if row[column.name] is not None and row[column.name] not in known[column.points_to]
    ]


def _circles(rows: list[Row], file: str, columns: tuple[str, ...]) -> list[InputRefused]:
    """Name the rows that come back to themselves along any of ``columns``."""
    nexts = {row["id"]: [row[column] for column in columns if row[column] is not None] for row in rows}
    found = []
    for start, direct in nexts.items():
        reached, waiting = set(), list(direct)
        while waiting:
            node = waiting.pop()
            if node not in reached:
                reached.add(node)
                waiting += nexts.get(node, [])
        if start in reached:
            what = f"“{start}” leads back to itself by {' and '.join(columns)}"
            found.append(InputRefused(file, what, "break the circle", f"id {start}"))
    return found
