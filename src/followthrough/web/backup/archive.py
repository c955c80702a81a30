"""The file of a backup: a ZIP archive of tables and files, and a manifest with the hash of each. Knows no database."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from followthrough.errors import InputRefused

FORMAT, VERSION = "followthrough-backup", 1
MANIFEST = "manifest.json"
FOLDERS = ("files", "archive")
"""The folders beside the database that belong to a register: texts people gave, and providers' raw answers."""
CHUNK = 1 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a backup: its name, its bytes, their SHA-256 and, of a table, how many rows it has."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(slots=True)
class Manifest:
    """What a backup says of itself: when it was made and of what, where the record ended, and what it holds.

    ``migrations`` are those of the database, as pairs of app and name; ``left_out`` names tables that are not kept.
    """

    made: str
    program: str
    database: str
    migrations: list[tuple[str, str]]
    audit: dict[str, Any]
    left_out: list[str]
    members: list[Member] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows all its tables have."""
        return sum(member.rows or 0 for member in self.members)


class Writing:
    """A backup that is being written; the manifest comes last, when everything in it is known."""

    def __init__(self, out: BinaryIO, manifest: Manifest) -> None:
        self.manifest = manifest
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5)

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            about = {"format": FORMAT, "version": VERSION, **asdict(self.manifest)}
            self._zip.writestr(MANIFEST, json.dumps(about, ensure_ascii=False, indent=1))
        self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], *, table: bool = False) -> None:
        """Write one member; a table has a line of column names and then a row a line."""
        size, pieced, digest = 0, 0, hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size, pieced = size + len(piece), pieced + 1
        self.manifest.members.append(Member(name, size, digest.hexdigest(), pieced - 1 if table else None))


class Reading:
    """A backup that was found whole; see ``reading``."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = archive
        self.manifest = manifest

    def open(self, member: Member) -> IO[bytes]:
        """Open one member."""
        return self._zip.open(member.name)


DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, OverflowError, ValueError, KeyError,
    TypeError,
)  # fmt: skip
"""What reading a damaged ZIP file ends with: a flag that says encrypted is a ``RuntimeError``, a place before its
beginning an ``OSError``."""


def reading(file: BinaryIO, name: str, progress: Progress = lambda _done, _all: None) -> Reading:
    """Check every byte of a backup, and return it. ``progress`` is told bytes done and in all.

    Raises ``InputRefused`` for a file that is no backup, is damaged, or is of a later version.
    """
    try:
        archive = zipfile.ZipFile(file)
        manifest = _manifest(archive, name)
        _check(archive, manifest, name, progress)
    except DAMAGED as error:
        what = f"is no backup of Followthrough, or is damaged ({error})"
        raise InputRefused(name, what, "take another copy of it") from None
    return Reading(archive, manifest)


def _manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    about = json.loads(archive.read(MANIFEST))
    if about.pop("format") != FORMAT:
        raise ValueError("its manifest is of something else")
    if about.pop("version") > VERSION:
        raise InputRefused(name, "was written by a later version of Followthrough", "restore it with that version")
    members = [Member(**one) for one in about.pop("members")]
    migrations = [(app, migration) for app, migration in about.pop("migrations")]
    return Manifest(**about, migrations=migrations, members=members)


def _check(archive: zipfile.ZipFile, manifest: Manifest, name: str, progress: Progress) -> None:
    """Compare what is in the archive with the manifest: nothing more, nothing less, nothing else."""
    named = [*(member.name for member in manifest.members), MANIFEST]
    if sorted(named) != sorted(archive.namelist()):
        raise ValueError("it holds other parts than its manifest names")
    total, done = sum(member.bytes for member in manifest.members), 0
    for member in manifest.members:
        if not _inside(member.name):
            raise ValueError(f"a part is called {member.name}")
        digest, size = hashlib.sha256(), 0
        with archive.open(member.name) as part:
            while size <= member.bytes and (piece := part.read(CHUNK)):
                digest.update(piece)
                size += len(piece)
                progress(done + size, total)
        if (size, digest.hexdigest()) != (member.bytes, member.sha256):
            raise InputRefused(name, f"is damaged: {member.name} is not as it was written", "take another copy of it")
        done += size


def _inside(name: str) -> bool:
    """Say whether a member is a table, or a file below one of the folders and nowhere else."""
    path = PurePosixPath(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name and str(path) == name
    return plain and len(path.parts) > 1 and path.parts[0] in ("rows", *FOLDERS)


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces. Raises ``InputRefused`` where it cannot be read."""
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror})", "see to its permissions") from error
