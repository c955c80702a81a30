"""Instruments that are known by what stands beside them, and names that what stands beside them makes something else.

"The Lakeland Clean Milk initiative" has its head in lower case, "under the Charter" stands for a name given in full
elsewhere, "document entitled ..." names a document; "this Statement" names the text itself, "the second Dialogue" is an
event, "the Special Committee on the Charter" an organ (S10, C7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from followthrough.register.spans import Span, is_free
from followthrough.register.word_lists import alternation, word_set


def _any(name: str) -> str:
    return alternation("instruments", name, space="[ \\n]")


_CAP = r"[A-Z][\w’'.&/–-]*+"
_LOWER_HEADED = re.compile(
    rf"(?<![\w’'.&/–-])(?P<name>{_CAP}(?:[ \n](?:(?:and|of)[ \n])?{_CAP}){{0,7}})"
    rf"(?P<modifiers>(?:[ \n]{_any('lower_modifiers')}){{0,2}})"
    rf"[ \n](?:(?P<head>{_any('lower_heads')})|(?P<class>{_any('lower_classes')}))(?![\w-])(?![ \n][\d])"
)
_TRUST_FUND = re.compile(r"\btrust fund for the [\w ]{3,90}?(?=[ \n](?:and|so as|in order)[ \n]|[,;.]|$)")
_TITLED = re.compile(rf"\b{_any('titled')}[ \n]entitled[ \n][“\"](?P<title>[^”\"]{{3,200}})[”\"]")
_SHORT = re.compile(
    rf"\b[Tt]he[ \n](?P<name>{_any('short_names')})(?![\w-])"
    r"(?![ \n](?:of|on|for|to|against|concerning)[ \n](?:the[ \n])?[A-Z]|[ \n][A-Z])"
)
_FULL = re.compile(rf"\b(?P<name>{_any('short_names')})[ \n](?:of|on|for|against|concerning)[ \n](?:the[ \n])?[A-Z]")
_SELF = re.compile(r"\b(?:[Tt]his|[Tt]he present)[ \n]$")
_BEFORE_EVENT = re.compile(rf"\b{_any('before_events')}[ \n](?:the[ \n]|a[ \n]|an[ \n])?(?:[\w.-]+[ \n]){{0,3}}$")
_EVENTFUL = re.compile(rf"\b{_any('eventful')}$|\b{_any('eventful')}[ \n](?:in|between|on)[ \n]")
_IN_PLACE = re.compile(r"\bForum[ \n]in[ \n][A-Z]")
_INSIDE_ORGAN = re.compile(rf"\b{_any('organs_on')}[ \n]on[ \n](?:[\w’'-]+[ \n]){{0,12}}$")
_NOT_BEFORE = word_set("instruments", "not_before_lower_heads")
_BEFORE = 120
"""Characters before a name that may say what it is."""


def unheaded_names(text: str, start: int, end: int, found: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return ``found`` with the instruments of ``text[start:end]`` that no capital head shows."""
    names = list(found)
    for span in _candidates(text, start, end):
        inside = [place for place in names if span[0] <= place[0] and place[1] <= span[1]]
        rest = [place for place in names if place not in inside]
        # an organisation's own name may stand inside: "UN Security Council resolutions"
        over = [place for place in others if not (span[0] <= place[0] and place[1] < span[1])]
        if is_free(span, [*rest, *over]):
            names = [*rest, span]
    return names


def _candidates(text: str, start: int, end: int) -> list[Span]:
    lower = [match for match in _LOWER_HEADED.finditer(text, start, end) if _is_name(match)]
    spans = [match.span() for match in lower]
    if text.find("trust fund for the ", start, end) >= 0:
        spans += [match.span() for match in _TRUST_FUND.finditer(text, start, end)]
    if text.find("entitled", start, end) >= 0:
        spans += [match.span("title") for match in _TITLED.finditer(text, start, end)]
    full = _given_in_full(text)
    if full:
        spans += [match.span("name") for match in _SHORT.finditer(text, start, end) if match["name"] in full]
    return spans


def _is_name(match: re.Match[str]) -> bool:
    """Tell whether the words before a head in lower case name it, and not whose it is: "the Member States plan"."""
    words = match["name"].split()
    possessed = any(word.endswith(("’s", "'s", "’", "'")) for word in words)
    if (
        possessed
        or words[0] in _NOT_BEFORE
        or words[-1] in _NOT_BEFORE
        or words[-1].endswith(("-led", "-wide", "-based"))
    ):
        return False
    if match["class"]:
        return not match["modifiers"] and (len(words) > 1 or words[0].isupper())
    own = [word for word in words if word != "and"]
    return len(own) > 1 or (len(own) == 1 and bool(match["modifiers"]) and "-" not in own[0])


@lru_cache(maxsize=64)
def _given_in_full(text: str) -> frozenset[str]:
    """Return the short names that a text gives in full somewhere: "Charter of the United Nations"."""
    return frozenset(match["name"] for match in _FULL.finditer(text))


def is_spoken_of(text: str, low: int, high: int) -> bool:
    """Tell whether a name is the text itself, an event, or part of an organ's name, and so no instrument named."""
    before, name = text[max(0, low - _BEFORE) : low], text[low:high]
    if _SELF.search(before[-14:]) or _INSIDE_ORGAN.search(before):
        return True
    return bool(_IN_PLACE.search(name) or (_EVENTFUL.search(name) and _BEFORE_EVENT.search(before[-60:])))
