"""Deliberate damages of a reading: what a faulty reader would do, one kind at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from followthrough.model.document import Provision
from followthrough.model.reading import Reading
from followthrough.pipeline.controls.texts import FOREIGN

Edit = tuple[int, int, str]
"""A slice of the text, and what takes its place."""


def edited(reading: Reading, edits: list[Edit]) -> Reading:
    """Return ``reading`` with its text changed at ``edits``, in their order, and its provisions moved along.

    A provision without words left is gone; the commitments go with the text that they quoted.
    """
    text, out, at = reading.document.text, list[str](), 0
    for start, end, words in edits:
        out += [text[at:start], words]
        at = end
    moved = [_moved(one, edits) for one in reading.document.provisions]
    kept = tuple(one for one in moved if one.end > one.start)
    left = {one.eid for one in kept}
    kept = tuple(one if one.parent in left else replace(one, parent=None) for one in kept)
    document = replace(reading.document, text="".join((*out, text[at:])), provisions=kept)
    return replace(reading, document=document, commitments=())


def _moved(one: Provision, edits: list[Edit]) -> Provision:
    return replace(one, start=_at(one.start, edits), body=_at(one.body, edits), end=_at(one.end, edits, last=True))


def _at(place: int, edits: list[Edit], *, last: bool = False) -> int:
    shift = 0
    for start, end, words in edits:
        if end <= place and (last or start < place):
            shift += len(words) - (end - start)
        elif start < place < end:
            return start + shift
    return place + shift


def _numbered(reading: Reading, at: int) -> Provision:
    found = [one for one in reading.document.provisions if one.num and one.num[0].isdigit()]
    return found[at % len(found)]


def _words(reading: Reading, one: Provision) -> str:
    return reading.document.text[one.body : one.end]


def paragraph_dropped(reading: Reading) -> Reading:
    """Lose a whole paragraph."""
    one = _numbered(reading, 2)
    return edited(reading, [(one.start, one.end, "")])


def sentence_dropped(reading: Reading) -> Reading:
    """Lose the second sentence of a paragraph."""
    one = _numbered(reading, 3)
    stop = _words(reading, one).index(". ") + 1
    return edited(reading, [(one.body + stop, one.end, "")])


def line_repeated(reading: Reading) -> Reading:
    """Print a line twice, as at the turn of a page."""
    one = _numbered(reading, 1)
    words = _words(reading, one)[:70]
    return edited(reading, [(one.body, one.body, f"{words} ")])


def columns_woven(reading: Reading) -> Reading:
    """Read two paragraphs across, row by row, as if they stood in two columns."""
    left, right = _numbered(reading, 1), _numbered(reading, 2)
    rows = [re.findall(r"\S+(?:\s+\S+){0,4}", _words(reading, one)) for one in (left, right)]
    woven = [" ".join(pair) for pair in zip(*rows, strict=False)]
    half = len(woven) // 2
    return edited(
        reading, [(left.body, left.end, " ".join(woven[:half])), (right.body, right.end, " ".join(woven[half:]))]
    )


def sentence_invented(reading: Reading) -> Reading:
    """Add a sentence that nobody adopted."""
    one = _numbered(reading, 2)
    return edited(reading, [(one.end, one.end, " The towns agree to sell the harbour.")])


def digit_changed(reading: Reading) -> Reading:
    """Change one digit of a year."""
    one = _numbered(reading, 0)
    found = re.search(r"20\d\d", _words(reading, one))
    place = one.body + (found.end() - 1 if found else 0)
    digit = reading.document.text[place]
    return edited(reading, [(place, place + 1, "7" if digit != "7" else "1")])


def note_lost(reading: Reading) -> Reading:
    """Lose the footnote."""
    text = reading.document.text
    place = text.index("Measured in")
    end = text.find("\n\n", place)
    return edited(reading, [(place, len(text) if end < 0 else end, "")])


def letters_misread(reading: Reading) -> Reading:
    """Misread letters as recognition of print does: rn for m, l for i."""
    one = _numbered(reading, 4)
    words = _words(reading, one)
    return edited(reading, [(one.body, one.end, words.replace("m", "rn").replace("ti", "tl"))])


def page_of_another_language(reading: Reading) -> Reading:
    """Take in a page of another language."""
    one = _numbered(reading, 3)
    return edited(reading, [(one.end, one.end, f" {FOREIGN}")])


def negation_dropped(reading: Reading) -> Reading:
    """Lose the word that turns a sentence round."""
    one = _numbered(reading, 5)
    place = one.body + _words(reading, one).index("not ")
    return edited(reading, [(place, place + 4, "")])


DAMAGES: dict[str, Callable[[Reading], Reading]] = {
    "paragraph dropped": paragraph_dropped,
    "sentence dropped": sentence_dropped,
    "line repeated": line_repeated,
    "columns woven together": columns_woven,
    "sentence invented": sentence_invented,
    "digit changed": digit_changed,
    "note lost": note_lost,
    "letters misread": letters_misread,
    "page of another language": page_of_another_language,
    "a “not” dropped": negation_dropped,
}
