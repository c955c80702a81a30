"""Schema classes of a pack: tables, columns, types of cells and foreign keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal[
    "string", "text", "integer", "boolean", "date", "moment", "list", "spans", "sha256", "url", "label", "decimal",
    "currency", "period",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``one_of`` lists the permitted values, ``points_to`` names the table that it refers to."""

    name: str
    kind: CellKind = "string"
    required: bool = False
    one_of: tuple[str, ...] = ()
    points_to: str = ""
    longest: int = 300
    says: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table with the primary key ``id``."""

    name: str
    columns: tuple[Column, ...]
    says: str

    def column(self, name: str) -> Column:
        """Return the column called ``name``. Raises ``KeyError`` where there is none."""
        return next(column for column in self.columns if column.name == name)


def key(says: str, longest: int = 120) -> Column:
    """Return the primary key column, with ids of at most ``longest`` characters."""
    return Column("id", required=True, longest=longest, says=says)
