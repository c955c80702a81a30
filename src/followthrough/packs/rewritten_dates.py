"""Dates of a pack that a spreadsheet has written anew: ``3/1/2024`` is read in the order that its other dates have.

A spreadsheet writes all dates of all files in the order of one country. Where one of them can be read in one order only
(``3/14/2024``), that is the order of all; where none can, ``cells.parse`` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from followthrough.io.csv import Line
from followthrough.packs.columns import Table

_NUMBERED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")


def order_of_dates(tables: Iterable[tuple[Table, Sequence[Line]]]) -> str:
    """Return ``dmy`` or ``mdy`` where the dates of the tables can be read in this order alone; else nothing."""
    orders: set[str] = set()
    for table, lines in tables:
        dates = _date_columns(table, lines)
        for _number, cells in lines[1:]:
            for at in dates:
                found = _NUMBERED.fullmatch(cells[at].strip()) if at < len(cells) else None
                if found:
                    orders |= {"dmy"} if int(found[1]) > 12 else {"mdy"} if int(found[3]) > 12 else set()
    return orders.pop() if len(orders) == 1 else ""


def dated_back(table: Table, lines: Sequence[Line], order: str) -> list[Line]:
    """Return the lines of a table with such dates as the format of a pack writes them: ``2024-03-01``."""
    dates = set(_date_columns(table, lines)) if order else set()
    if not dates:
        return list(lines)
    return [
        (number, [_iso(cell, order) if row and at in dates else cell for at, cell in enumerate(cells)])
        for row, (number, cells) in enumerate(lines)
    ]


def _date_columns(table: Table, lines: Sequence[Line]) -> list[int]:
    kinds = {column.name: column.kind for column in table.columns}
    header = lines[0][1] if lines else []
    return [at for at, name in enumerate(header) if kinds.get(name.strip().lower()) in ("date", "period")]


def _iso(cell: str, order: str) -> str:
    found = _NUMBERED.fullmatch(cell.strip())
    if not found:
        return cell
    day, month = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
    return f"{found[4]}-{int(month):02}-{int(day):02}"
