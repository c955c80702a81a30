"""Write a file as a whole or not at all: what stands at its name is never half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from followthrough.errors import InputRefused


@contextmanager
def atomic_file(out: Path, *, private: bool = False, replace: bool = True) -> Iterator[BinaryIO]:
    """Yield a file that takes the name ``out`` when the block ends well, and is gone when it does not.

    A ``private`` file is for its owner alone. Raises ``InputRefused`` when the place cannot be written, the disk
    is full or, without ``replace``, something has the name.
    """
    try:
        with _beside(out) as (file, temporary):
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not private:
                mask = os.umask(0)
                os.umask(mask)
                temporary.chmod(0o666 & ~mask)
            if replace:
                temporary.replace(out)
            else:
                os.link(temporary, out)
    except FileExistsError as error:
        raise InputRefused(str(out), "is there already", "choose another name, or remove it first") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputRefused(str(out), f"it cannot be written ({reason})", "choose another place") from error


@contextmanager
def _beside(out: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Yield an open file in the folder of ``out``, readable by its owner alone; what is left of it is removed."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file, Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def write_atomic(out: Path, data: bytes) -> None:
    """Write ``data`` to ``out``. Raises as ``atomic_file`` does."""
    with atomic_file(out) as file:
        file.write(data)
