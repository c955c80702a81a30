"""A paper as a workbook: its words on the first sheet, and each table on one of its own. No text becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import xlsxwriter

from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.report.document import Block, Heading, Paper, Paragraph, Picture, Sources, Table, clean
from followthrough.report.pdf import png

LONGEST = 32_000
"""Letters that a cell holds; a cell may have 32,767."""
CUT = " … (longer than a cell holds)"
RAMP = ("#F3F1EC", "#D3E6E9", "#93C3CC", "#2C7586", "#0A4653")
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
"""What the name of a sheet may not hold."""


def to_xlsx(paper: Paper) -> bytes:
    """Return the paper as an Office Open XML workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        book.set_properties({"title": f"{clean(paper.title)}, {clean(paper.about)}", "author": "Followthrough",
                             "comments": f"{paper.as_of}. {paper.edition}."})  # fmt: skip
        looks = _looks(book)
        tables = _together([one for one in paper.blocks if isinstance(one, Table)])
        names = _names(tables, paper.title)
        _words(book.add_worksheet(_name(paper.title) or "Paper"), paper, looks)
        for name, many in zip(names, tables, strict=True):
            _sheet(book.add_worksheet(name), many, looks, paper)
        for one in (one for one in paper.blocks if isinstance(one, Sources)):
            _sources(book.add_worksheet(f"{len(tables) + 1} sources"), one, looks)
    return out.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 10}
    looks: dict[str, dict[str, Any]] = {
        "title": {**wrapped, "bold": True, "font_size": 18}, "h2": {**wrapped, "bold": True, "font_size": 13, "top": 2},
        "h3": {**wrapped, "bold": True}, "finding": {**wrapped, "font_size": 12}, "body": wrapped,
        "small": {**wrapped, "font_size": 9, "font_color": "#4B535B"},
        "label": {**wrapped, "bold": True, "bottom": 2, "valign": "bottom"},
        "text": {**wrapped, "num_format": "@", "bottom": 4, "bottom_color": "#C9C5BB"},
        "number": {**wrapped, "align": "right", "bottom": 4, "bottom_color": "#C9C5BB"},
    }  # fmt: skip
    for step, colour in enumerate(RAMP):
        dark = {"font_color": "#FFFFFF"} if step > 2 else {}
        pattern = {"pattern": 14, "fg_color": "#FFFFFF", "bg_color": "#FFFFFF"} if step == 0 else {"bg_color": colour}
        looks[f"shade-{step}"] = {
            **wrapped,
            "align": "center",
            "border": 1,
            "border_color": "#FFFFFF",
            **dark,
            **pattern,
        }
    return {name: book.add_format(look) for name, look in looks.items()}


def _together(tables: list[Table]) -> list[list[Table]]:
    """Return tables in groups: those with the same columns, one after another, share a sheet."""
    return [list(many) for _, many in groupby(tables, key=lambda one: tuple(column.label for column in one.columns))]


def _names(tables: list[list[Table]], title: str) -> list[str]:
    """Return a name for each sheet, with its number in front so that no two are alike."""
    said = [many[0].caption if len(many) == 1 else title for many in tables]
    return [_name(f"{at} {words}") for at, words in enumerate(said, start=1)]


def _name(words: str) -> str:
    return " ".join(clean(words).translate(FORBIDDEN).split())[:31].strip()


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def _words(page: Any, paper: Paper, looks: dict[str, Any]) -> None:
    """Write all that the paper says outside its tables, a line a row, with its pictures."""
    page.set_column(0, 0, 110)
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    heads = ((paper.over, "small"), (paper.title, "title"), (f"{paper.as_of}. {paper.edition}.", "small"))
    down = 0
    for text, look in [(clean(text), look) for text, look in heads if text]:
        page.write_string(down, 0, text, looks[look])
        down += 1
    for block in paper.blocks:
        if isinstance(block, Picture):
            down = _picture(page, down, block, looks)
            continue
        for text in _lines(block):
            page.write_string(down, 0, _fitting(text), looks[_look(block)])
            down += 1


def _lines(block: Block) -> Iterator[str]:
    """Yield what the first sheet says of a block: of a table its caption."""
    if isinstance(block, Table):
        yield clean(block.caption)
    else:
        yield from block.words()


def _look(block: Block) -> str:
    if isinstance(block, Heading):
        return f"h{max(block.level, 2)}"
    if isinstance(block, Paragraph):
        return block.style
    return "small" if isinstance(block, Sources | Table) else "body"


def _picture(page: Any, down: int, block: Picture, looks: dict[str, Any]) -> int:
    page.write_string(down, 0, clean(block.caption), looks["small"])
    data = io.BytesIO(png(block.svg))
    wide = 760
    page.set_row(down + 1, min(block.height * 2.9, 400))
    scale = {"x_scale": wide / 1339 * (96 / 96), "y_scale": wide / 1339}
    page.insert_image(down + 1, 0, "picture.png", {"image_data": data, "description": clean(block.alt), **scale})
    return down + 2


def _sheet(page: Any, tables: list[Table], looks: dict[str, Any], paper: Paper) -> None:
    """Write tables with the same columns on one sheet; of several, a first column says which each row is from."""
    first = tables[0]
    named = len(tables) > 1
    labels = [*([""] if named else []), *(clean(column.label) for column in first.columns)]
    numeric = [*([False] if named else []), *(column.numeric for column in first.columns)]
    widths = [*([2.4] if named else []), *(column.width for column in first.columns)]
    for at, width in enumerate(widths):
        page.set_column(at, at, max(7, min(60, 11 * width)))
    for at, label in enumerate(labels):
        page.write_string(0, at, label, looks["label"])
    down = 0
    for table in tables:
        for row in table.rows:
            down += 1
            if named:
                page.write_string(down, 0, clean(table.caption), looks["text"])
            for at, one in enumerate(row, start=int(named)):
                look = looks["text"] if one.shade is None else looks[f"shade-{one.shade}"]
                if numeric[at] and one.text.isdecimal() and one.text.isascii():
                    page.write_number(down, at, int(one.text), looks["number"] if one.shade is None else look)
                else:
                    page.write_string(down, at, _fitting(one.text), look)
    page.freeze_panes(1, 1 + named)
    page.autofilter(0, 0, down, len(labels) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{_footer(paper.edition)}&C{_footer(paper.as_of)}&R&P / &N")


def _sources(page: Any, block: Sources, looks: dict[str, Any]) -> None:
    """Write the sources with their whole addresses, one a row."""
    for at, width in enumerate((6, 34, 14, 60, 70)):
        page.set_column(at, at, width)
    for down, one in enumerate(block.sources):
        page.write_number(down, 0, one.number, looks["number"])
        for at, text in enumerate((one.publisher, one.date, one.title, one.url), start=1):
            page.write_string(down, at, _fitting(clean(text)), looks["text"])


def _footer(text: str) -> str:
    """Return words for a footer, in which ``&`` begins a code."""
    return clean(text).replace("&", "&&")[:100]
