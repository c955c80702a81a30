"""What a collection is: the door that its records come through, how they are chosen, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Count, Model, Q, QuerySet, Window
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict

from followthrough.web.accounts.policy import Actor
from followthrough.web.kit.errors import InvalidEntry
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


@dataclass(frozen=True, slots=True)
class Told:
    """A filter of a collection for what is worked out and stored nowhere.

    Attributes:
        name: its name in the address.
        about: what it asks for in words.
        values: what may be asked for.
        told: of each record its value, by its id, within what the filter ``within`` is asked for.
        within: the name of a filter without which this one would read the whole register; empty where it needs none.
    """

    name: str
    about: str
    values: tuple[str, ...]
    told: Callable[[str, Actor], Mapping[Any, str]]
    within: str = ""

    def keys(self, asked: Mapping[str, str], by: Actor) -> list[Any]:
        """Return the ids of the records that have the value. Raises ``InvalidEntry`` where ``within`` is not asked."""
        place = asked.get(self.within, "")
        if self.within and not place:
            raise InvalidEntry({self.name: _("is asked for together with “%(name)s”") % {"name": self.within}})
        return [key for key, value in self.told(place, by).items() if value == asked[self.name]]


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


SECTION = "The id of a section or paragraph: what is under it, at any depth."


def linked(subject: str) -> tuple[Filter, Filter, Filter]:
    """Return the filters for records that are linked to an agreement, to a section or to one place.

    A link counts as the public pages count it.
    """

    def within(scope: Scope) -> Q:
        # one list of ids: with two, of which either will do, PostgreSQL goes through all records
        by_commitment, by_provision = (links.values(f"{subject}_id") for links in scope.links(subject))
        return Q(pk__in=by_commitment.union(by_provision))

    return (
        Filter(
            "document", "The id of an agreement that it is linked to.",
            lambda value, by: within(Scope(value, by=by)),
        ),
        Filter(
            "about", "The id of a paragraph or commitment that it is linked to.",
            lambda value, by: within(Scope(places=(value,), by=by)),
        ),
        Filter("section", SECTION, lambda value, by: within(Scope(section=value, by=by))),
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
        told: its filters for what is worked out.
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
    told: tuple[Told, ...] = ()

    def chosen(self, by: Actor, asked: Mapping[str, str]) -> QuerySet[Record]:
        """Return the listed records that ``by`` may see and that pass the filters and the search of ``asked``.

        Raises ``InvalidEntry`` where a filter is asked without the one that it needs.
        """
        found = self.door(by).filter(self.listed)
        for one in self.filters:
            if value := asked.get(one.name):
                found = found.filter(one.where(value, by))
        for told in self.told:
            if asked.get(told.name):
                found = found.filter(pk__in=told.keys(asked, by))
        for word in asked.get("q", "").split()[:8]:
            found = found.filter(reduce(or_, (self._has(column, word) for column in self.words)))
        return found.order_by(*self._order(asked.get("sort", "")))

    def _has(self, column: str, word: str) -> Q:
        """Return the condition that a column has a word; what is beside the record is searched once, not for each."""
        beside, _, name = column.rpartition("__")
        if beside not in self.beside:
            return Q(**{f"{column}__icontains": word})
        return Q(**{f"{beside}__in": self.beside[beside].filter(**{f"{name}__icontains": word}).values("pk")})

    def page(self, chosen: QuerySet[Record], start: int, size: int, *, counted: bool) -> tuple[list[Any], int | None]:
        """Return the ids of ``size`` records from ``start`` on, in their order, and with ``counted`` how many pass.

        They are counted as they are looked for: where every text is looked through, to do it twice takes twice as long.
        The number is not known where the page is behind the last.
        """
        if not counted:
            return list(chosen.values_list("pk", flat=True)[start : start + size]), None
        found = list(chosen.annotate(passing=Window(Count("*"))).values_list("pk", "passing")[start : start + size])
        return [key for key, _ in found], found[0][1] if found else None

    def said_of(self, keys: Sequence[Any], by: Actor) -> list[Said]:
        """Return what is said of the records with these ids, in their order.

        They are asked for by their ids, found before: PostgreSQL reads all records where it is to find the ids itself.
        """
        place = {key: at for at, key in enumerate(keys)}
        found = self.said(self.door(by).filter(pk__in=list(keys)), by) if keys else []
        return sorted(found, key=lambda one: place[one["id"]])

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
