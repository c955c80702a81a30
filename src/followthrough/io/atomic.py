"""Atomic writes: a file or folder gets its name when it is complete, so readers never see a part of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from followthrough.errors import InputRefused


@contextmanager
def atomic_file(path: Path, *, private: bool = False, replace: bool = True) -> Iterator[BinaryIO]:
    """Yield a binary file that is renamed to ``path`` when the block ends without an error, and removed otherwise.

    A ``private`` file is readable by its owner only. Raises ``InputRefused`` when the path cannot be written, the disk
    is full or, without ``replace``, the file exists.
    """
    try:
        with _temporary_file(path) as (file, temporary):
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not private:
                temporary.chmod(0o666 & ~_umask())
            if replace:
                temporary.replace(path)
            else:
                os.link(temporary, path)
    except FileExistsError as error:
        raise InputRefused(str(path), "is there already", "choose another name, or remove it first") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputRefused(str(path), f"it cannot be written ({reason})", "choose another place") from error


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write ``data`` to ``path``. Raises ``InputRefused`` where it cannot be written, is taken or the disk is full."""
    with atomic_file(path, private=private) as file:
        file.write(data)


@contextmanager
def atomic_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that is renamed to ``folder`` when the block ends without an error, and removed otherwise.

    An existing ``folder`` is moved aside first and removed last; it is restored if the rename fails. The parent folder
    is created. Raises ``OSError`` when the path cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        _replace_folder(folder, temporary)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _replace_folder(folder: Path, temporary: Path) -> None:
    if not folder.exists():
        temporary.rename(folder)
        return
    earlier = temporary.with_name(f"{temporary.name}.earlier")
    folder.rename(earlier)
    try:
        temporary.rename(folder)
    except OSError:
        earlier.rename(folder)
        raise
    shutil.rmtree(earlier)


@contextmanager
def _temporary_file(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Yield an open file in the folder of ``path``, readable by its owner only, and remove it afterwards."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """Return the umask of this process."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
