"""Reader of packs: validates every row and reports all problems by file, row and column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followthrough.errors import InputRefused, ManyRefused
from followthrough.io.bounded import read_bounded
from followthrough.io.csv import Line, csv_lines
from followthrough.packs.cells import BadCell, Row, empty, parse
from followthrough.packs.checks import check
from followthrough.packs.rewritten_dates import dated_back, order_of_dates
from followthrough.packs.schema import TABLES, Column, Table

LARGEST_FILE = 64 * 1024 * 1024
DESCRIPTOR = "datapackage.json"
Known = dict[str, dict[str, int]]
"""The ids of each table with the row of each."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: its metadata (``name, title, version, description, licence``), SHA-256 ``digest``, and rows by table.

    ``told`` says what of the file was left out.
    """

    name: str
    title: str
    version: str
    description: str
    licence: str
    digest: str
    rows: dict[str, list[Row]]
    told: tuple[str, ...] = ()


class PackRefused(ManyRefused):
    """A pack that is not valid."""


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    Raises ``InputRefused`` where there is no pack, ``PackRefused`` with one problem per row and column that is not
    valid: a bad cell, a duplicate id, an unknown id, a cycle in the lineage.
    """
    meta = _descriptor(folder)
    problems: list[InputRefused] = []
    rows: dict[str, list[Row]] = {}
    known: Known = {table.name: {} for table in TABLES}
    seen = hashlib.sha256()
    lines: dict[str, list[Line]] = {}
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        if path.is_file():
            data = _bytes_of(path)
            seen.update(table.name.encode() + b"\0" + data)
            lines[table.name] = list(_csv_lines(table, path.name, data, problems))
    order = order_of_dates((table, lines[table.name]) for table in TABLES if table.name in lines)
    for table in TABLES:
        given = iter(dated_back(table, lines.get(table.name, []), order))
        file = f"{table.name}.csv"
        rows[table.name] = rows_of(table, file, given, known[table.name], problems) if table.name in lines else []
    finish(rows, known, problems)
    return Pack(**meta, told=(), digest=seen.hexdigest(), rows=rows)


def finish(rows: dict[str, list[Row]], known: Known, problems: list[InputRefused], name: str = "{}.csv") -> None:
    """Check the integrity between rows; ``name`` is the format of the name of a table in messages.

    Raises ``PackRefused`` with these problems and those collected before.
    """
    between = [*_dangling(rows, known), *check(rows)]
    problems += [_placed(problem, known, name) for problem in between]
    if problems:
        raise PackRefused(problems)


def _placed(problem: InputRefused, known: Known, name: str) -> InputRefused:
    """Return a problem with its row added, where it names only table and id."""
    table = problem.file.removesuffix(".csv")
    key, comma, column = (problem.where or "").removeprefix("id ").partition(",")
    line = known[table].get(key)
    where = f"row {line}{comma}{column} (id {key})" if line else problem.where
    return InputRefused(name.format(table), problem.what, problem.do, where)


def _bytes_of(path: Path) -> bytes:
    return read_bounded(path, LARGEST_FILE, "name the folder of a pack", split="split the pack")


def _descriptor(folder: Path) -> dict[str, str]:
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise InputRefused(str(folder), f"holds no {DESCRIPTOR}", "name the folder of a pack")
    try:
        data: Any = json.loads(_bytes_of(path).decode("utf-8-sig"))
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


def _csv_lines(table: Table, file: str, data: bytes, problems: list[InputRefused]) -> Iterator[Line]:
    """Yield the rows of a file; where it is not CSV, record the problem and stop."""
    try:
        yield from csv_lines(file, data, [column.name for column in table.columns])
    except InputRefused as problem:
        problems.append(problem)


def rows_of(
    table: Table, file: str, lines: Iterator[Line], ids: dict[str, int], problems: list[InputRefused]
) -> list[Row]:
    """Return the valid rows of a table; ``ids`` collects those of invalid rows too, so that an error is reported once.

    The first line names the columns, in any order; optional columns may be missing.
    """
    _, header = next(lines, (1, []))
    header = [name.strip().lower() for name in header]
    while header and not header[-1]:
        header.pop()
    columns = _columns(table, file, header, problems)
    rows = []
    folded: dict[str, str] = {}
    for line, cells in lines if columns else ():
        if not any(cell.strip() for cell in cells):
            continue  # spreadsheets save rows of commas below a table, and empty columns beside it
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        row = _row(table, columns, file, line, cells, problems)
        at = columns.index(table.column("id"))
        key = cells[at].strip() if at < len(cells) else ""
        if (twin := folded.setdefault(key.lower(), key)) != key:
            what = f"“{key}” differs from “{twin}” by capital letters alone"
            problems.append(InputRefused(file, what, "is it the same? write one of them", f"row {line}, column id"))
        if _first_time(cells[at : at + 1], ids, file, line, problems) and row is not None:
            rows.append(row)
    return rows


def _columns(table: Table, file: str, header: list[str], problems: list[InputRefused]) -> list[Column]:
    known = {column.name: column for column in table.columns}
    unknown = [name for name in header if name not in known]
    absent = [column.name for column in table.columns if column.required and column.name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    for says, names in (("has unknown columns", unknown), ("lacks columns", absent), ("has twice", twice)):
        if names:
            what = f"{says}: {', '.join(names) or 'none'}"
            problems.append(InputRefused(file, what, f"its columns are {', '.join(known)}", "row 1"))
    return [] if unknown or absent or twice else [known[name] for name in header]


def _row(
    table: Table, columns: list[Column], file: str, line: int, cells: list[str], problems: list[InputRefused]
) -> Row | None:
    if len(cells) != len(columns):
        what = f"has {len(cells)} cells instead of {len(columns)}"
        problems.append(InputRefused(file, what, "check its commas and quotation marks", f"row {line}"))
        return None
    found: Row = {}
    for column, text in zip(columns, cells, strict=True):
        try:
            found[column.name] = parse(column, text)
        except BadCell as error:
            problems.append(InputRefused(file, str(error), "nothing was imported", _place(line, column)))
    if len(found) < len(cells):
        return None
    strength = found.get("strength", 1)
    if isinstance(strength, int) and not 1 <= strength <= 5:
        problems.append(InputRefused(file, f"{strength} is not 1 to 5", "correct it", f"row {line}, column strength"))
    return {column.name: found[column.name] if column.name in found else empty(column) for column in table.columns}


def _place(line: int, column: Column) -> str:
    return f"row {line}, column {column.name}"


def _first_time(cells: list[str], ids: dict[str, int], file: str, line: int, problems: list[InputRefused]) -> bool:
    key = cells[0].strip() if cells else ""
    if key in ids:
        problems.append(InputRefused(file, f"“{key}” is there twice", "keep one of them", f"row {line}, column id"))
        return False
    ids[key] = line
    return True


def _dangling(rows: dict[str, list[Row]], known: Known) -> list[InputRefused]:
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
