"""The one writer of lists: CSV, XLSX and JSON that no spreadsheet can turn into formulas, dates or links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.http import HttpResponse, JsonResponse

from followthrough.io.csv import csv_text
from followthrough.io.xlsx import UNDATED, WRITER_OPTIONS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to take away: the stem of its file name, its columns and its rows of text and whole numbers."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int]]


def csv_answer(sheet: Sheet) -> HttpResponse:
    """Answer with CSV in UTF-8, with its mark; a cell that would run as a formula begins with an apostrophe."""
    text = csv_text([sheet.columns, *sheet.rows], "\r\n", mark=True)
    return _attached(text.encode(), "text/csv; charset=utf-8", f"{sheet.name}.csv")


def xlsx_answer(sheet: Sheet) -> HttpResponse:
    """Answer with a workbook of one sheet, in which every text is text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WRITER_OPTIONS) as book:
        book.set_properties(UNDATED)
        page = book.add_worksheet("Followthrough")
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        page.freeze_panes(1, 1)
        for at, column in enumerate(sheet.columns):
            longest = max([len(column), *(len(str(row[at])) for row in sheet.rows)])
            page.set_column(at, at, min(longest + 2, WIDEST))
            page.write_string(0, at, column, bold)
        for down, row in enumerate(sheet.rows, start=1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(down, at, cell)
                else:
                    page.write_string(down, at, cell, text)
    return _attached(out.getvalue(), XLSX, f"{sheet.name}.xlsx")


def workbook_answer(data: bytes, filename: str) -> HttpResponse:
    """Answer with a workbook that was made elsewhere."""
    return _attached(data, XLSX, filename)


def json_answer(value: Any) -> HttpResponse:
    """Answer with one JSON document, in UTF-8."""
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False})


def text_answer(text: str, content_type: str, filename: str) -> HttpResponse:
    """Answer with a small text to save."""
    return _attached(text.encode(), f"{content_type}; charset=utf-8", filename)


def _attached(body: bytes, content_type: str, filename: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)
