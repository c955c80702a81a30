"""How records are hidden: the machinery on which ``policy.py`` of each app says who may see which of its records.

Each app registers, once its models are loaded, what is hidden with what: ``Part`` for records that belong to another
kind and are hidden with it, ``Reference`` for records that refer to a kind and hide it or show it. From these the SQL
of the hidden ids of a kind is written.

The functions ``visible_*`` leave out the few records that a person may not see, which costs the database less than
finding all that may be seen. Django takes longer to work such a condition out than the database takes to answer it, so
its SQL is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, Actor

Record = TypeVar("Record", bound=Model)


class Part(NamedTuple):
    """Records that belong to a record of another kind and are hidden with it.

    Attributes:
        model: the model of the records.
        column: the column that holds the id of the record they belong to.
        of: the kind of that record.
        id: the column that holds the id of what is hidden.
    """

    model: type[Model]
    column: str
    of: str
    id: str = "id"


class Reference(NamedTuple):
    """Records that refer to a kind: a hidden one hides it, unless a visible one refers to it too.

    Attributes:
        model: the model of the records.
        column: the column that holds the id of what they refer to.
        id: the column that holds the id by which they are hidden themselves.
        of: the kind of that id; empty where everybody sees the records.
        showing: a condition in SQL on ``one``, the record, without which it shows nothing.
    """

    model: type[Model]
    column: str
    id: str = "id"
    of: str = ""
    showing: str = ""


_ROOTS: dict[str, Callable[[Actor], QuerySet[Any]]] = {}
_PARTS: dict[str, list[Part]] = {}
_REFERENCES: dict[str, list[Reference]] = {}


def register_root(kind: str, hidden_records: Callable[[Actor], QuerySet[Any]]) -> None:
    """Register a kind whose hidden records are asked for by the roles of a person alone."""
    _ROOTS[kind] = hidden_records


def register_parts(kind: str, *parts: Part) -> None:
    """Register what the records of a kind belong to; each app adds its own parts."""
    _PARTS.setdefault(kind, []).extend(parts)


def register_references(kind: str, *references: Reference) -> None:
    """Register records that refer to a kind; each app adds its own."""
    _REFERENCES.setdefault(kind, []).extend(references)


def references_to(kind: str) -> tuple[Reference, ...]:
    """Return everything that was registered as referring to a kind."""
    return tuple(_REFERENCES.get(kind, ()))


def hidden(kind: str, by: Actor) -> RawSQL | None:
    """Return the ids of the records of a kind that ``by`` may not see, to stand in a query; nothing if they see all."""
    begun = hidden_together((kind,), by)
    if begun is None:
        return None
    return RawSQL(f"{begun.sql} SELECT id FROM {hidden_name(kind)}", begun.params)  # noqa: S608, S611 - written by Django


def hidden_together(kinds: tuple[str, ...], by: Actor) -> RawSQL | None:
    """Return the beginning of a query about the hidden records of several kinds; nothing if ``by`` sees all.

    The ids of each kind stand in the table ``hidden_name`` of it. What they have in common is worked out once: asked
    for kind by kind it takes PostgreSQL longer to plan than the rest of a search.
    """
    if by == SYSTEM or (isinstance(by, User) and by.is_active and by.is_superuser):
        return None
    known = isinstance(by, User) and by.is_active
    sql, params = _kept(kinds, known)
    filled = tuple(by.pk if known and not isinstance(by, str) and one == SOMEBODY else one for one in params)
    return RawSQL(sql, filled)  # noqa: S611 - written by Django, of no word that anybody typed


def hidden_name(kind: str) -> str:
    """Return the name of the table of the hidden ids of a kind, in a query that ``hidden_together`` begins."""
    return f"hidden_{kind}"


SOMEBODY = -1
"""Stands for the person in SQL that is kept for everybody who has an account."""


@cache
def _kept(kinds: tuple[str, ...], known: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and the parameters of what is hidden from a person with an account, or from the public.

    It is written step by step: nested in one another, as Django writes them, these conditions are too deep for SQLite
    to read and take PostgreSQL a fifth of a second to plan.
    """
    by: Actor = User(pk=SOMEBODY) if known else AnonymousUser()
    needed = _needed(kinds)
    steps = [_ROOTS[step](by) if step in _ROOTS else _step(step) for step in needed]
    written = [(step, ()) if isinstance(step, str) else ids(step).query.sql_with_params() for step in steps]
    named = ", ".join(
        f"{hidden_name(step)} (id) AS MATERIALIZED ({sql})" for step, (sql, _) in zip(needed, written, strict=True)
    )
    params = tuple(one for _, values in written for one in values)
    return f"WITH {named}", params


def ids(records: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return the ids of records, to stand in a query."""
    return records.order_by().values("pk")


def without_hidden(model: type[Record], kind: str, by: Actor, name: str = "pk") -> QuerySet[Record]:
    """Return the records of ``model`` without those whose ``name`` is the id of a ``kind`` that ``by`` may not see."""
    gone = hidden(kind, by)
    return model._default_manager.all() if gone is None else model._default_manager.exclude(**{f"{name}__in": gone})


def _needed(kinds: Iterable[str]) -> list[str]:
    """Return ``kinds`` and those that they are hidden by, each after those before it."""
    found: list[str] = []

    def visit(wanted: str) -> None:
        if wanted and wanted not in found:
            for entry in (*_PARTS.get(wanted, ()), *_REFERENCES.get(wanted, ())):
                visit(entry.of)
            found.append(wanted)

    for kind in kinds:
        visit(kind)
    return found


def _step(kind: str) -> str:
    """Write: the hidden records of a kind, from those of the kinds before it."""
    if kind in _PARTS:
        return " UNION ".join(_hidden_with(*part) for part in _PARTS[kind])
    return _hidden_by(_REFERENCES[kind])


def _hidden_with(model: type[Model], column: str, kind: str, wanted: str = "id") -> str:
    """Write: the records that belong to something hidden."""
    table = model._meta.db_table
    return f"SELECT {wanted} AS id FROM {table} WHERE {column} IN (SELECT id FROM {hidden_name(kind)})"  # noqa: S608


def _hidden_by(references: Iterable[Reference]) -> str:
    """Write: what something hidden refers to, and nothing that is seen."""
    hiding, showing = [], []
    for model, column, key, kind, condition in references:
        if kind:
            hiding.append(f"{_hidden_with(model, key, kind, column)} AND {column} IS NOT NULL")
        seen = f" AND one.{key} NOT IN (SELECT id FROM {hidden_name(kind)})" if kind else ""  # noqa: S608
        seen += f" AND {condition}" if condition else ""
        # few are held: NOT EXISTS lets PostgreSQL read all records that refer to anything, to compare them with these
        showing.append(f"(SELECT count(*) FROM {model._meta.db_table} one WHERE one.{column} = held.id{seen}) = 0")  # noqa: S608
    return f"SELECT id FROM ({' UNION '.join(hiding)}) held WHERE {' AND '.join(showing)}"  # noqa: S608
