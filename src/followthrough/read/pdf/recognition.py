"""Recognition of print (OCR) for pages that are pictures: an extra, whose models lie in its package.

Every row has the confidence of the recogniser, from 0 to 1. Nothing is fetched while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from statistics import median
from typing import Any

from followthrough.errors import InputRefused
from followthrough.read.pdf.glyphs import Glyph
from followthrough.read.pdf.page import Row, rows_of

PACKAGE = "rapidocr"
EXTRA = "followthrough[recognition]"
_DOTS = 150 / 72  # of the picture of a page for each point: what print of 8 points needs
_MOST_DOTS = 3_500  # along one side, or a poster would fill the memory
_ALIKE = 0.3  # of the usual height: the boxes of lines of one size differ by as much


@dataclass(frozen=True, slots=True)
class _Line:
    """One recognised line: its words, how sure the recogniser is, and its box in points."""

    words: str
    confidence: float
    left: float
    right: float
    bottom: float
    height: float


class Recogniser:
    """Recognises the print on pictures of pages; takes a second to begin with."""

    def __init__(self, name: str) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError as error:
            raise InputRefused(name, "recognition of print needs a package that is not installed", do()) from error
        self._engine: Any = RapidOCR(params={"Global.log_level": "error"})

    def rows(self, page: Any, number: int, gutters: list[float]) -> list[Row]:
        """Return the rows of the page ``number`` (from 0) as ``rows_of`` does, each with its confidence."""
        lines = self._lines(page)
        if not lines:
            return []
        usual = median(line.height for line in lines)
        lines = [replace(line, height=usual) if abs(line.height - usual) < _ALIKE * usual else line for line in lines]
        glyphs = [glyph for line in lines for glyph in _glyphs(line)]
        rows = rows_of(glyphs, number, page.get_bbox(), gutters)
        for row in rows:
            row.confidence = _confidence(row, lines)
        return rows

    def _lines(self, page: Any) -> list[_Line]:
        left, bottom, right, top = page.get_bbox()
        scale = min(_DOTS, _MOST_DOTS / max(right - left, top - bottom, 1.0))
        found = self._engine(page.render(scale=scale).to_numpy(), use_cls=False)
        lines = []
        for box, words, sure in zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ():
            across, down = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
            height = max(down) - min(down)
            if said := " ".join(words.split()):
                lines.append(_Line(said, float(sure), left + min(across), left + max(across), top - max(down), height))
        return lines


def do() -> str:
    """Return what to do about a file of pictures."""
    install = "" if find_spec(PACKAGE) else f"run: pip install '{EXTRA}'; then "
    return f"it needs text recognition (OCR) first: {install}give --recognise"


def needs_recognition(refused: InputRefused) -> bool:
    """Tell whether a file was refused because it holds pictures alone."""
    return "recognition" in refused.do


def _glyphs(line: _Line) -> list[Glyph]:
    """Return the characters of a line, as wide as each other: where each stands nobody knows."""
    width = (line.right - line.left) / len(line.words)
    return [
        Glyph(char, line.left + at * width, line.left + (at + 1) * width, line.bottom, line.height)
        for at, char in enumerate(line.words)
    ]


def _confidence(row: Row, lines: list[_Line]) -> float:
    """Return how sure the recogniser is of a row: of the least sure of the lines in it."""
    middle = row.base + row.size / 2
    found = [
        line.confidence
        for line in lines
        if abs(line.bottom + line.height / 2 - middle) < 0.5 * row.size
        and row.left < line.right
        and line.left < row.right
    ]
    return min(found, default=0.0)
