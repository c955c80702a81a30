"""Sets of words that a search treats alike, in English and other languages: the packaged ones, and how one is written.

A set is written on one line, each language by its code: ``en: aviation, air services; ko: 항공``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from followthrough.register.word_lists import tables

ENGLISH = "en"
LONGEST = 2_000
"""Letters of a set as it is written."""
Words = Mapping[str, Sequence[str]]
"""Words of a set by the codes of their languages."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?")


@cache
def packaged_sets() -> dict[str, Words]:
    """Return the sets that come with the software, by their keys."""
    return {key_of_set(one): one for one in tables("search_words", "alike")}


def key_of_set(words: Words) -> str:
    """Return the key of a set: its first English word, in letters, digits and hyphens; empty where it has none."""
    first = next(iter(words.get(ENGLISH, ())), "")
    return re.sub(r"[^a-z0-9]+", "-", first.casefold()).strip("-")[:60]


def write_set(words: Words) -> str:
    """Return a set on one line."""
    return "; ".join(f"{language}: {', '.join(held)}" for language, held in words.items() if held)


def read_set(written: str) -> dict[str, list[str]]:
    """Return the set that a line holds; parts that name no language are left out."""
    found: dict[str, list[str]] = {}
    for part in written.split(";"):
        language, colon, words = part.partition(":")
        code = language.strip().casefold()
        held = [" ".join(word.split()) for word in words.split(",")]
        if colon and _LANGUAGE.fullmatch(code):
            found.setdefault(code, []).extend(word for word in held if word)
    return {language: list(dict.fromkeys(held)) for language, held in found.items() if held}


def wrong_in(written: str) -> str:
    """Return what of a line is not part of a set: a part without a language, in the person's own words."""
    for part in written.split(";"):
        if part.strip() and not read_set(part):
            return part.strip()
    return ""
