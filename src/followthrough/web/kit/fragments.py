"""The parts of lists and forms that a page repeats hundreds of times: filled here, as a template takes far longer.

Every value goes through ``fill``, which escapes it; the patterns are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.kit.list_state import Choice, Heading
from followthrough.web.kit.lists import Line

OPTION = '<option value="{}">{}</option>'
CHOSEN = '<option value="{}" selected>{}</option>'
ROW = '<th scope="row"><span>{}</span></th>'
CELL = '<td data-l="{}"><span>{}</span></td>'
NUMBER = '<td data-l="{}" class="r"><span>{}</span></td>'
TICK = (
    '<td data-l="Choose"><span>'
    '<input type="checkbox" name="chosen" value="{}" form="change" aria-label="{}"></span></td>'
)


def fill(pattern: str, *values: str | int) -> str:
    """Fill a fixed pattern with escaped values."""
    return pattern.format(*[escape(str(value)) for value in values])


def safe(parts: Iterable[str]) -> SafeString:
    """Join parts that are markup already: each went through ``fill``."""
    return mark_safe("".join(parts))  # noqa: S308 - every value in it went through ``fill``


def options(choices: Iterable[Choice]) -> SafeString:
    """Return the options of a filter."""
    return safe(fill(CHOSEN if one.chosen else OPTION, one.value, one.label) for one in choices)


def heading_cells(headings: Iterable[Heading]) -> SafeString:
    """Return the headings of a table that sorts by links."""
    out = []
    for head in headings:
        out += [
            fill('<th scope="col" aria-sort="{}">', head.sorted) if head.sorted else '<th scope="col">',
            fill('<a class="sort" href="{}#all">{}</a></th>', head.link, head.label)
            if head.link
            else fill("{}</th>", head.label),
        ]
    return safe(out)


def table_lines(lines: Iterable[Line], ticks: bool) -> SafeString:
    """Return the rows of a list; with ``ticks`` each can be chosen."""
    return safe(_line(one, ticks) for one in lines)


def _line(line: Line, ticks: bool) -> str:
    shown = _shown(line)
    tick = fill(TICK, line.key, f"Choose {line.key}") if ticks else ""
    heads = [ROW.format(conditional_escape(cell)) for _, cell in shown[:1]]
    cells = [
        (NUMBER if column.numeric else CELL).format(escape(column.heading), conditional_escape(cell))
        for column, cell in shown[1:]
    ]
    return f"<tr>{tick}{''.join(heads)}{''.join(cells)}</tr>\n"


def matrix_lines(lines: Iterable[Line], rows: Mapping[str, SafeString]) -> SafeString:
    """Return the rows of a matrix, each of which is markup already, in the order of a list."""
    return safe(conditional_escape(rows.get(line.key, "")) for line in lines)


def _shown(line: Line) -> list[tuple[Any, Any]]:
    return [(column, cell) for column, cell in line.cells if column.heading]
