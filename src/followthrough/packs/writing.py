"""Writer of packs as folders; deterministic, byte for byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_folder
from followthrough.io.csv import csv_text
from followthrough.packs.bundled import DEMO
from followthrough.packs.cells import write
from followthrough.packs.reading import DESCRIPTOR, Pack
from followthrough.packs.schema import TABLES, Column, Table

KEPT = ("README.md", DEMO)
"""Files of an existing pack that are not tables and are kept when it is rewritten."""
BESIDE = "verification.json"
"""A file that an exporter may write beside the tables; readers of packs leave it alone."""
_TYPES = {"integer": "integer", "boolean": "boolean", "spans": "array", "moment": "datetime"}


def write_pack(pack: Pack, folder: Path, beside: Mapping[str, bytes] | None = None) -> None:
    """Write ``pack`` as a folder, atomically, with the files ``beside`` its tables.

    The files ``KEPT`` of an existing pack are kept.

    Raises ``InputRefused`` if ``folder`` exists and is neither empty nor a pack.
    """
    if folder.exists() and not (folder.is_dir() and _replaceable(folder)):
        raise InputRefused(str(folder), "is there already and is no pack", "name a new folder")
    with atomic_folder(folder) as new:
        for name, content in (pack_files(pack) | dict(beside or {})).items():
            (new / name).write_bytes(content)
        for name in KEPT:
            if (folder / name).is_file():
                shutil.copy2(folder / name, new / name)


def pack_files(pack: Pack) -> dict[str, bytes]:
    """Return the files of ``pack`` by name."""
    files = {f"{table.name}.csv": _table(table, pack) for table in TABLES if pack.rows[table.name]}
    files[DESCRIPTOR] = (json.dumps(_descriptor(pack), ensure_ascii=False, indent=2) + "\n").encode()
    return files


def _replaceable(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    ours = {DESCRIPTOR, BESIDE, *KEPT, *(f"{table.name}.csv" for table in TABLES)}
    return not names or (DESCRIPTOR in names and names <= ours)


def _table(table: Table, pack: Pack) -> bytes:
    header = [column.name for column in table.columns]
    rows = sorted(pack.rows[table.name], key=lambda row: str(row["id"]))
    return csv_text(
        [header, *([write(column, row[column.name]) for column in table.columns] for row in rows)], mark=True
    ).encode()


def _descriptor(pack: Pack) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": pack.name,
        "title": pack.title,
        "version": pack.version,
        "description": pack.description,
        "licenses": [{"name": pack.licence}] if pack.licence else [],
        "resources": [_resource(table, pack) for table in TABLES if pack.rows[table.name]],
    }


def _resource(table: Table, pack: Pack) -> dict[str, Any]:
    """Return the Frictionless descriptor of a table, without foreign keys to empty tables, which are not written."""
    keys = [
        {"fields": column.name, "reference": {"resource": _target(table, column), "fields": "id"}}
        for column in table.columns
        if column.points_to and pack.rows[column.points_to]
    ]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": "id"}
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.says,
        "encoding": "utf-8",
        "schema": schema,
    }


def _target(table: Table, column: Column) -> str:
    """Return the resource that a foreign key refers to; the Frictionless name of the own table is empty."""
    return "" if column.points_to == table.name else column.points_to


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    if column.says:
        field["description"] = column.says
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.one_of and column.kind != "list":
        constraints["enum"] = list(column.one_of)
    if constraints:
        field["constraints"] = constraints
    return field
