"""The layout of a sheet: which rows are headings, which hold records, and which are titles, totals and notes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.grid import Cell, Sheet
from followthrough.spreadsheets.legends import is_legend, legend_of
from followthrough.spreadsheets.parties import match_party
from followthrough.spreadsheets.words import field_of_heading, set_aside_as

DEEPEST_HEADING = 40
"""Rows from the top among which the headings are looked for."""
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of a sheet, counted from 0: ``aside`` maps each row that holds no record to what it is.

    ``headings`` has one text per column, the parts of several rows joined with `` / ``.
    """

    header_rows: tuple[int, ...]
    headings: tuple[str, ...]
    data_rows: tuple[int, ...]
    aside: dict[int, str]


def layout_of(sheet: Sheet, header_rows: tuple[int, ...] | None = None) -> Layout:
    """Return the layout of a sheet; ``header_rows`` are given where a person said which rows are the headings."""
    rows = _header_rows(sheet) if header_rows is None else header_rows
    first = rows[-1] + 1 if rows else 0
    headings = tuple(_heading(sheet, rows, column) for column in range(sheet.width))
    aside = {at: "title" for at in range(rows[0] if rows else 0) if _filled(sheet.rows[at])}
    data: list[int] = []
    legend = legend_of(sheet)
    other = _second_table(sheet, rows, first)
    last_full = max((at for at in range(first, len(sheet.rows)) if len(_filled(sheet.rows[at])) > 1), default=-1)
    for at in range(first, len(sheet.rows)):
        if at >= other:
            what = "of another table" if _filled(sheet.rows[at]) else "empty"
        elif is_legend(sheet.rows[at], legend):
            what = "legend"
        else:
            what = _aside(sheet, at, headings, after=at > last_full)
        if what == "":
            data.append(at)
        elif what != "empty":
            aside[at] = what
    return Layout(rows, headings, tuple(data), aside)


def is_year(text: str) -> bool:
    """Say whether a heading is a year, also as banks write it: ``2015 [YR2015]``."""
    digits = text.removeprefix("YR").removeprefix("FY")[:4]
    return digits.isdecimal() and digits.isascii() and int(digits) in YEARS and len(text) <= 14


def _second_table(sheet: Sheet, rows: tuple[int, ...], first: int) -> int:
    """Return the row in which another table begins: other headings behind an empty row; else the end of the sheet."""
    if not rows:
        return len(sheet.rows)
    known = {folded(cell.text) for row in rows for cell in sheet.rows[row]}
    for at in range(first + 2, len(sheet.rows) - 1):
        cells = _filled(sheet.rows[at])
        if len(cells) < 3 or _filled(sheet.rows[at - 1]):
            continue
        fresh = sum(folded(cell.text) not in known for cell in cells)
        exact = sum(field_of_heading(cell.text)[1] >= 0.9 for cell in cells)
        plain = all(cell.kind == "text" and not any(map(str.isdigit, cell.text)) for cell in cells)
        if plain and exact >= 2 and fresh >= 0.7 * len(cells) and _score(sheet.rows[at]) > len(cells) * 0.9:
            return at
    return len(sheet.rows)


def _filled(row: tuple[Cell, ...]) -> list[Cell]:
    """Return the cells of a row that hold something, each merged range once a row."""
    found: list[Cell] = []
    origins: set[tuple[int, int]] = set()
    for cell in row:
        if not cell.text or (cell.merged_from and cell.merged_from in origins):
            continue
        if cell.merged_from:
            origins.add(cell.merged_from)
        found.append(cell)
    return found


def _score(row: tuple[Cell, ...]) -> float:
    """Return how much a row looks like headings: words that head columns count most, numbers against it."""
    texts = [cell.text for cell in row if cell.text and cell.merged_from is None]
    if len(texts) < 2 or len({folded(text) for text in texts}) < len(texts) / 2:
        return 0.0
    points = 0.0
    for text in texts:
        sure = field_of_heading(text)[1]
        points += 2 * sure if sure and len(text) <= 60 else 0.0
        if not sure:
            points += (
                0.9 if is_year(text) or _is_party(text) else 0.2 if len(text) <= 40 and not _numeric(text) else -0.7
            )
    return points


def _numeric(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("-", "").replace(" ", "").replace("/", "").isdecimal()


def _is_party(text: str) -> bool:
    return len(text) <= 40 and bool(match_party(text).ids)


def _header_rows(sheet: Sheet) -> tuple[int, ...]:
    scores = [_score(row) for row in sheet.rows[:DEEPEST_HEADING]]
    if not scores or max(scores) < 1.2:
        return ()
    # Of rows that look alike the first: records below may repeat words that head columns.
    best = next(at for at, score in enumerate(scores) if score >= 0.8 * max(scores))
    rows = [best]
    if best and _spans(sheet, best - 1):
        rows.insert(0, best - 1)
    if best + 1 < len(scores) and (_spans(sheet, best) or _is_second(sheet, best + 1)):
        rows.append(best + 1)
    return tuple(rows)


def _spans(sheet: Sheet, at: int) -> bool:
    """Say whether a row groups columns: a range merged across some of them, and another filled cell beside it."""
    across = {cell.merged_from for column, cell in enumerate(sheet.rows[at]) if _across(sheet, at, column)}
    others = [cell for cell in sheet.rows[at] if cell.text and cell.merged_from not in across]
    return bool(across) and (len(across) > 1 or len(others) > 1) and not _whole(sheet, at)


def _across(sheet: Sheet, at: int, column: int) -> bool:
    origin = sheet.rows[at][column].merged_from
    return origin is not None and origin[0] == at


def _whole(sheet: Sheet, at: int) -> bool:
    return len(_filled(sheet.rows[at])) < 2


def _is_second(sheet: Sheet, at: int) -> bool:
    """Say whether a row continues the headings above it: at least two of its texts, and half of them, head columns."""
    texts = [cell.text for cell in sheet.rows[at] if cell.text and cell.merged_from is None]
    exact = sum(field_of_heading(text)[1] >= 0.9 for text in texts)
    return exact >= 2 and exact * 2 >= len(texts)


def _heading(sheet: Sheet, rows: tuple[int, ...], column: int) -> str:
    texts = [" ".join(sheet.rows[row][column].text.split()).replace(" / ", "/") for row in rows]
    return " / ".join(dict.fromkeys(filter(None, texts)))


def _aside(sheet: Sheet, at: int, headings: tuple[str, ...], *, after: bool) -> str:
    """Return what a row is that holds no record, ``empty`` where it holds nothing, else an empty text."""
    row = sheet.rows[at]
    cells = _filled(row)
    if not cells:
        return "empty"
    first = cells[0].text
    what = set_aside_as(first)
    if what == "total" or (what == "note" and len(cells) <= 2 and len(headings) > 2):
        return what
    if len(headings) > 2 and len(cells) == 1:
        leading = len(list(takewhile(lambda cell: not cell.text, row)))
        if (leading <= 1 and cells[0].merged_from is None) or (cells[0].merged_from or (-1, 0))[0] == at:
            return "note" if after else "section"
    repeated = sum(cell.text in heading.split(" / ") for cell, heading in zip(row, headings, strict=True) if cell.text)
    return "headings again" if len(cells) > 1 and repeated >= len(cells) * 0.8 else ""
