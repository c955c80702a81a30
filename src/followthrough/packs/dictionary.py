"""The data dictionary: what every column of every table holds, made from the schema that reads and writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from followthrough.packs.schema import TABLES


class Entry(NamedTuple):
    """What one column holds; ``required`` is 1 where every row has a value."""

    table: str
    column: str
    type: str
    required: int
    refers_to: str
    one_of: str
    says: str


def dictionary() -> Iterator[Entry]:
    """Yield the entry of every column, in the order of the tables."""
    for table in TABLES:
        for one in table.columns:
            words = "; ".join(map(str, one.one_of))
            yield Entry(table.name, one.name, one.kind, int(one.required), one.points_to, words, one.says)
