"""Footnotes: the small print at the foot of a page, and the marks that lead to it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from followthrough.read.paragraphs import Para
from followthrough.read.pdf.glyphs import RAISED
from followthrough.read.pdf.hyphens import joined
from followthrough.read.pdf.page import Row

_RAISED_RUN = re.compile("[" + "".join(RAISED.values()) + "]+")
_LOWER = {ord(high): low for low, high in RAISED.items()}
_NOTE = re.compile(r"(?:[" + "".join(RAISED.values()) + r"]+|\d{1,3}[.)]?(?=\s+\D)|[*†‡§]+)")


def lowered(text: str) -> str:
    """Return ``text`` with raised digits as plain ones."""
    return text.translate(_LOWER)


def without_notes(rows: list[Row], body: float) -> tuple[list[Row], list[Row], frozenset[str]]:
    """Return ``rows`` without the footnotes, those of the footnotes, and the marks of these.

    ``body`` is the size of the text in points.
    """
    pages: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        pages[row.page].append(row)
    drop: set[int] = set()
    marks: set[str] = set()
    open_note = False
    for page in pages.values():
        small = [row for row in page if row.size < 0.92 * body and row.place < 0.6 and not row.table]
        block = [row for row in small if not _below(row, page, body)]
        opening = next((at for at, row in enumerate(block) if _NOTE.match(row.text)), None)
        if block and open_note and len(block) < 0.7 * len(page):
            opening = 0
        open_note = opening is not None and len(block) < 0.7 * len(page)
        if opening is None or not open_note:
            continue
        for row in block[opening:]:
            drop.add(id(row))
            if found := _NOTE.match(row.text):
                marks.add(lowered(found.group()).rstrip(".)"))
    kept, below = ([row for row in rows if (id(row) in drop) is noted] for noted in (False, True))
    return kept, below, frozenset(marks)


def notes_of(rows: list[Row], words: Counter[str]) -> list[Para]:
    """Return the footnotes; each begins with a row that starts with a reference mark."""
    notes: list[list[str]] = []
    for row in rows:
        if mark := _NOTE.match(row.text):
            notes.append([f"{lowered(mark.group())} {row.text[mark.end() :].lstrip()}"])
        elif notes:
            notes[-1].append(row.text)
        else:
            notes.append([row.text])
    return [Para(lowered(joined(one, words)), "note") for one in notes]


def unmarked(text: str, notes: frozenset[str]) -> tuple[str, list[str]]:
    """Return ``text`` without the marks of ``notes``, other raised digits as plain ones, and the marks left out."""
    left_out: list[str] = []

    def shown(match: re.Match[str]) -> str:
        mark = lowered(match.group())
        if mark not in notes:
            return mark
        left_out.append(mark)
        return ""

    return _RAISED_RUN.sub(shown, text).strip(), left_out


def _below(row: Row, page: list[Row], body: float) -> bool:
    """Return whether there is text of the body size below ``row`` in its column."""
    return any(
        other.place < row.place and other.size >= 0.92 * body and (not other.column or other.column == row.column)
        for other in page
    )
