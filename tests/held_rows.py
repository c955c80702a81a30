"""Rows that the real importer wrote once, laid down again for every test that begins from them.

The first test that asks runs the importer; what it wrote into empty tables is read off and kept, in memory and on the
disk for later processes of the same state of the code. Whoever asks later gets those rows, of the same content, in the
same places. Where a table already holds something the importer runs again: only it knows what then belongs there.

Tests that begin from the same rows and follow one another share them: they lie in a transaction around those of the
tests (``Ground``), which is taken back when a test comes that begins from others.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from pytest_django import DjangoDbBlocker

from followthrough.web.audit.models import Head
from followthrough.web.audit.record import settle
from followthrough.web.search.index import catch_up
from made_registers import keep, kept

Held = dict[type[models.Model], list[Any]]
"""Rows by model, as the database at hand takes them back fastest: raw rows on SQLite, blocks of COPY on PostgreSQL."""
_held: dict[str, Held] = {}


class Ground:
    """The rows from which the next tests begin, in a transaction around theirs."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self.name = ""
        self._blocker = blocker
        self._block: transaction.Atomic | None = None

    def prepare(self, name: str) -> None:
        """Have the rows of ``name`` under the test that comes; where nobody kept them yet, nothing."""
        held = _held.get(name) or _from_disk(name)
        if name == self.name or not held:
            return
        self.leave()
        with self._blocker.unblock():
            self._block = transaction.atomic()
            self._block.__enter__()
            _lay(held)
            _checked()
        self.name = name

    def leave(self) -> None:
        """Take the rows back."""
        if self._block:
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._block.__exit__(None, None, None)
        self.name, self._block = "", None


grounds: list[Ground] = []
"""The one of this process, once a test has touched the database."""


def laid(name: str, write: Callable[[], object]) -> None:
    """Have in the database what ``write`` writes; under one ``name`` it must always write the same."""
    if any(ground.name == name for ground in grounds):
        return
    held = _held.get(name) or _from_disk(name)
    if held and not _filled(list(held)):
        with transaction.atomic():
            _lay(held)
        return
    tables = [model for model in apps.get_models(include_auto_created=True) if model is not Head]
    before = {model: _rows(model) for model in tables}
    with transaction.atomic():
        write()
        settle()
        catch_up()  # as after every commit that recorded an event
    analysed()
    touched = [model for model in tables if not before[model] or _rows(model) != before[model]]
    if held is None and not any(before[model] for model in touched):
        found: list[type[models.Model]] = [*touched, Head]
        _held[name] = {model: rows for model in found if (rows := _take(model))}
        keep(f"{name}-{connection.vendor}", {model._meta.label: rows for model, rows in _held[name].items()})


def _from_disk(name: str) -> Held | None:
    rows = kept(f"{name}-{connection.vendor}")
    if rows is not None:
        _held[name] = {apps.get_model(label): held for label, held in rows.items()}
    return _held.get(name)


def _lay(held: Held) -> None:
    Head.objects.all().delete()  # no event is there, so it says nothing yet
    for model, rows in held.items():
        _put(model, rows)
    for statement in connection.ops.sequence_reset_sql(no_style(), list(held)):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    analysed()


def analysed() -> None:
    """Gather statistics of rows that were written: without them PostgreSQL takes every table for a small one.

    Of this database's own tables: those that all databases of the server share would stay locked until these rows are
    taken back, and the other worker would wait for it at its next rows.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _checked() -> None:
    """Check the rows that were laid once, so that no test that stands on them does at its end."""
    if connection.vendor != "postgresql":
        connection.check_constraints()
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT DISTINCT quote_ident(conname) FROM pg_constraint WHERE condeferred")
        cursor.execute(f"SET CONSTRAINTS {', '.join(name for (name,) in cursor.fetchall())} DEFERRED")


def _take(model: type[models.Model]) -> list[Any]:
    table, columns = _names(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) TO STDOUT") as copy:
                return [bytes(block) for block in copy]
        # An expression has no declared type, so that values come as they lie in the file.
        cursor.execute(f"SELECT {', '.join(f'+{column}' for column in columns)} FROM {table}")  # noqa: S608 - our own names
        return list(cursor.fetchall())


def _put(model: type[models.Model], rows: list[Any]) -> None:
    table, columns = _names(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for block in rows:
                    copy.write(block)
            return
    places = ", ".join("?" * len(columns))
    with closing(connection.connection.cursor()) as raw:
        raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608 - our own names


def _names(model: type[models.Model]) -> tuple[str, list[str]]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), [quote(one.column) for one in model._meta.concrete_fields if one.column]


def _rows(model: type[models.Model]) -> list[Any]:
    return list(model._base_manager.order_by("pk").values_list())


def _filled(tables: list[type[models.Model]]) -> bool:
    tables = [model for model in tables if model is not Head]
    asks = " OR ".join(f"EXISTS (SELECT 1 FROM {_names(model)[0]})" for model in tables)  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asks}")
        return bool(cursor.fetchone()[0])
