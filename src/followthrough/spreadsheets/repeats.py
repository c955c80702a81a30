"""Cells that say that they are as the one above: idem, ditto, 〃; they are read as that one, and told."""

from __future__ import annotations

from dataclasses import replace

from followthrough.spreadsheets.folding import folded
from followthrough.spreadsheets.grid import Cell, Sheet, place

_WORDS = frozenset(map(folded, (
    "idem", "id.", "ditto", "do.", "as above", "same as above", "same", "see above", "ibid", "ibid.", "sda", "dito",
    "sama dengan di atas", "như trên", "nt", "เช่นเดียวกับข้างต้น", "상동", "동일", "同上", "同前", "ci-dessus", "то же",
)))  # fmt: skip
_MARKS = frozenset({'"', "''", "”", "“", "〃", "״", '-"-', "-”-", "-„-", "„", '- " -', "— ” —"})


def says_as_above(cell: Cell) -> bool:
    """Return whether a cell says that it is as the one above."""
    text = cell.text.strip()
    return bool(text) and len(text) <= 30 and (text in _MARKS or (cell.kind == "text" and folded(text) in _WORDS))


def with_repeats(sheet: Sheet) -> Sheet:
    """Return a sheet in which such cells hold what stands above them, as the cells of a merged range do."""
    rows = [list(row) for row in sheet.rows]
    found: list[str] = []
    for at in range(1, len(rows)):
        for column, cell in enumerate(rows[at]):
            above = rows[at - 1][column]
            if above.text and says_as_above(cell):
                origin = above.merged_from or (at - 1, column)
                rows[at][column] = replace(above, merged_from=origin, hidden=cell.hidden, comment=cell.comment)
                found.append(place(at, column))
    if not found:
        return sheet
    note = f"cells that say that they are as the one above are read so: {', '.join(found[:20])}"
    return replace(sheet, rows=tuple(map(tuple, rows)), notes=(*sheet.notes, note))
