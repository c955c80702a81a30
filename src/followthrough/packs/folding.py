"""One form for all copies of a paragraph: white space and quotation marks folded, nothing else.

Folding keeps one code point for each kept one, so that offsets into the folded words hold for every copy.
"""

from __future__ import annotations

import hashlib
import re

_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_WHITE = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """Return ``text`` with every run of white space as one space, invisible characters gone, and no outer space."""
    return _WHITE.sub(" ", text.translate(_INVISIBLE)).strip()


def fold(text: str) -> str:
    """Return the folded form of ``text``, the one that is hashed; as long as ``squeeze(text)``."""
    return squeeze(text).translate(_QUOTES)


def digest(text: str) -> str:
    """Return the SHA-256, in hexadecimal, of the folded form of ``text``."""
    return hashlib.sha256(fold(text).encode()).hexdigest()
