"""From a sheet and its map to rows of a pack, with every problem by sheet, row and cell."""

from __future__ import annotations

from collections.abc import Iterator

from followthrough.spreadsheets.becoming import become
from followthrough.spreadsheets.cell_values import DATES, FIGURE, CellValue, Reader
from followthrough.spreadsheets.commitments import CommitmentFinder, CommitmentMatch
from followthrough.spreadsheets.dates import order_of
from followthrough.spreadsheets.grid import Cell, Sheet, place
from followthrough.spreadsheets.known import NOTHING, KnownRegister
from followthrough.spreadsheets.layout import layout_of
from followthrough.spreadsheets.mapping import Map
from followthrough.spreadsheets.proposals import ACROSS, COMMITMENT_COLUMN, YEAR_COLUMN
from followthrough.spreadsheets.records import Applied, Problem, Record
from followthrough.spreadsheets.repeats import with_repeats
from followthrough.spreadsheets.understanding import SheetKind, told_of


def apply(one: Map, sheets: tuple[Sheet, ...], known: KnownRegister = NOTHING, day: str = "") -> Applied:
    """Turn the sheet of a map into rows. ``day`` is the day on which they are written down, 2026-03-14.

    Nothing is left out without a line in ``told`` or ``problems``; where there are problems the rows are not whole.
    """
    sheets = tuple(map(with_repeats, sheets))
    done = Applied(told=[line for sheet in sheets for line in told_of(sheet)])
    sheet = next((sheet for sheet in sheets if sheet.name == one.sheet), None)
    if sheet is None and len(sheets) == 1:
        sheet = sheets[0]
    if sheet is None:
        names = ", ".join(f"“{sheet.name}”" for sheet in sheets)
        done.problems.append(Problem(one.sheet, 0, "", "the workbook has no such sheet", f"it has {names}"))
        return done
    done.told += [
        f"sheet “{other.name}” is not in this map and is left out"
        for other in sheets
        if other is not sheet and not other.hidden and other.rows
    ]
    records = list(_Sheet(one, sheet, known, done).records())
    done.records = len(records)
    become(one, records, known, day, done)
    wrong = {problem.row for problem in done.problems}
    done.taken -= wrong
    for row in sorted({record.row for record in records} - done.taken - wrong - done.aside.keys()):
        done.set_aside(sheet.name, row, "no figure" if one.kind is SheetKind.OBSERVATIONS else "nothing is said")
    return done


__all__ = ["Applied", "Problem", "Record", "apply"]


class _Sheet:
    """Reads the records of one sheet by its map."""

    def __init__(self, one: Map, sheet: Sheet, known: KnownRegister, done: Applied) -> None:
        self.map, self.sheet, self.done = one, sheet, done
        self.finder = CommitmentFinder(known, one.document)
        self.reader = Reader(known, self.finder, one.era, one.values)
        self.columns: dict[int, CommitmentMatch] = {}
        self.layout = layout_of(sheet, tuple(row - 1 for row in one.header_rows))
        self.fields = [one.field_of(column) for column in range(sheet.width)]
        self.times = int(one.fixed["times"]) if one.fixed.get("times", "").isdecimal() else 1
        self.orders = {
            column: one.order or order_of(sheet.rows[row][column].text for row in self.layout.data_rows)
            for column, name in enumerate(self.fields)
            if name in DATES
        }

    def records(self) -> Iterator[Record]:
        """Yield the records of the sheet, those of a row from left to right."""
        for row, what in self.layout.aside.items():
            first = next((cell.text for cell in self.sheet.rows[row] if cell.text), "")
            self.done.set_aside(self.sheet.name, row + 1, what, first)
        for row in self.layout.data_rows:
            if row + 1 in self.map.left_out:
                self.done.set_aside(self.sheet.name, row + 1, "as the map says")
                continue
            found = list(self._row(row))
            wrong = {one.row for one in self.done.problems}
            if not found and row + 1 not in wrong:
                self.done.set_aside(self.sheet.name, row + 1, "no cell of its columns is filled")
            yield from found

    def _row(self, row: int) -> Iterator[Record]:
        said = {name: value for name, value in self.map.fixed.items() if name in ("party", "status", "currency")}
        across = [column for column, name in enumerate(self.fields) if name in ACROSS]
        for column, name in enumerate(self.fields):
            if name and column not in across:
                self._take(said, name, self._read(row, column, name), self.sheet.rows[row][column])
        match = self._match(row, said)
        behind = place(row, self.sheet.width)
        if rates := self.map.kind in (SheetKind.SCORES, SheetKind.CODERS):
            said["settled"] = self.map.cells.get(behind, "")
        if not across:
            yield Record(row + 1, "", said, match, behind)
        for column in across:
            mark = self._read(row, column, self.fields[column]).value
            if mark or rates:
                letter = place(0, column)[:-1]
                stands_for = self.map.stands_for.get(letter) or self.layout.headings[column]
                if self.fields[column] == COMMITMENT_COLUMN:
                    own = {"mark": mark, "stands_for": said.get("party", ""), "number": stands_for}
                    found = self._of_column(column, stands_for)
                else:
                    own, found = {"mark": mark, "stands_for": stands_for}, match
                yield Record(row + 1, place(row, column), {**said, **own}, found, behind)

    def _read(self, row: int, column: int, name: str) -> CellValue:
        """Read a cell by the answer that the map has for it, or as it stands; what does not fit becomes a problem."""
        cell, here = self.sheet.rows[row][column], place(row, column)
        if here in self.map.cells:
            cell = Cell(self.map.cells[here].strip(), "text")
        if here in self.map.cells and name in ("budget",):
            return self.reader.read(name, cell)
        found = self.reader.read(self._read_as(name), cell, self.orders.get(column, ""), self.times)
        if found.question or found.refusal:
            answers = " or ".join(answer for answer, _ in found.choices)
            do = f"answer {answers} for {here} in the map" if answers else "correct it, or answer for it in the map"
            what = found.question or found.refusal
            self.done.problems.append(Problem(self.sheet.name, row + 1, here, what, do, found.choices))
        elif found.note and self._read_as(name) == FIGURE:
            self.done.told.append(f"sheet “{self.sheet.name}”, {here}: the mark “{found.note}” is not kept")
        return found

    def _read_as(self, name: str) -> str:
        """Return as what a cell is read: in a table of figures any area may stand where a party could."""
        if self.map.kind is not SheetKind.OBSERVATIONS:
            return name
        return {YEAR_COLUMN: FIGURE, "value": FIGURE, "party": "area"}.get(name, name)

    def _take(self, said: dict[str, str], name: str, found: CellValue, cell: Cell) -> None:
        if not found.value:
            return
        if name == "note" and said.get("note"):
            said["note"] += f"; {found.value}"
        elif name == "ends":
            said["ends"] = found.until or found.value
        else:
            said[name] = found.value
        if name == "status":
            said["status_printed"] = cell.text
        if name == "starts" and found.until:
            said.setdefault("ends", found.until)
        if name == "budget" and found.note:
            said["currency"] = found.note

    def _match(self, row: int, said: dict[str, str]) -> CommitmentMatch:
        """Find the commitment of a row by its number, or by its words; a question becomes a problem."""
        match = self._find(said.get("number", ""), said.get("words", "") or said.get("title", ""))
        named = {name for name in ("number", "words") if name in self.fields}
        if match.question and named:
            name = "number" if "number" in named and said.get("number") else "words"
            at = place(row, self.fields.index(name if name in self.fields else next(iter(named))))
            choices = tuple((key, key) for key in match.choices)
            do = f"answer for {at} in the map, or leave the row out"
            self.done.problems.append(Problem(self.sheet.name, row + 1, at, match.question, do, choices))
        return match

    def _of_column(self, column: int, number: str) -> CommitmentMatch:
        """Find the commitment that a column stands for; a question is asked once, of the sheet."""
        if column not in self.columns:
            self.columns[column] = match = self._find(number, "")
            if match.question:
                do = "leave the column out, or say its commitment in stands_for of the map"
                what = f"column {place(0, column)[:-1]}: {match.question}"
                self.done.problems.append(Problem(self.sheet.name, 0, "", what, do))
        return self.columns[column]

    def _find(self, number: str, words: str) -> CommitmentMatch:
        if self.map.kind is SheetKind.OBSERVATIONS or not self.finder.known.commitments:
            return CommitmentMatch()
        match = self.finder.find(number, words)
        if match.provision and self.map.kind in (SheetKind.SCORES, SheetKind.CODERS):
            under = self.finder.commitments_of(match.provision)
            asked = f"“{number.strip()}” has {len(under)} commitments: which one is rated?"
            return CommitmentMatch(question=asked, choices=under)
        return match
