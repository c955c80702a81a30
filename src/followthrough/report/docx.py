"""A paper as a Word file: real headings and lists, header rows that repeat, alternative texts, and its language."""

from __future__ import annotations

import io
from functools import singledispatch
from typing import Any

from followthrough.errors import InputRefused
from followthrough.report.document import (
    Block,
    Cell,
    Counts,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Picture,
    Run,
    Sources,
    Table,
    Turn,
    Words,
    clean,
)
from followthrough.report.docx_parts import (
    alternative,
    begin,
    colour_of,
    header_and_footer,
    hyperlink,
    keep_with_next,
    paragraph,
    repeat_header,
    shaded,
    styled,
    table_borders,
    turned,
)
from followthrough.report.pdf import png

MILLIMETRE = 36_000
"""In the units of Word's drawings."""


def to_docx(paper: Paper) -> bytes:
    """Return the paper as an Office Open XML document. Raises ``InputRefused`` where python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        do = "install it with pip install 'followthrough[papers]'"
        raise InputRefused("python-docx", "is not installed, and Word files need it", do) from error
    book = docx.Document()
    begin(book, paper)
    header_and_footer(book, paper)
    if paper.over:
        paragraph(book, "Subtitle", clean(paper.over))
    paragraph(book, "Title", clean(paper.title))
    for block in paper.blocks:
        _block(block, book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(target: Any, words: Words) -> Any:
    """Write runs into a paragraph, a space between two."""
    for at, one in enumerate(words):
        if at:
            target.add_run(" ")
        _run(target, one)
    return target


def _run(target: Any, one: Run) -> None:
    run = target.add_run(clean(one.text))
    run.bold = True if one.look == "strong" else None
    run.italic = True if one.look == "missing" else None
    if one.look in ("dim", "missing"):
        run.font.color.rgb = colour_of("4B535B")
    if one.cited:
        cites = target.add_run(f" {one.cited}")
        cites.font.superscript = True
        cites.font.color.rgb = colour_of("0B5767")


@singledispatch
def _block(one: Block, _book: Any) -> None:
    raise TypeError(f"{one!r} is no block of a paper")


@_block.register
def _(one: Heading, book: Any) -> None:
    paragraph(book, f"Heading {one.level - 1}" if one.level > 1 else "Title", clean(one.text))


@_block.register
def _(one: Paragraph, book: Any) -> None:
    style = {"finding": "Finding", "small": "Small"}.get(one.style, "Normal")
    _write(paragraph(book, style), one.runs)


@_block.register
def _(one: Items, book: Any) -> None:
    for item in one.items:
        _write(paragraph(book, "List Bullet"), item)


@_block.register
def _(one: Note, book: Any) -> None:
    _write(paragraph(book, "Note"), (Run(one.title, "strong"), *one.runs))


@_block.register
def _(one: Counts, book: Any) -> None:
    for number, words in one.counts:
        _write(paragraph(book, "Count"), (Run(number, "strong"), Run(words)))


@_block.register
def _(one: Table, book: Any) -> None:
    keep_with_next(paragraph(book, "Caption", clean(one.caption)))
    grid = book.add_table(rows=1 + len(one.rows), cols=len(one.columns))
    grid.autofit = False
    table_borders(grid, clean(one.caption))
    repeat_header(grid)
    section = book.sections[-1]
    whole = section.page_width - section.left_margin - section.right_margin
    total = sum(column.width for column in one.columns)
    widths = [int(whole * column.width / total) for column in one.columns]
    cells = list(grid._cells)
    for at, column in enumerate(one.columns):
        _cell(cells[at], Cell(((Run(column.label, "strong"),),)), widths[at], numeric=column.numeric)
    for down, row in enumerate(one.rows, start=1):
        for at, (held, column) in enumerate(zip(row, one.columns, strict=True)):
            _cell(cells[down * len(one.columns) + at], held, widths[at], numeric=column.numeric)
    for column_of, width in zip(grid.columns, widths, strict=True):
        column_of.width = width
    paragraph(book, "Small")


def _cell(target: Any, one: Cell, width: int, *, numeric: bool) -> None:
    target.width = width
    first = target.paragraphs[0]
    for at, line in enumerate(one.lines):
        held = first if at == 0 else target.add_paragraph()
        styled(held, "Cell number" if numeric else "Cell")
        _write(held, line)
    if not one.lines:
        styled(first, "Cell")
    if one.shade is not None:
        shaded(target, one.shade)


@_block.register
def _(one: Picture, book: Any) -> None:
    if one.caption:
        keep_with_next(paragraph(book, "Caption", clean(one.caption)))
    section = book.sections[-1]
    width = min(section.page_width - section.left_margin - section.right_margin, 160 * MILLIMETRE)
    book.add_picture(io.BytesIO(png(one.svg)), width=width)
    alternative(book.paragraphs[-1], clean(one.alt))


@_block.register
def _(one: Turn, book: Any) -> None:
    turned(book, wide=one.wide)


@_block.register
def _(one: Sources, book: Any) -> None:
    for source in one.sources:
        line = paragraph(book, "Source")
        _write(line, (Run(str(source.number), "strong"), Run(source.text)))
        line.add_run(" ")
        hyperlink(line, source.site, source.url)
