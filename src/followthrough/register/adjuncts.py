"""The means, purpose, result and manner of an undertaking, marked inside its span (S5)."""

from __future__ import annotations

import re

from followthrough.model.commitment import Adjunct
from followthrough.register.word_lists import alternation

_ADJUNCTS = (
    ("purpose", alternation("adjuncts", "purposes")),
    ("means", rf"(?:{alternation('adjuncts', 'means')}|by(?=\s+(?:the\s|\w+ing\b)))"),
    ("result", rf"(?:and\s+)?{alternation('adjuncts', 'results')}"),
    ("manner", r"while(?=\s+\w+ing\b)"),
    ("purpose", rf"to(?=\s+(?:{alternation('adjuncts', 'adverbs_of_purpose')}\s+)?[a-z]+\b)"),
)
_ANY = "|".join(f"(?P<{role}{at}>{pattern})" for at, (role, pattern) in enumerate(_ADJUNCTS))
_ADJUNCT = re.compile(rf"\b(?:{_ANY})\b")


def adjuncts(text: str, start: int, end: int) -> tuple[Adjunct, ...]:
    """Return the means, purpose, result and manner of an undertaking; each runs to the next or to its end (S5)."""
    marks = [match for match in _ADJUNCT.finditer(text, start, end) if match.start() > start + 3]
    found: list[Adjunct] = []
    for at, match in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else end
        words = text[match.start() : stop]
        kept = len(words.rstrip(" \n,;:"))
        role = re.sub(r"\d", "", match.lastgroup or "")
        if kept > len(match.group()):
            found.append(Adjunct(role, match.start(), match.start() + kept))
    return tuple(found)
