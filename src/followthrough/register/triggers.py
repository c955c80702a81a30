"""Patterns that are tried only on texts that hold one of the words they need.

Most undertakings set no amount, name no review and hurt nobody; to find a word in a set costs a twentieth of trying a
pattern at each letter, and the words of a quotation, which many rules are asked about in turn, are told once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from followthrough.register.word_lists import entries

_WORD = re.compile(r"\w+")


class Triggered(NamedTuple):
    """A ``pattern`` of which every match holds one of the ``triggers``, words in lower case."""

    pattern: re.Pattern[str]
    triggers: frozenset[str]

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in ``text``, as the pattern's own ``search`` does."""
        return None if self.triggers.isdisjoint(words_of(text)) else self.pattern.search(text)


@lru_cache(maxsize=8)
def words_of(text: str) -> frozenset[str]:
    """Return the words of ``text`` in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def first_words(family: str, *names: str) -> frozenset[str]:
    """Return the first word of each entry of one or more lists of ``family``.toml, in lower case."""
    return frozenset(_WORD.findall(entry.lower())[0] for name in names for entry in entries(family, name))
