"""Rows of a table in a run of lines: lines one below the other that are parted at the same places."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from followthrough.read.pdf.segments import Segment
from followthrough.read.structure.markers import marker_of

Line = list[Segment]
Gaps = list[tuple[float, float]]
_TALL = 4.0  # times the size of the letters, from one line of a table to the next
_WIDE = 1.6  # times the size of the letters, for a blank between cells


def cells_of(lines: list[Line]) -> list[tuple[list[Line], Line]]:
    """Return each line of a run with its cells; a line of no table has none.

    The lines of one row of a table are one line with all their words. A line with a number before its words is text.
    """
    found: list[tuple[list[Line], Line]] = []
    margin = _margin(lines)
    parted = [_gaps(line, margin) for line in lines]
    at = 0
    while at < len(lines):
        end, gaps = _table(lines, parted, at)
        if end - at < 2:
            found.append(([], lines[at]))
            at += 1
            continue
        rows = _rows(lines[at:end], gaps)
        found += [(_cells(row, gaps), [part for line in row for part in line]) for row in rows]
        at = end
    return found


def _margin(lines: list[Line]) -> float | None:
    """Return where justified lines end: at one place, many of them."""
    ends = Counter(round(line[0].right / 2) for line in lines if len(line) == 1)
    place, count = max(ends.items(), key=lambda known: known[1], default=(0, 0))
    return 2.0 * place if count >= max(4, 0.25 * len(lines)) else None


def _table(lines: list[Line], parted: list[Gaps], start: int) -> tuple[int, Gaps]:
    """Return the end of the table that begins at line ``start``, and its gaps; no table ends where it starts."""
    gaps = parted[start]
    if not gaps:
        return start, []
    end, count = start + 1, 1
    for at in range(start + 1, len(lines)):
        line, own = lines[at], parted[at]
        if lines[at - 1][0].middle - line[0].middle > _TALL * line[0].size:
            break
        if not own and not _is_within(lines[at - 1], line, gaps):
            break
        common = _common(gaps, own) if own else gaps
        if not common:
            break
        gaps = common
        if own:
            count, end = count + 1, at + 1
        elif line[0].left > gaps[0][0]:  # more words of a later cell; those of the first may be the text that follows
            end = at + 1
    return (end, gaps) if count > 1 and _is_table(lines[start:end], parted[start:end], gaps) else (start, [])


def _is_table(lines: list[Line], parted: list[Gaps], gaps: Gaps) -> bool:
    """Return whether the blanks between the cells are wide, or several and the cells below each other."""
    if max(right - left for own in parted for left, right in own) >= _WIDE * max(part.size for part in lines[0]):
        return True
    starts = [[part.left for part in line if part.left >= gaps[0][1] - 1] for line in lines if len(line) > 1]
    if len(starts) < 3 or any(len(own) != len(starts[0]) for own in starts):
        return False
    return all(max(below) - min(below) < 2 for below in zip(*starts, strict=True))


def _gaps(line: Line, margin: float | None) -> Gaps:
    """Return the wide blanks of ``line``, none for a line of text: with a number before it, or stretched to its end."""
    if len(line) < 2 or any(part.leftwards for part in line):
        return []
    words = "".join(glyph.char for glyph in line[0].glyphs)
    if len(line) == 2 and marker_of(words + " ") is not None:
        return []
    gaps = [(before.right, after.left) for before, after in pairwise(line)]
    widths = [right - left for left, right in gaps]
    size = max(part.size for part in line)
    if min(widths) < 0:
        return []
    stretched = margin is not None and abs(line[-1].right - margin) < 3 and max(widths) < 6 * size
    return [] if stretched and max(widths) < 1.3 * min(widths) else gaps


def _common(gaps: Gaps, own: Gaps) -> Gaps:
    both = [(max(a, c), min(b, d)) for a, b in gaps for c, d in own]
    return sorted({(left, right) for left, right in both if right - left > 2})


def _is_within(above: Line, line: Line, gaps: Gaps) -> bool:
    """Return whether ``line`` goes on in one cell: it crosses no gap and follows closely."""
    part = line[0]
    if len(line) > 1 or above[0].middle - part.middle > 1.5 * part.size:
        return False
    return not any(part.left < left + 1 and part.right > right - 1 for left, right in gaps)


def _rows(lines: list[Line], gaps: Gaps) -> list[list[Line]]:
    """Return the lines of each row: one begins with the first cell, unless its lines stand closer than the rows do."""
    steps = [a[0].middle - b[0].middle for a, b in pairwise(lines)]
    close, wide = min(steps), max(steps)
    mixed = wide > 1.25 * close and close < 1.6 * lines[0][0].size
    rows = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        first = line[0].left < gaps[0][0]
        if (first and not mixed) or (mixed and step > 1.12 * close):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _cells(row: list[Line], gaps: Gaps) -> list[Line]:
    edges = [float("-inf"), *((left + right) / 2 for left, right in gaps), float("inf")]
    parts = [part for line in row for part in line]
    cells = [[part for part in parts if start <= (part.left + part.right) / 2 < end] for start, end in pairwise(edges)]
    return [cell for cell in cells if cell]
