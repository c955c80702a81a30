"""A list page: one sentence, filters, a table that is also the download; each view says what its columns are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.findable import holds, words_of
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_state import Choice, State, choices, headings, page_of
from followthrough.web.kit.wording import day

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Row = TypeVar("Row")
UNKNOWN = mark_safe('<i class="unk">not known</i>')


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in files, its heading, the value of a row, and how a page shows it.

    A column without a heading is for files alone. ``sort`` is its name in the address of a list that sorts by it, and
    ``order`` the key of a row; without a key the list stands in its own order, or in that turned round.
    """

    name: str
    heading: str | StrPromise
    value: Callable[[Row], str | int]
    shown: Callable[[Row], SafeString | str] | None = None
    numeric: bool = False
    sort: str = ""
    order: Callable[[Row], Any] | None = None


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """One filter: its name in the address, its label, the value or values that a row has, and the words for one.

    It offers the values that rows have, in the order of the alphabet, or ``options`` with their words where given.
    """

    name: str
    label: str | StrPromise
    value: Callable[[Row], str | Collection[str]]
    words: Callable[[str], str] = str
    options: Mapping[str, str] | None = None

    def values(self, row: Row) -> Collection[str]:
        """Return the values of a row."""
        found = self.value(row)
        return (found,) if isinstance(found, str) else found

    def offered(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Return what can be chosen, with its words."""
        if self.options is not None:
            return self.options
        return {value: self.words(value) for value in sorted({one for row in rows for one in self.values(row)} - {""})}


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Everything about a list but its rows. Filters of a long one choose among summaries; ``whole`` reads the chosen.

    ``json`` says how a row looks in the JSON twin where that is more than its columns, ``about`` what stands before
    the rows there, and ``file`` what a downloaded file is called, where that is not ``stem``.
    """

    stem: str
    title: str | StrPromise
    noun: str
    columns: tuple[Column[Row], ...]
    filters: tuple[Filter[Any], ...] = ()
    searched: Callable[[Any], str] = str
    template: str = "kit/list.html"
    whole: Callable[[Sequence[Any]], Sequence[Row]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    json: Callable[[Row], dict[str, Any]] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    def as_json(self, row: Row) -> dict[str, Any]:
        """Return a row for the JSON twin."""
        return self.json(row) if self.json else {column.name: column.value(row) for column in self.columns}

    def sheet(self, rows: Sequence[Row]) -> Sheet:
        """Return rows as a table to take away."""
        names = tuple(column.name for column in self.columns)
        return Sheet(self.file or self.stem, names, [[column.value(row) for column in self.columns] for row in rows])


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list as its page shows it: the id of the record, and each column with a heading with its cell."""

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
    order = state.order([column.sort for column in table.columns if column.sort])
    found = _ordered(table, found, order)
    whole = table.whole or list
    if ext == "json":
        shown = [table.as_json(row) for row in whole(found)]
        return json_answer({**table.about, "count": len(found), "of": len(rows), table.stem: shown})
    if ext:
        sheet = table.sheet(whole(found))
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    page = page_of(found, state)
    table = replace(table, columns=tuple(replace(one, heading=str(one.heading)) for one in table.columns))
    active = bool(state.text("q") or any(choice.chosen for one in fields for choice in one.choices))
    context = {
        "table": table,
        "lines": lambda: _lines(table, whole(page.rows)),
        "headings": lambda: headings(_headed(table), state, order),
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
    }
    return render(request, table.template, context)


def selected(table: Table[Row], rows: Sequence[Any], state: State) -> tuple[list[Field], list[Any]]:
    """Return the filters as their form shows them, and the rows that pass them all."""
    found, fields = list(rows), []
    for one in table.filters:
        options = one.offered(rows)
        chosen = state.one_of(one.name, options)
        fields.append(Field(one.name, str(one.label), choices(options, chosen)))
        if chosen:
            found = [row for row in found if chosen in one.values(row)]
    if words := words_of(state.text("q")):
        found = [row for row in found if holds(table.searched(row), words)]
    return fields, found


def _ordered(table: Table[Row], rows: list[Row], order: tuple[str, bool]) -> list[Row]:
    name, down = order
    column = next((one for one in table.columns if name and one.sort == name), None)
    found = sorted(rows, key=column.order) if column and column.order else rows
    return found[::-1] if down else found


def _headed(table: Table[Row]) -> list[tuple[str, str]]:
    return [(column.sort, str(column.heading)) for column in table.columns if column.heading]


def _lines(table: Table[Row], rows: Sequence[Row]) -> list[Line]:
    shown = [column for column in table.columns if column.heading]
    return [Line(getattr(row, "id", ""), [(column, _cell(column, row)) for column in shown]) for row in rows]


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
    return _chip(kind, icon, words)


def below(first: object, second: object) -> SafeString:
    """Show a first line, and smaller words below it."""
    return _below(first, second)


_chip = fragment("kit/cells.jinja", "chip")
_below = fragment("kit/cells.jinja", "below")


def or_unknown(text: str) -> SafeString | str:
    """Show a text, or that it is not known."""
    return text or UNKNOWN
