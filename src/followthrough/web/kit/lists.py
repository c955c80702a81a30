"""A list page: one sentence, filters, a table that is also the download; each view says what its columns are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import Choice, State, choices, page_of
from followthrough.web.kit.wording import day, fold

Row = TypeVar("Row")
UNKNOWN = mark_safe('<i class="unk">not known</i>')


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in files, its heading, the value of a row, and how a page shows it."""

    name: str
    heading: str
    value: Callable[[Row], str | int]
    shown: Callable[[Row], SafeString | str] | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """One filter: its name in the address, its label, the value that a row has under it, and the words for it."""

    name: str
    label: str
    value: Callable[[Row], str]
    words: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Everything about a list but its rows. Filters of a long one choose among briefs; ``whole`` reads the chosen."""

    stem: str
    title: str
    noun: str
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter[Any], ...] = ()
    searched: Callable[[Any], str] = str
    template: str = "kit/list.html"
    whole: Callable[[Sequence[Any]], Sequence[Row]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list as its page shows it: the id of the record, and each column with its cell."""

    key: str
    cells: list[tuple[Column[Any], SafeString | str]]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as its form shows it."""

    name: str
    label: str
    choices: list[Choice]


def listed(
    request: HttpRequest, table: Table[Row], rows: Sequence[Any], context: dict[str, Any], ext: str = ""
) -> HttpResponse:
    """Answer with the page, or with the same selection as JSON, CSV or a workbook."""
    state = State(request.GET)
    fields, found = selected(table, rows, state)
    whole = table.whole or list
    if ext == "json":
        shown = [{column.name: column.value(row) for column in table.columns} for row in whole(found)]
        return json_answer({"count": len(found), "of": len(rows), table.stem: shown})
    if ext:
        names = tuple(column.name for column in table.columns)
        sheet = Sheet(table.stem, names, [[column.value(row) for column in table.columns] for row in whole(found)])
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    page = page_of(found, state)
    lines = [
        Line(getattr(row, "id", ""), [(column, _cell(column, row)) for column in table.columns])
        for row in whole(page.rows)
    ]
    active = bool(state.text("q") or any(choice.chosen for one in fields for choice in one.choices))
    return render(
        request,
        table.template,
        {
            "table": table,
            "lines": lines,
            "page": page,
            "total": len(rows),
            "filters": fields,
            "q": state.text("q"),
            "active": active,
            "problems": state.problems,
            "query": request.GET.urlencode(),
            "address": request.path,
            "change": "",
            **table.more,
            **context,
        },
    )


def selected(table: Table[Row], rows: Sequence[Any], state: State) -> tuple[list[Field], list[Any]]:
    """Return the filters as their form shows them, and the rows that pass them all."""
    found, fields = list(rows), []
    for one in table.filters:
        values = sorted({*map(one.value, rows)} - {""})
        options = {value: one.words(value) for value in values}
        chosen = state.one_of(one.name, options)
        fields.append(Field(one.name, one.label, choices(options, chosen)))
        if chosen:
            found = [row for row in found if chosen == one.value(row)]
    if words := fold(state.text("q")).split():
        found = [row for row in found if all(word in fold(table.searched(row)) for word in words)]
    return fields, found


def _cell(column: Column[Row], row: Row) -> SafeString | str:
    return column.shown(row) if column.shown else str(column.value(row))


def dated(text: str) -> SafeString:
    """Show a date, or that none is printed."""
    return format_html('<time datetime="{}">{}</time>', text, day(text)) if text else UNKNOWN


def link(address: str, words: str) -> SafeString:
    """Show a link of our own."""
    return format_html('<a href="{}">{}</a>', address, words)


def outward(address: str, words: str) -> SafeString:
    """Show a link to a source."""
    return format_html('<a class="src" href="{}">{}</a>', address, words)


def chip(kind: str, icon: str, words: str) -> SafeString:
    """Show a state: shape, word and colour."""
    pattern = (
        '<span class="chip {}"><svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>{}</span>'
    )
    return format_html(pattern, kind, icon, words)


def or_unknown(text: str) -> SafeString | str:
    """Show a text, or that it is not known."""
    return text or UNKNOWN
