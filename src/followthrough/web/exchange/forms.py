"""What comes from the page of a sheet: its map with the columns, answers and source that the officer chose.

Fields: ``sheet``, ``header``, ``kind``, ``col.<letter>``, ``cell.<place>`` with ``text.<place>`` for what is typed
instead, ``again`` for rows to take after all, ``forget`` for answers to take back, ``sources.<column>`` and
``fixed.<name>``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from django.http import HttpRequest, QueryDict

from followthrough.spreadsheets.grid import Sheet
from followthrough.spreadsheets.mapping import Map, to_toml
from followthrough.spreadsheets.parties import match_party
from followthrough.spreadsheets.proposals import PARTY_COLUMN
from followthrough.spreadsheets.understanding import SheetKind, understand_sheet
from followthrough.web.exchange.sheet_page import Ask, asks_of, columns_of, kinds_of_columns
from followthrough.web.exchange.sheet_reading import LONGEST_ROUND, TAKEN_KINDS, Reading, proposed_map
from followthrough.web.kit.forms import read_cells, typed_cells

SOURCE_CELLS = {
    "url": "source_url",
    "title": "source_title",
    "publisher": "publisher",
    "publisher_kind": "publisher_kind",
    "language": "language",
}
"""The columns of a source that are said once for a whole sheet, by what a map calls them."""
FIXED_CELLS = {"currency": 3, "times": 9, "scale": 120, "round": LONGEST_ROUND, "party": 20, "unit": 60, "areas": 3}
"""What else is said once for a whole sheet, with the longest that it may be."""
EMPTY, ROW, WRITE = "-empty", "-row", "-write"
"""Answers to every question: nothing is known, the row is left out, what is typed beside."""
MOST_HEADING_ROWS = 5
LONGEST_ANSWER = 300


def header_rows(text: str) -> tuple[int, ...]:
    """Return the numbers of rows that a text names, such as ``4, 5`` or ``4-5``; what is no number is left out."""
    numbers = [int(one) for one in re.findall(r"\d{1,6}", text)]
    if re.fullmatch(r"\s*\d{1,6}\s*[-–]\s*\d{1,6}\s*", text) and numbers[0] <= numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return tuple(sorted({one for one in numbers if one})[:MOST_HEADING_ROWS])


def map_of(request: HttpRequest, reading: Reading, problems: dict[str, str]) -> Map:
    """Return the map that a form asks for; what is wrong with the source goes to ``problems`` by field."""
    post, held = request.POST, reading.map
    held = replace(held, fixed={**held.fixed, **_fixed(request, problems)})
    sheet = next((one for one in reading.sheets if one.name == post.get("sheet", held.sheet)), None)
    rows = header_rows(post.get("header", ""))
    if sheet is not None and (sheet.name != held.sheet or (rows and rows != held.header_rows)):
        return _elsewhere(reading, held, sheet, rows if rows != held.header_rows else ())
    held = replace(held, kind=_kind(post, held), columns=_columns(post, reading))
    held = replace(held, stands_for=_stands_for(held, reading))
    return _answered(post, held, asks_of(reading))


def _elsewhere(reading: Reading, held: Map, sheet: Sheet, rows: tuple[int, ...]) -> Map:
    """Return a new proposal for another sheet, or for headings in other rows; what was said of the source stays."""
    height = len(sheet.rows)
    wanted = tuple(row - 1 for row in rows if row <= height) or None
    made = proposed_map(understand_sheet(sheet, reading.known, wanted), reading.upload, {})
    return replace(made, name=held.name, fixed={**held.fixed, **made.fixed})


def _kind(post: QueryDict, held: Map) -> SheetKind:
    kind = post.get("kind", "")
    return SheetKind(kind) if kind in TAKEN_KINDS else held.kind


def _columns(post: QueryDict, reading: Reading) -> dict[str, str]:
    allowed = {name for name, _ in kinds_of_columns()}
    chosen = {one.letter: post.get(f"col.{one.letter}", one.becomes) for one in columns_of(reading)}
    return {**reading.map.columns, **{letter: name for letter, name in chosen.items() if name in allowed}}


def _stands_for(held: Map, reading: Reading) -> dict[str, str]:
    """Return the party that each column of a party stands for, by its heading where it was not known before."""
    found = dict(held.stands_for)
    for one in columns_of(reading):
        if held.columns.get(one.letter) == PARTY_COLUMN and one.letter not in found:
            named = match_party(one.heading, reading.known.parties).ids
            found |= {one.letter: named[0]} if named else {}
    return found


def _fixed(request: HttpRequest, problems: dict[str, str]) -> dict[str, str]:
    fixed = {
        name: " ".join(request.POST[f"fixed.{name}"].split())[:most]
        for name, most in FIXED_CELLS.items()
        if f"fixed.{name}" in request.POST
    }
    if "sources.url" not in request.POST:
        return fixed
    typed = typed_cells(request, "sources", tuple(SOURCE_CELLS))
    read_cells("sources", typed, problems)
    return fixed | {SOURCE_CELLS[name]: text for name, text in typed.items()}


def _answered(post: QueryDict, held: Map, asks: list[Ask]) -> Map:
    """Put the answers to the questions into a map: a word to a cell, or a row to those that are left out."""
    cells = {cell: answer for cell, answer in held.cells.items() if cell not in post.getlist("forget")}
    left = {row for row in held.left_out if str(row) not in post.getlist("again")}
    for ask in asks:
        chosen = post.get(f"cell.{ask.key}", "")
        written = " ".join(post.get(f"text.{ask.key}", "").split())[:LONGEST_ANSWER]
        if chosen == ROW:
            left |= set(ask.rows)
        elif chosen == WRITE or (written and written != ask.typed and not chosen):
            cells |= dict.fromkeys(ask.cells, written)
        elif chosen == EMPTY:
            cells |= dict.fromkeys(ask.cells, "")
        elif chosen in {answer for answer, _ in ask.choices}:
            cells |= dict.fromkeys(_cells_for(ask, chosen, held), chosen)
    return replace(held, cells=cells, left_out=tuple(sorted(left)))


def _cells_for(ask: Ask, chosen: str, held: Map) -> list[str]:
    """Return the cells that an answer stands for: a commitment is the answer for the number of its row."""
    number = next((letter for letter, name in held.columns.items() if name == "number"), "")
    return [f"{number}{row}" for row in ask.rows] if number and "/" in chosen else ask.cells


def choices_of(one: Map) -> dict[str, str]:
    """Return what an upload keeps of what was decided."""
    return {"map": to_toml(one)}


def kept_for_next(one: Map) -> str:
    """Return a map for the next sheet with these headings: without answers to the cells of this one."""
    return to_toml(replace(one, cells={}, left_out=()))
