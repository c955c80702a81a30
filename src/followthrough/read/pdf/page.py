"""One page of a PDF file: its characters, assembled into rows in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from followthrough.read.pdf.columns import Run, runs_of
from followthrough.read.pdf.drawn import with_rows
from followthrough.read.pdf.glyphs import RAISED, Box, Glyph
from followthrough.read.pdf.segments import Segment, lines_of, segments_of
from followthrough.read.pdf.tables import cells_of

CELL, IN_CELL = " | ", "\n"
"""What stands in the text of a row of a table between its cells, and between the lines of a cell."""
_EDGE, _MARGIN = 0.13, 72.0  # of the height of the page; points, an inch
_LEADING_NUMBER = re.compile(r"([.)])(\d{1,3})(?=\s)")


@dataclass(slots=True)
class Row:
    """One printed line, or one row of a table: its text, its position, and its column (``""`` over the page).

    ``parts`` are the words between wide blanks, and ``gap`` is the distance to the row above in the same run
    of rows, or ``None`` at the head of a page or column.
    ``confidence`` is that of a recogniser of print, from 0 to 1, or ``None`` for a line that the file states.
    ``place`` is the height on the page from 0 (foot) to 1 (head); ``edge`` is true where running heads stand.
    """

    text: str
    parts: tuple[str, ...]
    page: int
    left: float
    right: float
    base: float
    size: float
    weight: int
    place: float
    edge: bool
    column: str = ""
    gap: float | None = None
    table: bool = False
    leftwards: bool = False
    confidence: float | None = None


def rows_of(glyphs: list[Glyph], page: int, box: Box, known: list[float], turned: str = "") -> list[Row]:
    """Return the rows of a page in reading order: full-width bands, with the columns between them.

    ``box`` is the page in points, ``known`` the gutters of the pages before, to which those of this one are added.
    ``turned`` names lines that run otherwise than most of the page: they are no part of its columns.
    """
    segments = with_rows(segments_of(glyphs), known)
    if not segments:
        return []
    runs = [Run(turned, lines_of(segments))] if turned else runs_of(segments, known)
    rows: list[Row] = []
    for run in runs:
        above: Row | None = None
        for cells, line in cells_of(run.lines):
            row = _row(line, cells, page, box, run.column)
            if not row.text:
                continue
            row.gap = above.base - row.base if above is not None else None
            rows.append(row)
            above = row
    return rows


def _row(line: list[Segment], cells: Sequence[list[Segment]], page: int, box: Box, column: str) -> Row:
    glyphs = [glyph for part in line for glyph in part.glyphs]
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    full = [glyph for glyph in glyphs if abs(glyph.size - size) < 0.2] or glyphs
    base = median(glyph.bottom for glyph in full)
    parts = tuple(filter(None, (_words(part, size, base) for part in line)))
    leftwards = sum(len(part.glyphs) if part.leftwards else -len(part.glyphs) for part in line) > 0
    text = " ".join(parts)
    if cells:
        text = CELL.join(filter(None, (_cell(cell, size) for cell in cells)))
    elif leftwards:
        text = _LEADING_NUMBER.sub(r"\2\1", text, count=1) if _LEADING_NUMBER.match(text) else text
    _, bottom, _, top = box
    middle = base + size / 2
    height = top - bottom
    place = (middle - bottom) / height if height > 0 else 0.5
    edge = min(middle - bottom, top - middle) < max(_EDGE * height, _MARGIN)
    left, right = min(part.left for part in line), max(part.right for part in line)
    weight = min(glyph.weight for glyph in (full[0], full[-1]))
    return Row(
        text, parts, page, left, right, base, size, weight, place, edge, column, None, bool(cells), leftwards
    )  # fmt: skip


def _cell(cell: list[Segment], size: float) -> str:
    """Return the words of a cell line by line, for what is broken at the end of a line is joined with all others."""
    lines: list[tuple[float, list[str]]] = []
    for part in cell:
        words = _words(part, size, part.middle)
        if lines and abs(lines[-1][0] - part.middle) < 0.4 * part.size:
            lines[-1][1].append(words)
        else:
            lines.append((part.middle, [words]))
    return IN_CELL.join(" ".join(words) for _, words in lines)


def _words(part: Segment, size: float, base: float) -> str:
    said = "".join(_char(glyph, size, base) for glyph in part.glyphs)
    return " ".join("".join(char for char in said if char >= " ").split())


def _char(glyph: Glyph, size: float, base: float) -> str:
    if glyph.char >= "\ufb50":  # shaped forms of Arabic letters, as fonts hold them
        return unicodedata.normalize("NFKC", glyph.char) if glyph.char <= "\ufefc" else glyph.char
    raised = glyph.size < 0.8 * size and glyph.bottom > base + 0.12 * size
    return RAISED.get(glyph.char, glyph.char) if raised else glyph.char
