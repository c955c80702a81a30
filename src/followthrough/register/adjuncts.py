"""The means, purpose, result and manner of an undertaking, marked inside its span (S5)."""

from __future__ import annotations

import re

from followthrough.model.commitment import Adjunct

_ADJUNCTS = (
    ("purpose", r"(?:in order to|so as to|with a view to|with the aim of|aimed at|in an effort to)"),
    ("means", r"(?:including (?:through|by)|including|through|by(?=\s+(?:the\s|\w+ing\b)))"),
    ("result", r"(?:and\s+)?(?:thus|thereby)"),
    ("manner", r"while(?=\s+\w+ing\b)"),
    ("purpose", r"to(?=\s+(?:(?:further|better|fully)\s+)?[a-z]+\b)"),
)
_ADJUNCT = re.compile("|".join(f"(?P<{role}{at}>\\b{pattern}\\b)" for at, (role, pattern) in enumerate(_ADJUNCTS)))


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
