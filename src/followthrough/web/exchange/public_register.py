"""The register as a stranger may have it: the rows of its data package without what is hidden."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from followthrough.packs.cells import Row, Value
from followthrough.packs.reading import Pack
from followthrough.packs.schema import TABLES, Table
from followthrough.web.accounts.record_registry import hidden, ids
from followthrough.web.assessments.models import PUBLISHED
from followthrough.web.assessments.policy import visible_assessments
from followthrough.web.exchange.pack_tables import MODELS, register_as_pack
from followthrough.web.exchange.reported_rows import READERS, Reach, reported_rows
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import (
    visible_asking,
    visible_confirmations,
    visible_cycles,
    visible_submissions,
)

KINDS = {
    "documents": "document", "provisions": "provision", "commitments": "commitment", "instruments": "instrument",
    "sources": "source", "claims": "claim", "activities": "activity", "targets": "target", "series": "series",
    "observations": "observation", "meetings": "meeting", "indicators": "indicator", "fund_figures": "figure",
    "conflicts": "conflict", "links": "link",
}  # fmt: skip
"""The tables whose rows are hidden by themselves; those of others go with what they point to."""
_NOTHING_WITHOUT = ("links", "conflict_sides", "confirmations")
"""The tables whose rows say nothing without what they point to."""


def public_pack() -> Pack:
    """Return the register as a pack without the rows that a stranger may not see, and without pointers to them.

    A link that was withdrawn is shown to nobody; who confirmed the others is told by nobody but the record.
    """
    pack, reach = register_as_pack(), _reach()
    rows: dict[str, list[Row]] = {}
    kept: dict[str, set[str]] = {}
    for table in TABLES:
        reported = table.name in READERS
        open_rows = [*reported_rows(table.name, reach).values()] if reported else _open(table, pack.rows[table.name])
        kept[table.name] = {str(row["id"]) for row in open_rows}
        rows[table.name] = open_rows
    while _without_dangling(rows, kept):
        pass
    for table_name in ("final_ratings", "coder_ratings"):
        rows[table_name] = [{**row, "claims": _seen(row["claims"], kept["claims"])} for row in rows[table_name]]
    if len(rows["documents"]) < len(pack.rows["documents"]):  # what the packs are called may tell of what is hidden
        return Pack("register", "A Followthrough register", "1.0.0", "", pack.licence, "", rows)
    return replace(pack, rows=rows)


def _reach() -> Reach:
    """Return which cycles, reports, versions, confirmations and rounds a stranger may see."""
    stranger = AnonymousUser()
    versions = visible_submissions(stranger).filter(published__isnull=False)
    told = Q(pk__in=ids(visible_asking(stranger))) | Q(pk__in=versions.order_by().values("report"))
    return Reach(
        visible_cycles(stranger), Report.objects.filter(told), versions, visible_confirmations(stranger),
        visible_assessments(stranger).filter(state=PUBLISHED),
    )  # fmt: skip


def _seen(claims: Value, kept: set[str]) -> Value:
    return [one for one in claims if one in kept] if isinstance(claims, list) else claims


def _open(table: Table, rows: list[Row]) -> list[Row]:
    kind = KINDS.get(table.name)
    gone = hidden(kind, AnonymousUser()) if kind else None
    if gone is None:
        return rows
    model = MODELS[table.name]
    closed = {str(key) for key in model._default_manager.filter(pk__in=gone).values_list("pk", flat=True)}
    found = [row for row in rows if str(row["id"]) not in closed]
    if table.name == "links":
        return [{**row, "confirmed_by": ""} for row in found if not row["withdrawn"]]
    return found


def _without_dangling(rows: dict[str, list[Row]], kept: dict[str, set[str]]) -> bool:
    """Take out rows that point to a row that went, or the pointer where none is needed; say whether any row went."""
    gone = False
    for table in TABLES:
        pointers = [column for column in table.columns if column.points_to]
        found = []
        for row in rows[table.name]:
            lost = [one for one in pointers if row[one.name] and str(row[one.name]) not in kept[one.points_to]]
            if any(one.required for one in lost) or (lost and table.name in _NOTHING_WITHOUT):
                kept[table.name].discard(str(row["id"]))
                gone = True
            else:
                found.append({**row, **{one.name: None for one in lost}} if lost else row)
        rows[table.name] = found
    return gone
