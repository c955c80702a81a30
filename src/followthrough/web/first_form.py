"""The form of a new register on SQLite, laid down as all migrations left it in another, where running them is slow.

``first_form.sql`` holds one statement a paragraph; ``tools/first_form.py`` writes it from a register that ran every
migration, and a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FORM = Path(__file__).with_name("first_form.sql")


def lay_first_form() -> None:
    """Give an empty SQLite database the form of this version; any other database stays as it is.

    So does an empty one where the migrations are others than those of the form, such as with another version of a
    package that brings some: then they have to be run.
    """
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")
        if cursor.fetchone()[0]:
            return
        for statement in FORM.read_text(encoding="utf-8").split("\n\n"):
            cursor.execute(statement)
        if set(MigrationRecorder(connection).applied_migrations()) != set(MigrationLoader(None).graph.nodes):
            transaction.set_rollback(True)
