"""Writes the form of a new register, which src/followthrough/web/first_form.sql holds; a test compares the two.

python tools/first_form.py    after a new migration, or a change of models: runs every migration, which takes a while
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from os import environ
from pathlib import Path

FILE = Path(__file__).parents[1] / "src" / "followthrough" / "web" / "first_form.sql"
HEAD = "-- Written by tools/first_form.py: a new register as all migrations leave it."


def form(database: Path) -> str:
    """Return the statements that make an empty database what ``database`` is, one a paragraph."""
    with closing(sqlite3.connect(database)) as held:
        statements = list(_statements(held))
    if any("\n\n" in one for one in statements):
        raise SystemExit("a statement has an empty line, which parts statements: write its migration without one")
    return "\n\n".join([f"{HEAD}\n{statements[0]}", *statements[1:]]) + "\n"


def _statements(held: sqlite3.Connection) -> Iterator[str]:
    """Yield tables, their rows, indexes and triggers; what SQLite makes by itself is left out."""
    made = held.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    ).fetchall()
    virtual = {name: sql for _, name, sql in made if sql.startswith("CREATE VIRTUAL")}
    made = [one for one in made if not one[1].startswith(("sqlite_", *(f"{name}_" for name in virtual)))]
    tables = {name: sql for kind, name, sql in made if kind == "table" and name not in virtual}
    yield from (f"{sql};" for sql in tables.values())
    for name in tables:
        yield from _rows(held, name)
    yield from (f"{sql};" for sql in virtual.values())
    yield "DELETE FROM sqlite_sequence;"
    yield from _rows(held, "sqlite_sequence")
    for kind, _, sql in made:
        if kind != "table":
            yield f"{sql};"


def _rows(held: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [f'"{name}"' for _, name, *_ in held.execute(f'PRAGMA table_info("{table}")')]
    quoted = [f"quote({column})" if column != '"applied"' else "'strftime(''%Y-%m-%d %H:%M:%f'', ''now'')'"
              for column in columns]  # fmt: skip
    values = held.execute(f'SELECT {", ".join(quoted)} FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608 - a copy
    if values:
        lines = ",\n".join(f"({', '.join(one)})" for one in values)
        yield f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES\n{lines};'


def main() -> int:
    """Run every migration in a folder of its own, and write what came of them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "followthrough", "manage", "migrate", "--verbosity=0", "--skip-checks"]
        own = {**environ, "FOLLOWTHROUGH_DATA_DIR": folder, "DATABASE_URL": ""}
        subprocess.run(command, env=own, check=True)  # noqa: S603 - our own words
        FILE.write_text(form(Path(folder) / "register.sqlite3"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
