"""A list whose state is its address: filters, order and page come from the query, and wrong values are named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict

from followthrough.web.kit.requests import whole_number

PAGE = 50
DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
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
            self.problems.append(f"“{value}” is not a known {name}; this filter is left out.")
            return ""
        return value

    def date(self, name: str) -> str:
        """Return a date of the query, of any precision; what is none is named and left out."""
        value = self.text(name)
        if value and not DATE.fullmatch(value):
            self.problems.append(f"“{value[:40]}” is not a date; write 2021-12-31, 2021-12 or 2021.")
            return ""
        return value

    def order(self, allowed: Sequence[str]) -> tuple[str, bool]:
        """Return the column to sort by and whether downwards; nothing for the list's own order."""
        value = self.text("sort")
        name, down = value.removeprefix("-"), value.startswith("-")
        if value and name not in allowed:
            self.problems.append(f"The list can't be sorted by “{value}”; it is in its own order.")
            return "", False
        return name, down

    def with_(self, **changes: str) -> str:
        """Return the query of this list with some values changed, as the end of an address."""
        kept = {name: value for name, value in self.query.items() if value}
        kept |= changes
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


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
        state.problems.append(f"There is no page “{asked}”; this is page {number} of {count}.")
    start = (number - 1) * PAGE
    shown = rows[start : start + PAGE]
    before = state.with_(page=str(number - 1)) if number > 1 else ""
    after = state.with_(page=str(number + 1)) if number < count else ""
    return Pages(shown, number, count, start + 1 if shown else 0, start + len(shown), len(rows), before, after)


def choices(options: Mapping[str, str], chosen: str) -> list[Choice]:
    """Return the options of a filter for its form."""
    return [Choice(value, label, value == chosen) for value, label in options.items()]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: the link that sorts by it, and the order it is in now."""

    label: str
    link: str
    sorted: str


def headings(columns: Sequence[tuple[str, str]], state: State, order: tuple[str, bool]) -> list[Heading]:
    """Return headings for ``(name, label)`` columns; one without a name does not sort."""
    name_now, down_now = order
    found = []
    for name, label in columns:
        now = ("descending" if down_now else "ascending") if name and name == name_now else ""
        link = state.with_(sort=f"-{name}" if now == "ascending" else name, page="") if name else ""
        found.append(Heading(label, link, now))
    return found
