"""Who does it, by when, to what target, with which resources, reviewed when: the words that say so, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from followthrough.register.heads import SIGNATORIES
from followthrough.register.triggers import Triggered, first_words
from followthrough.register.word_lists import alternation

ELEMENTS = ("owner", "deadline", "target", "resources", "review_date")
_YEAR = r"(?:19|20)\d\d"
_DEADLINE = Triggered(
    re.compile(
        rf"\b{alternation('elements', 'deadlines')}\s[^,;.]{{0,40}}?\b(?:{_YEAR}|months?|years?|days?|weeks?)\b", re.I
    ),
    frozenset({f"{time}{s}" for time in ("month", "year", "day", "week") for s in ("", "s")}).union(
        map(str, range(1900, 2100))
    ),
)
_TARGET = re.compile(
    rf"(?<![\d.,])\d[\d.,]*+\s?(?:%|per\s?cent|percent)"
    r"|\b(?:at least|up to|by half|double|halve|triple)\b(?:\s[\w$€.,-]+){0,3}"
    rf"|(?:US\$|\$|€)\s?\d[\d.,]*(?:\s(?:million|billion))?|(?<![\d.,])(?!{_YEAR}\b)\d[\d,]*+\s(?!(?:days|weeks|months|years|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b)[a-z]+"
)
_MAY_AIM = re.compile(r"\d|least|up to|by half|double|halve|triple")
"""What every target holds."""
_REFERENCE = re.compile(
    r"\b(?:paragraphs?|sections?|[Aa]rticles?|resolutions?)(?:\s(?:\d[\d.]*,?|\(\w{1,4}\),?|and|to|of|resolution|section)(?!\w))+"
)
_RESOURCES = Triggered(
    re.compile(rf"(?:(?:US\$|\$|€)\s?\d[\d.,]*\s?)?\b{alternation('elements', 'resources')}\b", re.I),
    first_words("elements", "resources"),
)
_REVIEW = Triggered(
    re.compile(
        rf"\b{alternation('elements', 'reviews')}\b[^.;]{{0,80}}?"
        rf"\b(?:{alternation('elements', 'occasions')}|(?:in|by)\s{_YEAR}|every\s\w+\s(?:days|weeks|months|years)"
        rf"|no\slater\sthan\s[\w ]{{0,20}}{_YEAR})\b",
        re.I,
    ),
    first_words("elements", "reviews"),
)


def elements(words: str, actor: str, addressees: tuple[str, ...]) -> Mapping[str, str | None]:
    """Return the words that fill each of ``ELEMENTS`` in an undertaking; ``None`` where it is left open."""
    owner = addressees[0] if addressees else None if actor == SIGNATORIES else actor
    return {
        "owner": owner,
        "deadline": _said(_DEADLINE, words),
        "target": _said(_TARGET, _without_references(words)) if _MAY_AIM.search(words) is not None else None,
        "resources": _said(_RESOURCES, words),
        "review_date": _said(_REVIEW, words),
    }


def _without_references(words: str) -> str:
    """Return ``words`` without the numbers of what they refer to: "paragraphs 12, 13 and 14 of resolution 2140"."""
    return _REFERENCE.sub(" ", words)


def _said(pattern: re.Pattern[str] | Triggered, words: str) -> str | None:
    found = pattern.search(words)
    return " ".join(found.group().split()) if found is not None else None
