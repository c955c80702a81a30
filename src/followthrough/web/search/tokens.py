"""From texts and queries to the tokens that both databases index alike.

A word of ASCII letters is found by its beginning. Thai, Khmer, Lao and Burmese write no spaces and a Korean word may be
two syllables of a longer one, so letters beyond ASCII are indexed as all their pairs, and a hit is then checked in the
text. A number such as 4.3 finds the place that bears it and what it holds: 4.3, 4.3a, 4.3.1, and not 4.30.
"""

from __future__ import annotations

import re
import unicodedata

from followthrough.web.kit.findable import whole_and_parts
from followthrough.web.search.spelling import one_spelling

MARKS = "".join(chr(code) for code in range(0x300, 0x11000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
"""Vowel signs and tone marks, which Python does not count among the letters of a word."""
SEPARATORS = re.compile(rf"[^\w.{MARKS}]+")
NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?")
FOREIGN = re.compile(r"[^\x00-\x7f]+")
LONGEST = 60
PLACE = "ǂ"
"""A letter that no text begins a word with; it marks the numbers of places."""


def spaced(text: str) -> str:
    """Return folded ``text`` with one space before every word."""
    return " " + " ".join(word.strip("._") for word in SEPARATORS.split(whole_and_parts(text)))


def tokens(text: str, number: str = "") -> str:
    """Return the tokens of one entry: of its ``number`` and of its folded text, each once."""
    found = {f"{PLACE}{begun}" for begun in _beginnings(number)}
    for word in SEPARATORS.split(text):
        if word.isascii():
            found |= {word[:LONGEST], one_spelling(word)[:LONGEST]}
        else:
            for run in FOREIGN.findall(word):
                found |= _pairs(run)
            found |= {run[:LONGEST] for run in FOREIGN.split(word)}
    return " ".join(sorted(token for token in found if token.strip("._")))


def _beginnings(number: str) -> list[str]:
    """Return the numbers under which ``number`` is found: 4.3, and 4.3a, of 4.3a."""
    return [number[:at] for at in range(1, len(number) + 1) if not number[at : at + 1].isdigit()]


def _pairs(run: str) -> set[str]:
    return {run[at : at + 2] for at in range(len(run))} | set(run)


def pairs_of(word: str) -> tuple[str, ...]:
    """Return the tokens that an entry holds which has ``word``, with letters beyond ASCII, in its text."""
    runs = FOREIGN.findall(word)
    return tuple(dict.fromkeys(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))))
