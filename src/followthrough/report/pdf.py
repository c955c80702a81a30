"""A paper as PDF/UA-1, set by typst: tagged, with its language, its title and embedded letters, and no network."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from functools import cache, singledispatch
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from followthrough.errors import InputRefused
from followthrough.report.document import (
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

UNPRINTED = "could not be displayed"
"""What typst says of a letter that no font has."""
LONG = 900
"""Letters from which a cell may go on over the page."""
_FRAME = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 170mm)'


def to_pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF/UA-1 file.

    Words are data and never markup. Letters that our own fonts lack are set in those of the machine; one that none has
    is written as its Unicode number. Raises ``InputRefused`` where typst is not installed.
    """
    told = _told(paper)
    for system, words in ((False, told), (True, told), (True, _spelled_out(told))):
        try:
            return _compiled(words, system=system)
        except _typst().TypstError as error:
            if UNPRINTED not in str(error):
                raise
    return _compiled(_spelled_out(told), system=False)


def png(svg: str) -> bytes:
    """Return a drawing as PNG, 170 mm wide at 200 dots an inch: what Word and Excel show."""
    with as_file(files("followthrough.report") / "fonts") as fonts:
        made = _typst().compile(
            _FRAME.encode(), format="png", ppi=200.0, sys_inputs={"svg": _ours_in(svg)}, font_paths=[str(fonts)],
            ignore_system_fonts=True,
        )  # fmt: skip
    return bytes(made[0] if isinstance(made, list) else made)


def _ours_in(svg: str) -> str:
    """Return a drawing whose letters are set in our own font, not in one that the machine calls ``sans-serif``."""
    return svg.replace("font-family:sans-serif", "font-family:'Noto Sans'")


def _typst() -> Any:
    try:
        import typst
    except ImportError as error:
        do = "install it with pip install 'followthrough[papers]'"
        raise InputRefused("typst", "is not installed, and papers need it", do) from error
    return typst


def _compiled(told: dict[str, Any], *, system: bool) -> bytes:
    with as_file(files("followthrough.report")) as home:
        made = _typst().compile(
            str(home / "paper.typ"), root=str(home), format="pdf", font_paths=[str(home / "fonts")],
            ignore_system_fonts=not system, sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
            pdf_standards=["ua-1"],
        )  # fmt: skip
    return bytes(made)


def _told(paper: Paper) -> dict[str, Any]:
    """Return the paper as the template reads it."""
    return {
        "title": clean(paper.title), "over": clean(paper.over), "about": clean(paper.about), "as_of": paper.as_of,
        "edition": paper.edition, "page": paper.page_of, "language": paper.language, "pages": _pages(paper),
    }  # fmt: skip


def _pages(paper: Paper) -> list[dict[str, Any]]:
    """Return the blocks by the side of the page that is down."""
    found: list[dict[str, Any]] = [{"wide": paper.wide, "blocks": []}]
    for one in paper.blocks:
        if isinstance(one, Turn):
            found.append({"wide": one.wide, "blocks": []})
        else:
            found[-1]["blocks"].append(_block(one))
    return found


def _runs(words: Words) -> list[dict[str, str]]:
    return [_run(one) for one in words]


def _run(one: Run) -> dict[str, str]:
    return {"text": clean(one.text), "look": one.look, "cited": one.cited, "mark": one.mark}


@singledispatch
def _block(one: Any) -> dict[str, Any]:
    raise TypeError(f"{one!r} is no block of a paper")


@_block.register
def _(one: Heading) -> dict[str, Any]:
    return {"is": "heading", "level": one.level, "text": clean(one.text)}


@_block.register
def _(one: Paragraph) -> dict[str, Any]:
    return {"is": one.style, "runs": _runs(one.runs)}


@_block.register
def _(one: Items) -> dict[str, Any]:
    return {"is": "items", "items": [_runs(item) for item in one.items]}


@_block.register
def _(one: Note) -> dict[str, Any]:
    return {"is": "note", "title": clean(one.title), "runs": _runs(one.runs)}


@_block.register
def _(one: Counts) -> dict[str, Any]:
    return {"is": "counts", "counts": [[clean(part) for part in pair] for pair in one.counts]}


@_block.register
def _(one: Table) -> dict[str, Any]:
    columns = [{"label": clean(c.label), "width": c.width, "numeric": c.numeric} for c in one.columns]
    rows = [{"cells": [_cell(cell) for cell in row]} for row in one.rows]
    return {"is": "table", "caption": clean(one.caption), "columns": columns, "rows": rows, "dense": one.dense}


def _cell(one: Cell) -> dict[str, Any]:
    return {"lines": [_runs(line) for line in one.lines], "shade": one.shade, "long": len(one.text) > LONG}


@_block.register
def _(one: Picture) -> dict[str, Any]:
    caption, alt = clean(one.caption), clean(one.alt)
    return {"is": "picture", "svg": _ours_in(one.svg), "caption": caption, "alt": alt, "height": one.height}


@_block.register
def _(one: Sources) -> dict[str, Any]:
    listed = [{"number": str(s.number), "text": s.text, "url": clean(s.url), "site": s.site} for s in one.sources]
    return {"is": "sources", "sources": listed}


def _spelled_out(told: Any, ours: Callable[[str], bool] | None = None) -> Any:
    """Return the paper with the Unicode number in the place of each letter that our own fonts lack."""
    known = ours or _ours()
    if isinstance(told, str):
        return "".join(one if one.isspace() or known(one) else f"[U+{ord(one):04X}]" for one in told)
    if isinstance(told, list | tuple):
        return [_spelled_out(one, known) for one in told]
    if isinstance(told, dict):
        return {key: one if key == "svg" else _spelled_out(one, known) for key, one in told.items()}
    return told


@cache
def _ours() -> Callable[[str], bool]:
    """Return what says whether our own fonts have a letter."""
    with as_file(files("followthrough.report") / "fonts") as fonts:
        letters = frozenset.intersection(*(_letters(path.read_bytes()) for path in Path(fonts).glob("*.ttf")))
    return lambda letter: ord(letter) in letters


def _letters(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font, by the segments of its Unicode table (format 4)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * at : 16 + 16 * at]: struct.unpack_from(">I", font, 20 + 16 * at)[0] for at in range(count)}
    start = tables[b"cmap"]
    for at in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">I", font, start + 8 + 8 * at)[0]
        if struct.unpack_from(">H", font, table)[0] == 4:
            size = struct.unpack_from(">H", font, table + 6)[0]
            ends = struct.unpack_from(f">{size // 2}H", font, table + 14)
            starts = struct.unpack_from(f">{size // 2}H", font, table + 16 + size)
            return frozenset(one for low, high in zip(starts, ends, strict=True) for one in range(low, high + 1))
    return frozenset()
