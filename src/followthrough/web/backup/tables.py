"""The tables of a register as lines that either database can take: of whatever form the database has.

Models come from the migrations that a database has applied, and not from today's code: a backup is restored into the
form that it was taken from, and brought up to date afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import JSONField, Value

from followthrough.errors import InputRefused
from followthrough.web.backup.known_migrations import unknown

LEFT_OUT = {
    "sessions.session",  # people sign in again
    "usersessions.usersession",
    "limits.count",
    "accounts.cacheentry",  # which codes of an app were used in the last minutes
    "search.entry",  # made anew
    "search.upto",
    "search.word",
}
"""Tables that no backup holds; a register with rows in them alone is empty."""
GIVEN = {"audit.head", "contenttypes.contenttype", "auth.permission", "sites.site"}
"""Tables in which a register that nobody used has rows, which migrations made."""
BATCH = 500

Model = type[models.Model]


def migrations_of(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Return what the database has applied. Raises ``InputRefused`` where this version does not know all of it."""
    applied = list(loader.applied_migrations)
    refuse_unknown("the register", loader, applied)
    return applied


def refuse_unknown(name: str, loader: MigrationLoader, applied: Iterable[tuple[str, str]]) -> None:
    """Raise ``InputRefused`` where ``applied`` has a migration that this version does not know."""
    if later := unknown(loader, applied):
        app, migration = later[0]
        what = f"is of a later version of Followthrough (it has {app} {migration})"
        raise InputRefused(name, what, "use that version, or a later one")


def tables(loader: MigrationLoader, applied: Iterable[tuple[str, str]]) -> list[Model]:
    """Return the models of a database with these migrations, those that are kept, by the names of their tables."""
    nodes = [node for node in applied if node in loader.graph.nodes]
    state = loader.project_state(nodes) if nodes else None
    found = state.apps.get_models(include_auto_created=True) if state else []
    kept = [one for one in found if one._meta.managed and not one._meta.proxy and one._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda one: one._meta.db_table)


def ours(model: Model) -> bool:
    """Say whether a table is one that people fill."""
    if model._meta.label_lower in GIVEN:
        return False
    return apps.get_app_config(model._meta.app_label).name.startswith("followthrough.")


def lines(model: Model) -> Iterator[bytes]:
    """Yield the names of a table's columns, and then its rows by key, each as a line of JSON."""
    fields = _fields(model)
    yield _line([field.attname for field in fields])
    rows: Any = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=2_000):
        yield _line([_written(field, value) for field, value in zip(fields, row, strict=True)])


def load(model: Model, part: Iterable[bytes]) -> int:
    """Write the rows of ``lines`` into an empty table as they are; returns how many."""
    source = iter(part)
    names = json.loads(next(source))
    fields = {field.attname: field for field in _fields(model)}
    if names != list(fields):
        raise ValueError(f"the table {model._meta.db_table} has other columns")
    batch: list[models.Model] = []
    count = 0
    size = min(BATCH, connection.ops.bulk_batch_size(list(fields.values()), range(BATCH)))
    for line in source:
        values = zip(fields.items(), json.loads(line), strict=True)
        batch.append(model(**{name: _read(field, value) for (name, field), value in values}))
        count += 1
        if len(batch) == size:
            _insert(model, batch)
            batch = []
    _insert(model, batch)
    return count


def _insert(model: Model, batch: list[models.Model]) -> None:
    """Insert rows without what a model does on saving, such as setting the time."""
    if batch:
        manager: Any = model._base_manager
        manager._insert(batch, fields=_fields(model), using=connection.alias, raw=True)


def _fields(model: Model) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _line(cells: list[Any]) -> bytes:
    return json.dumps(cells, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _written(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, JSONField) or type(value) in (str, int, bool, float):
        return value
    return field.value_to_string(SimpleNamespace(**{field.attname: value}))


def _read(field: Any, value: Any) -> Any:
    if isinstance(field, JSONField):
        return Value(None, JSONField()) if value is None and not field.null else value
    return None if value is None else field.to_python(value)
