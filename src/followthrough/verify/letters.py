"""Words as the comparison sees them: letters and digits alone, so that no blank, hyphen or quotation mark matters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")

_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
"""Each letter of ASCII in lower case, and a blank for what is no letter or digit."""


def words_of(text: str) -> list[str]:
    """Return the words of ``text``: runs of letters and digits, compatibility forms and case folded."""
    if text.isascii():  # most lines, which a table folds in a third of the time
        return text.encode().translate(_ASCII).decode().split()
    if "\n" in text:
        return [word for line in text.split("\n") for word in words_of(line)]
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class Letters:
    """The words of a text in one string without anything between them, and where each begins in it."""

    joined: str
    starts: tuple[int, ...]

    def at(self, place: int) -> int:
        """Return the index of the word that the letter at ``place`` belongs to."""
        return bisect_right(self.starts, place) - 1

    def word(self, index: int) -> str:
        """Return the word at ``index``."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.joined)
        return self.joined[self.starts[index] : end]


def letters_of(words: Iterable[str]) -> Letters:
    """Return ``words`` joined."""
    kept, starts, at = [], [], 0
    for word in words:
        kept.append(word)
        starts.append(at)
        at += len(word)
    return Letters("".join(kept), tuple(starts))
