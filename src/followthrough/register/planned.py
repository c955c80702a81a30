"""Whether a text is the plan of one government, and what its paragraphs are made of: items, cells, law (S7, S12)."""

from __future__ import annotations

import re

from followthrough.model.document import Document
from followthrough.model.vocabulary import DocumentGenre
from followthrough.register.spans import Span
from followthrough.register.word_lists import alternation

_OPEN = frozenset({None, DocumentGenre.TREATY, DocumentGenre.VISION, DocumentGenre.PRINCIPLES})
"""Genres that a word of a plan's title may have given: "Contribution under Article 4 of the Paris Agreement"."""
_OF_ITSELF = re.compile(
    rf"\b(?:[Tt]his|[Tt]he) (?:[Nn]ational )?{alternation('planned', 'plans')}\b"
    rf"|\b[Tt]he (?:[A-Z]?[a-z]+ )?{alternation('planned', 'executives')}\b[^.;\n]{{0,60}}? (?:will|shall)\b",
    re.I,
)
_NAMED = re.compile(rf"\b{alternation('planned', 'plans')}\b", re.I)
_UNDER = re.compile(r"\b(?:under|of the|pursuant|between)\b", re.I)
_OF_OTHERS = re.compile(r"\b(?:[Bb]oth|[Tt]he (?:two|three)) (?:sides|parties|leaders|countries|ministers)\b")
_MENTIONS = 2
"""Places at which a text speaks of itself as a plan, or of those who carry it out."""
_LEGAL = alternation("planned", "legal")
_IN_FORCE = re.compile(
    rf"[^.;]{{0,120}}?\b(?:{_LEGAL}|[Aa]rticle \d+)\b[^.;]{{0,60}}?\b{alternation('planned', 'providing')}\b"
    rf"|(?:The )?(?i:{alternation('planned', 'according')})\b[^.;]{{0,80}}?\b{_LEGAL}\b"
    r"(?:[^.;]|\.(?= ?\d)){0,100}?\b(?:shall|are to|is to|must)\b"
    r"|(?:States [Pp]arties|Parties) to\b"
)
_CELLS = re.compile(r"(?<=[^\s.!?:;,])(?:[ \t]{2,}|\s\|\s|\t)(?=\S)")
_FEWEST_CELLS = 3
_NUMBER = re.compile(
    rf"(?:[^.;:]{{0,120}}?\b(?i:{alternation('planned', 'headings_of_items')}):?\s)?"
    r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+(?=[A-Z])"
)


def is_planned(document: Document) -> bool:
    """Tell whether a text is a plan of one government or institution, and no agreement of several."""
    named = document.genre in {DocumentGenre.PLAN, DocumentGenre.ROADMAP}
    if (named or document.genre in _OPEN) and _NAMED.search(_UNDER.split(document.title or "")[0]) is not None:
        return True
    if not (named or document.genre in _OPEN) or _OF_OTHERS.search(document.text) is not None:
        return False
    return sum(1 for _ in _OF_ITSELF.finditer(document.text)) >= _MENTIONS


def after_number(text: str, start: int, end: int) -> int:
    """Return where the words of an item begin whose number was left in them: "(b) Remove the weirs"."""
    found = _NUMBER.match(text, start, end)
    return found.end() if found is not None else start


def cells(text: str, start: int, end: int) -> list[Span]:
    """Return the ranges of the cells of a row of a table, or nothing where ``text[start:end]`` is none."""
    edges = [(one.start(), one.end()) for one in _CELLS.finditer(text, start, end)]
    if len(edges) + 1 < _FEWEST_CELLS:
        return []
    return list(zip([start, *(high for _, high in edges)], [*(low for low, _ in edges), end], strict=True))


def is_in_force(text: str, start: int, end: int, body: int) -> bool:
    """Tell whether a sentence says what a law or treaty provides: "Under the Water Act, the Board shall" (S7).

    One that begins inside straight quotation marks, in a provision from ``body`` on, is quoted.
    """
    return _IN_FORCE.match(text, start, end) is not None or text.count('"', body, start) % 2 == 1
