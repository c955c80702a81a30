"""Writes an edition: everything is made beside the folder, then only what changed is put in its place.

Until the last file is made the folder stays as it is; the manifest comes last, and says what an edition holds.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from followthrough.errors import InputRefused
from followthrough.publish.restore import MANIFEST


@dataclass(slots=True)
class Edition:
    """An edition in the making: its files lie in ``staged`` until all are there; ``digests`` by name."""

    folder: Path
    staged: Path
    digests: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, content: bytes) -> None:
        """Keep a file for the edition; of one that is in its place already only the digest."""
        digest = hashlib.sha256(content).hexdigest()
        self.digests[name] = digest
        if _digest(self.folder / name) != digest:
            path = self.staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def put(self, about: dict[str, object]) -> Changes:
        """Put the files that changed in their places, take away those that are no longer published."""
        before = published(self.folder)
        changed = sorted(name for name in self.digests if (self.staged / name).is_file())
        for name in changed:
            _move(self.staged / name, self.folder / name)
        gone = sorted(name for name in set(before) - set(self.digests) if _inside(name))
        for name in gone:
            _remove(self.folder, name)
        manifest = {**about, "files": dict(sorted(self.digests.items()))}
        if changed or gone or not (self.folder / MANIFEST).is_file():
            path = self.staged / "manifest"
            path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            _move(path, self.folder / MANIFEST)
        return Changes(changed, gone, len(self.digests))


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run did: the files it wrote and took away, and how many there are."""

    written: list[str]
    removed: list[str]
    files: int


@contextmanager
def edition(folder: Path) -> Iterator[Edition]:
    """Yield an edition to be made in ``folder``. Raises ``InputRefused`` where that holds files and no edition."""
    if folder.exists() and not folder.is_dir():
        raise InputRefused(str(folder), "is no folder", "name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise InputRefused(str(folder), "holds files, and no edition", "name an empty folder, or one of an edition")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise InputRefused(str(folder), f"cannot be written ({error.strerror})", "choose another place") from error
    try:
        yield Edition(folder, staged)
    except OSError as error:
        raise InputRefused(str(folder), f"cannot be written ({error.strerror})", "choose another place") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def published(folder: Path) -> dict[str, str]:
    """Return the files that an edition holds, with their digests; none where there is no edition yet."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError) as error:
        raise InputRefused(str(path), "is no manifest of an edition", "publish into a new folder") from error
    return {str(name): str(digest) for name, digest in files.items()}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _inside(name: str) -> bool:
    """Say whether a name of a manifest stays in the folder: it was written by a program, and read from a file."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
