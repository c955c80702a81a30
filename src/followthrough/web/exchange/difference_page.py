"""What an import would write, row by row and table by table, in words that say what stands now and what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from followthrough.packs.cells import Row, write
from followthrough.packs.columns import Column
from followthrough.packs.schema import TABLES
from followthrough.web.assessments.actions.imported_rounds import RatedRound
from followthrough.web.exchange.actions.spreadsheets import TAKEN
from followthrough.web.exchange.importing import Change, Difference

MOST_SHOWN = 100
"""Changes of one table that a page shows; the download has all of them."""
_QUIET = {"id", "checked", "check_note", "recorded", "withdrawn", "replaced_by", "reproducible", "confirmed"}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A value that is written: ``was`` is empty for a new row, or for what was not known."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row of a table that is added or changed: what it is called, and its values."""

    id: str
    verb: str
    title: str
    fields: list[ShownField]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The changes of one table."""

    name: str
    label: str
    added: int
    changed: int
    same: int
    changes: list[ShownChange]
    more: int


def labels() -> dict[str, str]:
    """Return what the tables are called on the screen."""
    return {
        "sources": _("Sources"),
        "claims": _("Evidence"),
        "claim_parties": _("Parties of the evidence"),
        "activities": _("Activities"),
        "activity_parties": _("Parties of the activities"),
        "series": _("Series of figures"),
        "observations": _("Figures"),
        "links": _("Links to commitments"),
        "ratings": _("Ratings"),
    }


def ratings_table(rated: RatedRound) -> ShownTable:
    """Return the cells of a round as a table of a difference; each is new."""
    shown = [
        ShownChange(
            f"{commitment.pk}/{party.pk}",
            "added",
            f"{commitment.pk.rpartition('/')[2]} {commitment.summary}, {party.short_name}",
            [ShownField(_("rating"), "", value or _("not rated"))]
            + ([ShownField(_("given by"), "", why)] if why else []),
        )
        for commitment, party, value, why in rated.cells[:MOST_SHOWN]
    ]
    count = len(rated.cells)
    return ShownTable("ratings", labels()["ratings"], count, 0, 0, shown, max(0, count - MOST_SHOWN))


def tables_of(what: Difference, names: Mapping[str, str]) -> list[ShownTable]:
    """Return the tables of a difference that hold anything; ``names`` are those of parties and commitments by id."""
    found = []
    for name in TAKEN:
        changes = [one for one in what.changes if one.table == name]
        same = what.unchanged.get(name, 0)
        if changes or same:
            shown = [shown_change(one, names) for one in changes[:MOST_SHOWN]]
            added = what.count(name, "added")
            found.append(
                ShownTable(
                    name, labels()[name], added, len(changes) - added, same, shown, max(0, len(changes) - MOST_SHOWN)
                )
            )
    return found


def shown_change(one: Change, names: Mapping[str, str]) -> ShownChange:
    """Return a change as a page shows it."""
    columns = {column.name: column for table in TABLES if table.name == one.table for column in table.columns}
    if one.verb == "added":
        told = {name: ("", value) for name, value in one.row.items() if name not in _QUIET}
    else:
        told = dict(one.fields)
    title = _title(one.row, names)
    shown = [
        ShownField(name.replace("_", " "), _text(columns[name], was, names) if one.verb == "changed" else "", now)
        for name, (was, value) in told.items()
        if (now := _text(columns[name], value, names)) != title or one.verb == "changed"
    ]
    return ShownChange(one.id, one.verb, title, [field for field in shown if field.was or field.now])


def _title(row: Row, names: Mapping[str, str]) -> str:
    for name in ("title", "statement", "rationale"):
        if row.get(name):
            return str(row[name])[:200]
    if "period" in row and "series" in row:
        area = str(row["area"])
        return f"{names.get(area, area)}, {row['period']}"
    return names.get(str(row.get("party", "")), str(row["id"]))


def _text(column: Column, value: Any, names: Mapping[str, str]) -> str:
    text = write(column, value)
    return names.get(text, text) if column.points_to else text
