"""The pages of a PDF file, one after the other: their rows, and the words that stand in no row."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from followthrough.errors import InputRefused
from followthrough.read.decode import name_of
from followthrough.read.pdf.annotations import Annotations, Over
from followthrough.read.pdf.glyphs import page_of, turned_box
from followthrough.read.pdf.page import Row, rows_of
from followthrough.read.pdf.recognition import Recogniser, do

MAX_PAGES = 2_000
MAX_SECONDS = 60.0
MOST_RECOGNISING = 1_800.0
"""Seconds for a file whose print is recognised."""
_COVERED = 0.3
MAX_CHARS = 10_000_000
MAX_PAGE_CHARS = 100_000
_PASSWORD_WANTED = 4


@dataclass(slots=True)
class Printed:
    """The rows of a file in reading order; words drawn aslant (with their size in points), and those nobody sees.

    Pages count from 0; ``pictures`` are those that hold a picture and no word, and were not recognised. ``over`` are
    the words of annotations and forms with their pages (none of XFA), ``attached`` the names of files in the file.
    """

    rows: list[Row] = field(default_factory=list)
    slanted: list[tuple[str, float, int]] = field(default_factory=list)
    hidden: list[tuple[str, int]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    over: list[tuple[Over, int | None]] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)


def printed_in(data: bytes, name: str, recognise: bool = False) -> Printed:
    """Return what is printed in the PDF file ``data``, pictures of pages too if ``recognise`` says so.

    Raises ``InputRefused`` as ``source`` does.
    """
    try:
        import pypdfium2 as pdfium
        from pypdfium2 import raw
    except ImportError as error:
        what = "reading PDF needs a package that is not installed"
        raise InputRefused(name_of(name), what, "run: pip install 'followthrough[pdf]'") from error
    try:
        book = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_WANTED or "password" in str(error).lower():
            raise InputRefused(name_of(name), "this PDF file is encrypted", "save a copy without a password") from error
        raise InputRefused(name_of(name), "the PDF file is broken", "save or download it again") from error
    try:
        if len(book) > MAX_PAGES:
            what = f"the file has {len(book):,} pages, more than the {MAX_PAGES:,} taken"
            raise InputRefused(name_of(name), what, "split it first")
        recogniser = Recogniser(name_of(name)) if recognise else None
        with closing(Annotations(raw, book, name)) as lies_over:
            printed = _read_pages(book, raw, name, pdfium.PdfiumError, lies_over, recogniser)
            return _whole(printed, lies_over, name)
    finally:
        book.close()


def _whole(printed: Printed, lies_over: Annotations, name: str) -> Printed:
    """Return ``printed`` with what no page holds; raises ``InputRefused`` where no page holds words."""
    printed.over += [(words, None) for words in lies_over.xfa()]
    printed.attached += lies_over.attached()
    if not printed.rows and printed.over:
        count = sum(len(words.split()) for (_, words), _ in printed.over)
        what = f"no page holds words, but form fields and annotations hold {count:,}"
        raise InputRefused(name_of(name), what, "print it into a PDF file, and give that")
    if not printed.rows:
        what = "the file holds pictures only"
        raise InputRefused(name_of(name), what, do())
    return printed


def _read_pages(
    book: Any, raw: Any, name: str, failure: type[Exception], lies_over: Annotations, recogniser: Recogniser | None
) -> Printed:  # fmt: skip
    began, chars = time.monotonic(), 0
    seconds = MAX_SECONDS if recogniser is None else MOST_RECOGNISING
    printed = Printed()
    gutters: list[float] = []
    for number in range(len(book)):
        try:
            page = book[number]
            text_page = page.get_textpage()
        except failure as error:
            what = f"page {number + 1} of the PDF file is broken"
            raise InputRefused(name_of(name), what, "save or download it again") from error
        count = raw.FPDFText_CountChars(text_page)
        if count > MAX_PAGE_CHARS:
            what = f"page {number + 1} holds more than {MAX_PAGE_CHARS:,} characters"
            raise InputRefused(name_of(name), what, "no printed page does; save it again as text")
        before = len(printed.rows) + len(printed.hidden)
        _read_page(raw, page, text_page, number, printed, gutters)
        if len(printed.rows) + len(printed.hidden) == before and _is_picture(raw, page):
            if recogniser is None:
                printed.pictures.append(number)
            else:
                printed.rows += recogniser.rows(page, number, gutters)
        printed.over += [(words, number) for words in lies_over.over(page, number, text_page)]
        text_page.close()
        page.close()
        chars += count
        if chars > MAX_CHARS or time.monotonic() - began > seconds:
            raise InputRefused(name_of(name), "the file takes too long to read", "split it first", f"page {number + 1}")
    return printed


def _is_picture(raw: Any, page: Any) -> bool:
    """Return whether a picture covers most of a page."""
    left, bottom, right, top = page.get_bbox()
    most = 0.0
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        bounds = one.get_bounds()
        most = max(most, (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))
    return bool(most > _COVERED * (right - left) * (top - bottom))


def _read_page(raw: Any, page: Any, text_page: Any, number: int, printed: Printed, gutters: list[float]) -> None:
    """Add what is on a page: lines that run as most of it does, then those that run otherwise."""
    found = page_of(raw, page, text_page)
    by_count = sorted(found.turned, key=lambda angle: -len(found.turned[angle]))
    for angle in by_count:
        aside = f"turned {angle}" if angle != by_count[0] else ""
        printed.rows += rows_of(found.turned[angle], number, turned_box(found.box, angle), gutters, aside)
    printed.slanted += [(words, size, number) for words, size in found.slanted]
    printed.hidden += [(words, number) for words in found.hidden]
