"""A paper as one HTML file: no script, nothing fetched, and a style for print."""

from __future__ import annotations

from base64 import b64encode
from functools import cache, singledispatch
from html import escape
from importlib.resources import files

from followthrough.report.document import (
    Block,
    Cell,
    Column,
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


def to_html(paper: Paper) -> bytes:
    """Return the paper as HTML in UTF-8."""
    wide = ' class="wide"' if paper.wide else ""
    page = "@page{size:A4 landscape;margin:12mm}" if paper.wide else "@page{size:A4;margin:18mm}"
    head = (
        f'<!DOCTYPE html>\n<html lang="{_text(paper.language)}"{wide}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(paper.title)}, {_text(paper.about)}</title>\n<style>{_style()}{page}</style>\n</head>\n"
    )
    over = f'<p class="over">{_text(paper.over)}</p>\n' if paper.over else ""
    top = f"<p>Followthrough</p><p>{_text(paper.as_of)}</p><p>{_text(paper.edition)}</p>"
    body = "\n".join(_block(one) for one in paper.blocks)
    main = f"<main>\n{over}<h1>{_text(paper.title)}</h1>\n{body}\n</main>"
    return f"{head}<body>\n<header>{top}</header>\n{main}\n</body>\n</html>\n".encode()


@cache
def _style() -> str:
    return files("followthrough.report").joinpath("paper.css").read_text("utf-8")


def _text(text: str) -> str:
    return escape(clean(text))


def _words(words: Words) -> str:
    return " ".join(_run(one) for one in words)


def _run(one: Run) -> str:
    found = _text(one.text)
    if one.look:
        found = f"<b>{found}</b>" if one.look == "strong" else f'<span class="{one.look}">{found}</span>'
    if one.mark.startswith("stage-"):
        found = f'<span class="stage" aria-hidden="true">{_bars(int(one.mark[6:]))}</span>{found}'
    if not one.cites:
        return found
    cites = ", ".join(f'<a href="#source-{number}">{number}</a>' for number in one.cites)
    return f"{found} <sup>[{cites}]</sup>"


def _bars(stage: int) -> str:
    """Return four bars of which as many are filled as the stage says."""
    looks = ["" if at < stage else ' class="o"' for at in range(4)]
    drawn = "".join(
        f'<rect x="{1 + 5 * at}" y="{11 - 3 * at}" width="3.5" height="{4 + 3 * at}"{look}/>'
        for at, look in enumerate(looks)
    )
    return f'<svg viewBox="0 0 21 16" width="18" height="14">{drawn}</svg>'


@singledispatch
def _block(one: Block) -> str:
    raise TypeError(f"{one!r} is no block of a paper")


@_block.register
def _(one: Heading) -> str:
    return f"<h{one.level}>{_text(one.text)}</h{one.level}>"


@_block.register
def _(one: Paragraph) -> str:
    look = "" if one.style == "body" else f' class="{one.style}"'
    return f"<p{look}>{_words(one.runs)}</p>"


@_block.register
def _(one: Items) -> str:
    return "<ul>\n" + "\n".join(f"<li>{_words(item)}</li>" for item in one.items) + "\n</ul>"


@_block.register
def _(one: Note) -> str:
    return f'<p class="note"><b>{_text(one.title)}</b> {_words(one.runs)}</p>'


@_block.register
def _(one: Counts) -> str:
    held = "".join(f"<li><b>{_text(number)}</b> {_text(words)}</li>" for number, words in one.counts)
    return f'<ul class="counts">{held}</ul>'


@_block.register
def _(one: Table) -> str:
    labels = "".join(f'<th scope="col"{_numeric(column)}>{_text(column.label)}</th>' for column in one.columns)
    rows = "\n".join(
        "<tr>" + "".join(_cell(cell, column, first=at == 0) for at, (cell, column) in
                         enumerate(zip(row, one.columns, strict=True))) + "</tr>"
        for row in one.rows
    )  # fmt: skip
    look = ' class="dense"' if one.dense else ""
    caption = f"<caption>{_text(one.caption)}</caption>"
    return (
        f'<div class="scroll" role="region" aria-label="{_text(one.caption)}" tabindex="0"><table{look}>{caption}\n'
        f"<thead><tr>{labels}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _numeric(column: Column) -> str:
    return ' class="r"' if column.numeric else ""


def _cell(one: Cell, column: Column, *, first: bool) -> str:
    looks = [*(["r"] if column.numeric else []), *([f"s{one.shade}"] if one.shade is not None else [])]
    look = f' class="{" ".join(looks)}"' if looks else ""
    lines = [_words(line) for line in one.lines]
    held = lines[0] if len(lines) == 1 else "".join(f'<span class="l">{line}</span>' for line in lines)
    return f'<th scope="row"{look}>{held}</th>' if first else f"<td{look}>{held}</td>"


@_block.register
def _(one: Picture) -> str:
    caption = f"<figcaption>{_text(one.caption)}</figcaption>" if one.caption else ""
    drawn = b64encode(one.svg.encode()).decode()
    return f'<figure>{caption}<img alt="{_text(one.alt)}" src="data:image/svg+xml;base64,{drawn}"></figure>'


@_block.register
def _(one: Turn) -> str:
    return f'<div class="turn{" broad" if one.wide else ""}"></div>'


@_block.register
def _(one: Sources) -> str:
    held = "\n".join(
        f'<li id="source-{s.number}"><b>{s.number}</b> {_text(s.text)} '
        f'<a href="{escape(s.url)}">{_text(s.site)}</a></li>'
        for s in one.sources
    )
    return f'<ul class="sources">\n{held}\n</ul>'
