"""Rows of a table in a run of lines: lines one below the other that are parted at the same places."""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise

from followthrough.read.pdf.segments import Segment
from followthrough.read.structure.markers import marker_of

Line = list[Segment]
Gaps = list[tuple[float, float]]
_TALL = 4.0  # times the size of the letters, from one line of a table to the next
_NEAR = 2.0  # points within which lines end at one place
_WIDE = 1.6  # times the size of the letters, for a blank between cells


def cells_of(lines: list[Line]) -> list[tuple[list[Line], Line]]:
    """Return each line of a run with its cells; a line of no table has none.

    The lines of one row of a table are one line with all their words. A line with a number before its words is text.
    """
    found: list[tuple[list[Line], Line]] = []
    lines = [part for line in lines for part in _by_itself(line)]
    margin = _margin(lines)
    parted = [_gaps(line, margin) for line in lines]
    at = 0
    while at < len(lines):
        if lines[at][0].cells:
            row = lines[at][0]
            found.append(([list(cell) for cell in row.cells], [part for cell in row.cells for part in cell]))
            at += 1
            continue
        end, gaps = _table(lines, parted, at)
        if end - at < 2:
            found.append(([], lines[at]))
            at += 1
            continue
        rows = _rows(lines[at:end], gaps)
        found += [(_cells(row, gaps), [part for line in row for part in line]) for row in rows]
        at = end
    return found


def _by_itself(line: Line) -> list[Line]:
    """Return ``line`` with each row of a table, and what is not of one, as a line by itself."""
    if len(line) == 1 or not any(part.cells for part in line):
        return [line]
    words = [part for part in line if not part.cells]
    return [*([words] if words else []), *([part] for part in line if part.cells)]


def _margin(lines: list[Line]) -> float | None:
    """Return where justified lines end: at one place, many of them."""
    ends = sorted(line[0].right for line in lines if len(line) == 1)
    near = [bisect(ends, end + _NEAR) - at for at, end in enumerate(ends)]
    count = max(near, default=0)
    return ends[near.index(count)] + _NEAR / 2 if count >= max(4, 0.25 * len(lines)) else None


def _table(lines: list[Line], parted: list[Gaps], start: int) -> tuple[int, Gaps]:
    """Return the end of the table that begins at line ``start``, and its gaps; no table ends where it starts."""
    gaps = parted[start]
    if not gaps:
        return start, []
    end, count = start + 1, 1
    for at in range(start + 1, len(lines)):
        line, own = lines[at], parted[at]
        if line[0].cells:
            break
        if lines[at - 1][0].middle - line[0].middle > _TALL * line[0].size:
            break
        if not own and not _is_within(lines[at - 1], line, gaps):
            break
        common = _common(gaps, _with_ends(line, own)) if own else gaps
        if not common:
            break
        gaps = common
        if own:
            count, end = count + 1, at + 1
        elif line[0].left > gaps[0][0]:  # more words of a later cell; those of the first may be the text that follows
            end = at + 1
    if count < 2 or not _is_table(lines[start:end], parted[start:end], gaps):
        return start, []
    return end, _without_lone(lines[start:end], gaps)


def _with_ends(line: Line, own: Gaps) -> Gaps:
    """Return the blanks of ``line`` with those before and behind it: it may hold words of some cells alone."""
    return [(float("-inf"), line[0].left), *own, (line[-1].right, float("inf"))]


def _without_lone(lines: list[Line], gaps: Gaps) -> Gaps:
    """Return ``gaps`` without those before a cell that one line fills, after a blank as between stretched words."""
    kept = list(gaps)
    for gap in gaps:
        end = next((left for left, _ in kept if left > gap[1]), float("inf"))
        blanks = [blank for line in lines if (blank := _before_cell(line, gap[1], end)) is not None]
        if len(lines) > 2 and len(kept) > 1 and len(blanks) == 1 and blanks[0] < _WIDE:
            kept.remove(gap)
    return kept


def _before_cell(line: Line, start: float, end: float) -> float | None:
    """Return the blank before the first words of a cell, in sizes of the letters, or ``None`` where it holds none."""
    at = next((at for at, part in enumerate(line) if start - 1 <= part.left and part.right <= end + 1), None)
    if at is None:
        return None
    return (line[at].left - line[at - 1].right) / line[at].size if at else float("inf")


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
