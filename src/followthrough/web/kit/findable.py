"""One form of words for everything that is looked for: the search and the boxes of lists compare texts in it.

Case, accents, curly quotation marks, kinds of hyphens, full width and letters with a stroke do not count. A word with a
hyphen is its parts and both together: ``cyber-security`` finds what ``cyber security`` and ``cybersecurity`` find.
"""

from __future__ import annotations

import re
from functools import lru_cache

from followthrough.web.kit.wording import fold

LONG = 8
"""Letters from which a word that a text writes apart is found as one: few such words arise by chance of two others."""
_LOOSE = str.maketrans({"-": " ", "'": None, '"': " ", "(": " ", ")": " ", ",": " ", ";": " ", "“": " ", "”": " "})
_POSSESSIVE = re.compile(r"'s(?!\w)")
_JOINED = re.compile(r"(?<!\w)[^\W\d_]\w*+(?>(?:[-']\w++)+)")


def loose(text: str) -> str:
    """Return ``text`` as a list compares it: folded, with a space for every hyphen and no apostrophe."""
    return fold(text).translate(_LOOSE)


def words_of(query: str) -> list[str]:
    """Return the words that a query asks a list for; the owner of something is asked for by its name alone."""
    return loose(_POSSESSIVE.sub("", fold(query))).split()


def holds(text: str, words: list[str]) -> bool:
    """Tell whether ``text``, as it stands in the register, holds every word of ``words_of``."""
    if not words:
        return True
    folded = loose(text)
    return all(word in folded or (len(word) >= LONG and word in folded.replace(" ", "")) for word in words)


@lru_cache(maxsize=4096)
def _together(written: str) -> str:
    return f"{written} {written.replace('-', '').replace(chr(39), '')}"


def whole_and_parts(text: str) -> str:
    """Return folded ``text`` in which every word with a hyphen or an apostrophe is followed by its parts in one."""
    folded = _POSSESSIVE.sub("", fold(text))
    return _JOINED.sub(lambda found: _together(found.group()), folded)
