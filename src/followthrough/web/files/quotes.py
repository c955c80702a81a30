"""Where a quotation stands in the text of a file, and the passages of a text that hold some words."""

from __future__ import annotations

import re
import unicodedata

from followthrough.web.kit.findable import words_of
from followthrough.web.kit.wording import fold

_SPACE = re.compile(r"\s+")
_GAP = re.compile(r"\[\.\.\.\]|\[…\]|\.\.\.|…")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
                        "\u2010": "-", "\u2011": "-", "\u00ad": None})  # fmt: skip
LONGEST_PASSAGE = 600


def plainly(text: str) -> str:
    """Return a text with one kind of quotation mark, hyphen and space, as quotations are compared."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).translate(_PLAIN)).strip()


def stands_in(quote: str, text: str) -> bool:
    """Say whether a text holds a quotation, word for word; what an ellipsis leaves out may be anything.

    >>> stands_in("ships [...] sail", "“Ships” and the ships of all\\nwill sail.")
    True
    """
    held, at = plainly(text), 0
    parts = [part for one in _GAP.split(quote) if (part := plainly(one))]
    for part in parts:
        at = held.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return bool(parts)


def passages(text: str, query: str, most: int = 20) -> list[str]:
    """Return the paragraphs of a text that hold every word of ``query``, shortened where they are long."""
    words = words_of(query)
    if not words:
        return []
    found = []
    for line in text.splitlines():
        if line.strip() and all(word in fold(line) for word in words):
            found.append(_SPACE.sub(" ", line).strip()[:LONGEST_PASSAGE])
            if len(found) == most:
                break
    return found
