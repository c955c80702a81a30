"""A form as a workbook: one row a record, with its id and a version stamp; cells to fill in, and cells that are fixed.

``row_form_writing`` makes the workbook, ``row_form_reading`` finds its table again whatever a spreadsheet program made
of it, and ``row_form_plan`` says what it would change. All of it is pure: who may change what is asked elsewhere.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from followthrough.model.dates import PartialDate
from followthrough.model.typed_dates import read_typed_date
from followthrough.model.typed_figures import read_figure
from followthrough.spreadsheets.folding import folded

ID, VERSION = "id", "version"
"""The keys of the two columns by which a row is found again."""
SEVERAL = ";"
"""What stands between the answers of a cell that takes several."""
_STAMP = re.compile(r"v(\d{1,9})-([0-9a-f]{8})")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, which some programs keep and some lose."""
_BETWEEN = re.compile(r"[;,\n]")


class ColumnKind(StrEnum):
    """What the cells of a column take."""

    FIXED = "fixed"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: ``choices`` pairs the values that it takes with their words; ``folded`` ones are shown on demand."""

    key: str
    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    longest: int = 8000
    width: int = 24
    folded: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """One record: ``values`` by the key of the column; ``closed`` is why nothing of it can be changed now.

    ``without`` names the columns in which it takes nothing: what is typed there is refused.
    ``seal`` stands for what is fixed of it: an answer to what was changed since is none to what stands.
    """

    id: str
    title: str
    version: int
    values: Mapping[str, str] = field(default_factory=dict)
    closed: str = ""
    seal: str = ""
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowForm:
    """The form of one workbook; ``key`` tells it from every other, ``name`` is that of its sheet."""

    key: str
    name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]

    @property
    def open_columns(self) -> tuple[FormColumn, ...]:
        """The columns that are filled in."""
        return tuple(one for one in self.columns if one.kind is not ColumnKind.FIXED)

    def stamp(self, row: FormRow, version: int) -> str:
        """Return the stamp of a version of a row: it fits no other row, and no other form."""
        checksum = hashlib.sha256(f"{self.key}\n{row.id}\n{version}\n{row.seal}".encode()).hexdigest()[:8]
        return f"v{version}-{checksum}"

    def version_of(self, row: FormRow, stamp: str) -> int | None:
        """Return the version that a stamp names, or nothing where it is not of this row."""
        found = _STAMP.fullmatch(stamp.strip().lower())
        if found is None or self.stamp(row, int(found[1])) != found[0]:
            return None
        return int(found[1])


def plain_text(text: str) -> str:
    """Return text as it is compared and kept: lines end in one way, and nothing stands around it or is not seen."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same(column: FormColumn, one: str, other: str, kind: str = "text") -> bool:
    """Say whether two texts of a column say the same; ``kind`` is that of the cell of the second.

    A spreadsheet program writes dates and figures in its own way: 1,250 as the number 1250.
    """
    one, other = plain_text(one), plain_text(other)
    if one == other:
        return True
    if column.kind is ColumnKind.DATE or kind == "date":
        day = date_in(one)
        return day is not None and day == date_in(other)
    if column.kind is ColumnKind.FIGURE or kind == "number":
        value = figure_in(one)
        return value is not None and value == figure_in(other)
    return False


def date_in(text: str) -> PartialDate | None:
    """Return the date that a text writes, or nothing."""
    try:
        return read_typed_date(text)
    except ValueError:
        return None


def figure_in(text: str) -> Decimal | None:
    """Return the number that a text writes, or nothing."""
    try:
        return read_figure(text)
    except ValueError:
        return None


def read_cell(column: FormColumn, text: str) -> str:
    """Return what was typed into a cell as it is kept. Raises ``ValueError`` with what is wrong with it."""
    plain = plain_text(text)
    if len(plain) > column.longest:
        raise ValueError(f"it has {len(plain):,} characters; at most {column.longest:,} are taken")
    return _READ[column.kind](column, plain) if plain else ""


def _text(_column: FormColumn, text: str) -> str:
    return text


def _date(_column: FormColumn, text: str) -> str:
    read_typed_date(text)
    return text


def _figure(_column: FormColumn, text: str) -> str:
    if figure_in(text) is None:
        raise ValueError(f"“{text[:40]}” is no number; write 68181 or 68,181")
    return text


def _choice(column: FormColumn, text: str) -> str:
    for value, words in column.choices:
        if folded(text) in (folded(value), folded(words)) or text == value:
            return value
    raise ValueError(f"“{text[:60]}” is none of: {', '.join(words for _, words in column.choices)}")


def _choices(column: FormColumn, text: str) -> str:
    found = {_choice(column, piece.strip()) for piece in _BETWEEN.split(text) if piece.strip()}
    return SEVERAL.join(value for value, _ in column.choices if value in found)


_READ: Mapping[ColumnKind, Callable[[FormColumn, str], str]] = {
    ColumnKind.FIXED: _text,
    ColumnKind.TEXT: _text,
    ColumnKind.CHOICE: _choice,
    ColumnKind.CHOICES: _choices,
    ColumnKind.DATE: _date,
    ColumnKind.FIGURE: _figure,
}


def shown(column: FormColumn, value: str) -> str:
    """Return a value as its cell and its reader see it: the words of a choice."""
    if column.kind not in (ColumnKind.CHOICE, ColumnKind.CHOICES):
        return value
    words = dict(column.choices)
    return "; ".join(words.get(one, one) for one in value.split(SEVERAL)) if value else ""
