"""Edges between commitments of different documents, and which of the commitments stand today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from followthrough.assess.lineage import Edge as Lineage
from followthrough.assess.lineage import current
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_edges
from followthrough.web.agreements.rows import tail

SIDES = ("later", "earlier")


@dataclass(frozen=True, slots=True)
class End:
    """One side of an edge: a commitment, its document, and whether it stands on the day of the page (rule L1)."""

    id: str
    document: str
    date: str
    said: str
    stands: bool

    @property
    def ref(self) -> str:
        """The last part of its id."""
        return tail(self.id)


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """What the later commitment does to the earlier one, and why we say so."""

    id: str
    kind: str
    later: End
    earlier: End
    rationale: str
    origin: str
    confirmed: str


def edges_of(by: Actor, today: str, commitment: str = "") -> list[EdgeRow]:
    """Return the edges between commitments that ``by`` may see, in the order of time; or those of one commitment."""
    home = "provision__document"
    cells = ("id", f"{home}__short_title", f"{home}__adopted", f"{home}__period_end", "summary", "verb",
             f"{home}__period_start")  # fmt: skip
    asked = visible_edges(by).filter(later__withdrawn="", earlier__withdrawn="")
    if commitment:
        asked = asked.filter(Q(later=commitment) | Q(earlier=commitment))
    names = ("id", "kind", "rationale", "origin", "confirmed")
    cut = len(names)
    rows: Any = asked.values_list(*names, *(f"{side}__{cell}" for side in SIDES for cell in cells))
    found = [(row[:cut], row[cut : cut + len(cells)], row[cut + len(cells) :]) for row in rows]
    ends = {(end[0], end[3]) for _, later, earlier in found for end in (later, earlier)}
    standing = current(ends, _ending({key for key, _ in ends} if commitment else None, by), as_of=today)
    edges = [
        EdgeRow(*[*about[:2], _end(later, standing), _end(earlier, standing), *about[2:]])
        for about, later, earlier in found
    ]
    return sorted(edges, key=lambda one: (one.earlier.date, one.later.date, one.id))


def _ending(commitments: set[str] | None, by: Actor) -> list[Lineage]:
    """Return all edges that ``by`` may see, or those of them that lead back to some commitments and may end them."""
    asked = visible_edges(by) if commitments is None else visible_edges(by).filter(earlier__in=commitments)
    return [Lineage(*row) for row in asked.order_by().values_list("later_id", "earlier_id", "kind")]


def _end(cells: Any, standing: set[str]) -> End:
    key, document, adopted, _, summary, verb, start = cells
    return End(key, document, adopted or start, summary or f"{verb} … (not summarised yet)", key in standing)


def stands(commitment: str, until: str, today: str, by: Actor, edges: Sequence[EdgeRow] = ()) -> bool:
    """Tell whether one commitment, of a document whose period ends on ``until``, is current (rule L1).

    ``edges`` are those of ``edges_of`` for the commitment, where they are at hand: they say it already.
    """
    for end in (end for edge in edges for end in (edge.later, edge.earlier)):
        if end.id == commitment:
            return end.stands
    return bool(current([(commitment, until)], _ending({commitment}, by), as_of=today))
