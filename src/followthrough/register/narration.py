"""What "we" said then, told in a text that speaks in the present, is no undertaking (S7)."""

from __future__ import annotations

from collections.abc import Sequence

from followthrough.register.splitting import Candidate


def is_spoken_now(candidates: Sequence[Candidate]) -> bool:
    """Tell whether a text speaks in the present: what "we" say outweighs what "we" said.

    A text that speaks in the past throughout ("we reaffirmed", "the Ministers welcomed") is catalogued.
    """
    told = [candidate.told for candidate in candidates if candidate.told is not None]
    return told.count(True) <= told.count(False)


def without_narration(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of a provision but for what was said then, and what that governs."""
    kept: list[Candidate] = []
    told = False
    for candidate in candidates:
        joined = told and candidate.told is None and candidate.head.form == "past"  # "we stressed A and promised B"
        if candidate.head.governor is None and not joined:
            told = bool(candidate.told)
        if not told:
            kept.append(candidate)
    return kept
