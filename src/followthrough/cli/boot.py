"""Start Django for the commands that need the register; the others never import it."""

from __future__ import annotations

import os
from pathlib import Path

from followthrough.errors import InputRefused


def boot(data_dir: Path | None = None) -> None:
    """Set Django up, over the register in ``data_dir`` or the one that the environment names."""
    if data_dir is not None:
        os.environ["FOLLOWTHROUGH_DATA_DIR"] = str(data_dir)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "followthrough.web.settings")
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to the form that this version needs; does nothing where it has it."""
    from django.core.management import call_command

    if _behind():
        call_command("migrate", verbosity=0, interactive=False)


def require_current() -> None:
    """Refuse a register in another form than this version's, for commands that must not change it."""
    if _behind():
        do = "run `followthrough manage migrate`, or start this version once"
        raise InputRefused("the register", "is in the form of an earlier version, or not made yet", do)


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
