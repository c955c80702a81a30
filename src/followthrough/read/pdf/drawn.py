"""Rows of a table as the file draws them: cell by cell, each with its lines one below the other.

Where the cells of a row stand at heights of their own, or a table is printed over the column beside it, the order in
which the file draws is the only thing that says which words are one cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from followthrough.read.pdf.cells import NEAR, Cell, Gaps, blanks_of, in_common, is_count, is_table
from followthrough.read.pdf.glyphs import Glyph
from followthrough.read.pdf.segments import Segment, segment_of

_STEP = (0.6, 1.8)  # times the size of the letters, from one line of a cell to the next
_TALL = 4.0  # times the size of the letters, from one row to the next
_MOST_CELLS, _MOST_LINES = 40, 40  # in a row, in a cell
_MOST_TABLES = 50  # on a page, of which it is asked what they are printed over
_INSET = 0.5  # times the size of the letters, on both sides of what parts two cells
_FEW = 6  # lines that say where the column of a table is
_SEVERAL = 8  # rows that are no table: the first half of them is passed over
_WORDS = 6  # of a line of a cell that are set apart


def with_rows(segments: Sequence[Segment], known: Sequence[float]) -> list[Segment]:
    """Return ``segments``, in the order of the file, with those of each row of a table as one that has ``cells``.

    ``known`` are the gutters of the pages before, in points from the left.
    """
    origins, parts = _parted(segments)
    found: list[Segment] = []
    tables: list[list[Segment]] = []
    begins: list[int] = []
    outside: list[int] = []
    at = 0
    while at < len(parts):
        before, own, count = _found(parts, at)
        if own:
            outside += range(at, at + len(before))
            tables.append(_whole(own))
            begins.append(at + len(before))
        else:
            outside += range(at, at + count)
        at += count
    if not tables:
        return list(segments)
    found = _together(segments, origins, parts, outside)
    if len(tables) <= _MOST_TABLES:
        near = [parts[max(0, at - _FEW) : at] for at in begins]
        tables = [_beside(rows, found, above) for rows, above in zip(tables, near, strict=True)]
    return [*found, *(_in_column(row, known) for rows in tables for row in rows)]


def _in_column(row: Segment, known: Sequence[float]) -> Segment:
    """Return a row that sticks out to the left of a ``known`` column by less than a letter as if it began there."""
    begin = next((place + 1 for place in known if 0 < place + 1 - row.left < row.size), row.left)
    return replace(row, left=begin) if begin < row.right else row


def _found(parts: Sequence[Segment], at: int) -> tuple[Cell, list[list[Cell]], int]:
    """Return the lines above a table that begins at the part ``at``, its rows, and how many parts are done with.

    There are no rows where no table begins. Words stretched to fill the first cells of rows are tried last.
    """
    passed = 1
    last = parts[at - 1] if at else None
    begins = last is None or last.left > parts[at].left or abs(last.middle - parts[at].middle) > 0.3 * last.size
    for stretched in (False, True):
        rows = _table(parts, at, stretched) if begins else []
        before, own = _without_text_before(rows)
        if is_table(own) and not _is_within_text(own, parts, at, at + _count(rows)):
            return before, own, _count(rows)
        passed = max(passed, _count(rows[: len(rows) // 2]) if len(rows) > _SEVERAL else 1)
    return [], [], passed


def _is_within_text(rows: Sequence[Sequence[Cell]], parts: Sequence[Segment], start: int, end: int) -> bool:
    """Return whether ``rows`` are lines stretched to their ends, for the line drawn before or after ends there too."""
    rights = [row[-1][-1].right for row in rows]
    first, last = rows[0][0][0], rows[-1][0][-1]
    around = [*parts[max(0, start - 1) : start], *parts[end : end + 1]]
    lines = [one for one in around if _is_step(one, first) or _is_step(last, one)]
    return any(abs(one.right - right) < NEAR for one in lines for right in (min(rights), max(rights))) and (
        max(rights) - min(rights) < NEAR
    )


def _together(
    segments: Sequence[Segment], origins: Sequence[int], parts: Sequence[Segment], outside: Sequence[int]
) -> list[Segment]:
    """Return the ``parts`` that are ``outside`` every table, those that were parted for nothing as they were."""
    whole, left = Counter(origins), Counter(origins[at] for at in outside)
    found: list[Segment] = []
    last = -1
    for at in outside:
        origin = origins[at]
        if left[origin] < whole[origin]:
            found.append(parts[at])
        elif origin != last:
            found.append(segments[origin])
        last = origin
    return found


def _beside(rows: list[Segment], others: Sequence[Segment], above: Sequence[Segment]) -> list[Segment]:
    """Return the rows of a table as wide as the column they are drawn in, where they lie over text of another one.

    ``above`` are the lines that are drawn before the table, ``others`` all that is on the page beside tables.
    """
    left, right = rows[0].left, rows[0].right
    top, bottom = rows[0].middle + rows[0].size, rows[-1].middle - rows[-1].size
    over = [one for one in others if bottom < one.middle < top and one.left < right and one.right > left]
    own = [one for one in above if one.middle > top and one.left < right and one.right > left]
    if not over:
        return rows
    lows = [*(one.right + 1 for one in over if one.left < left), *([min(one.left for one in own)] if own else [])]
    highs = [*(one.left - 1 for one in over if one.left >= left), *([max(one.right for one in own)] if own else [])]
    low, high = max(left, *lows, left), min(right, *highs, right)
    return [replace(row, left=low, right=high) for row in rows] if low < high else rows


def _count(rows: Sequence[Sequence[Cell]]) -> int:
    return sum(len(cell) for row in rows for cell in row)


def _parted(segments: Sequence[Segment]) -> tuple[list[int], list[Segment]]:
    """Return the parts of ``segments``, and of which segment each is.

    Two cells that stand close are one segment, and parted where the line drawn next stands below the second alone.
    """
    origins: list[int] = []
    found: list[Segment] = []
    often = Counter(round(part.left) for part in segments)
    places = {place for place, count in often.items() if count > 1}
    for at, part in enumerate(segments):
        after = segments[at + 1] if at + 1 < len(segments) else None
        cut = 0 if part.leftwards else (_cut(part, after) if after is not None else 0) or _blank_before(part, places)
        words = "".join(glyph.char for glyph in part.glyphs[:cut])
        if not cut or is_count(words):
            own = [part]
        else:
            own = [segment_of(_stripped(part.glyphs[:cut])), segment_of(_stripped(part.glyphs[cut:]))]
        found += own
        origins += [at] * len(own)
    return origins, found


def _blank_before(part: Segment, places: Collection[int]) -> int:
    """Return at which character of ``part`` a word begins behind a wide blank, at one of ``places``, or 0."""
    glyphs = part.glyphs
    for at in range(2, len(glyphs)):
        wide = glyphs[at - 1].char == " " and glyphs[at].left - glyphs[at - 2].right > _INSET * part.size
        if wide and round(glyphs[at].left) in places:
            return at
    return 0


def _stripped(glyphs: Sequence[Glyph]) -> list[Glyph]:
    return list(glyphs[:-1] if glyphs[-1].char == " " else glyphs)


def _cut(part: Segment, after: Segment) -> int:
    """Return at which character of ``part`` the line ``after``, which is drawn next, begins below it, or 0."""
    if after.left - part.left < part.size or after.left > part.right or not _is_step(part, after):
        return 0
    begins = (at for at, glyph in enumerate(part.glyphs) if at and abs(glyph.left - after.left) < 0.5)
    return next((at for at in begins if part.glyphs[at - 1].char == " "), 0)


def _is_step(part: Segment, below: Segment) -> bool:
    low, high = _STEP
    return low * part.size < part.middle - below.middle < high * part.size and abs(part.size - below.size) < 0.1 * (
        part.size
    )


def _is_below(part: Segment, below: Segment) -> bool:
    """Return whether ``below`` is the next line of the cell that ``part`` stands in."""
    middle = part.left + part.right - below.left - below.right
    shift = min(abs(part.left - below.left), abs(part.right - below.right), abs(middle) / 2)
    return shift < NEAR and _is_step(part, below)


def _table(parts: Sequence[Segment], start: int, stretched: bool) -> list[list[Cell]]:
    """Return the rows, cell by cell, that may begin with the part at ``start``: all that have blanks in common."""
    rows: list[list[Cell]] = []
    gaps: Gaps = []
    at, most = start, 0
    while at < len(parts):
        row, at = _row(parts, at, stretched, [cell[0].left for cell in rows[0]] if rows else [])
        if len(row) < 2 or (rows and not _follows(rows[-1], row)):
            break
        own = blanks_of(row)
        gaps = in_common(gaps, own) if rows else own[1:-1]
        most = max(most, len(row))
        if len(gaps) < most - 1 or len(row) > _MOST_CELLS:
            break
        rows.append(row)
    return rows


def _row(parts: Sequence[Segment], at: int, stretched: bool, lefts: Sequence[float]) -> tuple[list[Cell], int]:
    """Return the cells of a row that begins with the part at ``at``, and where the next begins.

    ``lefts`` is where cells of the row above begin: words that are too wide for their cell may lie over the next.
    """
    row: list[Cell] = [[parts[at]]]
    at += 1
    while at < len(parts) and len(row) <= _MOST_CELLS:
        part, cell = parts[at], row[-1]
        if len(cell) > _MOST_LINES:
            break
        inner = _is_below(cell[-1], part) and part.left < cell[0].right + part.size
        known = any(abs(part.left - left) < NEAR for left in lefts[1:])
        if inner or (((stretched and not known) or len(row) > 1) and _is_stretched(cell, parts, at)):
            cell.append(part)
        elif _is_beside(row, part) and _is_right_of(cell, part, lefts):
            row.append([part])
        else:
            break
        at += 1
    return row, at


def _is_stretched(cell: Cell, parts: Sequence[Segment], at: int) -> bool:
    """Return whether the part at ``at`` stands in the line of ``cell`` behind a blank: the next line is below that."""
    last = cell[-1]
    for part in parts[at : at + _WORDS]:
        if abs(last.middle - part.middle) > 0.3 * last.size:
            return abs(part.left - cell[0].left) < NEAR and _is_step(last, part)
        if part.left < last.right:
            return False
    return False


def _is_right_of(cell: Cell, part: Segment, lefts: Sequence[float]) -> bool:
    if part.left > max(one.right for one in cell):
        return True
    known = any(abs(part.left - left) < NEAR for left in lefts)
    return known and part.left > cell[0].left + part.size and part.middle > cell[-1].middle - 0.3 * part.size


def _is_beside(row: Sequence[Cell], part: Segment) -> bool:
    top = max(cell[0].middle for cell in row)
    bottom = min(cell[-1].middle for cell in row)
    return bottom - 1.2 * part.size < part.middle < top + 3 * part.size


def _follows(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Return whether ``row`` stands below the row ``above``, no further than rows of one table do."""
    step = min(cell[-1].middle for cell in above) - max(cell[0].middle for cell in row)
    size = row[0][0].size
    second = above[1][0].left if len(above) > 1 else float("inf")
    return 0.5 * size < step < _TALL * size and row[0][0].left < second + NEAR


def _without_text_before(rows: list[list[Cell]]) -> tuple[Cell, list[list[Cell]]]:
    """Return the lines of text that stand right above the first cell of a table, and its rows without them."""
    if len(rows) < 2:
        return [], rows
    first, rest = rows[0][0], rows[0][1:]
    end = min(min(part.left for part in cell) for row in rows for cell in row[1:])
    top, bottom = max(cell[0].middle for cell in rest), min(cell[-1].middle for cell in rest)
    below = max(0.0, bottom - first[-1].middle)
    kept = len(first)
    steps = [a.middle - b.middle for a, b in pairwise(first)]
    while kept > 1:
        line = first[len(first) - kept]
        if line.right < end and line.middle < top + below + 0.5 * line.size and _is_close(steps[-kept + 1 :]):
            break
        kept -= 1
    cut = len(first) - kept
    return first[:cut], [[first[cut:], *rest], *rows[1:]]


def _is_close(steps: Sequence[float]) -> bool:
    return max(steps) < 1.15 * min(steps)


def _blank(last: Glyph) -> Glyph:
    return Glyph(" ", last.right, last.right, last.bottom, last.size, last.weight)


def _whole(rows: Sequence[Sequence[Cell]]) -> list[Segment]:
    """Return one segment for each row, all as wide as the table."""
    parts = [part for row in rows for cell in row for part in cell]
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    found = []
    for row in rows:
        own = [part for cell in row for part in cell]
        middle = (max(part.middle for part in own) + min(part.middle for part in own)) / 2
        glyphs = tuple(glyph for part in own for glyph in (*part.glyphs, _blank(part.glyphs[-1])))
        made = Segment(glyphs, left, right, middle, max(part.size for part in own), False)
        found.append(replace(made, cells=tuple(map(tuple, row))))
    return found
