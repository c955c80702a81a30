"""Words as they are compared: without case, accents, spaces and punctuation."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return ``text`` in lower case without Latin accents, spaces and punctuation; marks of other scripts stay."""
    return "".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``: runs of letters, digits and the marks of their script."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D")).casefold()
    letters = (
        letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "
        for letter in plain
        if not "\u0300" <= letter <= "\u036f" and letter not in "\u200b\u200c\u200d'’"
    )
    return "".join(letters).split()
