"""The second readers: every word that a file holds, found without any code of ``followthrough.read``.

They know nothing of provisions, furniture or numbering; they only walk the file. Each gives pieces of text in the order
of the file. Plain text is decoded, HTML goes through the standard library's parser, Word, OpenDocument and EPUB through
``zipfile`` and expat, PDF through pypdf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What a second reader found: its name, the pieces of text, and what it could not do.

    ``counts`` tells that the format prints numbers of its own that stand nowhere in the file. ``unread`` says why the
    file could not be read to its end, or is empty.
    """

    reader: str
    pieces: tuple[str, ...]
    counts: bool = False
    unread: str = ""
    unseen: tuple[str, ...] = ()


MOST_PIECES = 2_000_000


def bounded(pieces: Iterator[str]) -> tuple[str, ...]:
    """Return ``pieces``, at most ``MOST_PIECES`` of them."""
    return tuple(islice(pieces, MOST_PIECES))
