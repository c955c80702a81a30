"""Which of deliverable, target, timeframe and owner an undertaking does not state."""

from __future__ import annotations

import re

_DELIVERABLE = re.compile(
    r"\b(?:agreement|plan|strategy|fund|report|centre|center|network|programme|program|roadmap|framework"
    r"|guidelines|meeting|summit|mechanism"
    r"|platform|facility|working group|task force|initiative|scholarships?|projects?|resolution"
    r"|convention|protocol|item)\b",
    re.I,
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
    if not actors or actors == ("the signatories",):
        lacks.append("owner")
    return tuple(lacks)
