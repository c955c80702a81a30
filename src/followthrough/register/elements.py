"""Who does it, by when, to what target, with which resources, reviewed when: the words that say so, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from followthrough.register.heads import SIGNATORIES
from followthrough.register.word_lists import alternation

ELEMENTS = ("owner", "deadline", "target", "resources", "review_date")
_YEAR = r"(?:19|20)\d\d"
_DEADLINE = re.compile(
    rf"\b{alternation('elements', 'deadlines')}\s[^,;.]{{0,40}}?\b(?:{_YEAR}|months?|years?|days?|weeks?)\b", re.I
)
_TARGET = re.compile(
    r"(?<![\d.,])\d[\d.,]*+\s?(?:%|per\s?cent|percent)"
    r"|\b(?:at least|up to|by half|double|halve|triple)\b(?:\s[\w$€.,-]+){0,3}"
    r"|(?:US\$|\$|€)\s?\d[\d.,]*(?:\s(?:million|billion))?|(?<![\d.,])\d[\d,]*+\s(?!(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)[a-z]+"
)
_RESOURCES = re.compile(rf"(?:(?:US\$|\$|€)\s?\d[\d.,]*\s?)?\b{alternation('elements', 'resources')}\b", re.I)
_REVIEW = re.compile(
    rf"\b{alternation('elements', 'reviews')}\b[^.;]{{0,80}}?"
    rf"\b(?:{alternation('elements', 'occasions')}|(?:in|by)\s{_YEAR})\b",
    re.I,
)


def elements(words: str, actor: str, addressees: tuple[str, ...]) -> Mapping[str, str | None]:
    """Return the words that fill each of ``ELEMENTS`` in an undertaking; ``None`` where it is left open."""
    owner = addressees[0] if addressees else None if actor == SIGNATORIES else actor
    return {
        "owner": owner,
        "deadline": _said(_DEADLINE, words),
        "target": _said(_TARGET, words),
        "resources": _said(_RESOURCES, words),
        "review_date": _said(_REVIEW, words),
    }


def _said(pattern: re.Pattern[str], words: str) -> str | None:
    found = pattern.search(words)
    return " ".join(found.group().split()) if found is not None else None
