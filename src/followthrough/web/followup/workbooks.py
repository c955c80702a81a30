"""Workbooks that came back: how their cells are kept, and what they would change as things stand now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.io import child_process
from followthrough.spreadsheets.grid import EMPTY, Cell, Sheet, grid_of
from followthrough.spreadsheets.row_form import RowForm
from followthrough.spreadsheets.row_form_plan import FormPlan, Versions, plan
from followthrough.spreadsheets.row_form_reading import find_table
from followthrough.web.agreements.models import Party
from followthrough.web.followup.models import Cycle, Workbook
from followthrough.web.followup.record_form import record_form, record_instructions, record_versions
from followthrough.web.followup.report_form import report_instructions, report_versions, reports_form
from followthrough.web.followup.signed_links import Voice

MOST_LETTERS = 4_000_000
"""Letters of a table that is kept: five hundred rows of eight long answers."""


@dataclass(frozen=True, slots=True)
class WorkbookKind:
    """One kind of workbook: its form, its instructions, and what its rows said in earlier versions."""

    form: Callable[[Cycle, Party, Voice], RowForm]
    instructions: Callable[[Cycle, Party], list[str]]
    versions: Callable[[Cycle, Party, Iterable[tuple[str, int]]], Versions]


KINDS = {
    "reports": WorkbookKind(
        lambda cycle, party, voice: reports_form(cycle, party, voice.reader), report_instructions, report_versions
    ),
    "record": WorkbookKind(record_form, record_instructions, record_versions),
}


def own_headings() -> tuple[str, str]:
    """Return the headings of the two columns by which rows are found again."""
    return _("Id: do not change"), _("Version: do not change")


def sheet_of_file(name: str, data: bytes, form: RowForm) -> Sheet:
    """Return the sheet of a file that holds the table of ``form``. Raises ``InputRefused``."""
    sheets = grid_of(name, data, child_process.WEB)
    table = find_table(name, sheets, form, own_headings())
    sheet = next(one for one in sheets if one.name == table.sheet and not one.hidden)
    if sum(len(cell.text) for row in sheet.rows for cell in row) > MOST_LETTERS:
        raise InputRefused(name, _("holds more text than can be taken at once"), _("send its rows in two files"))
    return sheet


def stored(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as it is kept."""
    rows = [[_stored_cell(cell) for cell in row] for row in sheet.rows]
    return {"name": sheet.name, "rows": rows, "hidden": list(sheet.hidden_rows), "notes": list(sheet.notes)}


def _stored_cell(cell: Cell) -> list[Any]:
    if not cell.text and not cell.formula:
        return []
    return [cell.text, cell.kind, int(cell.formula), int(cell.merged_from is not None)]


def sheet_of(held: Workbook) -> Sheet:
    """Return the sheet of a workbook that is kept."""
    kept = held.cells
    rows = tuple(tuple(_cell(cell) for cell in row) for row in kept.get("rows", ()))
    return Sheet(kept.get("name", ""), False, rows, tuple(kept.get("hidden", ())), notes=tuple(kept.get("notes", ())))


def _cell(kept: list[Any]) -> Cell:
    if not kept:
        return EMPTY
    text, kind, formula, merged = kept
    return Cell(text, kind, merged_from=(0, 0) if merged else None, formula=bool(formula))


def plan_of(held: Workbook, by: Voice) -> FormPlan:
    """Return what a workbook would change as things stand now. Raises ``InputRefused`` where nothing is kept of it."""
    kind = KINDS[held.of]
    form = kind.form(held.cycle, held.party, by)
    table = find_table(held.name, [sheet_of(held)], form, own_headings())
    return plan(form, table, kind.versions(held.cycle, held.party, table.versions(form)))


def plan_stamp(found: FormPlan) -> str:
    """Return the stamp of a difference: another one where what is saved changed since it was shown."""
    told = [(one.key, one.before, one.now, one.typed) for one in found.changes]
    told += [(one.cell, one.what, "", "") for one in found.refused]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
