"""Who does it, by when, to what target, with which resources, reviewed when: the words that say so, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from followthrough.register.heads import SIGNATORIES
from followthrough.register.triggers import Triggered, first_words
from followthrough.register.word_lists import alternation

ELEMENTS = ("owner", "deadline", "target", "resources", "review_date")
_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"(?-i:{alternation('elements', 'months')})"
_DATE = rf"(?:(?:\d{{1,2}}\s)?{_MONTH}(?:\s\d{{1,2}}\b,?)?(?:\s{_YEAR})?|{_YEAR})"
_TIME = alternation("elements", "times")
_EVENT = rf"(?:{alternation('elements', 'events')}|COP\s?\d+)"
_DEADLINE = Triggered(
    re.compile(
        rf"\b{alternation('elements', 'deadlines')}\s(?:[^,;.]{{0,40}}?\b{_DATE}|[^,;.]{{1,40}}?\s{_TIME}\b)"
        rf"|\b{alternation('elements', 'before_events')}\s[^,;.]{{0,60}}?\b{_EVENT}\b"
        rf"|\b{alternation('elements', 'spans')}\s(?:[\w-]+\s){{0,4}}{_TIME}\b"
        rf"|\b(?:{alternation('elements', 'recurring')}|every\s(?:[\w-]+\s)?{_TIME}"
        rf"|(?:once|twice)\s(?:a|every|each)\s{_TIME})\b"
        rf"|\b{alternation('elements', 'set_for')}\b[^,;.]{{0,60}}?\b(?:in|on|for)\s"
        rf"(?:the\s)?(?:[\w-]+\s(?:half|quarter)\sof\s)?{_DATE}",
        re.I,
    ),
    first_words("elements", "deadlines", "before_events", "spans", "recurring", "set_for") | {"every", "once", "twice"},
)
"""A limit, a stretch of time, an event by which, or how often."""
_TARGET = re.compile(
    rf"(?<![\d.,])\d[\d.,]*+\s?(?:%|per\s?cent|percent)"
    r"|\b(?:at least|up to|by half|double|halve|triple)\b(?:\s[\w$€.,-]+){0,3}"
    rf"|(?:US\$|\$|€)\s?\d[\d.,]*(?:\s(?:million|billion))?|(?<![\w.,])(?!{_YEAR}\b)\d[\d,]*+\s(?!(?:days|weeks|months|years|January|February|March|April|May|June|July"
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


def elements(words: str, actor: str, addressees: tuple[str, ...], before: str = "") -> Mapping[str, str | None]:
    """Return the words that fill each of ``ELEMENTS`` in an undertaking; ``None`` where it is left open.

    ``before`` is what stands in its sentence before its subject, which may date it: "Over the next six months, we".
    """
    owner = addressees[0] if addressees else None if actor == SIGNATORIES else actor
    return {
        "owner": owner,
        "deadline": _said(_DEADLINE, words) or _said(_DEADLINE, before),
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
