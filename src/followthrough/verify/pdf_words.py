"""The words of a PDF file by pypdf, which shares no code with pdfium."""

from __future__ import annotations

import logging
import time
from io import BytesIO
from xml.parsers.expat import ExpatError

from followthrough.verify.pdf_over import annotation_words, xfa_words
from followthrough.verify.source_words import SourceWords

_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, ExpatError)


def pdf_words(data: bytes, seconds: float) -> SourceWords:
    """Return the words of the PDF file in ``data``, page by page, then what lies over the pages.

    After ``seconds`` of computing the rest is left.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        return SourceWords("pypdf", (), unread="the package pypdf is not installed (followthrough[pdf])")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    began, pages, over = time.process_time(), list[str](), list[str]()
    try:
        book = PdfReader(BytesIO(data))
        for number, page in enumerate(book.pages):
            if time.process_time() - began > seconds:
                return SourceWords("pypdf", tuple(pages), unread=f"pages after {number} took too long to compare")
            pages.append(page.extract_text())
            over += annotation_words(page)
        over += xfa_words(book)
    except (PyPdfError, *_BROKEN) as error:
        return SourceWords("pypdf", tuple(pages), unread=f"pypdf cannot read it ({type(error).__name__})")
    return SourceWords("pypdf", (*pages, *over))
