"""Text in, sentences of tokens with their offsets out."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_](?:[\w’'&./-]*[^\W_])?[’']?|[$€£¥]\s?[\d.,]*\d|%")
_END = re.compile(
    r"(?<=[.!?])(?:[\"'”’)\]]*)(?:\d{1,2}(?=\s))?\s+(?=[\"'“‘(\[]*[A-Z])"
    r"|(?<=[a-z\d]\.)(?=(?:The|We|They|This|In|To)\s)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|Nos|vol|para|paras|art|Art|cf|vs|etc|e\.g|i\.e|inter alia)\."
    r"|(?:[A-Z]\.){2})$"
)
_CLOSING_ABBREVIATION = re.compile(r"\b(?:etc|Jr|Sr)\.$")
"""May end a sentence, unlike "Mr." """
_OPENING = re.compile(r"(?:We|They|The|In|As|This|It|To)\b")
"""Opens a sentence even after an abbreviation."""


class Token(NamedTuple):
    """One word, number, amount or percent sign.

    Attributes:
        text: as printed.
        lower: in lower case.
        start, end: its half-open range, in code points of the text.
        gap: what is printed before it, apart from blanks.
    """

    text: str
    lower: str
    start: int
    end: int
    gap: str


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``; offsets count from the start of ``text``."""
    tokens: list[Token] = []
    at = start
    for found in _TOKEN.finditer(text, start, end):
        printed, (begin, stop) = found.group(), found.span()
        gap = "" if begin - at == 1 and text[at] == " " else text[at:begin].strip()
        tokens.append(Token(printed, printed.lower(), begin, stop, gap))
        at = stop
    return tokens


def sentence_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of ``text[start:end]``; an abbreviation such as "U.S." ends none."""
    found: list[tuple[int, int]] = []
    at = start
    for stop in _END.finditer(text, start, end):
        before = text[max(at, stop.start() - 40) : stop.start()]
        abbreviated = _ABBREVIATED.search(before) and not _CLOSING_ABBREVIATION.search(before)
        if abbreviated and not _OPENING.match(text[stop.end() : stop.end() + 12]):
            continue
        found.append((at, stop.start()))
        at = stop.end()
    if text[at:end].strip():
        found.append((at, end))
    return found
