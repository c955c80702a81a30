"""Take a backup while others write: everything in it is of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.web.audit.models import Head
from followthrough.web.backup.archive import FOLDERS, Manifest, Progress, Writing, pieces
from followthrough.web.backup.tables import LEFT_OUT, Model, lines, migrations_of, tables
from followthrough.web.files.storage import FOLDER, FileGone, storage


def take(out: BinaryIO, progress: Progress = lambda _done, _all: None) -> Manifest:
    """Write a backup of the register to ``out``; ``progress`` is told rows and files done and in all.

    Raises ``InputRefused`` for a register that is not made yet, or of a later version; ``OSError`` for a full disk.
    """
    with snapshot():
        loader = MigrationLoader(connection)
        applied = migrations_of(loader)
        if ("audit", "0003_chained") not in applied:
            what = "is in the form of an earlier version, or not made yet"
            raise InputRefused("the register", what, "back it up with its own version, or start this one once")
        models = tables(loader, applied)
        count = _Counter(sum(model._base_manager.count() for model in models), progress)
        end = Head.objects.filter(pk=1).first()
        manifest = Manifest(
            made=timezone.now().isoformat(timespec="seconds"),
            program=version("followthrough"),
            database=connection.vendor,
            migrations=applied,
            audit={"events": end.count, "head": end.hash} if end else {"events": 0, "head": ""},
            left_out=sorted(LEFT_OUT),
        )
        with Writing(out, manifest) as writing:
            for model in models:
                writing.add(f"rows/{model._meta.db_table}.jsonl", count.each(lines(model)), table=True)
            _files(writing, count)
            _files_elsewhere(writing, models, count)
    return manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is at this moment, to the end of the block, and keep nobody from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:  # Django's own transactions on SQLite take the lock of writers
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")  # the moment is that of the first reading
            yield
        finally:
            cursor.execute("ROLLBACK")


class _Counter:
    """Counts what was written; files are added to the whole when they are found."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.done, self.progress = total, 0, progress

    def each(self, rows: Iterator[bytes]) -> Iterator[bytes]:
        yield next(rows)
        for row in rows:
            yield row
            self.step()

    def step(self) -> None:
        self.done += 1
        if self.done % 500 == 0 or self.done == self.total:
            self.progress(self.done, self.total)


def _files(writing: Writing, count: _Counter) -> None:
    """Write the files after the rows: what a row of the snapshot names was kept before the row was."""
    root = Path(settings.DATA_DIR)
    found = [path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if _is_kept(path)]
    count.total += len(found)
    for path in found:
        if path.is_symlink():
            raise InputRefused(str(path), "is a link, and a backup holds files only", "put the file in its place")
        writing.add(path.relative_to(root).as_posix(), pieces(path))
        count.step()


def _is_kept(path: Path) -> bool:
    """Say whether a path is a file that got its name: one that is being written begins with a dot."""
    return path.is_file() and not path.name.startswith(".")


def _files_elsewhere(writing: Writing, models: list[Model], count: _Counter) -> None:
    """Write the evidence files that are not on this disk, where those of a disk stand."""
    files = next((one for one in models if one._meta.label_lower == "files.storedfile"), None)
    if not settings.FILES_URL or files is None:
        return
    there = {member.name for member in writing.manifest.members}
    hashes = files._base_manager.order_by("pk").values_list("sha256", flat=True)
    names = {sha256: f"{FOLDER}/{sha256[:2]}/{sha256}" for sha256 in hashes}
    count.total += len(names)
    for sha256, name in names.items():
        if name not in there:
            try:
                writing.add(name, storage().pieces(sha256))
            except FileGone as error:
                what = f"cannot be read from the storage of evidence files ({error})"
                raise InputRefused(sha256, what, "see to FOLLOWTHROUGH_FILES_URL and its keys") from error
        count.step()
