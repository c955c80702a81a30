"""A subject of which more is said before its modal: "Members that endorse this will", "The Council set up by it"."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from followthrough.register.actors import is_agent
from followthrough.register.sentences import Sentence
from followthrough.register.verbs import PAST
from followthrough.register.word_lists import word_set

_RELATIVES = word_set("coordination", "relatives") - {"where", "whereby", "whose"}
_ACTORS = word_set("subjects", "collectives", "bare_collectives", "pairs", "organs", "institutions") | {
    "ministry",
    "government",
}
_THINGS = word_set("subjects", "things")
_MODIFYING = _RELATIVES | frozenset(
    {"with", "without", "responsible", "concerned", "wishing", "able", "willing", "party", "parties", "not"}
)
_BEHIND_PARTICIPLES = frozenset({"to", "by", "under", "in", "pursuant", "for", "at", "with"})
_LONGEST_PARTY = 5
"""Tokens of "the Working Group 2" before what is said of it."""
_LONGEST_NAME = 16
"""Tokens of a subject."""


@lru_cache(maxsize=2)
def modals_of(sentence: Sentence) -> list[int]:
    """Return the tokens that are "will" or "shall"."""
    return [at for at in range(len(sentence)) if sentence.is_modal(at)]


def postmodified(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """Return an actor of whom more is said, by the token of the modal behind it and by name, where one is at ``at``."""
    modals = modals_of(sentence)
    modal = modals[bisect_right(modals, at + 2)] if modals and modals[-1] > at + 2 else None
    if modal is None or modal - at > _LONGEST_NAME:
        return None
    tokens = sentence.tokens
    gaps = (later for later in range(at + 1, modal + 1) if tokens[later].gap)
    if any(not tokens[later].text.isdigit() for later in gaps) or (at and not tokens[at].gap):
        return None
    places = range(at + 1, min(at + _LONGEST_PARTY, modal - 1))
    stop = next((one for one in places if tokens[one].lower in _MODIFYING or tokens[one].lower.endswith("ing")), None)
    if stop is None:
        return None
    last = tokens[stop - 1].lower
    named = last in _ACTORS or (last.endswith("s") and is_agent(last))
    name = sentence.text[tokens[at].start : tokens[stop - 1].end]
    return (modal, name) if named and last not in _THINGS else None


def behind_participle(sentence: Sentence, at: int) -> int | None:
    """Return the modal behind a participle at token ``at``: "The Council established by Article 4 shall"."""
    named = sentence.tokens[at - 1].lower in _ACTORS
    if not named or not sentence.is_before(at, _BEHIND_PARTICIPLES, within=1):
        return None
    if sentence.read(at, PAST) is None and not sentence.tokens[at].lower.endswith("ing"):
        return None
    for later in range(at + 2, min(at + _LONGEST_NAME, len(sentence))):
        if sentence.tokens[later].gap:
            return None
        if sentence.is_modal(later):
            return later
    return None
