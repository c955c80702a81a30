"""A new register has the form that the migrations lead to, whether they ran or it was laid down."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tools.first_form import form

from followthrough.web import first_form
from made_registers import copy_database

pytestmark = pytest.mark.slow
BOOTED = "from followthrough.cli.boot import boot, migrate; boot()\n"


def laid(folder: Path, code: str = "migrate()") -> Path:
    folder.mkdir(exist_ok=True)
    own = {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(folder), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", BOOTED + code], env=own, check=True)
    return folder / "register.sqlite3"


def test_the_form_is_what_the_migrations_leave(tmp_path: Path) -> None:
    """Where this fails, ``python tools/first_form.py`` writes it anew."""
    copy_database("empty", tmp_path / "migrated.sqlite3")
    assert form(tmp_path / "migrated.sqlite3") == first_form.FORM.read_text(encoding="utf-8")


def test_a_first_start_lays_it_down(tmp_path: Path) -> None:
    ran = "import django.db.migrations.executor as e; e.MigrationExecutor.apply_migration = None\nmigrate(); migrate()"
    made = laid(tmp_path / "data", ran)
    assert form(made) == first_form.FORM.read_text(encoding="utf-8")
    with closing(sqlite3.connect(made)) as held:
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []


def test_where_a_migration_is_not_of_the_form_all_are_run(tmp_path: Path) -> None:
    older = tmp_path / "older.sql"
    older.write_text(first_form.FORM.read_text(encoding="utf-8").replace("'contenttypes', '0001_initial'", "'x', 'y'"))
    code = f"from pathlib import Path; from followthrough.web import first_form as f; f.FORM = Path({str(older)!r})\n"
    asked = "from django.db import connection; f.lay_first_form(); assert not connection.introspection.table_names()"
    laid(tmp_path / "data", code + asked)


def test_a_register_that_holds_something_stays_as_it_is(tmp_path: Path) -> None:
    code = "migrate(); from django.db import connection; connection.cursor().execute('DELETE FROM auth_permission')"
    made = laid(tmp_path, f"{code}; from followthrough.web.first_form import lay_first_form; lay_first_form()")
    with closing(sqlite3.connect(made)) as held:
        assert held.execute("SELECT count(*) FROM auth_permission").fetchone() == (0,)
