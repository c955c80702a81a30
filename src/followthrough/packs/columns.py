"""What a table of a pack is made of: columns, what a cell may hold, and what it points to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal[
    "string", "integer", "boolean", "date", "list", "spans", "sha256", "url", "label", "decimal", "currency"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``one_of`` lists the words allowed, ``points_to`` names the table whose ids it holds."""

    name: str
    kind: CellKind = "string"
    required: bool = False
    one_of: tuple[str, ...] = ()
    points_to: str = ""
    longest: int = 300
    says: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, keyed by its ``id`` column; tables stand in the order in which they are imported."""

    name: str
    columns: tuple[Column, ...]
    says: str

    def column(self, name: str) -> Column:
        """Return the column called ``name``; raises ``KeyError`` where there is none."""
        return next(column for column in self.columns if column.name == name)


def key(says: str, longest: int = 120) -> Column:
    """Return the column that every table is keyed by, its ids of at most ``longest`` characters."""
    return Column("id", required=True, longest=longest, says=says)
