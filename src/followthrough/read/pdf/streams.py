"""Pages in two languages side by side: each language is one text, read to its end before the other begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from followthrough.read.pdf.page import Row

_WORD = re.compile(r"[^\W\d_]+")
_SHARED = 0.3  # of the words of a column, at most, are in the other where that is in another language
_ENOUGH = 120  # words of a column


def parted_by_language(rows: Sequence[Row]) -> list[Row]:
    """Return ``rows`` with the second column behind all others, where its words are of another language.

    No language is known here: two columns of one language share at least its articles and prepositions.
    """
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        words[row.column].update(_WORD.findall(row.text.casefold()))
    first, second = "1 of 2", "2 of 2"
    if min(words[first].total(), words[second].total()) < _ENOUGH:
        return list(rows)
    if max(_shared(words[first], words[second]), _shared(words[second], words[first])) > _SHARED:
        return list(rows)
    return sorted(rows, key=lambda row: row.column == second)


def _shared(words: Counter[str], others: Counter[str]) -> float:
    """Return the share of ``words`` that are among ``others``."""
    return sum(count for word, count in words.items() if word in others) / max(words.total(), 1)
