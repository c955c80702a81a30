"""The repository holds references to official texts, never their sentences.

A window is 60 folded characters of a text, from the start of a word. Treaty names and titles are anyone's to
write, so a window counts only where most of its longer words are in lower case, as in a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import REPOSITORY, shared, text_of, tracked_files

WIDTH = 60
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Return the words of a text, punctuation, quotation marks and line breaks left out."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def windows(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every window with its words as written."""
    found = words(text)
    for first in range(len(found)):
        length, last = 0, first
        while last < len(found) and length < WIDTH:
            length += len(found[last]) + 1
            last += 1
        if length > WIDTH:
            yield " ".join(found[first:last]).casefold()[:WIDTH], found[first:last]


def is_prose(window: list[str]) -> bool:
    """Tell a sentence from a name: most of its longer words are in lower case."""
    longer = [word for word in window if len(word) >= 4 and not word.isdigit()]
    return sum(word.islower() for word in longer) * 2 > len(longer)


def sentences(text: str) -> set[str]:
    """Return the windows of a text that are words of its own."""
    return {window for window, written in windows(text) if is_prose(written)}


def copied(text: str, official: set[str]) -> list[str]:
    """Return the windows of ``text`` that are in the official text."""
    return [window for window, _ in windows(text) if window in official]


@pytest.fixture(scope="module")
def official() -> dict[Path, set[str]]:
    """Return the sentences of every official text at hand."""
    files = sorted(shared("statements").glob("*.txt"))
    assert files, "the folder of reference texts holds no statement"
    return {path: sentences(path.read_text(encoding="utf-8")) for path in files}


@pytest.mark.slow
def test_no_sentence_of_an_official_text_is_in_the_repository(official: dict[Path, set[str]]) -> None:
    together = set().union(*official.values())
    assert len(together) > 500
    found = {}
    for path in tracked_files():
        text = text_of(path)
        if text and (bad := copied(text, together)):
            found[str(path.relative_to(REPOSITORY))] = bad[:3]
    assert found == {}


def test_the_net_catches_a_paragraph_in_any_dress(official: dict[Path, set[str]]) -> None:
    for path, own in official.items():
        paragraphs = [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 200]
        assert paragraphs
        for paragraph in paragraphs:
            dressed = "x " + paragraph.upper().replace(" ", "\n  ").replace("’", "'").replace(",", " -- ")
            assert copied(dressed, own), paragraph


def test_names_and_our_own_words_pass() -> None:
    name = "the Plan of Action to Implement the Joint Declaration on Strategic Partnership for Peace"
    assert sentences(name) == set()
    ours = "Ministers promised to open the skies further, and officials were told to report on it yearly."
    assert len(sentences(ours)) > 3
    assert (
        copied(
            "Our summary says something else altogether about aviation and the yearly talks of officials.",
            sentences(ours),
        )
        == []
    )
