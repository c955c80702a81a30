"""Makes PDF files with ReportLab, in the environment that has it: ``pdf_makers`` says on standard input which."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph, Table

WIDTH, HEIGHT = A4
EDGE, GUTTER = 60, 18


def make(
    path: str, pieces: Sequence[tuple[str, str]], columns: int, size: float, extras: Sequence[str], **more: Any
) -> None:
    """Make one file; ``more`` holds the ``rows`` of its table and the ``head`` of its pages."""

    def drawn(canvas: Any, book: Any) -> None:
        canvas.setFont("Helvetica", 8)
        if "heads" in extras:
            canvas.drawString(EDGE, HEIGHT - 40, more["head"])
        if "numbers" in extras:
            canvas.drawCentredString(WIDTH / 2, 30, str(book.page))
        if "watermark" in extras:
            canvas.saveState()
            canvas.setFillGray(0.85)
            canvas.setFont("Helvetica", 90)
            canvas.translate(120, 300)
            canvas.rotate(50)
            canvas.drawString(0, 0, "DRAFT")
            canvas.restoreState()

    title = Frame(EDGE, HEIGHT - 130, WIDTH - 2 * EDGE, 70, 0, 0, 0, 0)
    first = PageTemplate("first", [title, *frames(columns, HEIGHT - 140)], onPage=drawn)
    later = PageTemplate("later", frames(columns, HEIGHT - 60), onPage=drawn)
    book = BaseDocTemplate(path, pagesize=A4)
    book.addPageTemplates([first, later])
    styles = styles_of(size, "justified" in extras, "indents" in extras)
    flow = [Paragraph(pieces[0][1], styles["title"]), NextPageTemplate("later"), FrameBreak()]
    flow += [Paragraph(words, styles.get(kind, styles["plain"])) for kind, words in pieces[1:]]
    if "table" in extras:
        flow.append(Table(more["rows"]))
    book.build(flow)


def frames(columns: int, top: float) -> list[Any]:
    """Return the columns of a page below ``top``."""
    width = (WIDTH - 2 * EDGE - GUTTER * (columns - 1)) / columns
    return [Frame(EDGE + at * (width + GUTTER), EDGE, width, top - EDGE, 0, 0, 0, 0) for at in range(columns)]


def styles_of(size: float, justified: bool, indents: bool) -> dict[str, Any]:
    """Return the style of each kind of paragraph."""
    common = {"fontName": "Times-Roman", "fontSize": size, "leading": size * 1.25, "alignment": 4 if justified else 0}
    common |= {"firstLineIndent": 14} if indents else {"spaceAfter": size * 0.7}
    inset = ParagraphStyle("inset", **(common | {"leftIndent": 18, "firstLineIndent": 0}))
    strong = {"fontName": "Times-Bold", "fontSize": size * 1.25, "leading": size * 1.6, "spaceBefore": size}
    return {
        "plain": ParagraphStyle("plain", **common),
        "item": inset,
        "bullet": inset,
        "heading": ParagraphStyle("heading", **strong, spaceAfter=size * 0.6),
        "title": ParagraphStyle("title", fontName="Times-Bold", fontSize=18, leading=22, alignment=1),
    }


if __name__ == "__main__":
    for order in json.load(sys.stdin):
        make(**order)
