"""Which columns of a table of ratings hold what: told from their names, and from whether their cells are ratings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from followthrough.io.csv import Line
from followthrough.io.table import places_of
from followthrough.model.missing import is_missing

COMMITMENT = (
    "commitment", "commitment id", "commitment_id", "commitment name", "commitment no.", "commitment number", "id",
    "undertaking", "promise", "pledge", "recommendation", "item", "unit",
)  # fmt: skip
PARTY = ("party", "country", "member", "member state", "state", "economy", "government", "jurisdiction")
VALUE = ("value", "score", "rating", "compliance", "assessment", "status", "result", "grade")
WORDS = frozenset(
    {"no", "no.", "nr", "#", "n", "year", "topic", "issue", "issue area", "text", "words", "code", "title", "summit",
     "note", "notes", "comment", "comments", "remark", "remarks", "source", "sources", "description"}
)  # fmt: skip
"""Names of columns that are never a party's."""
PUBLISHED = re.compile(
    r"(?:(?:country|commitment|party|member|summit|overall|total|final|issue|compliance)\s+)*"
    r"(?:means?|averages?|avg\.?|scores?|overall|total)(?:\s+(?:score|compliance|average))?",
    re.IGNORECASE,
)
"""Names of columns and rows that contain a published aggregate, not ratings."""

LEAST = 0.5
"""Share of the different cells of a column that are ratings, in the first column of a party."""


@dataclass(slots=True)
class WideColumns:
    """The places of a wide table: what names a commitment, the parties, printed means, and what is set aside."""

    commitment: int
    parties: list[int]
    published: list[int]
    aside: list[int]


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row is the header of a table of ratings."""
    names = [cell.lower() for cell in cells]
    known = long_columns(names) is not None or any(_is_commitment(name) for name in names)
    return known and sum(1 for name in names if name) > 1


def long_columns(names: Sequence[str]) -> list[int] | None:
    """Return the places of commitment, party and value, or ``None`` for a wide table."""
    return places_of(names, COMMITMENT, PARTY, VALUE)


def wide_columns(header: Sequence[str], rows: Sequence[Line], is_rating: Callable[[str], bool]) -> WideColumns | None:
    """Return which column of a wide table is what, judged by its first ``rows``; ``None`` where none names commitments.

    What stands before the first column of which half the cells are ratings is a label. A later column of which no cell
    is a rating is set aside.
    """
    published = [at for at, name in enumerate(header) if at and PUBLISHED.fullmatch(name)]
    named = [at for at, name in enumerate(header) if _is_commitment(name.lower())]
    rated = {at: _share(rows, at, is_rating) for at in range(len(header)) if at not in published}
    first = _first_party(header, rated, named[0] if named else 0)
    known = {at: 1.0 if share is None else share for at, share in rated.items() if at >= first}
    parties = [at for at, share in known.items() if _is_party(header[at], share)]
    labels = [at for at in rated if at < first]
    if not parties and named:  # no cell is a rating: each is then named as a problem
        parties = [at for at in rated if at > named[0] and _is_party(header[at], 1.0)]
    if not parties or not labels:
        return None
    commitment = (named or _distinct(rows, labels) or labels)[0]
    aside = [at for at in rated if at != commitment and at not in parties]
    return WideColumns(commitment, sorted(parties), published, aside)


def _first_party(header: Sequence[str], rated: Mapping[int, float | None], after: int) -> int:
    """Return the place of the first column of a party, which stands after what names the commitment."""
    found = (at for at, share in rated.items() if at > after and (share or 0) >= LEAST and _is_party(header[at], 1))
    return min(found, default=len(header))


def _is_commitment(name: str) -> bool:
    return name in COMMITMENT or name.startswith(COMMITMENT[0])


def _is_party(name: str, share: float) -> bool:
    lower = name.lower()
    return bool(name) and share > 0 and lower not in WORDS and not _is_commitment(lower)


def _share(rows: Sequence[Line], at: int, is_rating: Callable[[str], bool]) -> float | None:
    """Return which share of the cells of a column are ratings; ``None`` where all are missing."""
    cells = {cells[at] for _, cells in rows if len(cells) > at and not is_missing(cells[at])}
    return sum(map(is_rating, cells)) / len(cells) if cells else None


def _distinct(rows: Sequence[Line], labels: Sequence[int]) -> list[int]:
    return [at for at in labels if len({cells[at] for _, cells in rows if len(cells) > at}) == len(rows)]
