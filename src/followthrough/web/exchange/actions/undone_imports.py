"""An import of a spreadsheet is taken back in one step: what it added goes, what it changed is as it was before.

Nothing is done where somebody changed one of its rows since, or where something stands on a row that would go; those
rows are named. A source that others use by now stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.packs.cells import Row, plain
from followthrough.packs.schema import TABLES, Table
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.assessments.actions.imported_rounds import remove_imported
from followthrough.web.audit.event_types import EventType, row_event
from followthrough.web.audit.record import record, record_all
from followthrough.web.exchange.importing import Change, apply_changes, row_events
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.pack_tables import MODELS, rows_of
from followthrough.web.exchange.policy import visible_uploads
from followthrough.web.kit.errors import EditConflict

MOST_NAMED = 20
ROUND = "assessments"
"""What stands for the table of a round of ratings, which is none of a pack."""
_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Written:
    """A row as an import wrote it: ``now`` its cells, ``before`` the cells that it changed, as they were.

    Cells are as JSON holds them: a decimal is its text, everything else is what a pack holds.
    """

    table: Table
    id: str
    added: bool
    now: dict[str, Any]
    before: dict[str, Any]


def written_by(changes: Iterable[Change], round_: str = "") -> list[list[Any]]:
    """Return what an import wrote in the form that an upload keeps: table, id, verb, cells now, cells before.

    ``round_`` is the id of the round of ratings that it brought.
    """
    rows: list[list[Any]] = [[ROUND, round_, "added", {}, {}]] if round_ else []
    return rows + [
        [one.table, one.id, one.verb, _kept(one.row), _kept({name: was for name, (was, _) in one.fields.items()})]
        for one in changes
    ]


def undo_import(upload: SpreadsheetUpload, *, by: Actor) -> int:
    """Take back what the import of ``upload`` wrote, which waits again from then on; returns how many rows it was.

    Raises ``NotAllowed``; ``EditConflict``, whose ``stored`` names the rows, where one was changed since or is in use,
    or where there is nothing to take back.
    """
    require(by, Permission.ENTER, upload.document)
    with transaction.atomic():
        held = visible_uploads(by).select_for_update(of=("self",), no_key=True).filter(pk=upload.pk).first()
        if held is None:
            raise NotAllowed(_("There is no such spreadsheet, or it is not yours."))
        if not held.imported or not held.written:
            raise EditConflict(_("There is no import of this spreadsheet that could be taken back."))
        written = [
            Written(_BY_NAME[name], key, verb == "added", *cells)
            for name, key, verb, *cells in held.written
            if name != ROUND
        ]
        _lock(written)
        _refuse(written)
        kept = _in_use(written)
        if problems := [_named(one) for one in written if one.added and one.id in kept and one.table.name != "sources"]:
            raise EditConflict(
                _("Something else stands on these rows by now. Nothing was taken back."), stored=problems
            )
        for name, key, *_rest in held.written:
            if name == ROUND:
                remove_imported(key, by=by)
        events = list(_put_back([one for one in written if one.id not in kept], held))
        held.imported, held.undone, held.written = None, timezone.now(), []
        held.choices = {name: value for name, value in held.choices.items() if name != "counts"}
        held.revision += 1
        held.save(update_fields=["imported", "undone", "written", "choices", "revision"])
        about = {"name": held.name, "sha256": held.sha256, "rows": len(events), "kept": sorted(kept)}
        record(name_of(by), EventType.SPREADSHEET_UNDONE, "spreadsheet", str(held.pk), about)
        record_all(name_of(by), events)
    return len(events)


def _lock(written: Sequence[Written]) -> None:
    for table in TABLES:
        keys = [one.id for one in written if one.table is table]
        if keys:
            held = MODELS[table.name]._base_manager.select_for_update(of=("self",), no_key=True)
            list(held.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def _refuse(written: Sequence[Written]) -> None:
    """Raise ``EditConflict`` for the rows that are not as the import left them."""
    changed: list[tuple[str, str]] = []
    for table in TABLES:
        mine = [one for one in written if one.table is table]
        held = rows_of(table, [one.id for one in mine]) if mine else {}
        changed += [_named(one) for one in mine if _kept(held.get(one.id, {})) != one.now]
    if changed:
        raise EditConflict(
            _("Somebody changed these rows since the import. Nothing was taken back."), stored=changed[:MOST_NAMED]
        )


def _kept(row: Row) -> dict[str, Any]:
    """Return cells as JSON holds them."""
    return {name: plain(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _named(one: Written) -> tuple[str, str]:
    says = next((one.now[name] for name in ("title", "statement", "rationale", "party") if one.now.get(name)), "")
    return one.id, says[:200]


def _in_use(written: Sequence[Written]) -> set[str]:
    """Return the ids of added rows to which rows point that this import did not add."""
    mine: dict[type[models.Model], set[str]] = {}
    for one in written:
        if one.added:
            mine.setdefault(MODELS[one.table.name], set()).add(one.id)
    used: set[str] = set()
    for model, keys in mine.items():
        for relation in model._meta.related_objects:
            name, other = relation.field.attname, relation.related_model
            pointing = other._base_manager.filter(**{f"{name}__in": keys}).exclude(pk__in=mine.get(other, ()))
            used |= set(pointing.values_list(name, flat=True))
    return used


def _put_back(
    written: Sequence[Written], upload: SpreadsheetUpload
) -> Iterator[tuple[EventType, str, str, dict[str, Any]]]:
    """Write the rows as they were and delete those that were not there; yield what is recorded of each."""
    about = {"spreadsheet": upload.name, "sha256": upload.sha256, "undone": True}
    changes = [_back(one) for one in written if not one.added]
    for table in reversed(TABLES):
        if table.name not in MODELS:
            continue  # no spreadsheet writes it
        model = MODELS[table.name]
        gone = {one.id: one.now for one in written if one.added and one.table is table}
        model._base_manager.filter(pk__in=gone).delete()
        kind = model._meta.model_name or table.name
        for key, now in gone.items():
            yield row_event(kind, "removed"), kind, key, {**about, "was": {k: v for k, v in now.items() if v}}
    apply_changes(changes)
    yield from row_events(changes, about)


def _back(one: Written) -> Change:
    """Return the change that makes a row what it was before its import."""
    decimals = {column.name for column in one.table.columns if column.kind == "decimal"}

    def value(name: str, kept: Any) -> Any:
        return Decimal(kept) if name in decimals and kept is not None else kept

    row: Row = {name: value(name, one.before.get(name, kept)) for name, kept in one.now.items()}
    fields = {name: (value(name, one.now[name]), value(name, kept)) for name, kept in one.before.items()}
    return Change(one.table.name, one.id, "changed", row, fields)
