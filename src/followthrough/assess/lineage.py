"""Lineage between commitments: which are current, derived from the edges of the lineage graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from followthrough.model.rules import Rule
from followthrough.model.vocabulary import EdgeKind

ENDING = frozenset({EdgeKind.SUPERSEDES, EdgeKind.DROPS, EdgeKind.MERGES, EdgeKind.SPLITS})
"""The kinds of edge that end the earlier commitment."""

RULES = (
    Rule(
        "L1",
        1,
        "lineage",
        "Which commitments are current",
        "A commitment is current unless a later one supersedes, drops, merges or splits it, or the period of its "
        "document has ended. One that is only implemented, continued, restated, elaborated, strengthened or weakened "
        "stays.",
        "followthrough.assess.lineage.current",
    ),
)


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed edge: the relation ``kind`` of the later commitment to the earlier one."""

    later: str
    earlier: str
    kind: str


def current(commitments: Iterable[tuple[str, str]], edges: Iterable[Edge], *, as_of: str) -> set[str]:
    """Return the ids of the commitments that are current on the day ``as_of`` (rule L1).

    ``commitments`` are pairs of an id and the end of its document's period, which is empty for an open one.
    """
    ended = {edge.earlier for edge in edges if edge.kind in ENDING}
    return {key for key, until in commitments if key not in ended and not (until and until[:10] < as_of[: len(until)])}
