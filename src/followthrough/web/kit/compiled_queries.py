"""Querysets of plain rows that Django compiles once and not for every request.

Django takes longer to work out the SQL of such a query than the database takes to answer it. A function that returns a
queryset of ``values_list`` and is decorated with ``compiled`` is called once for each shape of its arguments; its SQL
is kept, and executed with the values of each call in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

Rows = list[Sequence[Any]]
KEPT = 64
"""Statements kept of each query; the one that was not used for longest is given up first."""


class Slot(str):
    """Stands in a queryset for a value of the call; ``place`` is its place among all values of the call."""

    def __new__(cls, place: int) -> Slot:
        """Return the slot with a text that no other slot of its query has."""
        slot = super().__new__(cls, f"slot {place}")
        slot.place = place
        return slot

    place: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Compiled SQL with its parameters, among them slots, and the converters of its columns."""

    sql: str
    params: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]

    def rows(self, values: Sequence[Any]) -> Rows:
        """Execute the statement with ``values`` in its slots."""
        params = [values[param.place] if isinstance(param, Slot) else param for param in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return list(self.compiler.apply_converters(found, self.converters)) if self.converters else found


def compiled(make: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Rows]:
    """Return a function that takes the arguments of ``make`` and returns the rows of its queryset.

    The values of sequences of strings and the parameters of ``RawSQL`` may differ from call to call; every other
    argument is part of the query and has to be hashable.
    """

    @lru_cache(maxsize=KEPT)
    def statement(_vendor: str, shape: tuple[Hashable, ...]) -> Statement:
        places = count()
        return _statement(make(*(_with_slots(one, places) for one in shape)))

    @wraps(make)
    def rows(*arguments: Any) -> Rows:
        shape, values = [], list[Any]()
        for one in arguments:
            kept, changing = _parts(one)
            shape.append(kept)
            values += changing
        return statement(connection.vendor, tuple(shape)).rows(values)

    return rows


@dataclass(frozen=True, slots=True)
class _Strings:
    length: int


@dataclass(frozen=True, slots=True)
class _Raw:
    sql: str
    length: int


def _parts(argument: Any) -> tuple[Hashable, Sequence[Any]]:
    """Return what of an argument belongs to the query, and the values that do not."""
    if isinstance(argument, RawSQL):
        return _Raw(argument.sql, len(argument.params)), list(argument.params)
    if isinstance(argument, list | tuple):
        return _Strings(len(argument)), argument
    return argument, ()


def _with_slots(kept: Hashable, places: Iterator[int]) -> Any:
    match kept:
        case _Strings(length):
            return [Slot(next(places)) for _ in range(length)]
        case _Raw(sql, length):
            return RawSQL(sql, tuple(Slot(next(places)) for _ in range(length)))  # noqa: S611 - the caller's own SQL
    return kept


def _statement(queryset: QuerySet[Any, Any]) -> Statement:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    return Statement(sql, tuple(params), compiler, converters)
