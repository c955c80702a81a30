"""Rows of a spreadsheet laid onto those that the register holds: an empty cell changes nothing, nor does a guess."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from followthrough.packs.cells import Row, empty
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import Actor, may, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.exchange.pack_tables import rows_of

KEPT = {
    "sources": None,
    "links": None,
    "series": None,
    "observations": ("recorded",),
    "activities": ("kind", "checked", "check_note", "recorded", "withdrawn", "replaced_by"),
    "claims": ("kind", "stance", "reproducible", "checked", "check_note", "recorded", "withdrawn", "replaced_by"),
}
"""The columns of rows that are held already which no sheet of activities or evidence says; all of them for ``None``."""
UNSAID = {"activities": {"state": "unknown"}}
"""Values that stand for an empty cell."""


def onto_register(rows: Mapping[str, list[Row]], document: Document, *, by: Actor) -> dict[str, list[Row]]:
    """Return rows as they would stand in the register; a link is confirmed by ``by`` where they may confirm it."""
    confirms = may(by, Permission.CONFIRM, document)
    done: dict[str, list[Row]] = {}
    for table in TABLES:
        given = rows.get(table.name)
        if not given:
            continue
        held = rows_of(table)
        if table.name == "observations":
            given = [_beside(row, held) for row in given]
        nothing = {column.name: empty(column) for column in table.columns}
        nothing |= UNSAID.get(table.name, {})
        done[table.name] = [
            _merged(row, held[str(row["id"])], table.name, nothing)
            if str(row["id"]) in held
            else _signed(row, name_of(by) if confirms else "")
            if table.name == "links"
            else row
            for row in given
        ]
    return done


def _beside(row: Row, held: Mapping[str, Row]) -> Row:
    """Return a figure as it stands beside one of another source: equal ones are one, others stand side by side."""
    before = held.get(str(row["id"]))
    if before is None or before["source"] == row["source"]:
        return row
    if before["value"] == row["value"]:
        return before
    return {**row, "id": f"{row['id']}/{row['source']}"}


def _merged(row: Row, held: Row, table: str, nothing: Row) -> Row:
    kept = KEPT.get(table, ())
    if kept is None:
        return held
    return {name: held[name] if name in kept or value == nothing[name] else value for name, value in row.items()}


def _signed(row: Row, by: str) -> Row:
    sure = bool(row["confirmed"]) and bool(by)
    today = timezone.localdate().isoformat()
    return {**row, "confirmed": today if sure else "", "confirmed_by": by if sure else ""}
