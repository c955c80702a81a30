"""The register of a static edition, brought back with Python alone: its SQLite file, and the check of every file.

    python restore.py EDITION register.sqlite3     checks the edition, and writes its register as an SQLite file
    python restore.py EDITION                      checks it alone

It needs no other package and no network, and goes with every edition: whoever holds the folder can go on with it.
Exit 1 where a file of the edition is missing or is not as it was published.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

MANIFEST = "edition/manifest.json"
REGISTER = "edition/register"
_MARK = "\ufeff"


def checked(edition: Path) -> list[str]:
    """Return, in words, which files of an edition are not as its manifest says; nothing where all are."""
    held = json.loads((edition / MANIFEST).read_text(encoding="utf-8"))["files"]
    wrong = []
    for name, digest in held.items():
        path = edition / name
        if not path.is_file():
            wrong.append(f"{name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(f"{name} is not as it was published")
    return wrong


def write_database(package: Path, path: Path) -> None:
    """Write the tables of a data package as an SQLite file, with their keys; the same package gives the same bytes."""
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        for resource in described:
            schema, name = resource["schema"], resource["name"]
            header, *rows = _lines((package / resource["path"]).read_text(encoding="utf-8-sig"))
            database.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(_columns(name, schema))}) WITHOUT ROWID")
            marks = ", ".join("?" * len(header))
            into = f"INSERT INTO {_quoted(name)} ({', '.join(map(_quoted, header))}) VALUES ({marks})"  # noqa: S608
            database.executemany(into, ([cell or None for cell in row] for row in rows))


def tables_of(database: Path, package: Path) -> dict[str, bytes]:
    """Return the tables of an SQLite file as the CSV files of its package, byte for byte."""
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    found = {}
    with closing(sqlite3.connect(database)) as opened:
        for resource in described:
            names = [one["name"] for one in resource["schema"]["fields"]]
            listed, table = ", ".join(map(_quoted, names)), _quoted(resource["name"])
            rows = opened.execute(f"SELECT {listed} FROM {table} ORDER BY id")  # noqa: S608
            found[resource["path"]] = _written([names, *([_text(cell) for cell in row] for row in rows)])
    return found


def _columns(table: str, schema: dict[str, Any]) -> Iterator[str]:
    """Yield the definitions of the columns and keys of a table."""
    for one in schema["fields"]:
        kind = "INTEGER" if one["type"] == "integer" else "TEXT"
        yield f"{_quoted(one['name'])} {kind}{' PRIMARY KEY NOT NULL' if one['name'] == schema['primaryKey'] else ''}"
    for key in schema.get("foreignKeys", ()):
        to = key["reference"]
        target = _quoted(to["resource"] or table)
        yield f"FOREIGN KEY ({_quoted(key['fields'])}) REFERENCES {target} ({_quoted(to['fields'])})"


def _lines(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


def _written(rows: list[list[str]]) -> bytes:
    lines: list[str] = []

    class Out:
        def write(self, line: str) -> None:
            lines.append(line.removesuffix("\r\n") + "\n")

    csv.writer(Out(), lineterminator="\r\n").writerows(rows)
    return (_MARK + "".join(lines)).encode()


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def main(arguments: list[str]) -> int:
    """Check an edition, and write its register where a file is named."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    edition = Path(arguments[0])
    wrong = checked(edition)
    sys.stderr.write("".join(f"{line}\n" for line in wrong) or "every file is as it was published\n")
    if wrong or len(arguments) == 1:
        return int(bool(wrong))
    database, package = Path(arguments[1]), edition / REGISTER
    write_database(package, database)
    for name, content in tables_of(database, package).items():
        if (package / name).read_bytes() != content:
            sys.stderr.write(f"{name} does not come back as it was\n")
            return 1
    sys.stderr.write(f"{database}: every table comes back byte for byte\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
