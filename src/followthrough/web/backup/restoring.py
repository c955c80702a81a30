"""Restore a backup into a register that nobody used yet: all of it, or nothing."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from followthrough.errors import InputRefused
from followthrough.web.audit.record import head
from followthrough.web.backup.archive import Manifest, Member, Progress, Reading
from followthrough.web.backup.tables import Model, load, ours, refuse_unknown, tables
from followthrough.web.data_folder import OWN
from followthrough.web.files.storage import FOLDER, FileGone, storage
from followthrough.web.first_form import lay_first_form
from followthrough.web.search.index import catch_up

STAGE = "restoring"
"""The folder, in that of our own name, in which files wait until everything is there."""
DO = "restore into a new data folder and, on PostgreSQL, an empty database"


def restore(backup: Reading, name: str, progress: Progress = lambda _done, _all: None) -> Manifest:
    """Fill the register of the settings from a backup; ``progress`` is told rows done and in all.

    Raises ``InputRefused`` where the register is not empty, or of another form, or the backup of a later version. The
    rows come in one transaction: after a kill the register is empty or whole, and the same command may run again.
    """
    manifest = backup.manifest
    refuse_unknown(name, MigrationLoader(connection), manifest.migrations)
    refuse_used()
    _form(manifest)
    stage = Path(settings.DATA_DIR) / OWN / STAGE
    try:
        _stage(backup, stage)
        with transaction.atomic():
            _rows(backup, name, progress)
            _place(stage)
    except IntegrityError as error:
        raise InputRefused(name, f"its tables do not fit together ({error})", "take another backup") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    call_command("migrate", verbosity=0, interactive=False)
    catch_up()
    return manifest


def refuse_used() -> None:
    """Raise ``InputRefused`` where the register holds anything, or files of another stand beside it."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    loader = MigrationLoader(connection)
    for model in tables(loader, loader.applied_migrations):
        if ours(model) and model._meta.db_table in there and (count := model._base_manager.count()):
            what = f"is not empty: {model._meta.db_table} has {count} rows"
            raise InputRefused("the register", what, DO)


def _form(manifest: Manifest) -> None:
    """Give the empty database the form that the backup was taken from."""
    if set(manifest.migrations) >= set(MigrationLoader(None).graph.nodes):
        lay_first_form()
    executor = MigrationExecutor(connection)
    wanted = set(manifest.migrations) & set(executor.loader.graph.nodes)
    if ahead := sorted(set(executor.loader.applied_migrations) - wanted):
        app, migration = ahead[0]
        raise InputRefused("the register", f"is of a later form than the backup (it has {app} {migration})", DO)
    parents = {
        parent.key
        for key in wanted
        for parent in executor.loader.graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    executor.migrate(sorted(wanted - parents))


def _rows(backup: Reading, name: str, progress: Progress) -> None:
    """Load every table inside the transaction of the caller, and compare what came with what was promised."""
    loader, manifest = MigrationLoader(connection), backup.manifest
    parts = {member.name: member for member in manifest.members if member.rows is not None}
    models = {f"rows/{model._meta.db_table}.jsonl": model for model in tables(loader, manifest.migrations)}
    if parts.keys() != models.keys():
        odd = sorted(parts.keys() ^ models.keys())[0]
        raise InputRefused(name, f"does not hold the tables of its form ({odd})", "take another backup")
    refuse_used()  # again, now that nobody else writes
    for model in models.values():
        if not ours(model):
            model._base_manager.all().delete()
    done = 0
    for part, model in models.items():
        done += _load(backup, parts[part], model, name)
        progress(done, manifest.rows)
    _numbers_go_on(list(models.values()))
    end = head()
    if {"events": end.count, "head": end.hash} != manifest.audit:
        raise InputRefused(name, "does not end where its manifest says that the record ended", "take another backup")


def _load(backup: Reading, member: Member, model: Model, name: str) -> int:
    with backup.open(member) as part:
        try:
            count = load(model, part)
        except (ValueError, TypeError, StopIteration) as error:
            raise InputRefused(name, f"{member.name} cannot be read ({error})", "take another backup") from error
    if count != member.rows:
        raise InputRefused(name, f"{member.name} has {count} rows, not {member.rows}", "take another backup")
    return count


def _numbers_go_on(models: list[Model]) -> None:
    """Let the counters of PostgreSQL go on behind the rows that came with their numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _stage(backup: Reading, stage: Path) -> None:
    """Unpack the files beside their places. Raises ``InputRefused`` where another file stands in one of these."""
    shutil.rmtree(stage, ignore_errors=True)
    for member in backup.manifest.members:
        if member.rows is None:
            place, wait = stage.parent.parent / member.name, stage / member.name
            if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() != member.sha256:
                raise InputRefused(str(place), "is there already, and is another file", DO)
            wait.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with backup.open(member) as source, wait.open("xb") as copy:
                shutil.copyfileobj(source, copy)
            wait.chmod(0o600)


def _place(stage: Path) -> None:
    """Put the files into their places: the last thing before the rows are confirmed."""
    elsewhere = stage / FOLDER if settings.FILES_URL else None
    for wait in sorted(path for path in stage.rglob("*") if path.is_file()):
        if elsewhere and elsewhere in wait.parents:
            _send(wait)
            continue
        place = stage.parent.parent / wait.relative_to(stage)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        wait.replace(place)


def _send(wait: Path) -> None:
    """Put an evidence file into the storage that the settings name."""
    try:
        with wait.open("rb") as file:
            storage().put(wait.name, file)
    except FileGone as error:
        what = f"does not take evidence files ({error})"
        raise InputRefused("the storage", what, "see to FOLLOWTHROUGH_FILES_URL and its keys") from error
