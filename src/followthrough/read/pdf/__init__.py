"""Reader of PDF: paragraphs without running heads, page numbers and line-end hyphens; footnotes follow the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from threading import Lock

from followthrough.errors import InputRefused
from followthrough.model.document import Notice, Recognised, SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.lines import Source
from followthrough.read.package import objects_not_read
from followthrough.read.paragraphs import Para, source_of
from followthrough.read.pdf.contents import without_contents
from followthrough.read.pdf.hyphens import joined, whole_words
from followthrough.read.pdf.joining import begin_of, paragraphs_of, unjoined
from followthrough.read.pdf.margins import watermarks_of, without_margins, without_upright_watermarks
from followthrough.read.pdf.notes import lowered, notes_of, unmarked, without_notes
from followthrough.read.pdf.page import CELL, IN_CELL, Row
from followthrough.read.pdf.pages import Printed, printed_in
from followthrough.read.pdf.recognition import do
from followthrough.read.pdf.streams import parted_by_language
from followthrough.read.structure.bullets import BULLETS, plain_mark

_LOCK = Lock()  # the library below keeps state of its own and knows no threads
_MARK = re.compile(rb"(?:\A|[\x00-\x1f]) *+%PDF-\d")
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s")
_UNJOINED = 0.05  # of the paragraphs, before the reader is warned


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is a PDF file."""
    return bool(_MARK.search(data[:1024]))


def source(data: bytes, name: str, recognise: bool = False) -> Source:
    """Return the paragraphs of the PDF file in ``data``, one line each, with hints for headings and bullets.

    ``recognise`` says that print on pages that are pictures is recognised, if the extra is there.

    Raises ``InputRefused`` for a file that is encrypted, broken, too long or without text, and where the PDF package is
    not installed. ``name`` is used in messages only.
    """
    refuse_size(name, len(data))
    with _LOCK:
        printed = printed_in(data, name, recognise)
    rows, aside = _text_of(printed)
    body = _body_size(rows)
    rows, below, marks = without_notes(rows, body)
    if not rows:
        raise InputRefused(name_of(name), "the pages hold no words", "give a file that holds the text")
    words = whole_words(rows)
    paras, left_out = _written(paragraphs_of(parted_by_language(rows), body), words, body, marks)
    found = source_of([*paras, *notes_of(below, words)], name)
    pieces = (*(replace(piece, words=lowered(piece.words)) for piece in aside), *left_out)
    notices = (*_warnings(paras), *_pictures(printed.pictures), *objects_not_read(printed.attached))
    return replace(found, set_aside=pieces, notices=notices, recognised=_recognised(paras, found))


def _pictures(pages: Sequence[int]) -> tuple[Notice, ...]:
    """Return the notice of the pages that hold pictures alone, beside others that hold text."""
    if not pages:
        return ()
    some = ", ".join(str(page + 1) for page in pages[:10]) + (" ..." if len(pages) > 10 else "")
    what = f"{len(pages)} page{'s hold' if len(pages) > 1 else ' holds'} a picture and no word ({some})"
    return (Notice("needs-recognition", f"{what}; {do()}"),)


def _recognised(paras: Sequence[Para], found: Source) -> tuple[Recognised, ...]:
    lines = (line for line in found.lines if not line.blank)
    return tuple(
        Recognised(line.start, line.end, round(para.confidence, 3))
        for para, line in zip(paras, lines, strict=False)
        if para.confidence is not None
    )


def _text_of(printed: Printed) -> tuple[list[Row], list[SetAside]]:
    """Return the rows of the text, and what is printed beside it."""
    rows, heads = without_margins(printed.rows)
    rows, upright = without_upright_watermarks(rows, _body_size(rows))
    rows, contents = without_contents(rows)
    hidden = [SetAside(AsideKind.HIDDEN, words, page + 1) for words, page in printed.hidden]
    over = [SetAside(kind, words, None if page is None else page + 1) for (kind, words), page in printed.over]
    return rows, [*heads, *contents, *watermarks_of(printed.slanted), *upright, *hidden, *over]


def _body_size(rows: Sequence[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _warnings(paras: Sequence[Para]) -> list[Notice]:
    cut = unjoined([para.words for para in paras])
    if cut < 3 or cut < _UNJOINED * len(paras):
        return []
    message = (
        f"the lines of this PDF file could not all be joined: {cut} of {len(paras)} paragraphs begin in mid-sentence"
    )
    return [Notice("lines-unjoined", message)]


def _written(
    paragraphs: Sequence[list[Row]], words: Counter[str], body: float, notes: frozenset[str]
) -> tuple[list[Para], list[SetAside]]:
    """Return the paragraphs with their hints, and the marks of notes that were left out of them."""
    rows = [row for group in paragraphs for row in group]
    usual = median(row.weight for row in rows)
    left = {
        column: min(begin_of(row) for row in rows if row.column == column) for column in {row.column for row in rows}
    }
    sizes = sorted({round(group[0].size) for group in paragraphs if group[0].size > 1.1 * body}, reverse=True)
    found: list[Para] = []
    aside: list[SetAside] = []
    for group in paragraphs:
        text, marks = unmarked(plain_mark(_said(group, words)), notes)
        aside += [SetAside(AsideKind.NOTE_MARK, mark, group[0].page + 1) for mark in marks]
        hint = _hint(group, text, body, usual)
        level = 0
        if hint == "heading":
            size = round(group[0].size)
            level = sizes.index(size) + 1 if size in sizes else len(sizes) + 1
        elif hint == "bullet":
            level = round((begin_of(group[0]) - left[group[0].column]) / (0.5 * body))
        if text:
            sure = min((row.confidence for row in group if row.confidence is not None), default=None)
            found.append(Para(text, hint, level, sure))
    return found, aside


def _said(group: Sequence[Row], words: Counter[str]) -> str:
    """Return the words of a paragraph, or of a row of a table, cell by cell."""
    if not group[0].table:
        return joined([row.text for row in group], words)
    return CELL.join(joined(cell.split(IN_CELL), words) for cell in group[0].text.split(CELL))


def _hint(group: list[Row], text: str, body: float, usual: float) -> str:
    if _BULLET.match(text):
        return "bullet"
    bold = usual > 0 and all(row.weight >= 1.3 * usual for row in group)
    large = group[0].size > 1.1 * body
    if (large or bold) and len(text.split()) <= 40 and text[-1:] not in ".;," and not group[0].table:
        return "heading"
    return "whole"
