"""Writes sheets as OpenDocument spreadsheets, with repeated cells, covered cells and styles as programs write them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from followthrough.spreadsheets.grid import Cell, Sheet
from makers_hostile import OASIS, zipped

_SPACES = " ".join(
    f'xmlns:{short}="{OASIS}:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
                        ("number", "datastyle"))
)  # fmt: skip
_SPACES += f' xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"'
_SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:calc:calcext:1.0"'
_DATE_STYLES = {
    "day": "<number:year/><number:month/><number:day/>",
    "month": "<number:year/><number:month/>",
    "year": "<number:year/>",
}
_COLLAPSED = ' table:visibility="collapse"'


def opendocument(sheets: Iterable[Sheet]) -> bytes:
    """An OpenDocument workbook of these sheets."""
    tables = "".join(map(_table, sheets))
    styles = "".join(
        f'<number:date-style style:name="N{name}">{parts}</number:date-style>'
        f'<style:style style:name="d{name}" style:family="table-cell" style:data-style-name="N{name}"/>'
        for name, parts in _DATE_STYLES.items()
    )
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="fill" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#ff0000"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return container(content)


def container(content: str) -> bytes:
    """An OpenDocument workbook with this ``content.xml``."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<m/>"})


def _table(sheet: Sheet) -> str:
    columns = "".join(
        f"<table:table-column{_COLLAPSED if at in sheet.hidden_columns else ''}/>" for at in range(sheet.width)
    )
    rows = "".join(
        f"<table:table-row{_COLLAPSED if at in sheet.hidden_rows else ''}>{_cells(sheet, at)}</table:table-row>"
        for at in range(len(sheet.rows))
    )
    end = (
        '<table:table-row table:number-rows-repeated="1040000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    style = ' table:style-name="gone"' if sheet.hidden else ""
    return f"<table:table table:name={quoteattr(sheet.name)}{style}>{columns}{rows}{end}</table:table>"


def _cells(sheet: Sheet, row: int) -> str:
    written = (_cell(sheet, row, at) for at in range(sheet.width))
    found = []
    for text, group in itertools.groupby(written):
        times = len(list(group))
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        found.append(text.replace(" ", f"{repeated} ", 1) if " " in text else text.replace("/>", f"{repeated}/>", 1))
    return "".join(found)


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.rows[row][column]
    if cell.merged_from is not None:
        return "<table:covered-table-cell/>"
    down = max((at for at in range(len(sheet.rows)) if _from(sheet, at, column, row, column)), default=row) - row + 1
    across = max((at for at in range(sheet.width) if _from(sheet, row, at, row, column)), default=column) - column + 1
    spans = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' if down * across > 1 else ""
    note = f"<office:annotation><text:p>{escape(cell.comment)}</text:p></office:annotation>" if cell.comment else ""
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in cell.text.split("\n")) if cell.text else ""
    inside = note + lines
    return f"<table:table-cell{_type(cell)}{spans}" + (f" >{inside}</table:table-cell>" if inside else "/>")


def _from(sheet: Sheet, row: int, column: int, top: int, left: int) -> bool:
    return sheet.rows[row][column].merged_from == (top, left)


def _spaced(line: str) -> str:
    return escape(line).replace("  ", ' <text:s text:c="1"/>')


def _type(cell: Cell) -> str:
    style = ' table:style-name="fill"' if cell.fill else ""
    style += ' table:formula="of:=1+1"' if cell.formula else ""
    if cell.kind == "number":
        return f' office:value-type="float" office:value={quoteattr(cell.text)}{style}'
    if cell.kind == "date":
        precision = {4: "year", 7: "month"}.get(len(cell.text), "day")
        whole = f"{cell.text}-01-01"[:10] if len(cell.text) != 7 else f"{cell.text}-01"
        return f' office:value-type="date" office:date-value="{whole}" table:style-name="d{precision}"'
    if cell.kind == "bool":
        return f' office:value-type="boolean" office:boolean-value="{cell.text}"{style}'
    if cell.kind == "error":
        return f' office:value-type="string" office:string-value="" calcext:value-type="error"{style}'
    return style + (' office:value-type="string"' if cell.text else "")
