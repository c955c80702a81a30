"""Sentences with the commitments that are expected of each: how many the library catalogues as expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue_measure import CATALOGUES
from followthrough.pipeline import register_bytes

SENTENCES = CATALOGUES / "sentences"
NEAR = 12
"""Characters by which an end may differ and still be right."""
_ROW = re.compile(r"\[([^\]]+)\] (\w+)")
_EXAMPLE = re.compile(r'^\d+\. "(?P<words>.+)"\n\s+rows: (?P<rows>.+)$', re.M)
_SECTION = re.compile(r"^## (?P<name>\w+)", re.M)


@dataclass(frozen=True)
class Example:
    """A sentence of a genre or kind, and the (kind, quotation) of each commitment expected, in order."""

    group: str
    words: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What the library made of an example: whether its places are right, and whether its kinds are too."""

    example: Example
    found: tuple[tuple[str, str], ...]
    placed: bool
    right: bool


def examples(path: Path) -> list[Example]:
    """Read a file of blocks: a genre and its words, then one line a commitment."""
    blocks = [block for block in path.read_text(encoding="utf-8").split("\n\n") if not block.startswith("#")]
    return [_example(block.strip()) for block in blocks if block.strip()]


def _example(block: str) -> Example:
    first, *rest = block.splitlines()
    group, words = first.split(": ", 1)
    rows = [line.split(": ", 1) for line in rest if line != "none"]
    return Example(group, words, tuple((kind, quotation) for kind, quotation in rows))


def reviewed(path: Path) -> list[Example]:
    """Read the invented examples of a review in Markdown, by the kind of their section."""
    text = path.read_text(encoding="utf-8")
    return list(_reviewed(text))


def _reviewed(text: str) -> Iterator[Example]:
    sections = [(match.start(), match["name"]) for match in _SECTION.finditer(text)]
    for match in _EXAMPLE.finditer(text):
        group = [name for start, name in sections if start < match.start()][-1]
        rows = tuple((kind, quotation) for quotation, kind in _ROW.findall(match["rows"]))
        yield Example(group, match["words"], rows)


def outcome(example: Example) -> Outcome:
    """Catalogue one example as a numbered paragraph of a document of its own."""
    raw = f"1. {example.words}\n"
    reading = register_bytes(raw.encode(), "example.txt")
    text = reading.document.text
    found = [(c.start, c.end, c.kind.value) for c in reading.commitments]
    wanted, at = [], 0
    for kind, quotation in example.rows:
        start = text.index(quotation, at)
        at = start + len(quotation)
        wanted.append((start, at, kind))
    placed = len(found) == len(wanted) and all(
        abs(a[0] - b[0]) <= NEAR and abs(a[1] - b[1]) <= NEAR for a, b in zip(found, wanted, strict=True)
    )
    right = placed and all(a[2] == b[2] for a, b in zip(found, wanted, strict=True))
    return Outcome(example, tuple((kind, text[start:end]) for start, end, kind in found), placed, right)
