"""What a text is: a vision statement, an action plan, a memorandum, a treaty, a resolution (S12).

A body that names itself tells, or the title, by the genre word that stands first in it; where neither says anything,
the openings of paragraphs do.
"""

from __future__ import annotations

import re

from followthrough.model.document import Document
from followthrough.model.vocabulary import DocumentGenre, ProvisionKind
from followthrough.register.word_lists import tables

_SHARE = 0.3
"""Share of the paragraphs that must open with the words of a genre."""
_GERUND = re.compile(r"(?:[A-Z][a-z]+ing|[A-Z][a-z]+(?:ment|tion|ch|al) of)\b")
_OPENING = 40


def genre(document: Document) -> DocumentGenre | None:
    """Return the genre of ``document``, or ``None`` where neither title nor paragraphs tell it."""
    return _of_body(document.text) or _of_title(document.title or "") or _of_paragraphs(document)


def _of_body(text: str) -> DocumentGenre | None:
    """Return the genre of what a body adopts that names itself on a line of its own: "The General Assembly,"."""
    for row in tables("genres", "bodies"):
        if any(text.startswith(word) or f"\n{word}" in text for word in row["words"]):
            return DocumentGenre(row["genre"])
    return None


def _of_title(title: str) -> DocumentGenre | None:
    """Return the genre whose word stands first in a title; of two at one place the longer counts."""
    words = " ".join(title.lower().split())
    found = [
        (at, -len(word), str(row["genre"]))
        for row in tables("genres", "titles")
        for word in row["words"]
        if (at := _place(words, word)) >= 0
    ]
    return DocumentGenre(min(found)[2]) if found else None


def _place(title: str, word: str) -> int:
    at = title.find(word)
    while at >= 0:
        before, after = title[at - 1 : at], title[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or after.isalnum()):
            return at
        at = title.find(word, at + 1)
    return -1


def _of_paragraphs(document: Document) -> DocumentGenre | None:
    catalogued = {ProvisionKind.PARAGRAPH, ProvisionKind.ITEM}
    openings = [
        document.text[one.body : one.body + _OPENING].lstrip() for one in document.provisions if one.kind in catalogued
    ]
    if not openings:
        return None
    counts = {
        str(row["genre"]): sum(_opens(opening.lower(), row["words"]) for opening in openings)
        for row in tables("genres", "openings")
    }
    counts[DocumentGenre.PLAN] = sum(bool(_GERUND.match(opening)) for opening in openings)
    best = max(counts, key=lambda name: counts[name])
    return DocumentGenre(best) if counts[best] >= max(1, _SHARE * len(openings)) else None


def _opens(opening: str, words: list[str]) -> bool:
    return any(opening.startswith(word) and not opening[len(word) : len(word) + 1].isalnum() for word in words)
