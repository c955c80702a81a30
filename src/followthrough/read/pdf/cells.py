"""What makes rows of cells a table: blanks in common, cells below each other, and nothing that says it is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from followthrough.read.pdf.segments import Segment
from followthrough.read.structure.markers import marker_of

NEAR = 2.0
"""Points within which lines of a cell begin, end or are centred at one place."""
_WIDE = 1.6  # times the size of the letters, for a blank between cells of which no other sign is needed
_RUNNING = (3, 12.0)  # lines by the median, and sizes of the letters in width: a column of text, no cells
_COUNTED = re.compile(r"\W?\w{1,3}\W?")

Cell = list[Segment]
Gaps = list[tuple[float, float]]


def is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether ``rows`` are those of a table: no text in columns, no list with its numbers, no stretched line."""
    if len(rows) < 2 or any(part.leftwards for row in rows for cell in row for part in cell):
        return False
    size = median(cell[0].size for row in rows for cell in row)
    if any(_is_numbered(row) for row in rows) or all(_counts(row[0]) for row in rows):
        return False
    columns = _columns(rows)
    if len(columns) > max(map(len, rows)) or _is_filled([row[-1][0] for row in rows]):
        return False
    lines, width = _RUNNING
    running = [
        own
        for own in columns
        if median(len(cell) for cell in own) >= lines
        and median(max(part.right - part.left for part in cell) for cell in own) > width * size
    ]
    if len(running) > 1:
        return False
    blank = max(right - left for row in rows for left, right in blanks_of(row)[1:-1])
    return all(map(_is_aligned, columns)) and (blank >= _WIDE * size or len(rows) > 2)


def _columns(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return the cells of each column."""
    gaps = blanks_of(rows[0])
    for row in rows[1:]:
        gaps = in_common(gaps, blanks_of(row))
    found: list[list[Cell]] = [[] for _ in range(len(gaps) - 1)]
    for row in rows:
        for cell in row:
            at = sum(right <= cell[0].left + NEAR for _, right in gaps[1:-1])
            found[at].append(cell)
    return [own for own in found if own]


def _is_filled(lasts: Sequence[Segment]) -> bool:
    """Return whether the last words of all rows end at one place, as those of stretched lines do, and figures do."""
    rights = [part.right for part in lasts]
    return max(rights) - min(rights) < 0.7 and not any(map(_has_figure, lasts))


def _has_figure(part: Segment) -> bool:
    return any("0" <= glyph.char <= "9" for glyph in part.glyphs)


def _is_aligned(column: Sequence[Cell]) -> bool:
    """Return whether the cells of a column begin at one place; figures may end at one, and three be centred.

    The words of lines that are stretched to their ends end at one place too, and are no cells.
    """
    if len(column) < 2:
        return False
    lefts = [min(part.left for part in cell) for cell in column]
    rights = [max(part.right for part in cell) for cell in column]
    middles = [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]
    figures = sum(_has_figure(cell[0]) for cell in column)
    places = [lefts]
    if figures >= 0.5 * len(column):
        places.append(rights)
    if len(column) > 2:
        places.append(middles)
    return any(max(own) - min(own) < NEAR for own in places)


def _is_numbered(row: Sequence[Cell]) -> bool:
    words = "".join(glyph.char for glyph in row[0][0].glyphs)
    return len(row) == 2 and len(row[0]) == 1 and marker_of(words + " ") is not None


def _counts(cell: Cell) -> bool:
    return len(cell) == 1 and bool(_COUNTED.fullmatch("".join(glyph.char for glyph in cell[0].glyphs)))


def blanks_of(row: Sequence[Cell]) -> Gaps:
    """Return the blanks before, between and behind the cells of a row."""
    ends = [max(part.right for part in cell) for cell in row]
    begins = [min(part.left for part in cell) for cell in row]
    ends = [min(end, begin - NEAR - 0.5) for end, begin in zip(ends, [*begins[1:], float("inf")], strict=True)]
    return list(zip([float("-inf"), *ends], [*begins, float("inf")], strict=True))


def in_common(gaps: Gaps, own: Gaps) -> Gaps:
    """Return the blanks that two rows have in common; both lists are in order."""
    found: Gaps = []
    at = 0
    for left, right in own:
        while at < len(gaps) and gaps[at][1] <= left:
            at += 1
        for other in range(at, len(gaps)):
            low, high = max(gaps[other][0], left), min(gaps[other][1], right)
            if low >= right:
                break
            if high - low > NEAR:
                found.append((low, high))
    return found


def is_count(words: str) -> bool:
    """Return whether ``words`` are a number or a mark, as before an item of a list."""
    return bool(_COUNTED.fullmatch(words.strip())) or marker_of(words.strip() + " ") is not None
