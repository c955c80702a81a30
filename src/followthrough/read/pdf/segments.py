"""Segments: runs of characters without a wide blank, the pieces of which lines and columns are made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median

from followthrough.read.pdf.glyphs import LINE_END, Glyph

_WIDE = 0.9  # times the size of the letters: a wide blank
_BLANK, _UNWRITTEN = 0.25, 0.13
"""Times the size of the letters: a blank, and one where the library below takes two letters of a line for two lines and
so writes none."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters on one line in the order in which they are read; the box is in points.

    That of a row of a table holds the characters of all its ``cells``, each with its own segments.
    """

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    middle: float
    size: float
    leftwards: bool
    cells: tuple[tuple[Segment, ...], ...] = ()


@lru_cache(maxsize=4096)
def runs_leftwards(char: str) -> bool:
    """Return whether ``char`` is a letter of a script that is written from right to left."""
    return unicodedata.bidirectional(char) in {"R", "AL"}


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Return the segments of ``glyphs``, which come in the order of the file."""
    found: list[Segment] = []
    run: list[Glyph] = []
    spaced = leftwards = False
    blank = _BLANK
    low = high = 0.0
    for glyph in glyphs:
        if glyph.char.isspace():
            spaced = spaced or glyph.char != LINE_END
            blank = _UNWRITTEN if glyph.char == LINE_END else blank
            continue
        turns = glyph.char > "\u0590" and runs_leftwards(glyph.char)
        if run and _apart(run[-1], glyph, leftwards or turns, low, high):
            found.append(_segment(run, low, high, leftwards))
            run, leftwards = [], False
        if not run:
            low, high = glyph.left, glyph.right
        elif _is_blank(run[-1], glyph, spaced, leftwards or turns, blank):
            last = run[-1]
            run.append(Glyph(" ", last.right, glyph.left, last.bottom, last.size, last.weight))
        leftwards = leftwards or turns
        low, high = min(low, glyph.left), max(high, glyph.right)
        run.append(glyph)
        spaced, blank = False, _BLANK
    if run:
        found.append(_segment(run, low, high, leftwards))
    return found


def segment_of(run: list[Glyph]) -> Segment:
    """Return the segment of ``run``, whose characters stand from left to right."""
    return _segment(run, run[0].left, run[-1].right, False)


def _segment(run: list[Glyph], low: float, high: float, leftwards: bool) -> Segment:
    run = _leftwards(run) if leftwards else run
    left, right = (low, high) if leftwards else (run[0].left, run[-1].right)
    return Segment(
        tuple(run), left, right, median(glyph.middle for glyph in run), max(glyph.size for glyph in run), leftwards
    )


def _leftwards(run: list[Glyph]) -> list[Glyph]:
    """Return ``run`` with each word of letters that run to the left in that direction, whichever way they came.

    Some makers of files state the letters of a shaped word themselves; the library below then turns them once more.
    """
    out: list[Glyph] = []
    for turns, letters in groupby(run, key=lambda glyph: glyph.char > "\u0590" and runs_leftwards(glyph.char)):
        word = list(letters)
        back = sum(after.left > before.left for before, after in pairwise(word))
        out += reversed(word) if turns and back > 0.5 * (len(word) - 1) else word
    return out


def _is_blank(last: Glyph, glyph: Glyph, spaced: bool, leftwards: bool, blank: float) -> bool:
    gap = max(glyph.left - last.right, last.left - glyph.right) if leftwards else glyph.left - last.right
    return gap > (min(0.15, blank) if last.char == "-" else blank) * last.size or (spaced and last.char != "-")


def _apart(before: Glyph, glyph: Glyph, leftwards: bool, low: float, high: float) -> bool:
    size = max(before.size, glyph.size)
    if abs(glyph.middle - before.middle) > 0.6 * size:
        return True
    if leftwards:  # numbers and names run to the right in between: what counts is the distance from the whole
        return max(glyph.left - high, low - glyph.right) > 1.2 * size
    return glyph.left - before.right > _WIDE * size or glyph.left < before.left - 0.5 * size


def lines_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return the segments line by line from the head of the page, each line in the order in which it is read."""
    lines: list[tuple[float, float, list[Segment]]] = []
    for part in sorted(segments, key=lambda known: -known.middle):
        if lines and abs(lines[-1][0] - part.middle) < 0.4 * max(part.size, lines[-1][1]):
            lines[-1][2].append(part)
        else:
            lines.append((part.middle, part.size, [part]))
    return [_in_order(line) for _, _, line in lines]


def _in_order(line: list[Segment]) -> list[Segment]:
    leftwards = sum(len(part.glyphs) if part.leftwards else -len(part.glyphs) for part in line) > 0
    return sorted(line, key=(lambda part: -part.right) if leftwards else (lambda part: part.left))
