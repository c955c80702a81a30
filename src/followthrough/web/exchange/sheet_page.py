"""The page on which a sheet is shown as it was understood: its cells with what was read, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from followthrough.model.letters import from_letters
from followthrough.spreadsheets.cell_values import DATES, Reader
from followthrough.spreadsheets.commitments import CommitmentFinder
from followthrough.spreadsheets.dates import order_of
from followthrough.spreadsheets.grid import Cell, place
from followthrough.spreadsheets.proposals import (
    ACROSS,
    CODER_COLUMN,
    COMMITMENT_COLUMN,
    LEFT_OUT,
    PARTY_COLUMN,
    YEAR_COLUMN,
)
from followthrough.spreadsheets.rows import Problem
from followthrough.spreadsheets.understanding import SheetKind
from followthrough.spreadsheets.words import fields
from followthrough.web.exchange.sheet_reading import RATED_KINDS, TAKEN_KINDS, Reading

SHOWN_ROWS = 30
MORE_ROWS = 30
"""Rows with problems that are shown beyond the first."""
LONGEST_CELL = 160
MOST_COLUMNS = 40
MOST_ASKED = 60
MOST_PARTIES = 40
WIDEST_CHOICE = 80
_UNREAD = ("number", "words", "score", "coder", "value")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its letter, heading, what it becomes and why."""

    letter: str
    heading: str
    becomes: str
    reason: str
    stands_for: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell: its text, what was read where that is not the same, what is wrong with it, and how it is marked."""

    text: str
    read: str = ""
    wrong: str = ""
    mark: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the sheet: its number, ``hd`` for headings and ``out`` for what is left out, and its cells."""

    number: int
    css: str
    why: str
    cells: list[ShownCell]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, about one cell or about all that ask the same: ``cells`` names them, the first is its key."""

    key: str
    rows: list[int]
    cells: list[str]
    what: str
    do: str
    choices: list[tuple[str, str]]
    typed: str
    says: str
    asked: bool
    only: bool = field(default=False)


_RATED = ("number", "words", "party", "score", "coder", PARTY_COLUMN, CODER_COLUMN, COMMITMENT_COLUMN, "note",
          LEFT_OUT)  # fmt: skip
_MEASURED = ("indicator", "indicator_code", "party", "area", "year", "value", "unit", YEAR_COLUMN, "url", "publisher",
             LEFT_OUT)  # fmt: skip
_UNTOLD = ("score", "coder", "indicator", "indicator_code", "area", "year", "unit", CODER_COLUMN)
"""The fields that no sheet of activities or evidence has."""


def kinds_of_columns() -> list[tuple[str, str]]:
    """Return what a column of any sheet may become, with the words for it."""
    more = [
        (PARTY_COLUMN, _("one party a column")),
        (YEAR_COLUMN, _("one year a column")),
        (CODER_COLUMN, _("one coder a column")),
        (COMMITMENT_COLUMN, _("one commitment a column")),
        (LEFT_OUT, _("leave out")),
    ]
    return [*fields().items(), *more]


def offered(reading: Reading) -> list[tuple[str, str]]:
    """Return what is offered for the columns of a sheet: what its kind has, and what they are already."""
    kind, taken = reading.map.kind, set(reading.map.columns.values())
    wanted = _RATED if kind in RATED_KINDS else _MEASURED if kind is SheetKind.OBSERVATIONS else ()
    return [
        (name, says)
        for name, says in kinds_of_columns()
        if name in taken or (name in wanted if wanted else name not in _UNTOLD)
    ]


def kinds_of_sheets() -> list[tuple[str, str]]:
    """Return what the rows of a sheet may be, with the words for it."""
    said = {
        SheetKind.ACTIVITIES: _("activities"),
        SheetKind.EVIDENCE: _("evidence, one item a row"),
        SheetKind.MATRIX: _("a matrix: commitments down, parties across"),
        SheetKind.TRACKER: _("actions of a meeting"),
        SheetKind.SCORES: _("scores of commitments"),
        SheetKind.CODERS: _("sheets of coders"),
        SheetKind.OBSERVATIONS: _("figures of indicators"),
    }
    return [(str(kind), said[kind]) for kind in TAKEN_KINDS]


def columns_of(reading: Reading) -> list[Column]:
    """Return the columns of the sheet, in their order."""
    reasons = {one.column: one.reason for one in reading.understood.proposals}
    proposed = {one.column: one.field for one in reading.understood.proposals}
    names = {party.id: party.names[-1] for party in reading.known.parties}
    found = []
    for at, heading in enumerate(reading.understood.layout.headings[:MOST_COLUMNS]):
        letter, becomes = place(0, at)[:-1], reading.map.field_of(at)
        reason = reasons.get(at, "") if proposed.get(at) == becomes else _("as you said")
        stands = reading.map.stands_for.get(letter, "") if becomes in ACROSS else ""
        found.append(Column(letter, heading, becomes, reason, names.get(stands, stands)))
    return found


def asks_of(reading: Reading) -> list[Ask]:
    """Return the questions that stand between the sheet and the register; cells that ask the same are asked once."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in reading.problems:
        if problem.row:
            letter = problem.cell.rstrip("0123456789")
            groups.setdefault(
                (letter, problem.what) if problem.cell else ("", f"{problem.row}{problem.what}"), []
            ).append(problem)
    return [_ask(reading, group) for group in list(groups.values())[:MOST_ASKED]]


def match_rows(reading: Reading) -> list[tuple[str, str, str, str, str]]:
    """Return why, what, the id and summary of the commitment, and the origin of each link of the first rows."""
    summaries = {one.id: one.summary for one in reading.known.commitments}
    titles = {str(row["id"]): str(row["title"]) for row in reading.applied.rows["activities"]}
    titles |= {str(row["id"]): str(row["statement"]) for row in reading.applied.rows["claims"]}
    found = []
    for row in reading.applied.rows["links"][:SHOWN_ROWS]:
        key = str(row["commitment"] or row["provision"])
        title = titles.get(str(row["activity"] or row["claim"]), "")
        found.append((str(row["rationale"]), title, key, summaries.get(key, ""), str(row["origin"])))
    return found


def page_context(reading: Reading) -> dict[str, Any]:
    """Return what the page of a sheet shows of its reading."""
    asks = asks_of(reading)
    wrong = {row for ask in asks for row in ask.rows}
    data = [row + 1 for row in reading.understood.layout.data_rows if row + 1 not in reading.map.left_out]
    return {
        "upload": reading.upload,
        "reading": reading,
        "map": reading.map,
        "rows": rows_of_sheet(reading),
        "columns": columns_of(reading),
        "becomes": offered(reading),
        "asks": asks,
        "whole": whole_problems(reading),
        "data": len(data),
        "ready": len([row for row in data if row not in wrong]),
        "height": len(reading.understood.sheet.rows),
        "headings": ", ".join(str(row + 1) for row in reading.understood.layout.header_rows),
        "told": reading.applied.told,
        "kinds": kinds_of_sheets(),
        "scales": sorted(reading.known.scales.values(), key=lambda one: one.title),
        "rated": reading.map.kind in RATED_KINDS,
        "measured": reading.map.kind is SheetKind.OBSERVATIONS,
        "names_party": bool({"party", PARTY_COLUMN} & set(reading.map.columns.values())),
        "matches": match_rows(reading),
        "linked": len(reading.applied.rows["links"]),
        "money": "budget" in reading.map.columns.values(),
    }


def whole_problems(reading: Reading) -> list[Problem]:
    """Return what is wrong with the sheet as a whole, and not with a row of it."""
    return [one for one in reading.problems if not one.row]


def _ask(reading: Reading, group: list[Problem]) -> Ask:
    first = group[0]
    cells = list(dict.fromkeys(one.cell for one in group if one.cell))
    names = {party.id: party.names[-1] for party in reading.known.parties}
    names |= {one.id: f"{one.id.rpartition('/')[2]} {one.summary}" for one in reading.known.commitments}
    given = list(dict.fromkeys(first.choices)) or _parties(reading, first.cell)
    choices = [(answer, names.get(answer, words)[:WIDEST_CHOICE]) for answer, words in given]
    typed = reading.map.cells.get(first.cell, "") if first.cell else ""
    return Ask(
        key=first.cell or f"row{first.row}",
        rows=sorted({one.row for one in group}),
        cells=cells,
        what=first.what,
        do=first.do,
        choices=choices,
        typed=typed,
        says=text_of(reading, first.cell),
        asked=bool(first.choices) or first.what.endswith("?"),
        only=len(choices) == 1,
    )


def _parties(reading: Reading, cell: str) -> list[tuple[str, str]]:
    """Return the parties of the register as answers, where a cell of a column of parties names none of them."""
    if reading.map.columns.get(cell.rstrip("0123456789")) != "party":
        return []
    return [(party.id, party.names[-1]) for party in reading.known.parties[:MOST_PARTIES]]


def text_of(reading: Reading, cell: str) -> str:
    """Return what stands in a cell, by its name; nothing for no name."""
    letters = cell.rstrip("0123456789")
    if not letters:
        return ""
    row, column = int(cell[len(letters) :]) - 1, from_letters(letters) - 1
    return reading.understood.sheet.cell(row, column).text[:LONGEST_CELL]


def rows_of_sheet(reading: Reading) -> list[ShownRow]:
    """Return the first rows of the sheet, and those further down with a problem."""
    sheet, layout = reading.understood.sheet, reading.understood.layout
    wrong = {one.row - 1 for one in reading.problems if one.row}
    further = [row for row in sorted(wrong) if row >= SHOWN_ROWS][:MORE_ROWS]
    cells = _CellReader(reading)
    found = []
    for at in [*range(min(SHOWN_ROWS, len(sheet.rows))), *further]:
        left = at + 1 in reading.map.left_out
        if at in layout.header_rows:
            css, why = "hd", _("headings")
        elif at in layout.aside or left:
            css, why = "out", _("left out, as you said") if left else _(layout.aside[at])
        elif at not in layout.data_rows:
            css, why = "out", _("empty")
        else:
            css, why = "", ""
        plain = bool(css)
        found.append(ShownRow(at + 1, css, why, [cells.shown(at, column, plain) for column in range(cells.width)]))
    return found


class _CellReader:
    """Reads the cells that are shown, by the map of the sheet."""

    def __init__(self, reading: Reading) -> None:
        self.map, self.sheet = reading.map, reading.understood.sheet
        self.width = min(self.sheet.width, MOST_COLUMNS)
        finder = CommitmentFinder(reading.known, self.map.document)
        self.reader = Reader(reading.known, finder, self.map.era, self.map.values)
        self.names = {party.id: party.names[-1] for party in reading.known.parties}
        self.wrong = {one.cell: one for one in reading.problems if one.cell}
        rows = [self.sheet.rows[at] for at in reading.understood.layout.data_rows]
        self.orders = {
            at: self.map.order or order_of(row[at].text for row in rows)
            for at in range(self.width)
            if self.map.field_of(at) in DATES
        }
        times = self.map.fixed.get("times", "")
        self.times = int(times) if times.isdecimal() else 1

    def shown(self, row: int, column: int, plain: bool) -> ShownCell:
        """Return a cell as it is shown; ``plain`` for one of a row that holds no record."""
        cell, here = self.sheet.rows[row][column], place(row, column)
        text = cell.text if len(cell.text) <= LONGEST_CELL else cell.text[: LONGEST_CELL - 1] + "…"
        if plain:
            return ShownCell("" if cell.merged_from and cell.merged_from != (row, column) else text)
        if problem := self.wrong.get(here):
            mark = "q" if problem.choices or problem.what.endswith("?") else "x"
            return ShownCell(text, wrong=problem.what[:LONGEST_CELL], mark=mark, place=here)
        answer = self.map.cells.get(here)
        if answer is not None:
            return ShownCell(text, _("as you said: %(answer)s") % {"answer": answer or _("not known")})
        return ShownCell(text, self._read(cell, column, row))

    def _read(self, cell: Cell, column: int, row: int) -> str:
        name = self.map.field_of(column)
        merged = _("merged cell") if cell.merged_from and cell.merged_from != (row, column) else ""
        if not name or name in _UNREAD or not cell.text:
            return merged
        value = self.reader.read(name, cell, self.orders.get(column, ""), self.times)
        read = (
            "; ".join(self.names.get(key, key) for key in value.value.split("; ")) if name == "party" else value.value
        )
        if value.until:
            read = _("%(first)s to %(last)s") % {"first": read, "last": value.until}
        if name == "budget":
            read = f"{read} {value.note or self.map.fixed.get('currency', '')}".strip() if read else _("not known")
        return read if read != cell.text else merged
