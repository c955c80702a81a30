"""What a workbook that came back would change, cell by cell: written as shown, asked about, or refused by row.

Three states are compared: what the record said when the workbook was taken, what it says now, and what the file says. A
cell that only the file changed is a change; one that both changed is a conflict, and somebody decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from followthrough.io.xlsx import NO_RESULT
from followthrough.spreadsheets.grid import Cell
from followthrough.spreadsheets.row_form import (
    ID,
    VERSION,
    ColumnKind,
    FormColumn,
    FormRow,
    RowForm,
    plain_text,
    read_cell,
    same,
    shown,
)
from followthrough.spreadsheets.row_form_reading import FormTable, TableRow

Versions = Mapping[tuple[str, int], Mapping[str, str]]
"""What records said in earlier versions, by id and version."""
_AS_IT_CAME = "leave the id and the version as they came"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of which the file says something else: what it said ``before``, says ``now``, and is to say.

    It is a ``conflict`` where somebody else changed it since the workbook was taken.
    """

    row: FormRow
    number: int
    cell: str
    column: FormColumn
    before: str
    now: str
    typed: str
    conflict: bool

    @property
    def key(self) -> str:
        """The name of the decision about it."""
        return f"{self.row.id}/{self.column.key}"

    @property
    def shown(self) -> tuple[str, str, str]:
        """What it said before, says now and is to say, as people read it."""
        return (shown(self.column, self.before), shown(self.column, self.now), shown(self.column, self.typed))


@dataclass(frozen=True, slots=True)
class FixedCell:
    """A locked cell that was changed: it stays as it is."""

    number: int
    cell: str
    heading: str
    stays: str
    typed: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be taken, and with it its row: what is wrong, and what to do."""

    number: int
    cell: str
    heading: str
    what: str
    do: str


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What a file would change; nothing where a row is refused. ``read`` is how many rows it has."""

    read: int
    changes: tuple[CellChange, ...] = ()
    refused: tuple[Refusal, ...] = ()
    fixed: tuple[FixedCell, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[CellChange, ...]:
        """The changes about which somebody decides."""
        return tuple(one for one in self.changes if one.conflict)

    @property
    def changed_rows(self) -> int:
        """How many rows say something else."""
        return len({one.row.id for one in self.changes})

    @property
    def refused_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({one.number for one in self.refused})

    def values(self, from_file: Collection[str]) -> dict[str, dict[str, str]]:
        """Return the values of the rows that change, by id; of conflicts, those whose key is in ``from_file``."""
        found: dict[str, dict[str, str]] = {}
        for one in self.changes if not self.refused else ():
            if not one.conflict or one.key in from_file:
                found.setdefault(one.row.id, dict(one.row.values))[one.column.key] = one.typed
        return found


def plan(form: RowForm, table: FormTable, versions: Versions) -> FormPlan:
    """Return what ``table`` would change in the records of ``form``; ``versions`` is what earlier ones said."""
    often = Counter(row.id.text for row in table.rows)
    by_id = {one.id: one for one in form.rows}
    whole = FormPlan(len(table.rows), told=table.told)
    for row in table.rows:
        held = by_id.get(row.id.text)
        if said := _misfit(form, row, held, often):
            key = VERSION if said.startswith("its version") else ID
            whole = _with(whole, refused=(_refusal(table, row, key, said, _AS_IT_CAME),))
        elif held is not None:
            whole = _read_row(form, table, row, held, versions, whole)
    return whole


def _with(
    one: FormPlan,
    changes: tuple[CellChange, ...] = (),
    refused: tuple[Refusal, ...] = (),
    fixed: tuple[FixedCell, ...] = (),
) -> FormPlan:
    return replace(one, changes=one.changes + changes, refused=one.refused + refused, fixed=one.fixed + fixed)


def _refusal(table: FormTable, row: TableRow, key: str, what: str, do: str) -> Refusal:
    return Refusal(row.number, table.cell(row, key), table.headings[key], what, do)


def _misfit(form: RowForm, row: TableRow, held: FormRow | None, often: Counter[str]) -> str:
    """Return why a row is none of this workbook, or nothing."""
    named = f"“{row.id.text[:40]}”"
    if not row.id.text:
        return "the row has no id"
    if row.id.formula or row.stamp.formula:
        return "its id or version is a formula"
    if held is None:
        return f"{named} is no id of this workbook"
    if often[row.id.text] > 1:
        return f"the id {named} stands in {often[row.id.text]} rows"
    return _mixed_up(form, row, held)


def _mixed_up(form: RowForm, row: TableRow, held: FormRow) -> str:
    """Return why a row is put together of two, or nothing."""
    if form.version_of(held, row.stamp.text) is None:
        return "its version is not one of this row"
    for column in form.columns:
        typed = row.cells.get(column.key)
        if column.kind is ColumnKind.FIXED and typed and _anothers(form, column, held, typed.text):
            return f"it has the id of “{held.title[:60]}” and the “{column.heading}” of another row"
    return ""


def _anothers(form: RowForm, column: FormColumn, held: FormRow, text: str) -> bool:
    """Whether a locked cell holds what another row has there: rows were sorted without their ids."""
    if not text or same(column, held.values.get(column.key, ""), text):
        return False
    return any(plain_text(one.values.get(column.key, "")) == plain_text(text) for one in form.rows)


def _read_row(
    form: RowForm, table: FormTable, row: TableRow, held: FormRow, versions: Versions, whole: FormPlan
) -> FormPlan:
    version = form.version_of(held, row.stamp.text)
    before = held.values if version == held.version else versions.get((held.id, version or 0))
    if before is None:
        gone = _refusal(table, row, VERSION, "its version is not kept any more", "take a new workbook")
        return _with(whole, refused=(gone,))
    found = FormPlan(0)
    for column in form.columns:
        if column.key in row.cells:
            found = _read_one(found, table, row, held, column, before.get(column.key, ""))
    if held.closed and found.changes:
        cell = next(one.column.key for one in found.changes)
        said = (_refusal(table, row, cell, held.closed, "leave the row as it came"),)
        found = FormPlan(0, fixed=found.fixed, refused=said)
    return _with(whole, found.changes, found.refused, found.fixed)


def _read_one(
    found: FormPlan, table: FormTable, row: TableRow, held: FormRow, column: FormColumn, before: str
) -> FormPlan:
    cell, now, name = row.cells[column.key], held.values.get(column.key, ""), table.cell(row, column.key)
    if column.kind is ColumnKind.FIXED:
        untouched = plain_text(cell.text) == plain_text(now)
        return found if untouched else _with(found, fixed=(_fixed(row, name, column, now),))
    if _untouched(column, cell, before):
        return found
    try:
        typed = _typed(column, cell)
    except ValueError as error:
        return _with(found, refused=(Refusal(row.number, name, column.heading, str(error), "correct the cell"),))
    if same(column, before, typed, cell.kind) or same(column, now, typed, cell.kind):
        return found
    if column.key in held.without:
        said = Refusal(
            row.number, name, column.heading, "this row takes nothing in this column", "leave the cell empty"
        )
        return _with(found, refused=(said,))
    change = CellChange(held, row.number, name, column, before, now, typed, not same(column, before, now))
    return _with(found, changes=(change,))


def _fixed(row: TableRow, name: str, column: FormColumn, now: str) -> FixedCell:
    return FixedCell(row.number, name, column.heading, now, row.cells[column.key].text)


def _untouched(column: FormColumn, cell: Cell, before: str) -> bool:
    """Whether a cell is as it went out, whatever stood there: a draft may say what could not be typed anew."""
    if cell.formula:
        return False
    as_it_was = plain_text(cell.text) == plain_text(shown(column, before))
    return as_it_was or (cell.kind != "error" and same(column, before, cell.text, cell.kind))


def _typed(column: FormColumn, cell: Cell) -> str:
    """Return what was typed into a cell. Raises ``ValueError`` with what is wrong."""
    if said := _unreadable(cell):
        raise ValueError(said)
    return read_cell(column, cell.text)


def _unreadable(cell: Cell) -> str:
    if cell.kind == "error" or cell.text == NO_RESULT:
        return f"the cell holds {cell.text[:40]}, no answer"
    if cell.formula:
        return "the cell holds a formula"
    if cell.merged_from is not None:
        return "the cell is merged with others"
    return ""
