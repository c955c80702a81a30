"""A pack into the register: the difference first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from followthrough.errors import InputRefused, ManyRefused
from followthrough.packs.cells import Row
from followthrough.packs.reading import Pack as PackFiles
from followthrough.packs.schema import TABLES, Table
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Pack
from followthrough.web.audit.event_types import EventType, row_event
from followthrough.web.audit.record import record, record_all
from followthrough.web.exchange.actions.reported_rows import add_reported, change_reported, refused
from followthrough.web.exchange.pack_tables import MODELS, fields, insert, instance, rows_of
from followthrough.web.exchange.reported_rows import READERS

BATCH = 500
REPORTED = {
    ("cycles", "added"): EventType.CYCLE_ADDED, ("cycles", "changed"): EventType.CYCLE_CHANGED,
    ("report_versions", "added"): EventType.REPORT_ADDED, ("report_versions", "changed"): EventType.REPORT_PUBLISHED,
    ("confirmations", "added"): EventType.CHECK_ADDED, ("rounds", "added"): EventType.ASSESSMENT_IMPORTED,
    ("final_ratings", "added"): EventType.CELL_SETTLED, ("rating_replies", "added"): EventType.CELL_REPLIED,
}  # fmt: skip
"""The events of cycles and rounds; rows of their other tables are parts of these."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does to one row: ``fields`` maps each changed column to its old and new value."""

    table: str
    id: str
    verb: str
    row: Row
    fields: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What importing a pack would change; ``unchanged`` and ``left_alone`` count rows by table."""

    changes: tuple[Change, ...]
    unchanged: dict[str, int]
    left_alone: dict[str, int]

    def count(self, table: str, verb: str) -> int:
        """Return how many rows of ``table`` are to be ``added`` or ``changed``."""
        return sum(change.table == table and change.verb == verb for change in self.changes)


def difference(pack: PackFiles) -> Difference:
    """Compare ``pack`` with the register, row by row. Rows the pack does not hold are left alone."""
    return difference_of(pack.rows)


def difference_of(rows: Mapping[str, list[Row]], *, alone: bool = False) -> Difference:
    """Compare the rows of some tables with the register, as ``difference`` does.

    With ``alone`` nothing is read of the register but the rows that they would change, and none are counted as left.
    """
    changes: list[Change] = []
    unchanged: dict[str, int] = {}
    left: dict[str, int] = {}
    for table in TABLES:
        if table.name not in rows:
            continue
        held = rows_of(table, [str(row["id"]) for row in rows[table.name]] if alone else None)
        found = [_change(table, row, held.get(str(row["id"]))) for row in rows[table.name]]
        real = [change for change in found if change is not None]
        changes += real
        unchanged[table.name] = len(found) - len(real)
        left[table.name] = len(held.keys() - {str(row["id"]) for row in rows[table.name]})
    return Difference(tuple(changes), unchanged, left)


def _change(table: Table, row: Row, held: Row | None) -> Change | None:
    key = str(row["id"])
    if held is None:
        return Change(table.name, key, "added", row, {})
    differing = {name: (held[name], row[name]) for name in row if held[name] != row[name]}
    if not row.get("confirmed_by", True):
        differing.pop("confirmed_by", None)  # an export leaves out who has an account, and takes no name away here
    return Change(table.name, key, "changed", row, differing) if differing else None


def import_pack(pack: PackFiles, *, by: Actor, progress: Callable[[str], None] = lambda _: None) -> Difference:
    """Bring ``pack`` into the register, in one transaction with its audit events.

    ``progress`` is told the name of each table before it is written. Importing the same pack again changes nothing.
    Raises ``NotAllowed``; ``ManyRefused`` where a row would change what was sent, rated or said; ``django.db.Error``
    where the database refuses a row. Either way nothing is kept.
    """
    require(by, Permission.IMPORT)
    with transaction.atomic():
        what = difference(pack)
        if problems := refused_changes(what):
            raise ManyRefused(problems)
        apply_changes(what.changes, progress)
        _remember(pack)
        if what.changes:
            _audit(pack, what, name_of(by))
    return what


def refused_changes(what: Difference) -> list[InputRefused]:
    """Return what a difference would do to cycles and rounds and may not."""
    added: dict[str, list[Row]] = {}
    for one in what.changes:
        if one.verb == "added":
            added.setdefault(one.table, []).append(one.row)
    return refused(added, [(one.table, one.id, one.fields) for one in what.changes if one.verb == "changed"])


def apply_changes(changes: Sequence[Change], progress: Callable[[str], None] = lambda _: None) -> None:
    """Write changes in the order of the tables: called in the transaction that records them."""
    for table in TABLES:
        progress(table.name)
        _apply(table, [change for change in changes if change.table == table.name])


def _apply(table: Table, changes: list[Change]) -> None:
    if table.name in READERS:
        add_reported(table.name, _parents_first(table, [one.row for one in changes if one.verb == "added"]))
        change_reported(table.name, [(one.row, frozenset(one.fields)) for one in changes if one.verb == "changed"])
        return
    insert(table, _parents_first(table, [change.row for change in changes if change.verb == "added"]))
    changed = [change for change in changes if change.verb == "changed"]
    names = fields(table)
    columns = sorted({names[name].removesuffix("_id") for change in changed for name in change.fields})
    if changed:
        manager = MODELS[table.name]._default_manager
        manager.bulk_update([instance(table, change.row) for change in changed], columns, batch_size=BATCH)


def _parents_first(table: Table, rows: list[Row]) -> list[Row]:
    """Order rows that point within their own table, so that each comes after those it points to."""
    own = [column.name for column in table.columns if column.points_to == table.name]
    waiting = {row["id"]: row for row in rows} if own else {}
    ordered = [] if own else rows
    while waiting:
        ready = {
            key for key, row in waiting.items() if not any(row[name] in waiting and row[name] != key for name in own)
        }
        ordered += [row for key, row in waiting.items() if key in ready]
        waiting = {key: row for key, row in waiting.items() if key not in ready}
    return ordered


def _remember(pack: PackFiles) -> None:
    about = {
        "title": pack.title,
        "version": pack.version,
        "description": pack.description,
        "licence": pack.licence,
    }
    held = Pack.objects.filter(name=pack.name, digest=pack.digest, **about)
    if not held.exists():
        Pack.objects.update_or_create(
            name=pack.name, defaults={**about, "digest": pack.digest, "imported": timezone.now()}
        )


def _audit(pack: PackFiles, what: Difference, by: str) -> None:
    counts = {
        table.name: {verb: what.count(table.name, verb) for verb in ("added", "changed")}
        for table in TABLES
        if any(change.table == table.name for change in what.changes)
    }
    record(by, EventType.PACK_IMPORTED, "pack", pack.name, {"version": pack.version, "counts": counts})
    record_all(by, row_events(what.changes, {"pack": pack.name, "version": pack.version}))


def row_events(
    changes: Sequence[Change], about: Mapping[str, Any]
) -> Iterator[tuple[EventType, str, str, dict[str, Any]]]:
    """Yield the audit event of each changed row; ``about`` says what it was imported from."""
    singular = {name: model._meta.model_name or name for name, model in MODELS.items()}
    for change in changes:
        said = {**about, "changes": {k: list(v) for k, v in change.fields.items()}}
        if change.table in READERS:
            if event := REPORTED.get((change.table, change.verb)):
                yield event, event.partition(".")[0], change.id, said
        elif (change.table, change.verb) != ("figures", "added"):  # they are part of a vintage, which has its event
            yield row_event(singular[change.table], change.verb), singular[change.table], change.id, said
