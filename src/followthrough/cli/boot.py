"""Start Django for the commands that need the register; the others never import it."""

from __future__ import annotations

import os
from pathlib import Path


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
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
