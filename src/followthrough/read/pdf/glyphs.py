"""The characters of one page of a PDF file as the library below gives them: place, size, weight, direction."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from followthrough.read.pdf.visibility import Sight

RAISED = {str(digit): chr(0xF8D0 + digit) for digit in range(10)}
"""Marks of our own for raised digits; none of them leaves the reader."""
_RAISED_CHARS = frozenset(RAISED.values())
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\u2010": "-"}
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\u00a0": " "}
LINE_END = "\n"
"""What stands among the characters where the library below ends a line: it need not be one."""
_INKED = 0.85  # of the size of the font: a box that is lower is that of the ink
_RIGHT_ANGLES = (0, 90, 180, 270)
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


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


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page: by the direction they run in (degrees), those drawn aslant, and those nobody sees.

    The coordinates of each direction are turned so that its lines run from left to right; ``box`` is the page itself.
    ``slanted`` holds words with their size in points, ``hidden`` words alone.
    """

    turned: dict[int, list[Glyph]]
    slanted: list[tuple[str, float]]
    hidden: list[str]
    box: Box


def page_of(raw: Any, page: Any, text_page: Any) -> Page:
    """Return the characters of a page in the order of the file; ``raw`` is the low-level module of pypdfium2."""
    return _Reading(raw, page, text_page).run()


def turned_box(box: Box, angle: int) -> Box:
    """Return ``box`` after the page was turned so that lines at ``angle`` (a right angle) run from left to right."""
    left, bottom, right, top = box
    if angle == 90:
        return bottom, -right, top, -left
    if angle == 180:
        return -right, -top, -left, -bottom
    return (-top, left, -bottom, right) if angle == 270 else box


class _Reading:
    def __init__(self, raw: Any, page: Any, text_page: Any) -> None:
        self.raw, self.text_page = raw, text_page
        self.box: Box = page.get_bbox()
        self.sight = Sight(raw, page)
        self.glyphs: dict[int, list[Glyph]] = defaultdict(list)
        self.slanted: list[tuple[str, float]] = []
        self.hidden: list[str] = []
        self.angle = 0
        self.shown = True
        self.weight = 0
        self.size = self.nominal = 0.0

    def run(self) -> Page:
        raw, text_page = self.raw, self.text_page
        box = raw.FS_RECTF()
        reference = ctypes.byref(box)
        unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        begins = True
        for index in range(raw.FPDFText_CountChars(text_page)):
            code = unicode_of(text_page, index)
            char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            if char in "\r\n\x00" or char in _RAISED_CHARS or not box_of(text_page, index, reference):
                self.weight, begins = 0, True
                self._break()
                continue
            if char == " ":
                begins = True
            elif begins:
                self._begin(index, (box.left, box.bottom, box.right, box.top))
                begins = False
            self._take(index, _HYPHENS.get(char, char), (box.left, box.bottom, box.right, box.top))
        hidden, slanted = ([*filter(None, map(_stripped, said))] for said in (self.hidden, self.slanted))
        return Page(self.glyphs, slanted, hidden, self.box)

    def _begin(self, index: int, box: Box) -> None:
        """Look at the word that begins: where it runs to, and whether anybody sees it."""
        self.angle = round(math.degrees(self.raw.FPDFText_GetCharAngle(self.text_page, index))) % 360
        for right in (*_RIGHT_ANGLES, 360):
            if abs(self.angle - right) <= 4:
                self.angle = (360 - right) % 360
                break
        self.shown, self.nominal = self.sight.look(self.text_page, index, box)

    def _break(self) -> None:
        if (glyphs := self.glyphs.get(self.angle)) and glyphs[-1].char != LINE_END:
            last = glyphs[-1]
            glyphs.append(Glyph(LINE_END, last.right, last.right, last.bottom, last.size))
        if self.hidden and self.hidden[-1]:
            self.hidden.append("")
        if self.slanted and self.slanted[-1][0]:
            self.slanted.append(("", 0.0))

    def _take(self, index: int, char: str, box: Box) -> None:
        if not self.shown:
            self.hidden[-1:] = [(self.hidden or [""])[-1] + char]
        elif self.angle not in _RIGHT_ANGLES:
            size = self.raw.FPDFText_GetFontSize(self.text_page, index)
            words, before = (self.slanted or [("", 0.0)])[-1]
            self.slanted[-1:] = [(words + char, max(size, before))]
        else:
            self._place(index, char, turned_box(box, self.angle) if self.angle else box)

    def _place(self, index: int, char: str, box: Box) -> None:
        left, bottom, right, top = box
        glyphs = self.glyphs[self.angle]
        size = max(top - bottom, 0.0)
        if size == 0.0 and char == " ":
            size, self.weight = self.size, 0
        elif char != " " and (not self.weight or size != self.size):
            self.weight = self.raw.FPDFText_GetFontWeight(self.text_page, index)
        if char == "-" and glyphs and size < 0.4 * glyphs[-1].size:
            # A hyphen that the reader of the file put in for a soft one has the height of its stroke alone.
            size, bottom = glyphs[-1].size, glyphs[-1].bottom
        if size < _INKED * self.nominal and char != " " and size < _INKED * self._nominal(index):
            # The font states no height, and the box is that of the ink: "a" would be smaller than "g".
            size, bottom = self.nominal, self._baseline(index, bottom) - 0.2 * self.nominal
        self.size = size or 1.0
        if "0" <= char <= "9" and not self.angle and _is_superior(self.raw, self.text_page, index, self.size):
            char = RAISED[char]
        glyphs.append(Glyph(_LIGATURES.get(char, char), left, right, bottom, self.size, self.weight))

    def _nominal(self, index: int) -> float:
        """Return the size of the font at ``index``, which is not that of the word where a mark is raised."""
        _, self.nominal = self.sight.look(self.text_page, index, self.box)
        return self.nominal

    def _baseline(self, index: int, bottom: float) -> float:
        if self.angle:
            return bottom
        x, y = ctypes.c_double(), ctypes.c_double()
        return y.value if self.raw.FPDFText_GetCharOrigin(self.text_page, index, x, y) else bottom


def _stripped(said: Any) -> Any:
    if isinstance(said, str):
        return " ".join(said.split())
    words = " ".join(said[0].split())
    return (words, said[1]) if words else None


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
