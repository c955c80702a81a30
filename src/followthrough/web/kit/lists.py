"""A list page: one sentence, filters, a table that is also the download; each view says what its columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.kit import feeds
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.findable import holds, words_of
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column, chosen_columns, in_order
from followthrough.web.kit.list_state import Choice, Order, State, choices, headings, orders, page_of
from followthrough.web.kit.wording import day

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Row = TypeVar("Row")
EVERY = "all"
"""What an address says to have every row, where a list begins with some of them."""
UNKNOWN = mark_safe('<i class="unk">not known</i>')


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """One filter: its name in the address, its label, the value or values that a row has, and the words for one.

    It offers the values that rows have, in the order of the alphabet, or ``options`` with their words where given. With
    a ``default`` the list begins with that value chosen, one of its options is ``EVERY``, and the page shows all of
    them with how many rows each has.
    """

    name: str
    label: str | StrPromise
    value: Callable[[Row], str | Collection[str]]
    words: Callable[[str], str] = str
    options: Mapping[str, str | StrPromise] | None = None
    default: str = ""

    def values(self, row: Row) -> Collection[str]:
        """Return the values of a row."""
        found = self.value(row)
        return (found,) if isinstance(found, str) else found

    def offered(self, rows: Sequence[Row]) -> Mapping[str, str | StrPromise]:
        """Return what can be chosen, with its words."""
        if self.options is not None:
            return self.options
        return {value: self.words(value) for value in sorted({one for row in rows for one in self.values(row)} - {""})}


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Everything about a list but its rows. Filters of a long one choose among summaries; ``whole`` reads the chosen.

    ``json`` says how a row looks in the JSON twin where that is more than its columns, ``about`` what stands before
    the rows there, ``file`` what a downloaded file is called, where that is not ``stem``, ``sort`` the column that the
    list stands in the order of, downwards with a minus, where that is not the order of its rows, ``feed`` how its
    rows are told to programs that follow changes and dates, and ``also`` the endings of files that an app above makes.
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
    sort: str = ""
    feed: feeds.Feed[Row] | None = None
    also: tuple[str, ...] = ()

    @property
    def endings(self) -> str:
        """The endings of the addresses of its files and feeds."""
        told = ["atom"] if self.feed else []
        days = ["ics"] if self.feed and self.feed.days else []
        return " ".join(["csv", "xlsx", "json", *self.also, *told, *days])

    @property
    def names(self) -> list[str]:
        """The names of all columns."""
        return [column.name for column in self.columns]

    def stored(self, query: QueryDict) -> tuple[str, ...]:
        """Return the field of the database that the order of an address needs and that rows in brief do not hold."""
        name = query.get("sort", "").removeprefix("-")
        return tuple(one.stored for one in self.columns if one.name == name and one.stored)

    def as_json(self, row: Row, chosen: Sequence[Column[Row]] = ()) -> dict[str, Any]:
        """Return a row for the JSON twin, whole or of the ``chosen`` columns alone."""
        held = self.json(row) if self.json else {column.name: column.value(row) for column in chosen or self.columns}
        return {one.name: held.get(one.name, one.value(row)) for one in chosen} if chosen else held

    def sheet(self, rows: Sequence[Row], chosen: Sequence[Column[Row]] = ()) -> Sheet:
        """Return rows as a table to take away, with the ``chosen`` columns or all."""
        columns = chosen or self.columns
        cells = [[column.value(row) for column in columns] for row in rows]
        return Sheet(self.file or self.stem, tuple(column.name for column in columns), cells)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list as its page shows it: the id of the record, and of each column its heading and its cell.

    The middle one of the three says whether the column holds numbers.
    """

    key: str
    cells: list[tuple[SafeString, bool, SafeString | str]]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as its form shows it, or as a switch: choices with their rows, one of which is always chosen."""

    name: str
    label: str
    choices: list[Choice]
    switch: list[Position] = field(default_factory=list)

    @property
    def chosen(self) -> str:
        """The value that is chosen, or nothing."""
        return next((one.value for one in self.choices if one.chosen), "")


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a switch: what it shows, of how many rows, and the address that turns it on."""

    label: str
    count: int
    link: str
    chosen: bool


def listed(
    request: HttpRequest, table: Table[Row], rows: Sequence[Any], context: dict[str, Any], ext: str = ""
) -> HttpResponse:
    """Answer with the page, or with the same selection as JSON, CSV or a workbook."""
    state = State(request.GET)
    fields, found = selected(table, rows, state)
    order = state.order(table.names, table.sort)
    chosen = chosen_columns(table.columns, state.columns(table.names))
    found, whole = _arranged(table, found, order)
    if ext == "json":
        shown = [table.as_json(row, chosen) for row in whole(found)]
        return json_answer({**table.about, "count": len(found), "of": len(rows), table.stem: shown})
    if ext in feeds.writers:
        return feeds.feed_answer(request, str(table.title), table.feed, whole(found), ext)
    if ext:
        sheet = table.sheet(whole(found), chosen)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    page = page_of(found, state)
    columns = [replace(one, heading=str(one.heading)) for one in chosen or table.columns if chosen or not one.extra]
    context = {
        "table": table,
        "lines": lambda: lines_of(columns, whole(page.rows)),
        "headings": lambda: headings([(one.name, str(one.heading), one.numeric) for one in columns], state, order),
        "layout": lambda: _layout(table, columns, chosen, state, order),
        "chosen": chosen,
        "page": page,
        "total": len(rows),
        "filters": fields,
        "q": state.text("q"),
        "active": _active(table, fields, state),
        "problems": state.problems,
        "query": state.with_(page="")[1:],
        "address": request.path,
        "change": "",
        **table.more,
        **context,
    }
    return render(request, table.template, context)


def _active(table: Table[Row], fields: Sequence[Field], state: State) -> bool:
    """Tell whether anything was chosen beside what the list begins with."""
    own = {one.name: one.default for one in table.filters}
    chosen = [(one.name, choice.value) for one in fields for choice in one.choices if choice.chosen]
    return bool(state.text("q") or any(own[name] != value for name, value in chosen))


def selected(table: Table[Row], rows: Sequence[Any], state: State) -> tuple[list[Field], list[Any]]:
    """Return the filters as their form shows them, and the rows that pass them all."""
    found, fields = list(rows), []
    if words := words_of(state.text("q")):
        found = [row for row in found if holds(table.searched(row), words)]
    for one in sorted(table.filters, key=lambda one: bool(one.default)):
        options = one.offered(rows)
        chosen = state.one_of(one.name, options) or one.default
        shown = choices(options, chosen)
        fields.append(Field(one.name, str(one.label), shown, _switch(one, shown, found, state) if one.default else []))
        if chosen and chosen != EVERY:
            found = [row for row in found if chosen in one.values(row)]
    return fields, found


def _switch(one: Filter[Any], shown: Sequence[Choice], rows: Sequence[Any], state: State) -> list[Position]:
    """Return the positions of a filter that always has one; those without rows are left out, but for the chosen one."""
    counts = Counter(value for row in rows for value in one.values(row)) + Counter({EVERY: len(rows)})
    return [
        Position(choice.label, counts[choice.value], state.with_(**{one.name: choice.value}, page=""), choice.chosen)
        for choice in shown
        if counts[choice.value] or choice.chosen
    ]


Whole = Callable[[Sequence[Any]], Sequence[Any]]


def _arranged(table: Table[Row], rows: list[Any], order: tuple[str, bool]) -> tuple[list[Any], Whole]:
    """Return rows in their order, and what reads the whole of some; where only whole rows tell it, all are read."""
    name, down = order
    column = next((one for one in table.columns if one.name == name), None)
    whole: Whole = table.whole or list
    if column is None:
        return rows, whole
    if table.whole and column.order is None:
        rows, whole = list(table.whole(rows)), list
    return in_order(rows, column.key, down=down), whole


@dataclass(frozen=True, slots=True)
class Layout:
    """What a form offers of columns and order: both as choices, and the rest of the address that stays as it is."""

    columns: list[Choice]
    orders: list[Choice]
    kept: list[tuple[str, str]]
    changed: bool
    usual: str


def _layout(
    table: Table[Row], columns: Sequence[Column[Row]], chosen: Sequence[Column[Row]], state: State, order: Order
) -> Layout:
    on = [one.name for one in columns]
    first = [*columns, *(one for one in table.columns if one.name not in on)]
    kept = [pair for pair in state.kept().items() if pair[0] not in ("columns", "sort", "page")]
    return Layout(
        [Choice(one.name, str(one.heading), one.name in on) for one in first],
        orders([(one.name, str(one.heading)) for one in first], order),
        kept,
        bool(chosen or state.text("sort")),
        state.with_(columns="", sort="", page=""),
    )


def lines_of(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> list[Line]:
    """Return rows as their table shows them."""
    # a heading is translated and escaped once, and not in every row
    named = [(conditional_escape(column.heading), column.numeric, column.cell) for column in columns]
    return [
        Line(getattr(row, "id", ""), [(heading, numeric, cell(row)) for heading, numeric, cell in named])
        for row in rows
    ]


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
