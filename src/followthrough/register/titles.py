"""A title that is printed in capitals alone, as it is written in a line: a proposal, which a person may change."""

from __future__ import annotations

import re

from followthrough.register.word_lists import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NUMERAL = re.compile(r"[IVXLC]+")


def in_title_case(title: str, text: str = "") -> str:
    """Return ``title`` in title case where it is in capitals alone, else as it is.

    What ``text`` prints in capitals among other words, as an acronym, stays in capitals.
    """
    if not title.isupper() or not any(len(word) > 1 for word in _WORD.findall(title)):
        return title
    lines = (line for line in text.splitlines() if not line.isupper())
    capitals = {word for line in lines for word in _WORD.findall(line) if len(word) > 1 and word.isupper()}
    small = word_set("titles", "small")

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        if word in capitals or (_NUMERAL.fullmatch(word) and match.start()):
            return word
        if match.start() and word.lower() in small and title[match.start() - 2 : match.start() - 1] not in ":.":
            return word.lower()
        return word[:1] + word[1:].lower()

    return _WORD.sub(cased, title)
