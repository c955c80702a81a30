"""A list whose state is its address: filters, order and page come from the query, and wrong values are named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.kit.requests import whole_number
from followthrough.web.kit.wording import listing

PAGE = 50
LONGEST = 2_000
"""Letters of an address that are read as names of columns."""
NAMED = 5
"""Unknown columns that a sentence names, at most."""
DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
Order = tuple[str, bool]
"""A column, or nothing for the order that the rows come in, and whether downwards."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(slots=True)
class State:
    """The query of a list, read leniently: ``problems`` says in words what was not understood and left out."""

    query: QueryDict
    problems: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a free text of the query."""
        return self.query.get(name, "").strip()[:200]

    def one_of(self, name: str, allowed: Mapping[str, object]) -> str:
        """Return a value of the query that is among ``allowed``, else nothing, with a problem."""
        value = self.text(name)
        if value and value not in allowed:
            said = _("“%(value)s” is not a known %(filter)s; this filter is left out.")
            self.problems.append(said % {"value": value[:40], "filter": name})
            return ""
        return value

    def date(self, name: str) -> str:
        """Return a date of the query, of any precision; what is none is named and left out."""
        value = self.text(name)
        if value and not DATE.fullmatch(value):
            said = _("“%(value)s” is not a date; write 2021-12-31, 2021-12 or 2021.")
            self.problems.append(said % {"value": value[:40]})
            return ""
        return value

    def order(self, allowed: Collection[str], own: str = "") -> Order:
        """Return the column to sort by and whether downwards; the list's ``own`` where the address names none."""
        value = self.text("sort")
        if value and value.removeprefix("-") not in allowed:
            self.problems.append(
                _("The list can't be sorted by “%(column)s”; it is in its own order.") % {"column": value[:40]}
            )
            value = ""
        value = value or own
        return value.removeprefix("-"), value.startswith("-")

    def columns(self, allowed: Collection[str]) -> list[str]:
        """Return the columns that the address asks for, each once and in its order; nothing for the list's own."""
        asked = dict.fromkeys(name for name in self._columns().split(",") if name)
        if unknown := [name[:40] for name in asked if name not in allowed][:NAMED]:
            words = ngettext(
                "The list has no column %(columns)s; it is left out.",
                "The list has no columns %(columns)s; they are left out.", len(unknown),
            )  # fmt: skip
            self.problems.append(words % {"columns": listing([f"“{name}”" for name in unknown])})
        return [name for name in asked if name in allowed]

    def _columns(self) -> str:
        return ",".join(text.replace(" ", "") for text in self.query.getlist("columns"))[:LONGEST]

    def kept(self) -> dict[str, str]:
        """Return what the address says, each name once: a form sends the columns one by one, an address in one."""
        said = {name: str(value) for name, value in self.query.items() if value}
        return said | {"columns": self._columns()} if "columns" in said else said

    def with_(self, **changes: str) -> str:
        """Return the query of this list with some values changed, as the end of an address."""
        kept = self.kept() | changes
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept, safe=',')}" if kept else "?"


@dataclass(frozen=True, slots=True)
class Pages(Generic[Row]):
    """One page of a list, the links to its neighbours, and where in the list it stands."""

    rows: Sequence[Row]
    number: int
    count: int
    first: int
    last: int
    total: int
    before: str
    after: str


def page_of(rows: Sequence[Row], state: State) -> Pages[Row]:
    """Return the page that the query asks for; past either end, the nearest one there is."""
    count = max(1, -(-len(rows) // PAGE))
    asked = state.text("page") or "1"
    wanted = whole_number(asked, 8) or 0
    number = min(max(wanted, 1), count)
    if wanted != number:
        said = _("There is no page “%(asked)s”; this is page %(number)s of %(count)s.")
        state.problems.append(said % {"asked": asked, "number": number, "count": count})
    start = (number - 1) * PAGE
    shown = rows[start : start + PAGE]
    before = state.with_(page=str(number - 1)) if number > 1 else ""
    after = state.with_(page=str(number + 1)) if number < count else ""
    return Pages(shown, number, count, start + 1 if shown else 0, start + len(shown), len(rows), before, after)


def choices(options: Mapping[str, object], chosen: str) -> list[Choice]:
    """Return the options of a filter for its form."""
    return [Choice(value, str(label), value == chosen) for value, label in options.items()]


def orders(columns: Sequence[tuple[str, str]], order: Order) -> list[Choice]:
    """Return every order of ``(name, label)`` columns for a form, where headings can't be seen."""
    up, down = _("%(column)s, ascending"), _("%(column)s, descending")
    return [
        Choice(f"{sign}{name}", words % {"column": label}, (name, bool(sign)) == order)
        for name, label in columns
        for sign, words in (("", up), ("-", down))
    ]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: the link that sorts by it, and the order it is in now."""

    label: str
    link: str
    sorted: str
    numeric: bool = False


def headings(columns: Sequence[tuple[str, str, bool]], state: State, order: Order) -> list[Heading]:
    """Return headings for ``(name, label, numeric)`` columns; each sorts, upwards first and then downwards."""
    name_now, down_now = order
    found = []
    for name, label, numeric in columns:
        now = ("descending" if down_now else "ascending") if name == name_now else ""
        link = state.with_(sort=f"-{name}" if now == "ascending" else name, page="")
        found.append(Heading(label, link, now, numeric))
    return found
