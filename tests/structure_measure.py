"""Measure structure against marked-up texts: flatten the truth, read it back as text, compare line by line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from followthrough.model.document import Document
from followthrough.read import read_bytes

LAYOUTS = ("lines", "blank lines", "wrapped")
WIDTH = 76
BARE = re.compile(r"(?:(?:Article|Part|Section|Chapter)\s+)?(?:[IVXLC]+|\d+)\.?")
STOP = re.compile(r"[.,;:!?][\"'”’)\]]*\d*$")

Unit = tuple[str, str, int, str]


@dataclass(frozen=True)
class Outcome:
    """How one document came back: lines that are exactly right of all, and those that are not, both ways."""

    right: int
    lines: int
    missed: tuple[Unit, ...]
    invented: tuple[Unit, ...]

    @property
    def exact(self) -> bool:
        """Whether every line is right and none was invented."""
        return not self.missed and not self.invented


def units(document: Document) -> list[Unit]:
    """Return each provision as kind, number, depth and words: what a reader must get right about its line.

    Depth counts the lists that a line stands in. Formulas and closing lines are left out, which the mark-up keeps apart
    in its own way; an unnumbered line that ends without a stop is a heading, whether or not the mark-up says so, and a
    line that holds only its number is one with the heading below it.
    """
    kinds = {one.eid: one.kind for one in document.provisions}
    depths: dict[str, int] = {}
    found: list[Unit] = []
    for one in document.provisions:
        above = depths.get(one.parent or "", 0) + (kinds.get(one.parent or "") == "item")
        depths[one.eid] = above
        words = " ".join(document.text[one.body : one.end].split())
        if one.kind == "other" or not words:
            continue
        numbered = one.num and not re.fullmatch(r"[IVX]+", one.num)
        if one.kind == "section" or not (numbered or STOP.search(words) or one.kind == "preamble"):
            words = " ".join(document.text[one.start : one.end].split())
            if found and found[-1][0] == "heading" and BARE.fullmatch(found[-1][3]):
                words = f"{found.pop()[3]} {words}"
            found.append(("heading", "", 0, words))
        else:
            found.append((one.kind, one.num or "", above, words))
    return found


def flatten(document: Document, layout: str) -> str:
    """Return the text of a document as a person would have it: a line a block, blank lines between, or wrapped."""
    blocks = [" ".join(line.split()) for line in document.text.split("\n") if line.strip()]
    if layout == "lines":
        return "\n".join(blocks) + "\n"
    if layout == "wrapped":
        blocks = [textwrap.fill(block, WIDTH, break_long_words=False, break_on_hyphens=False) for block in blocks]
    return "\n\n".join(blocks) + "\n"


def measure(truth: Document, layout: str) -> Outcome:
    """Flatten ``truth``, read it as text, and compare."""
    wanted = units(truth)
    given = units(read_bytes(flatten(truth, layout).encode(), "flat.txt").document)
    return compare(wanted, given)


def compare(wanted: Sequence[Unit], given: Sequence[Unit]) -> Outcome:
    """Compare two lists of units in order."""
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_matching_blocks()
    right = sum(block.size for block in blocks)
    left = {at for block in blocks for at in range(block.a, block.a + block.size)}
    other = {at for block in blocks for at in range(block.b, block.b + block.size)}
    return Outcome(
        right,
        len(wanted),
        tuple(unit for at, unit in enumerate(wanted) if at not in left),
        tuple(unit for at, unit in enumerate(given) if at not in other),
    )
