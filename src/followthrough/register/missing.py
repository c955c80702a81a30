"""Which of deliverable, target, timeframe and owner an undertaking does not state."""

from __future__ import annotations

import re

from followthrough.register.heads import SIGNATORIES
from followthrough.register.triggers import Triggered, first_words
from followthrough.register.word_lists import alternation

_DELIVERABLE = Triggered(
    re.compile(rf"\b{alternation('missing', 'deliverables')}\b", re.I), first_words("missing", "deliverables")
)


def missing(words: str, strength_: int, due: str | None, amount: object, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of deliverable, target, timeframe and owner the undertaking leaves open."""
    lacks = []
    if strength_ < 5 and not _DELIVERABLE.search(words):
        lacks.append("deliverable")
    if amount is None:
        lacks.append("target")
    if due is None:
        lacks.append("timeframe")
    if not actors or actors == (SIGNATORIES,):
        lacks.append("owner")
    return tuple(lacks)
