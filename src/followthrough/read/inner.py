"""Files inside a file: attachments of a letter, parts of a Word file in another format.

They are read by the reader of their own format, within bounds for all of them together, however they are nested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from followthrough.errors import InputRefused
from followthrough.read.decode import name_of
from followthrough.read.lines import Source

DEEPEST = 4
MOST_FILES = 200
MOST_BYTES = 100 * 1024 * 1024


@dataclass(slots=True)
class _Spent:
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Inner:
    """Reads files inside a file; ``depth`` is 0 in the outermost one.

    ``by_format`` reads bytes called by a name, with what reads the files inside them.
    """

    by_format: Callable[[bytes, str, Inner], Source]
    depth: int = 0
    spent: _Spent = field(default_factory=_Spent)

    def read(self, data: bytes, name: str) -> Source:
        """Return ``data`` as a source. Raises ``InputRefused`` where it cannot be read, or meets a bound."""
        self.spent.files += 1
        self.spent.bytes += len(data)
        if self.depth >= DEEPEST:
            raise InputRefused(name_of(name), "it lies too deep inside other files", "save it and give it by itself")
        if self.spent.files > MOST_FILES or self.spent.bytes > MOST_BYTES:
            raise InputRefused(name_of(name), "there is too much inside this file", "save it and give it by itself")
        return self.by_format(data, name, Inner(self.by_format, self.depth + 1, self.spent))
