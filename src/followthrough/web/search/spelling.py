"""How English words are written: both spellings of one word, the family of a word, and how far a typing error is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

ONE_SPELLING = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"programme", "program"),
        (r"(?<=\w\w)is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)", "iz"),
        (r"(?<=\w\w)ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=\w\w[a-z])our(?=(?:s|ed|ing|al|able|hood|ite|ites)?$)", "or"),
        (r"(?<=\w\w)tre(?=s?$)", "ter"),
        (r"(?<=\w\w)ogue(?=s?$)", "og"),
        (r"(?<=\w[ae]n)ce(?=(?:s|d)?$)", "se"),
        (r"(?<=\w[aeiou])ll(?=(?:ed|er|ers|ing|ings|ment|ments)$)", "l"),
    )
)
"""British endings with the American ones; what is no word of either is harmless, since both sides are written so."""
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_ENDINGS = ("", "s", "es", "ed", "ing", "ings", "er", "ers", "e", "or", "ors", "ion", "ions")
_CUTS = (("ings", 4), ("ing", 4), ("ions", 6), ("ion", 6), ("ers", 4), ("er", 4), ("ors", 6), ("or", 6), ("ed", 4))
"""Endings that are cut off where so many letters are left."""


@lru_cache(maxsize=16_384)
def one_spelling(word: str) -> str:
    """Return a folded word as it is written in one spelling, mostly the American."""
    if len(word) < 5:
        return word
    for pattern, instead in ONE_SPELLING:
        word = pattern.sub(instead, word)
    return word


def stem(word: str) -> str:
    """Return the beginning that the family of a word in one spelling shares."""
    for ending, least in _CUTS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 5 else word


def family(word: str) -> tuple[str, ...]:
    """Return the words that are the same thing said otherwise: of ``travellers`` also travel, traveler, traveling."""
    if not word.isascii() or not word.isalpha() or len(word) < 4:
        return (word,)
    begun = stem(one_spelling(word))
    found = [word, *(begun + ending for ending in _ENDINGS)]
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    elif word.endswith("y"):
        found.append(word[:-1] + "ies")
    if re.search(r"[^aeiou][aeiou][bdgmnprt]$", begun):
        found += [begun + begun[-1] + ending for ending in ("ed", "ing", "er", "ers")]
    return tuple(dict.fromkeys(found))


def letters(word: str) -> int:
    """Return which letters a word has, one bit for each: two words that differ in many need no closer look."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) - 97 if "a" <= letter <= "z" else 26)
    return found


def allowed(word: str) -> int:
    """Return how many errors a word may have: none in a short one, two in a long one."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def near(word: str, known: Iterable[tuple[str, int]], shown: int = 3) -> list[str]:
    """Return the known words, each with its ``letters``, that ``word`` may be meant for, the nearest first."""
    mine, most = letters(word), allowed(word)
    found = []
    for other, theirs in known:
        if (mine ^ theirs).bit_count() <= 2 * most:
            errors = distance(word, other, most)
            if errors <= most:
                found.append((errors, other[:1] != word[:1], abs(len(other) - len(word)), other))
    return [other for *_, other in sorted(found)[:shown]]


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are left out, put in, changed or swapped with the next, up to one more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for place, theirs in enumerate(other, 1):
            cost = min(row[-1] + 1, last[place] + 1, last[place - 1] + (letter != theirs))
            if before and place > 1 and letter == other[place - 2] and one[at - 2] == theirs:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
