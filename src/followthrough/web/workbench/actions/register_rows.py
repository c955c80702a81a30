"""The rows of the register that a step touches: kept as they were before it and after it, and put back from there."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db import models
from django.db.models import F, ProtectedError, QuerySet
from django.utils.translation import gettext

from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    DocumentParty,
    Instrument,
    InterpretiveNote,
)
from followthrough.web.audit.event_types import EventType, row_event
from followthrough.web.kit.errors import EditConflict

APART = 1_000_000
"""Added to positions while they are renumbered: no two commitments of a provision may hold one place."""

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[str, dict[str, Row]]
"""Rows by kind and id."""
Changes: TypeAlias = dict[str, dict[str, list[Row | None]]]
"""By kind and id, what stood before and what stands after; of a row that stays, the fields alone that differ."""
Event: TypeAlias = tuple[EventType, str, str, dict[str, Any]]

MODELS: dict[str, type[models.Model]] = {
    "document": Document,
    "signatory": DocumentParty,
    "instrument": Instrument,
    "commitment": Commitment,
    "note": InterpretiveNote,
    "citation": Citation,
}
"""In the order in which they are made; they are taken back in the other one."""


def rows_of(document: Document) -> Rows:
    """Return every row of the register that a step on the workbench of ``document`` may touch."""
    asked: dict[str, QuerySet[Any]] = {
        "document": Document.objects.filter(pk=document.pk),
        "signatory": DocumentParty.objects.filter(document=document),
        "instrument": Instrument.objects.all(),
        "commitment": Commitment.objects.filter(provision__document=document),
        "note": InterpretiveNote.objects.filter(commitment__provision__document=document),
        "citation": Citation.objects.filter(commitment__provision__document=document),
    }
    return {kind: {row["id"]: row for row in query.order_by("pk").values()} for kind, query in asked.items()}


def difference(before: Rows, after: Rows) -> Changes:
    """Return what differs between two states of the register."""
    changes: Changes = {}
    for kind in MODELS:
        for key in sorted(before[kind].keys() | after[kind].keys()):
            old, new = before[kind].get(key), after[kind].get(key)
            if old != new:
                changes.setdefault(kind, {})[key] = _narrowed(old, new)
    return changes


def _narrowed(old: Row | None, new: Row | None) -> list[Row | None]:
    if old is None or new is None:
        return [old, new]
    names = [name for name, value in new.items() if old[name] != value]
    return [{name: old[name] for name in names}, {name: new[name] for name in names}]


def put(document: Document, changes: Changes, *, back: bool) -> list[Event]:
    """Put the rows as they were before a step, or with ``back`` false as they were after it; return what happened.

    Raises ``EditConflict`` where one of them was changed since, or where something stands on a row that would go.
    """
    pairs = {
        kind: {key: (after, before) if back else (before, after) for key, (before, after) in by_key.items()}
        for kind, by_key in changes.items()
    }
    held = rows_of(document)
    touched = [(kind, key, now) for kind, of in pairs.items() for key, (now, _) in of.items()]
    moved = [f"{kind} {key}" for kind, key, now in touched if _moved(held, kind, key, now)]
    if moved:
        raise EditConflict(gettext("changed since: %(moved)s") % {"moved": ", ".join(moved[:5])})
    _remove(pairs)
    Commitment.objects.filter(pk__in=pairs.get("commitment", {})).update(position=F("position") + APART)
    for kind, model in MODELS.items():
        for key, (_, then) in pairs.get(kind, {}).items():
            if then is not None:
                _write(model, key, held[kind].get(key), then)
    return [_event(kind, key, now, then) for kind, of in pairs.items() for key, (now, then) in of.items()]


def _moved(held: Rows, kind: str, key: str, now: Row | None) -> bool:
    """Whether a row does not stand as the step left it."""
    row = held[kind].get(key)
    if row is None or now is None:
        return row is not now
    return any(row[name] != value for name, value in now.items())


def _remove(pairs: dict[str, dict[str, tuple[Row | None, Row | None]]]) -> None:
    for kind, model in reversed(MODELS.items()):
        gone = [key for key, (_, then) in pairs.get(kind, {}).items() if then is None]
        try:
            model._default_manager.filter(pk__in=gone).delete()
        except ProtectedError as error:
            on_it = ", ".join(sorted({str(one._meta.verbose_name) for one in error.protected_objects}))
            what = f"{on_it} that others entered since stand on it: take the agreement off the site instead"
            raise EditConflict(what) from None


def _write(model: type[models.Model], key: str, row: Row | None, then: Row) -> None:
    if row is None:
        model._default_manager.create(**then)
        return
    # A commitment that was moved out of the way goes back to its place, also where the step left it there.
    place = {"position": row["position"]} if model is Commitment else {}
    model._default_manager.filter(pk=key).update(**{**place, **then})


def _event(kind: str, key: str, now: Row | None, then: Row | None) -> Event:
    if now is None or then is None:
        return (row_event(kind, "removed" if then is None else "put_back"), kind, key, {})
    return (
        row_event(kind, "changed"),
        kind,
        key,
        {"changes": {name: [now[name], value] for name, value in then.items()}},
    )
