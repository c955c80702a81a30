"""Set-up of Django for the commands that need the register; the others never import it."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from followthrough.errors import InputRefused


def boot(data_dir: Path | None = None) -> None:
    """Set up Django for the register in ``data_dir``, by default the one that the environment names."""
    if data_dir is not None:
        os.environ["FOLLOWTHROUGH_DATA_DIR"] = str(data_dir)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.web.settings")
    import django

    searched = gc.isenabled()
    gc.disable()  # an eighth of these imports would be a search for garbage, and they leave none
    try:
        django.setup()
    finally:
        if searched:
            gc.enable()


def migrate() -> None:
    """Apply the pending migrations of the database, if any."""
    from django.core.management import call_command

    from followthrough.web.first_form import lay_first_form

    if not _behind():
        return
    lay_first_form()
    if _behind():
        call_command("migrate", verbosity=0, interactive=False)


def require_current() -> None:
    """Raise ``InputRefused`` if migrations are pending, for commands that must not change the register."""
    if _behind():
        do = "run `followthrough manage migrate`, or start this version once"
        raise InputRefused("the register", "is in the form of an earlier version, or not made yet", do)


def _behind() -> bool:
    """Return whether migrations are pending. Raises ``InputRefused`` for a foreign or newer database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from followthrough.web.backup.known_migrations import unknown

    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    if later := unknown(executor.loader, applied):
        _refuse(applied, later[-1])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse(applied: set[tuple[str, str]], later: tuple[str, str]) -> None:
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if ("agreements", "0001_initial") in applied:
        what = f"was written by a newer version of this program ({'.'.join(later)})"
        raise InputRefused(name, what, "install that version, or restore a backup of before")
    raise InputRefused(name, "is the database of another program", "name another folder with --data-dir")


def trouble(error: Exception) -> str | None:
    """Return a one-line message for an error of the database or its disk, ``None`` for any other error."""
    if "django.db" not in sys.modules:
        return None
    from django.conf import settings

    from followthrough.web.kit.database_errors import trouble_of

    said = trouble_of(error)
    if said is None:
        return None
    database = settings.DATABASES["default"]
    name = str(database["NAME"]) if "sqlite3" in database["ENGINE"] else "the database"
    return str(InputRefused(name, str(said.what), str(said.do)))
