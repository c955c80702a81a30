"""Writes a form as a workbook: instructions, the table with its drop-downs and locked cells, and the lists behind them.

Every cell is text, so that no program takes an answer for a date or a number; nothing is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from followthrough.io.xlsx import WRITER_OPTIONS
from followthrough.model.letters import to_letters
from followthrough.spreadsheets.row_form import ID, VERSION, ColumnKind, FormColumn, RowForm, shown

LISTS = "Lists"
KEYS_ROW, HEADINGS_ROW, FIRST_ROW = 0, 1, 2
"""Rows counted from 0; that of the keys is hidden: headings may be worded anew, keys stay."""
_ALLOWED = {
    "sort": True, "autofilter": True, "format_columns": True, "format_rows": True, "format_cells": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
"""What may be done in a sheet that is protected from slips; there is no password."""
_LONGEST_HINT, _LONGEST_NAME = 255, 31


def row_form_bytes(form: RowForm, instructions: Sequence[str], *, id_heading: str, version_heading: str) -> bytes:
    """Return the workbook of a form; the first of the ``instructions`` is their title."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        _write_instructions(book, instructions)
        page = book.add_worksheet(form.name[:_LONGEST_NAME])
        page.activate()
        lists = book.add_worksheet(LISTS)
        lists.hide()
        _write_table(book, page, form, (id_heading, version_heading))
        for at, column in enumerate(form.columns, 2):
            _write_choices(page, lists, (at, column), len(form.rows))
        page.protect("", _ALLOWED)
    return out.getvalue()


def _write_instructions(book: Any, instructions: Sequence[str]) -> None:
    page = book.add_worksheet("Instructions")
    page.hide_gridlines(2)
    page.set_column(0, 0, 96)
    title = book.add_format({"bold": True, "font_size": 16, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for down, line in enumerate(instructions):
        page.write_string(down, 0, line, text if down else title)


def _write_table(book: Any, page: Any, form: RowForm, own: tuple[str, str]) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E2EFF1"})
    fixed = {"text_wrap": True, "valign": "top", "num_format": "@", "font_color": "#4A5568", "bg_color": "#F3F4F6"}
    closed, opened = book.add_format(fixed), book.add_format(
        {"text_wrap": True, "valign": "top", "num_format": "@", "locked": False, "border": 1, "border_color": "#CBD5E0"}
    )  # fmt: skip
    page.set_column(0, 1, 12, closed)
    for at, (key, heading) in enumerate(zip((ID, VERSION), own, strict=True)):
        page.write_string(KEYS_ROW, at, key)
        page.write_string(HEADINGS_ROW, at, heading, head)
    for at, column in enumerate(form.columns, 2):
        page.set_column(at, at, column.width, None, {"level": 1, "hidden": True} if column.folded else {})
        page.write_string(KEYS_ROW, at, column.key)
        page.write_string(HEADINGS_ROW, at, column.heading, head)
    page.set_row(KEYS_ROW, None, None, {"hidden": True})
    page.freeze_panes(FIRST_ROW, 3)
    for down, row in enumerate(form.rows, FIRST_ROW):
        page.write_string(down, 0, row.id, closed)
        page.write_string(down, 1, form.stamp(row, row.version), closed)
        for at, column in enumerate(form.columns, 2):
            locked = row.closed or column.kind is ColumnKind.FIXED or column.key in row.without
            style = closed if locked else opened
            page.write_string(down, at, shown(column, row.values.get(column.key, "")), style)
    if form.rows:
        page.autofilter(HEADINGS_ROW, 0, FIRST_ROW + len(form.rows) - 1, len(form.columns) + 1)


def _write_choices(page: Any, lists: Any, placed: tuple[int, FormColumn], rows: int) -> None:
    """Give the cells of a column their drop-down, or the hint that appears beside them."""
    at, column = placed
    if column.kind is ColumnKind.FIXED or not rows:
        return
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices:
        letters = to_letters(at + 1).upper()
        for down, (_, words) in enumerate(column.choices):
            lists.write_string(down, at, words)
        rule = {"validate": "list", "source": f"={LISTS}!${letters}$1:${letters}${len(column.choices)}"}
        if column.kind is ColumnKind.CHOICES:  # several are written one behind the other: the list only proposes
            rule["show_error"] = False
    if column.hint:
        rule |= {"input_title": column.heading[:32], "input_message": column.hint[:_LONGEST_HINT]}
    if len(rule) > 1:
        page.data_validation(FIRST_ROW, at, FIRST_ROW + rows - 1, at, rule)
