"""How English words are written: both spellings of one word, the family of a word, and how far a typing error is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import add

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


def near(word: str, known: Iterable[tuple[str, int]], most: int, shown: int = 3) -> list[str]:
    """Return the known words, each with its ``letters``, within ``most`` errors of ``word``, the nearest first."""
    mine, places, pairs = letters(word), _places(word), _pairs(word)
    shared = len(pairs) - TAKEN * most
    found = []
    for other, theirs in known:
        if (mine ^ theirs).bit_count() <= 2 * most and len(pairs & _pairs(other)) >= shared:
            errors = _errors(len(word), places, other)
            if errors <= most:
                found.append((errors, other[:1] != word[:1], abs(len(other) - len(word)), other))
    return [other for *_, other in sorted(found)[:shown]]


TAKEN = 3
"""Pairs of letters that one error takes from a word at most: two swapped letters are in three."""


def _pairs(word: str) -> set[str]:
    """Return the letters of a word two by two, with signs for its beginning and its end."""
    return set(map(add, f"^{word}", f"{word}$"))


def ends_kept(word: str) -> tuple[str, str]:
    """Return a beginning and an end of a word, one of which is left by any one error in it."""
    kept = max(0, len(word) - 2) // 2
    return word[:kept], word[len(word) - kept :]


def distance(one: str, other: str) -> int:
    """Return how many letters are left out, put in, changed or swapped with the next between two words."""
    return _errors(len(one), _places(one), other)


def _places(word: str) -> dict[str, int]:
    """Return where each letter stands in a word, one bit for each place."""
    found: dict[str, int] = {}
    for at, letter in enumerate(word):
        found[letter] = found.get(letter, 0) | 1 << at
    return found


def _errors(size: int, places: Mapping[str, int], other: str) -> int:
    """Return the distance of a word of a ``size``, whose letters stand in ``places``, from another.

    A whole column of the usual table is worked out at once, one bit for each letter: H. Hyyrö, "A bit-vector algorithm
    for computing Levenshtein and Damerau edit distances" (2003). ``more`` and ``less`` are the letters after which the
    column rises and falls, ``same`` those at which it does not rise from the letter before.
    """
    every = (1 << size) - 1
    last = 1 << size >> 1
    more, less, same, before, errors = every, 0, 0, 0, size
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~same & here) << 1) & before
        same = ((((here & more) + more) ^ more) | here | less | swapped) & every
        up = less | (every & ~(same | more))
        down = same & more
        errors += bool(up & last) - bool(down & last)
        up = (up << 1 | 1) & every
        more = (down << 1 | ~(same | up)) & every
        less = up & same
        before = here
    return errors if size else len(other)
