"""A moving window over a file: patterns are found across its edges, and what was passed is let go."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

CHUNK = 1 << 20
LONGEST_TAG = 64
"""The most bytes that a pattern needs to be recognised by: as many stay when a search goes on in the next chunk."""


class Window:
    """Bytes of a file from ``at`` on; ``line`` is the line of ``at``, counted from 1."""

    def __init__(self, file: BinaryIO, offset: int = 0, line: int = 1) -> None:
        self.file, self.base, self.line = file, offset, line
        self.data, self.at, self.ended = b"", 0, False
        file.seek(offset)

    @property
    def offset(self) -> int:
        """The offset of ``at`` in the file, in bytes."""
        return self.base + self.at

    def size(self) -> int:
        """Return the size of the file, in bytes."""
        here = self.file.tell()
        end = self.file.seek(0, os.SEEK_END)
        self.file.seek(here)
        return end

    def more(self) -> bool:
        """Read on; returns whether there was anything. What lies before ``at`` is let go."""
        read = self.file.read(CHUNK)
        if not read:
            self.ended = True
            return False
        self.data, self.base, self.at = self.data[self.at :] + read, self.base + self.at, 0
        return True

    def move(self, to: int) -> None:
        """Go on to ``to``, a place in ``data``."""
        self.line += self.data.count(b"\n", self.at, to)
        self.at = to

    def search(self, pattern: re.Pattern[bytes], ahead: int = 0, most: int = 0) -> re.Match[bytes] | None:
        """Find ``pattern`` from ``ahead`` bytes behind ``at`` on, reading on as far as it takes.

        Returns ``None`` where the file ends without it, or, where ``most`` is given, so many bytes hold none.
        """
        while True:
            found = pattern.search(self.data, self.at + ahead)
            held = len(self.data) - self.at
            if found and (self.ended or found.end() <= len(self.data) - LONGEST_TAG):
                return found
            ahead = max(ahead, min(found.start() - self.at if found else held, held - LONGEST_TAG))
            if most and held > most:
                return None
            if not self.more():
                return pattern.search(self.data, self.at + ahead)
