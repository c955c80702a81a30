"""What reading a sheet by its map gives: records, problems, and the rows of a pack."""

from __future__ import annotations

from dataclasses import dataclass, field

from followthrough.packs.cells import Row
from followthrough.packs.schema import TABLES
from followthrough.spreadsheets.commitments import CommitmentMatch


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: sheet, row counted from 1, name of the cell (empty for the row), what and what to do.

    ``choices`` pairs each possible answer to a question with its words.
    """

    sheet: str
    row: int
    cell: str
    what: str
    do: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def beside_its_row(self) -> str:
        """What a copy of the sheet says of it beside its row."""
        return f"{self.cell}: {self.what}; {self.do}" if self.cell else f"{self.what}; {self.do}"

    def __str__(self) -> str:
        where = f"cell {self.cell}" if self.cell else f"row {self.row}" if self.row else "the sheet"
        return f"sheet “{self.sheet}”, {where}: {self.what}; {self.do}"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a sheet, a row or a cell of a matrix: ``said`` maps fields to values as a pack writes them.

    ``row`` counts from 1; ``match`` is the commitment that it is about; ``settled_in`` names the cell behind the last
    one of the row, in which a map gives the final rating where the coders of the row differ.
    """

    row: int
    cell: str
    said: dict[str, str]
    match: CommitmentMatch
    settled_in: str = ""


@dataclass(frozen=True, slots=True)
class RatedCell:
    """The final rating of one commitment of one party: a word of the scale, or nothing where nobody rated it.

    ``by_coder`` says in words what each coder gave; ``row`` counts from 1.
    """

    commitment: str
    party: str
    value: str
    by_coder: str
    row: int


@dataclass(slots=True)
class Applied:
    """The rows by table of a pack, the final ratings, the problems, and what is to be told.

    Every row of the sheet with words is a heading, in ``taken``, in ``aside`` with the reason, or has a problem.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table.name: [] for table in TABLES})
    ratings: list[RatedCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    records: int = 0
    taken: set[int] = field(default_factory=set)
    aside: dict[int, str] = field(default_factory=dict)

    def set_aside(self, sheet: str, row: int, why: str, words: str = "") -> None:
        """Leave a row out, counted from 1, and tell so."""
        self.aside[row] = why
        self.told.append(f"sheet “{sheet}”, row {row} is left out ({why})" + (f": {words[:60]}" if words else ""))
