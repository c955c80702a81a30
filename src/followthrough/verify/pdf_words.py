"""The words of a PDF file by pypdf, which shares no code with pdfium."""

from __future__ import annotations

import logging
import time
from io import BytesIO

from followthrough.verify.source_words import SourceWords


def pdf_words(data: bytes, seconds: float) -> SourceWords:
    """Return the words of the PDF file in ``data``, page by page; after ``seconds`` of computing the rest is left."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        return SourceWords("pypdf", (), unread="the package pypdf is not installed (followthrough[pdf])")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    began, pages = time.process_time(), list[str]()
    try:
        book = PdfReader(BytesIO(data))
        for number, page in enumerate(book.pages):
            if time.process_time() - began > seconds:
                return SourceWords("pypdf", tuple(pages), unread=f"pages after {number} took too long to compare")
            pages.append(page.extract_text())
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        return SourceWords("pypdf", tuple(pages), unread=f"pypdf cannot read it ({type(error).__name__})")
    return SourceWords("pypdf", tuple(pages))
