"""Whether anybody sees a word of a PDF page: text in no ink, white on white, too small, or outside the page."""

from __future__ import annotations

import ctypes
import math
from typing import Any

_NO_INK = frozenset({3, 7})
"""Rendering modes that paint nothing (ISO 32000-1, table 106): invisible, and clipping alone."""
_WHITE = 250
_SMALLEST = 1.0
"""Points: no eye reads a letter that is lower than a third of a millimetre."""
Bounds = tuple[float, float, float, float]


class Sight:
    """What is painted on one page, looked at only where a word would else be unseen."""

    def __init__(self, raw: Any, page: Any) -> None:
        self.raw, self.page = raw, page
        self.box: Bounds = page.get_bbox()
        self.known: dict[int, tuple[str, float]] = {}
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self.pictures: list[Bounds] | None = None
        self.fills: list[Bounds] = []

    def look(self, text_page: Any, index: int, box: Bounds) -> tuple[bool, float]:
        """Return whether the character ``index``, which stands in ``box``, is seen, and the size of its font in points.

        The size is 0 where the file does not say it.
        """
        found = self.raw.FPDFText_GetTextObject(text_page, index)
        if not found:
            return self._is_on_page(box), 0.0
        address = ctypes.addressof(found.contents)
        known = self.known.get(address)
        if known is None:
            known = self.known[address] = (self._ink(found), self._size(found, text_page, index))
        ink, size = known
        if not self._is_on_page(box) or 0 < size < _SMALLEST:
            return False, size
        if ink == "ink":
            return True, size
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        return self._covered(x.value, y.value, ink), size

    def _is_on_page(self, box: Bounds) -> bool:
        left, bottom, right, top = self.box
        return not (box[0] > right or box[2] < left or box[1] > top or box[3] < bottom)

    def _size(self, found: Any, text_page: Any, index: int) -> float:
        matrix = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(found, matrix):
            return 0.0
        return float(self.raw.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d)

    def _ink(self, found: Any) -> str:
        """Return what the text is painted in: ``ink``, ``white`` or ``none``."""
        if self.raw.FPDFTextObj_GetTextRenderMode(found) in _NO_INK:
            return "none"
        return "ink" if not self._is_white(found) else "white"

    def _is_white(self, found: Any) -> bool:
        if not self.raw.FPDFPageObj_GetFillColor(found, *self.colour):
            return False
        red, green, blue, alpha = (part.value for part in self.colour)
        return alpha == 0 or min(red, green, blue) >= _WHITE

    def _covered(self, x: float, y: float, ink: str) -> bool:
        """Return whether something is painted at a place: a picture below text without ink, a fill below white text."""
        if self.pictures is None:
            self.pictures = []
            self._look()
        below = self.pictures if ink == "none" else [*self.pictures, *self.fills]
        return any(left - 2 <= x <= right + 2 and bottom - 2 <= y <= top + 2 for left, bottom, right, top in below)

    def _look(self) -> None:
        raw = self.raw
        for found in self.page.get_objects(max_depth=1):
            bounds = self._bounds(found.raw)
            if found.type in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM} and self.pictures is not None:
                self.pictures.append(bounds)
            elif found.type == raw.FPDF_PAGEOBJ_SHADING or (
                found.type == raw.FPDF_PAGEOBJ_PATH and self._is_filled(found.raw)
            ):
                self.fills.append(bounds)

    def _bounds(self, found: Any) -> Bounds:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self.raw.FPDFPageObj_GetBounds(found, left, bottom, right, top)
        return left.value, bottom.value, right.value, top.value

    def _is_filled(self, path: Any) -> bool:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        painted = self.raw.FPDFPath_GetDrawMode(path, mode, stroked) and mode.value
        return bool(painted) and not self._is_white(path)
