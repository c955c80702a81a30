"""What the sheets of a workbook are: their headings, what each column holds, and the cells that do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from followthrough.model.vocabulary import Vocabulary
from followthrough.spreadsheets.cell_values import DATES, CellValue, Reader
from followthrough.spreadsheets.column_rules import are_scores, by_cells
from followthrough.spreadsheets.commitments import CommitmentFinder
from followthrough.spreadsheets.dates import order_of, understand_date
from followthrough.spreadsheets.grid import Cell, Sheet, place
from followthrough.spreadsheets.known import NOTHING, KnownRegister
from followthrough.spreadsheets.layout import Layout, is_year, layout_of
from followthrough.spreadsheets.parties import match_party
from followthrough.spreadsheets.proposals import (
    CODER_COLUMN,
    COMMITMENT_COLUMN,
    LEFT_OUT,
    MANY,
    PARTY_COLUMN,
    READ,
    YEAR_COLUMN,
    Proposal,
)
from followthrough.spreadsheets.repeats import with_repeats
from followthrough.spreadsheets.words import field_of_heading, state_of

CROSSED = (PARTY_COLUMN, COMMITMENT_COLUMN)
"""The fields of columns of a matrix."""
_OF_WORDS = ("lead_body", "title", "publisher", "source_title", "note")
"""The fields that numbers alone contradict: a name of a coder may look like their heading."""


class SheetKind(Vocabulary):
    """What a sheet is."""

    ACTIVITIES = "activities"
    EVIDENCE = "evidence"
    MATRIX = "matrix"
    TRACKER = "tracker"
    SCORES = "scores"
    CODERS = "coders"
    OBSERVATIONS = "observations"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that does not fit; row and column are counted from 0, ``choices`` pairs possible answers with words."""

    row: int
    column: int
    what: str
    do: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """The name of the cell: ``F8``."""
        return place(self.row, self.column)


@dataclass(frozen=True, slots=True)
class UnderstoodSheet:
    """One sheet as it was understood."""

    sheet: Sheet
    kind: SheetKind
    layout: Layout
    proposals: tuple[Proposal, ...]
    doubts: tuple[Doubt, ...]
    document: str
    orders: dict[int, str] = field(default_factory=dict)

    def columns_of(self, name: str) -> tuple[int, ...]:
        """Return the columns that hold the field ``name``."""
        return tuple(one.column for one in self.proposals if one.field == name)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The sheets of a workbook as they were understood, and what a reader has to be told of it."""

    sheets: tuple[UnderstoodSheet, ...]
    told: tuple[str, ...]

    @property
    def best(self) -> UnderstoodSheet | None:
        """The visible sheet that was understood with the most rows, or none."""
        found = [one for one in self.sheets if one.kind is not SheetKind.UNKNOWN and not one.sheet.hidden]
        return max(found, key=lambda one: len(one.layout.data_rows), default=None)


def understand(sheets: tuple[Sheet, ...], known: KnownRegister = NOTHING) -> Understanding:
    """Say what each sheet and column is. Never raises for what it does not understand."""
    found = tuple(understand_sheet(sheet, known) for sheet in sheets if not sheet.hidden)
    told = tuple(line for sheet in sheets for line in told_of(sheet))
    return Understanding(found, told)


def told_of(sheet: Sheet) -> list[str]:
    """Return what a reader has to be told of a sheet: what is hidden, coloured or commented."""
    if sheet.hidden:
        return [f"sheet “{sheet.name}” is hidden and is left out"]
    lines = [f"sheet “{sheet.name}”: {note}" for note in sheet.notes]
    for what, numbers in (
        ("row", [str(row + 1) for row in sheet.hidden_rows]),
        ("column", [place(0, column)[:-1] for column in sheet.hidden_columns]),
    ):
        if numbers:
            lines.append(f"sheet “{sheet.name}”: hidden {what}s are read too: {', '.join(numbers[:20])}")
    comments = [place(at, column) for at, row in enumerate(sheet.rows) for column, one in enumerate(row) if one.comment]
    if comments:
        lines.append(f"sheet “{sheet.name}”: comments are not taken: {', '.join(comments[:20])}")
    if silent := sum(bool(cell.fill) and not cell.text for row in sheet.rows for cell in row):
        lines.append(
            f"sheet “{sheet.name}”: {silent} cells have a colour and no word; colours are not read, write words"
        )
    return lines


def understand_sheet(sheet: Sheet, known: KnownRegister, header_rows: tuple[int, ...] | None = None) -> UnderstoodSheet:
    """Say what one sheet is; ``header_rows`` are given where a person said which rows are its headings."""
    sheet = with_repeats(sheet)
    layout = layout_of(sheet, header_rows)
    columns = {at: [sheet.rows[row][at] for row in layout.data_rows] for at in range(sheet.width)}
    proposals = _proposals(layout, columns, known)
    kind = _kind(layout, proposals, columns, known)
    if kind in (SheetKind.CODERS, SheetKind.SCORES):
        proposals = _with_coders(proposals, columns)
    if kind is SheetKind.TRACKER or kind is SheetKind.ACTIVITIES:
        proposals = [_as_start(one, proposals) for one in proposals]
    document = _document(columns, proposals, known)
    orders = {
        one.column: order_of(cell.text for cell in columns[one.column]) for one in proposals if one.field in DATES
    }
    found = UnderstoodSheet(sheet, kind, layout, tuple(proposals), (), document, orders)
    return UnderstoodSheet(sheet, kind, layout, tuple(proposals), doubts_of(found, known), document, orders)


def _proposals(layout: Layout, columns: dict[int, list[Cell]], known: KnownRegister) -> list[Proposal]:
    finder = CommitmentFinder(known)
    proposed = [_proposal(at, heading, columns[at], finder, known) for at, heading in enumerate(layout.headings)]
    surest: dict[str, Proposal] = {}
    for one in sorted(proposed, key=lambda one: -one.confidence):
        surest.setdefault(one.field, one)
    return by_cells([_unless_taken(one, surest) for one in proposed], columns, known)


def _unless_taken(one: Proposal, surest: dict[str, Proposal]) -> Proposal:
    other = surest[one.field]
    if one is other or one.field in MANY:
        return one
    letter = place(0, other.column)[:-1]
    reason = f"column {letter} is the {one.field} already"
    as_note = one.field in ("statement", "title", "words")
    return Proposal(one.column, one.heading, "note" if as_note else LEFT_OUT, reason, 0.4)


def _proposal(at: int, heading: str, cells: list[Cell], finder: CommitmentFinder, known: KnownRegister) -> Proposal:
    parts = heading.split(" / ")
    for text in dict.fromkeys((parts[-1], heading, *parts)):
        if is_year(text):
            return Proposal(at, heading, YEAR_COLUMN, "the heading is a year", 0.95, text.removeprefix("YR")[:4])
        ids = match_party(text, known.parties).ids if len(text) <= 60 and field_of_heading(text)[1] < 0.9 else ()
        if len(ids) == 1:
            return Proposal(at, heading, PARTY_COLUMN, "the heading is the name of a party", 0.9, ids[0])
        if finder.has_number(text):
            return Proposal(at, heading, COMMITMENT_COLUMN, "the heading is the number of a paragraph", 0.9, text)
    filled = [cell for cell in cells if cell.text]
    if not filled and not heading:
        return Proposal(at, heading, LEFT_OUT, "the column is empty", 1.0)
    named, sure = max(
        (field_of_heading(text) for text in dict.fromkeys((*reversed(parts), heading))), key=lambda one: one[1]
    )
    looks = _looks(filled, finder, known)
    return _decided(at, heading, named, sure, looks)


def _decided(at: int, heading: str, named: str, sure: float, looks: dict[str, float]) -> Proposal:
    """Weigh the words of the heading against the look of the cells."""
    look, share = max(looks.items(), key=lambda one: one[1], default=("", 0.0))
    says = f"{share:.0%} of its cells look like {look}" if share else "its cells are free words"
    if named == "url" and looks.get("url", 0) < 0.3:
        named, sure = "source_title", 0.6
    if named in ("number", "row_id") and looks.get("number", 0) < 0.2 and looks.get("words", 0) > 0.5:
        named, sure = "words", 0.7
    if named and (named not in looks or looks[named] >= 0.3 or sure >= 0.9):
        return Proposal(at, heading, named, f"the heading says so; {says}", min(sure + 0.04 * (look == named), 0.99))
    if look and share >= 0.7 and look != "words":
        return Proposal(at, heading, look, says, 0.5 + 0.2 * share)
    if named:
        return Proposal(at, heading, named, f"the heading says so; {says}", sure * 0.7)
    return Proposal(at, heading, LEFT_OUT, "neither its heading nor its cells are known", 0.3)


def _looks(filled: list[Cell], finder: CommitmentFinder, known: KnownRegister) -> dict[str, float]:
    """Return field -> the share of cells that could be one."""
    tests: dict[str, Callable[[Cell], bool]] = {
        "number": lambda cell: finder.has_number(cell.text),
        "party": lambda cell: bool(match_party(cell.text, known.parties).ids),
        "status": lambda cell: bool(state_of(cell.text)) and cell.kind == "text",
        "url": lambda cell: cell.text.startswith(("http://", "https://", "www.")),
        "starts": lambda cell: (
            cell.kind == "date" or (cell.kind == "text" and understand_date(cell.text).value is not None)
        ),
        "words": lambda cell: bool(finder.by_words(cell.text).how) if len(cell.text) > 12 else False,
    }
    some = filled[:200]
    return {name: sum(map(test, some)) / len(some) for name, test in tests.items()} if some else {}


def _kind(
    layout: Layout, proposals: list[Proposal], columns: dict[int, list[Cell]], known: KnownRegister
) -> SheetKind:  # fmt: skip
    fields = Counter(one.field for one in proposals)
    if not layout.header_rows or not layout.data_rows:
        return SheetKind.UNKNOWN
    place_named = fields["number"] or fields["words"] or fields["row_id"]
    if fields[YEAR_COLUMN] >= 2:
        return SheetKind.OBSERVATIONS
    crossed = (fields[PARTY_COLUMN] >= 2 and (place_named or fields["title"])) or (
        fields[COMMITMENT_COLUMN] >= 2 and fields["party"]
    )
    if crossed:
        below = [cell for one in proposals if one.field in CROSSED for cell in columns[one.column]]
        return SheetKind.SCORES if are_scores(below, known) else SheetKind.MATRIX
    rated = fields["coder"] and (fields["score"] or fields["value"])
    if place_named and (rated or _coder_columns(proposals, columns)):
        return SheetKind.CODERS
    if fields["score"] and fields["party"] and place_named and not fields["title"]:
        return SheetKind.SCORES
    return _list_kind(fields)


def _list_kind(fields: Counter[str]) -> SheetKind:
    """Tell lists of activities, evidence and actions apart."""
    steps = sum(bool(fields[name]) for name in ("starts", "ends", "status", "budget", "lead_body", "party", "date"))
    if (fields["year"] and fields["value"]) and (fields["indicator"] or fields["indicator_code"]):
        return SheetKind.OBSERVATIONS
    if fields["url"] and (fields["statement"] or fields["quote"]) and not fields["status"] and not fields["budget"]:
        return SheetKind.EVIDENCE
    if fields["title"] and fields["ends"] and fields["lead_body"] and not fields["starts"] and not fields["budget"]:
        return SheetKind.TRACKER
    if (fields["title"] or fields["words"]) and steps:
        return SheetKind.ACTIVITIES
    if fields["url"] and (fields["title"] or fields["source_title"]):
        return SheetKind.EVIDENCE
    return SheetKind.UNKNOWN


def _coder_columns(proposals: list[Proposal], columns: dict[int, list[Cell]]) -> list[int]:
    """Return the columns of marks: unnamed or named as a coder, with few different short values."""
    found = []
    for one in proposals:
        values = [cell.text for cell in columns[one.column] if cell.text]
        numeric = sum(cell.kind == "number" for cell in columns[one.column])
        named = one.field in ("coder", *_OF_WORDS) or (one.field == LEFT_OUT and one.heading)
        if named and values and numeric >= 0.7 * len(values) and len(set(values)) <= 7:
            found.append(one.column)
    return found if len(found) >= 2 else []


def _with_coders(proposals: list[Proposal], columns: dict[int, list[Cell]]) -> list[Proposal]:
    coders = _coder_columns(proposals, columns)
    return [
        Proposal(one.column, one.heading, CODER_COLUMN, "few different marks below a name", 0.7, one.heading)
        if one.column in coders
        else one
        for one in proposals
    ]


def _as_start(one: Proposal, proposals: list[Proposal]) -> Proposal:
    """Take a lone date or year of a list of activities as their first day."""
    if one.field not in ("date", "year") or any(other.field == "starts" for other in proposals):
        return one
    return Proposal(one.column, one.heading, "starts", "the only date", 0.7)


def _document(columns: dict[int, list[Cell]], proposals: list[Proposal], known: KnownRegister) -> str:
    """Return the agreement whose numbers the sheet names most, or whose words; the only one where there is one."""
    holding = {one.document for one in known.provisions}
    if len(holding) < 2:
        return next(iter(holding), "")
    numbers = [cell.text for one in proposals if one.field == "number" for cell in columns[one.column] if cell.text]
    words = [
        cell.text for one in proposals if one.field in ("words", "title") for cell in columns[one.column] if cell.text
    ]

    def fits(document: str) -> tuple[int, int]:
        finder = CommitmentFinder(known, document)
        return sum(map(finder.has_number, numbers)), sum(bool(finder.by_words(text).how) for text in words[:40])

    fit, best = max((fits(document), document) for document in sorted(holding))
    return best if any(fit) else ""


def doubts_of(found: UnderstoodSheet, known: KnownRegister) -> tuple[Doubt, ...]:
    """Return the cells that do not fit what their columns hold, row by row; a word that repeats is asked about once."""
    reader = Reader(known, CommitmentFinder(known, found.document))
    doubts: list[Doubt] = []
    asked: set[tuple[str, str]] = set()
    for row in found.layout.data_rows:
        for one in found.proposals:
            cell = found.sheet.rows[row][one.column]
            if found.kind is SheetKind.OBSERVATIONS and one.field == "party":
                continue  # any area may stand there
            if (one.field not in READ and cell.kind != "error") or (one.field, cell.text) in asked or not one.field:
                continue
            value = reader.read(one.field, cell, found.orders.get(one.column, ""))
            if value.question or value.refusal:
                asked.add((one.field, cell.text))
                doubts.append(Doubt(row, one.column, value.question or value.refusal, _advice(value), value.choices))
    return tuple(doubts)


def _advice(value: CellValue) -> str:
    if value.choices:
        return f"answer {' or '.join(answer for answer, _ in value.choices)}, or leave the cell out"
    return "correct it in the sheet, answer with a value, or leave the cell out"
