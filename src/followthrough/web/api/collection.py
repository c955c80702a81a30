"""What a collection is: the door that its records come through, how they are chosen, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from ninja import Schema
from pydantic import ConfigDict

from followthrough.web.accounts.policy import Actor
from followthrough.web.links.scope import Scope

Record = TypeVar("Record", bound=Model)
Said = dict[str, Any]
"""A record as the API says it."""
Build = Callable[[Sequence[Any], Actor], list[Said]]


class Row(Schema):
    """A record of a collection: these fields and no others."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a collection: its name in the address, what it asks for in words, and the condition of a value."""

    name: str
    about: str
    where: Callable[[str, Actor], Q]


def equal(name: str, about: str, column: str = "") -> Filter:
    """Return the filter for records whose ``column`` is the value."""
    return Filter(name, about, lambda value, _by: Q(**{column or name: value}))


def begins(name: str, about: str, column: str) -> Filter:
    """Return the filter for records whose date or id begins with the value: ``2021``, ``2021-05``."""
    return Filter(name, about, lambda value, _by: Q(**{f"{column}__startswith": value}))


def since(name: str, about: str, column: str) -> Filter:
    """Return the filter for records whose date is the value or later; a shorter value is the first day of it."""
    return Filter(name, about, lambda value, _by: Q(**{f"{column}__gte": value}))


NEWLY = since("recorded_since", "Recorded in this register on this day or later: 2026, 2026-05-31.", "recorded")


def yes_or_no(name: str, about: str, condition: Q) -> Filter:
    """Return the filter that takes ``yes`` or ``no``; another value finds nothing."""
    nothing = Q(pk__in=[])
    return Filter(name, about, lambda value, _by: {"yes": condition, "no": ~condition}.get(value, nothing))


def linked(subject: str) -> tuple[Filter, Filter]:
    """Return the filters for records that are linked to an agreement, or to one place, as the public pages count it."""

    def within(scope: Scope) -> Q:
        by_commitment, by_provision = (links.values(f"{subject}_id") for links in scope.links(subject))
        return Q(pk__in=by_commitment) | Q(pk__in=by_provision)

    return (
        Filter(
            "document", "The id of an agreement that it is linked to.",
            lambda value, by: within(Scope(value, by=by)),
        ),
        Filter(
            "about", "The id of a paragraph or commitment that it is linked to.",
            lambda value, by: within(Scope(places=(value,), by=by)),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Collection(Generic[Record]):
    """A collection: its records are reached by its door alone, and said as the pages and their JSON say them.

    Attributes:
        name: its name in addresses.
        one: what one of its records is called.
        about: what it holds, for its readers.
        row: the fields of a record.
        door: what returns the records that somebody may see.
        cells: the columns that one query reads of each.
        build: makes of these cells, and of who asks, what is said of each record, in their order.
        listed: which of them the list has; the others have their address alone.
        words: the columns that a search looks through.
        sorts: the orders that may be asked for, each with its column; without one they stand by their id.
        key: the kind of an id: ``path`` for one that may hold a slash, ``id`` for a number.
        beside: the records that columns of ``words`` are of, by the name of what refers to them.
    """

    name: str
    one: str
    about: str
    row: type[Row]
    door: Callable[[Actor], QuerySet[Record]]
    cells: tuple[str, ...]
    build: Build
    filters: tuple[Filter, ...] = ()
    listed: Q = field(default_factory=Q)
    words: tuple[str, ...] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    key: str = "path"
    beside: Mapping[str, QuerySet[Any]] = field(default_factory=dict)

    def chosen(self, by: Actor, asked: Mapping[str, str]) -> QuerySet[Record]:
        """Return the listed records that ``by`` may see and that pass the filters and the search of ``asked``."""
        found = self.door(by).filter(self.listed)
        for one in self.filters:
            if value := asked.get(one.name):
                found = found.filter(one.where(value, by))
        for word in asked.get("q", "").split()[:8]:
            found = found.filter(reduce(or_, (self._has(column, word) for column in self.words)))
        return found.order_by(*self._order(asked.get("sort", "")))

    def _has(self, column: str, word: str) -> Q:
        """Return the condition that a column has a word; what is beside the record is searched once, not for each."""
        beside, _, name = column.rpartition("__")
        if beside not in self.beside:
            return Q(**{f"{column}__icontains": word})
        return Q(**{f"{beside}__in": self.beside[beside].filter(**{f"{name}__icontains": word}).values("pk")})

    def page(self, chosen: QuerySet[Record], start: int, size: int, by: Actor) -> list[Said]:
        """Return what is said of ``size`` records from ``start`` on, in their order.

        They are chosen by their ids alone: to sort what is said of all takes the databases longer.
        """
        keys = chosen.values("pk")[start : start + size]
        return self.said(self.door(by).filter(pk__in=keys).order_by(*chosen.query.order_by), by)

    def _order(self, asked: str) -> tuple[str, ...]:
        column = self.sorts.get(asked.removeprefix("-"))
        return (f"{'-' * asked.startswith('-')}{column}", "pk") if column else ("pk",)

    def said(self, records: QuerySet[Record], by: Actor) -> list[Said]:
        """Return what is said of ``records``, which came through the door."""
        return self.build(list(records.values_list(*self.cells)), by)

    def one_said(self, key: str | int, by: Actor) -> Said | None:
        """Return what is said of one record; nothing where ``by`` sees none."""
        found = self.said(self.door(by).filter(pk=key), by)
        return found[0] if found else None


def plain_rows(names: Sequence[str], blank: frozenset[str] = frozenset()) -> Build:
    """Return what says records by the ``names`` of their cells, in order; an empty cell of ``blank`` is null."""

    def build(cells: Sequence[Any], _by: Actor) -> list[Said]:
        return [
            {name: (cell or None) if name in blank else cell for name, cell in zip(names, row, strict=True)}
            for row in cells
        ]

    return build
