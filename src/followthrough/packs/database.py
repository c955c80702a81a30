"""Packs as SQLite files, ready for Datasette: a table for each table, with its keys, and what every column holds."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from followthrough.io.atomic import write_atomic
from followthrough.packs.cells import Value, plain, write
from followthrough.packs.columns import Column, Table
from followthrough.packs.dictionary import Entry, dictionary
from followthrough.packs.licences import licence_address
from followthrough.packs.reading import Pack
from followthrough.packs.schema import TABLES

ABOUT, DICTIONARY = "about", "data_dictionary"
"""The tables with the metadata of the pack, and with what each column of the others holds."""
UNITS = {"links": {"share": "percent"}, "provisions": {"length": "characters"}}
"""The units of columns that have one for all of their rows; other values have a column with theirs beside them."""
TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "decimal": "NUMERIC"}


def write_database(pack: Pack, path: Path, as_of: str) -> None:
    """Write ``pack`` atomically as a SQLite file, in the place of one of that name; ``as_of`` is the day it is of."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "register.db"
        with closing(sqlite3.connect(made)) as database:
            _fill(database, pack, as_of)
        write_atomic(path, made.read_bytes())


def _fill(database: sqlite3.Connection, pack: Pack, as_of: str) -> None:
    for table in TABLES:
        database.execute(_made(table))
        for column in table.columns:
            if column.points_to:
                database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
        rows = ([_cell(column, row[column.name]) for column in table.columns] for row in pack.rows[table.name])
        marks = ", ".join("?" * len(table.columns))
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 - names of the schema
    database.execute(f"CREATE TABLE {ABOUT} (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    about = {"name": pack.name, "title": pack.title, "version": pack.version, "description": pack.description,
             "licence": pack.licence, "as_of": as_of, "cite": citation(pack, as_of)}  # fmt: skip
    database.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?)", about.items())  # noqa: S608 - a name of ours
    columns = ", ".join(f'"{name}" {"INTEGER" if name == "required" else "TEXT"}' for name in Entry._fields)
    database.execute(f'CREATE TABLE {DICTIONARY} ({columns}, PRIMARY KEY ("table", "column")) WITHOUT ROWID')
    told = [tuple(entry) for entry in dictionary()]
    database.executemany(f"INSERT INTO {DICTIONARY} VALUES (?, ?, ?, ?, ?, ?, ?)", told)  # noqa: S608 - a name of ours
    database.commit()
    database.execute("VACUUM")


def datasette_metadata(pack: Pack, as_of: str, database: str) -> bytes:
    """Return what Datasette shows beside the file called ``database``: titles, columns, units, source and licence.

    It is given as ``datasette register.db --metadata metadata.json``.
    """
    about = {"source": citation(pack, as_of), "license": pack.licence, "license_url": licence_address(pack.licence)}
    tables = {
        table.name: {
            "title": table.name.replace("_", " ").capitalize(),
            "description": f"{table.says[0].upper()}{table.says[1:]}",
            "columns": {one.name: one.says for one in table.columns if one.says},
            **({"units": UNITS[table.name]} if table.name in UNITS else {}), **about,
        }
        for table in TABLES
    }  # fmt: skip
    told = {
        "title": pack.title, "description": f"{pack.description} Version {pack.version}, as of {as_of}.".strip(),
        **about, "databases": {database: {"tables": tables}},
    }  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def citation(pack: Pack, as_of: str) -> str:
    """Return how to cite a pack."""
    licence = f" {pack.licence}." if pack.licence else ""
    return f"{pack.title}, version {pack.version}, as of {as_of}.{licence} Followthrough register of commitments."


def _made(table: Table) -> str:
    """Return the statement that makes a table."""
    columns = [
        f'"{one.name}" {TYPES.get(one.kind, "TEXT")}' + (" PRIMARY KEY" if one.name == "id" else "")
        for one in table.columns
    ]
    keys = [f'FOREIGN KEY ("{one.name}") REFERENCES "{one.points_to}" (id)' for one in table.columns if one.points_to]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, *keys])}) WITHOUT ROWID'


def _cell(column: Column, value: Value) -> str | int | None:
    """Return a value as the database takes it: nothing for what is missing, and a label without the words before it."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, Decimal):
        return plain(value)
    return value if column.kind == "label" and isinstance(value, str) else write(column, value)
