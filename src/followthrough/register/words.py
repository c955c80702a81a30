"""Text in, sentences of words with their offsets out."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_](?:[\w’'&./-]*[^\W_])?[’']?|[$€£¥]\s?[\d.,]*\d|%")
_END = re.compile(
    r"(?<=[.!?])(?:[\"'”’)\]]*)(?:\d{1,2}(?=\s))?\s+(?=[\"'“‘(\[]*[A-Z])"
    r"|(?<=[a-z\d]\.)(?=(?:The|We|They|This|In|To)\s)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|Nos|vol|para|paras|art|Art|cf|vs|etc|e\.g|i\.e|inter alia)\."
    r"|(?:[A-Z]\.){2})$"
)


def word_set(printed: str) -> frozenset[str]:
    """Return the set of the words in ``printed``, which blanks part."""
    return frozenset(printed.split())


class Word(NamedTuple):
    """One word: as printed, in lower case, its range in the text, and the ``gap``: what is printed before it."""

    text: str
    lower: str
    start: int
    end: int
    gap: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words of ``text[start:end]``; offsets count from the start of ``text``."""
    words: list[Word] = []
    at = start
    for found in _WORD.finditer(text, start, end):
        printed, (begin, stop) = found.group(), found.span()
        gap = "" if begin - at == 1 and text[at] == " " else text[at:begin].strip()
        words.append(Word(printed, printed.lower(), begin, stop, gap))
        at = stop
    return words


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of ``text[start:end]``, abbreviations such as "U.S." left whole."""
    found: list[tuple[int, int]] = []
    at = start
    for stop in _END.finditer(text, start, end):
        before = text[max(at, stop.start() - 40) : stop.start()]
        if _ABBREVIATED.search(before) and not re.search(r"\b(?:etc|Jr|Sr)\.$", before):
            follower = text[stop.end() : stop.end() + 12]
            if not re.match(r"(?:We|They|The|In|As|This|It|To)\b", follower):
                continue
        found.append((at, stop.start()))
        at = stop.end()
    if text[at:end].strip():
        found.append((at, end))
    return found
