"""Text in, sentences of tokens with their offsets out."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w’'&./-])"  # most words, told at once from those with more to them
    r"|[^\W_](?:[\w’'&./-]*[^\W_])?[’']?|[$€£¥]\s?[\d.,]*\d|%"
)
_END = re.compile(
    r"[.!?](?:[\"'”’)\]]*(?:\d{1,2}(?=\s))?\s+(?=[\"'“‘(\[]*(?:[A-Z]|(?:19|20)\d\d: ))"
    r"|(?<=[a-z\d]\.)(?=(?:The|We|They|This|In|To)\s))"
)
"""From the mark that ends a sentence, for which a text is searched fast, to the next one."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|No|Nos|vol|para|paras|art|Art|cf|vs|etc|e\.g|i\.e|inter alia)\."
    r"|(?:[A-Z]\.){2})$"
)
_CLOSING_ABBREVIATION = re.compile(r"\b(?:etc|Jr|Sr)\.$")
"""May end a sentence, unlike "Mr." """
_OPENING = re.compile(r"(?:We|They|The|In|As|This|It|To)\b")
"""Opens a sentence even after an abbreviation."""
_REFERRED = frozenset({"paragraph", "subparagraph", "sub-paragraph", "article", "section", "item", "point", "clause"})
NUMBERED = "(#"
"""Ends the gap before what a number in a sentence opens, and before the conjunction that precedes it."""
_FIRSTS = ("a", "i", "1")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


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
    made = tuple.__new__  # half the time of the class's own, which only names what it passes on
    for found in _TOKEN.finditer(text, start, end):
        printed, (begin, stop) = found.group(), found.span()
        gap = "" if begin - at == 1 and text[at] == " " else text[at:begin].strip()
        tokens.append(made(Token, (printed, printed.lower(), begin, stop, gap)))
        at = stop
    return tokens


def sentence_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of ``text[start:end]``; an abbreviation such as "U.S." ends none."""
    found: list[tuple[int, int]] = []
    at = start
    for stop in _END.finditer(text, max(0, start - 1), end):
        ended = stop.start() + 1
        before = text[max(at, ended - 40) : ended]
        abbreviated = _ABBREVIATED.search(before) and not _CLOSING_ABBREVIATION.search(before)
        if abbreviated and not _OPENING.match(text[stop.end() : stop.end() + 12]):
            continue
        found.append((at, ended))
        at = stop.end()
    if text[at:end].strip():
        found.append((at, end))
    return found


def without_numbers(tokens: list[Token]) -> list[Token]:
    """Return ``tokens`` without the numbers of a list that runs on in its sentence: "to (a) build, (b) mend, (c) sell".

    The gap before what follows each but the first ends in ``NUMBERED``.
    """
    numbered = _numbered(tokens)
    if not numbered:
        return tokens
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if at - 1 in numbered:
            first = at - 1 == numbered[0]
            kept.append(token._replace(gap="" if first else tokens[at - 1].gap.rstrip("(") + NUMBERED))
        elif at + 1 in numbered and at + 1 != numbered[0]:
            kept.append(token._replace(gap=token.gap + NUMBERED if token.lower in {"and", "or"} else token.gap))
        elif at not in numbered:
            kept.append(token)
    return kept


def _numbered(tokens: list[Token]) -> list[int]:
    """Return the tokens that number a list: "(a)", "(b)" in their order, or "i)", "ii)"; nothing for fewer than two."""
    marked = [at - 1 for at, token in enumerate(tokens) if token.gap and token.gap[0] == ")"]
    closed = [at for at in marked if at >= 0 and not _refers(tokens, at)]
    for first in closed:
        if tokens[first].text not in _FIRSTS:
            continue
        wanted = _numbers_from(tokens[first].text)
        found = [at for at in closed if at >= first]
        run = [at for at, number in zip(found, wanted, strict=False) if tokens[at].text == number]
        if len(run) > 1 and run == found[: len(run)]:
            return run
    return []


def _refers(tokens: list[Token], at: int) -> bool:
    """Tell whether a number belongs to a reference: "paragraph 11 (a) above", "subparagraphs (a) and (b)"."""
    if at == 0:
        return False
    before = tokens[at - 1]
    return before.text[-1].isdigit() or before.lower.removesuffix("s") in _REFERRED


def _numbers_from(first: str) -> tuple[str, ...]:
    if first == "i":
        return _ROMAN
    return tuple("abcdefghijklm") if first == "a" else tuple(str(number) for number in range(1, 21))
