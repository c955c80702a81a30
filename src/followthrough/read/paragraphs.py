"""Shared by formats with automatic numbering: numbers as printed, and paragraphs as lines of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthrough.errors import InputRefused
from followthrough.model.letters import to_repeated_letter
from followthrough.read.decode import name_of
from followthrough.read.lines import Line, Source

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_LETTERS = 26 * 8


@dataclass(frozen=True, slots=True)
class Para:
    """One printed paragraph: its text with the number, and the hint and level from the format.

    ``confidence`` is that of a recogniser of print, from 0 to 1, or ``None`` where the file states its words.
    """

    words: str
    hint: str = "whole"
    level: int = 0
    confidence: float | None = None


def number(value: int, form: str) -> str:
    """Return ``value`` in the number format ``form`` (as in WordprocessingML), decimal where it does not apply."""
    if form in {"lowerRoman", "upperRoman"} and 0 < value < 4000:
        printed = _roman(value)
        return printed.upper() if form == "upperRoman" else printed
    if form in {"lowerLetter", "upperLetter"} and 0 < value <= _MOST_LETTERS:
        letter = to_repeated_letter(value)
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    out = []
    for worth, digits in _ROMAN:
        out.append(digits * (value // worth))
        value %= worth
    return "".join(out)


def one_line(words: str) -> str:
    """Return ``words`` with runs of white space reduced to one space, without soft hyphens and zero-width marks."""
    for mark in ("\u00ad", "\u200b", "\ufeff"):
        words = words.replace(mark, "")
    return " ".join(words.split())


def row_of(cells: Iterable[list[Para]]) -> list[Para]:
    """Return the cells of one table row as one paragraph: a number beside its words, a bar between other cells.

    A row with several paragraphs in one cell is layout, not data: its paragraphs are returned separately.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
        return [para for cell in filled for para in cell]
    first, rest = filled[0][0].words, " | ".join(cell[0].words for cell in filled[1:])
    short = len(first) <= 8 and any(char.isdigit() or char in "()." for char in first)
    return [Para(f"{first}{' ' if short else ' | '}{rest}")]


def source_of(paras: Iterable[Para], name: str) -> Source:
    """Return the text of ``paras``, separated by blank lines. Raises ``InputRefused`` for a file without words."""
    out: list[str] = []
    lines: list[Line] = []
    at = 0
    for para in paras:
        if lines:
            out.append("")
            lines.append(Line(at, at))
            at += 1
        out.append(para.words)
        lines.append(Line(at, at + len(para.words), para.hint, para.level))
        at += len(para.words) + 1
    if not any(char.isalnum() for words in out for char in words):
        raise InputRefused(name_of(name), "the file holds no words", "give a file that holds the text")
    return Source("\n".join(out), tuple(lines))
