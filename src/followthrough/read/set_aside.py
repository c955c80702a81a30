"""What a reader left out of the text, said in words: one warning for each kind, with its counts and an example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from followthrough.model.document import Notice, SetAside
from followthrough.model.vocabulary import AsideKind

_LONGEST = 60


def notices_of(pieces: Iterable[SetAside]) -> tuple[Notice, ...]:
    """Return one notice ``left-out`` for each kind among ``pieces``, in the order of the vocabulary."""
    found: dict[AsideKind, list[str]] = defaultdict(list)
    for piece in pieces:
        found[piece.what].append(piece.words)
    return tuple(_notice(kind, found[kind]) for kind in AsideKind if kind in found)


def _notice(kind: AsideKind, words: list[str]) -> Notice:
    total = sum(len(each.split()) for each in words)
    places = f"{len(words)} place{'s' if len(words) > 1 else ''}"
    message = f"{kind} left out of the text: {total} word{'s' if total > 1 else ''} in {places}"
    return Notice("left-out", f"{message}, such as {words[0][:_LONGEST]!r}")
