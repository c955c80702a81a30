"""Bounded reads: files are read into memory up to a size limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from followthrough.errors import InputRefused

_PIECE = 1 << 20


class TooLarge(Exception):
    """A file exceeds the limit; ``size`` is its size in bytes, or a lower bound of it."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"{size:,} bytes are more than may be read")


def read_bounded(path: Path, largest: int, do: str, *, split: str = "split it") -> bytes:
    """Return the bytes of the file at ``path``.

    Raises ``InputRefused`` for a file of more than ``largest`` bytes, with the advice ``split``, and for one that
    cannot be read, with the advice ``do``.
    """
    try:
        return read_at_most(path, largest)
    except TooLarge:
        raise InputRefused(path.name, f"is larger than {largest:,} bytes", split) from None
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror})", do) from None


def read_at_most(path: Path, largest: int) -> bytes:
    """Return the bytes of the file at ``path``, which may be a pipe or grow while it is read.

    Raises ``TooLarge`` for a file of more than ``largest`` bytes, before reading it if its size is known, and
    ``OSError`` where it cannot be read.
    """
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        size = about.st_size if stat.S_ISREG(about.st_mode) else 0
        if size > largest:
            raise TooLarge(size)
        data = file.read(size + 1)
        if len(data) > size:
            data += _rest(file, largest + 1 - len(data))
        if len(data) > largest:
            raise TooLarge(len(data))
        return data


def _rest(file: BinaryIO, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := file.read(min(_PIECE, most))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)
