"""Whether a noun phrase names somebody who can undertake something: a party, an organ, people (S1, S12)."""

from __future__ import annotations

import re
from functools import lru_cache

from followthrough.register.sentences import CONJUNCTIONS
from followthrough.register.word_lists import alternation, entries, word_set

_QUANTIFIERS = word_set("subjects", "determiners_of_actors")
_MEMBERS = word_set("subjects", "collectives", "bare_collectives", "pairs")
_ACTORS = word_set("subjects", "actor_nouns", "organs") | _MEMBERS
_THINGS = word_set("subjects", "things")
_LINKS = word_set("subjects", "links_of_names")
_ENDS_OF_HEAD = word_set("subjects", "ends_of_head_noun")
_LEADING = word_set("subjects", "leading")
_INSTITUTIONS = word_set("subjects", "institutions")
_PEOPLE = word_set("subjects", "people")
_ENDINGS_OF_AGENTS = entries("subjects", "endings_of_agents")
_NOT_AGENTS = word_set("subjects", "no_agents") | word_set("kinds", "not_agents")
_NAMED = re.compile(rf"\b{alternation('subjects', 'actor_names')}\b")
_SHORTEST_AGENT = 5
"""Letters that the name of an agent has more than."""


def name_parties(text: str, words: list[str], name: str, *, opens: bool) -> bool:
    """Tell whether a noun phrase names somebody who can undertake something, and not a thing."""
    rest = words[1:] if words[0].lower() in _QUANTIFIERS else words
    if not rest or any(word.lower() in _THINGS for word in head_nouns(rest)):
        return False
    heads = [word.lower() for word in head_nouns(rest)]
    if words[0].lower() == "both" and words[-1].endswith("s"):
        return True  # "both customs services"
    if any(word in _ACTORS for word in heads):
        modified = words[0].lower().endswith(("ing", "ed"))  # "; exporting members will"
        return words[0].lower() in _QUANTIFIERS or words[0][0].isupper() or words[0].lower() in _MEMBERS or modified
    if not all(word[0].isupper() or word.lower() in _LINKS for word in rest):
        return False
    if _NAMED.search(name) or any(word.lower() in _ACTORS for word in rest):
        return True
    proper = words[0][0].isupper() and (len(rest) > 1 or not opens or rest[0].isupper())
    return proper or (words[0][0].isupper() and _named_elsewhere(text, rest[0]))


def name_agents(words: list[str]) -> bool:
    """Tell whether a noun phrase names people or institutions by its head noun, which is in no list of parties."""
    rest = words[1:] if words[0].lower() in _QUANTIFIERS else words
    heads = [word.lower() for word in head_nouns(rest)]
    return words[-1].lower() in _LEADING or (bool(heads) and all(is_agent(head) for head in heads))


def is_institution(noun: str) -> bool:
    """Tell whether a noun in lower case names institutions."""
    return noun in _INSTITUTIONS


def is_agent(noun: str) -> bool:
    """Tell whether a noun in lower case names people or institutions who can do something."""
    return noun in _INSTITUTIONS | _PEOPLE or (
        len(noun) > _SHORTEST_AGENT and noun.endswith(_ENDINGS_OF_AGENTS) and noun not in _NOT_AGENTS
    )


def head_nouns(words: list[str]) -> list[str]:
    """Return the head noun of each noun phrase joined: "Ministries" of "Ministries of Health of both sides"."""
    heads: list[str] = []
    inside = False
    for word in words:
        if word.lower() in _ENDS_OF_HEAD:
            inside = True
        elif word.lower() in CONJUNCTIONS:
            inside = False
            heads.append("")
        elif not inside and not word.isdigit() and (len(word) > 1 or not heads):
            if heads and heads[-1]:
                heads.pop()
            heads.append(word)
    return [word for word in heads if word]


@lru_cache(maxsize=4096)
def _named_elsewhere(text: str, word: str) -> bool:
    """Tell whether a word that opens a sentence is a name: it has a capital inside another sentence too."""
    at = text.find(f" {word}")
    while at >= 0:
        after = text[at + len(word) + 1 : at + len(word) + 2]
        if at and (text[at - 1].islower() or text[at - 1] == ",") and not after.isalnum():
            return True
        at = text.find(f" {word}", at + 1)
    return False
