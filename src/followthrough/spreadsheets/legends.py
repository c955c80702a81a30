"""Colours that stand for a status, where a legend on the sheet says in words what each of them means."""

from __future__ import annotations

from followthrough.spreadsheets.grid import Cell, Sheet
from followthrough.spreadsheets.words import state_of

BY_FILL = "colour "
"""What a map writes before a colour, in the words of a field: ``"colour FF00B050" = "completed"``."""


def legend_of(sheet: Sheet) -> dict[str, str]:
    """Return colour -> state: of coloured cells that hold a word for a state, or stand alone left of one.

    Nothing where a colour has two meanings, and for a sheet in which fewer than two colours are explained.
    """
    found: dict[str, set[str]] = {}
    for row in sheet.rows:
        filled = [at for at, cell in enumerate(row) if cell.text or cell.fill]
        if not 1 <= len(filled) <= 2:
            continue
        cell, last = row[filled[0]], row[filled[-1]]
        state = state_of(last.text)
        if cell.fill and state and (len(filled) == 1 or not cell.text):
            found.setdefault(cell.fill, set()).add(state)
    single = {fill: next(iter(states)) for fill, states in found.items() if len(states) == 1}
    return single if len(single) >= 2 else {}


def is_legend(row: tuple[Cell, ...], legend: dict[str, str]) -> bool:
    """Return whether a row explains a colour of the legend."""
    filled = [cell for cell in row if cell.text or cell.fill]
    return 1 <= len(filled) <= 2 and filled[0].fill in legend and bool(state_of(filled[-1].text))
