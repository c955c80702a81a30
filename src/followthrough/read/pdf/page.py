"""One page of a PDF file: its positioned characters, assembled into rows in reading order."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

RAISED = {str(digit): chr(0xF8D0 + digit) for digit in range(10)}
_RAISED_CHARS = frozenset(RAISED.values())
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-"}
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\u00a0": " "}
_EDGE, _MARGIN = 0.13, 72.0  # of the height of the page; points, an inch
MAX_PAGE_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, its bounding box in points, and its weight."""

    char: str
    left: float
    right: float
    bottom: float
    size: float
    weight: int = 0

    @property
    def middle(self) -> float:
        """Vertical centre of the box, measured from the bottom of the page."""
        return self.bottom + self.size / 2


@dataclass(slots=True)
class Row:
    """One printed line: its text, its position, and its column (``""``, ``"left"`` or ``"right"``).

    ``parts`` are the words between wide blanks, and ``gap`` is the distance to the row above in the same run
    of rows, or ``None`` at the head of a page or column.
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


@dataclass(slots=True)
class _Segment:
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def middle(self) -> float:
        return median(glyph.middle for glyph in self.glyphs)

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)


def glyphs_of(raw: Any, text_page: Any) -> list[Glyph]:
    """Return the characters of a page in the order of the file; ``raw`` is the low-level module of pypdfium2."""
    count = raw.FPDFText_CountChars(text_page)
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    glyphs: list[Glyph] = []
    weight, size_before = 0, 0.0
    for index in range(count):
        code = unicode_of(text_page, index)
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char in "\r\n\x00" or char in _RAISED_CHARS or not box_of(text_page, index, reference):
            weight = 0
            continue
        char = _HYPHENS.get(char, char)
        size = max(box.top - box.bottom, 0.0)
        if size == 0.0 and char == " ":
            size, weight = size_before, 0
        elif char != " " and (not weight or size != size_before):
            weight = raw.FPDFText_GetFontWeight(text_page, index)
        if char == "-" and glyphs and size < 0.4 * glyphs[-1].size:
            # A hyphen that the reader of the file put in for a soft one has the height of its stroke alone.
            size, box.bottom = glyphs[-1].size, glyphs[-1].bottom
        size_before = size or 1.0
        if "0" <= char <= "9" and _is_superior(raw, text_page, index, size_before):
            char = RAISED[char]
        glyphs.append(Glyph(_LIGATURES.get(char, char), box.left, box.right, box.bottom, size_before, weight))
    return glyphs


def _is_superior(raw: Any, text_page: Any, index: int, size: float) -> bool:
    """Return whether the outline of a digit is above the baseline, as in a superior figure of the font."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    inked = raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return bool(
        inked
        and raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        and bottom.value - y.value > 0.2 * size
        and top.value - bottom.value < 0.6 * size
    )


def rows_of(glyphs: list[Glyph], page: int, height: float) -> list[Row]:
    """Return the rows of a page in reading order: full-width bands, with the columns between them."""
    segments = _segments(glyphs)
    if not segments:
        return []
    gutter = _gutter(segments)
    rows: list[Row] = []
    for column, run in _runs(segments, gutter):
        above: Row | None = None
        for line in _lines(run):
            row = _row(line, page, height, column)
            if not row.text:
                continue
            row.gap = above.base - row.base if above is not None else None
            rows.append(row)
            above = row
    return rows


def _segments(glyphs: Iterable[Glyph]) -> list[_Segment]:
    segments: list[_Segment] = []
    last: Glyph | None = None
    spaced: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            spaced = glyph
            continue
        if last is None or _apart(last, glyph):
            segments.append(_Segment())
        elif glyph.left - last.right > (0.15 if last.char == "-" else 0.25) * last.size or (
            spaced and last.char != "-"
        ):
            segments[-1].glyphs.append(Glyph(" ", last.right, glyph.left, last.bottom, last.size, last.weight))
        segments[-1].glyphs.append(glyph)
        last, spaced = glyph, None
    return segments


def _apart(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    return (
        abs(glyph.middle - before.middle) > 0.6 * size
        or glyph.left - before.right > 1.2 * size
        or glyph.left < before.left - 0.5 * size
    )


def _lines(segments: list[_Segment]) -> list[list[_Segment]]:
    """Return the segments row by row from the head of the page, each row from left to right."""
    lines: list[tuple[float, float, list[_Segment]]] = []
    for middle, size, segment in sorted(
        ((part.middle, part.size, part) for part in segments), key=lambda known: -known[0]
    ):
        if lines and abs(lines[-1][0] - middle) < 0.4 * max(size, lines[-1][1]):
            lines[-1][2].append(segment)
        else:
            lines.append((middle, size, [segment]))
    return [sorted(line, key=lambda part: part.left) for _, _, line in lines]


def _row(line: list[_Segment], page: int, height: float, column: str) -> Row:
    glyphs = [glyph for part in line for glyph in part.glyphs]
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    full = [glyph for glyph in glyphs if abs(glyph.size - size) < 0.2] or glyphs
    base = median(glyph.bottom for glyph in full)
    parts = tuple(filter(None, (_clean("".join(_char(glyph, size, base) for glyph in part.glyphs)) for part in line)))
    weights = [glyph.weight for glyph in (full[0], full[-1])]
    middle = base + size / 2
    place = middle / height if height > 0 else 0.5
    right = max(part.right for part in line)
    edge = min(middle, height - middle) < max(_EDGE * height, _MARGIN)
    return Row(" ".join(parts), parts, page, line[0].left, right, base, size, min(weights), place, edge, column)


def _clean(text: str) -> str:
    return " ".join("".join(char for char in text if char >= " ").split())


def _char(glyph: Glyph, size: float, base: float) -> str:
    raised = glyph.size < 0.8 * size and glyph.bottom > base + 0.12 * size
    return RAISED.get(glyph.char, glyph.char) if raised else glyph.char


def _gutter(segments: list[_Segment]) -> float | None:
    """Return the horizontal position of the gutter between two columns of running text, or ``None``."""
    boxes = [(part.left, part.right, part.middle) for part in segments]
    left, right = min(box[0] for box in boxes), max(box[1] for box in boxes)
    found: list[tuple[int, float]] = []
    for step in range(41):
        at = left + (right - left) * (0.35 + 0.3 * step / 40)
        if _parts(boxes, at, left, right):
            found.append((sum(1 for box in boxes if box[0] < at < box[1]), at))
    if not found:
        return None
    fewest = min(found)[0]
    best = [at for crossing, at in found if crossing == fewest]
    return best[len(best) // 2]


def _parts(boxes: list[tuple[float, float, float]], at: float, left: float, right: float) -> bool:
    first = [box for box in boxes if box[1] <= at]
    second = [box for box in boxes if box[0] >= at]
    if min(len(first), len(second)) < 4:
        return False
    if median(box[1] - box[0] for box in first) < 0.5 * (at - left):
        return False
    if median(box[1] - box[0] for box in second) < 0.5 * (right - at):
        return False
    edges = Counter(round(box[0] / 3) for box in second)
    if edges.most_common(1)[0][1] < 0.3 * len(second):
        return False
    overlap = min(max(box[2] for box in side) for side in (first, second)) - max(
        min(box[2] for box in side) for side in (first, second)
    )
    shorter = min(max(box[2] for box in side) - min(box[2] for box in side) for side in (first, second))
    return overlap > 0.5 * shorter


def _runs(segments: list[_Segment], gutter: float | None) -> list[tuple[str, list[_Segment]]]:
    """Return the runs of consecutive rows in reading order, each with its column."""
    if gutter is None:
        return [("", segments)]
    across = [(part.middle, part.size) for part in segments if part.left < gutter < part.right]
    runs: list[tuple[str, list[_Segment]]] = []
    band: dict[str, list[_Segment]] = {"": [], "left": [], "right": []}

    def flush(*columns: str) -> None:
        for column in columns:
            if band[column]:
                runs.append((column, band[column]))
                band[column] = []

    for part in sorted(segments, key=lambda part: -part.middle):
        if any(abs(middle - part.middle) < 0.4 * size for middle, size in across):
            flush("left", "right")
            band[""].append(part)
        else:
            flush("")
            band["left" if part.right <= gutter else "right"].append(part)
    flush("", "left", "right")
    return runs
