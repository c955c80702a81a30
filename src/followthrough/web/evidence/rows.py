"""Plain rows of claims, with what links them to an agreement."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Max

from followthrough.assess.dates import order
from followthrough.assess.implementation_stages import known_since
from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.links.rows import LINK_CELLS, LinkRow, link_row, linked_rows
from followthrough.web.links.scope import Scope

CLAIM = (
    "id", "kind", "date", "statement", "value", "unit", "stance", "reproducible", "checked", "check_note", "notes",
    "quote", "recorded", "withdrawn", "replaced_by_id",
)  # fmt: skip
"""The columns of ``ClaimRow``, in its order."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its source and its links to the agreement that a page is about."""

    id: str
    kind: str
    date: str
    statement: str
    value: Decimal | None
    unit: str
    stance: str
    reproducible: bool
    checked: bool
    check_note: str
    notes: str
    quote: str
    recorded: str
    withdrawn: str
    replaced_by: str | None
    source: SourceRow
    ties: list[LinkRow] = field(default_factory=list)

    @property
    def unfavourable(self) -> bool:
        """Whether it speaks against the undertaking being kept."""
        return self.stance == "unfavourable"

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.source.published, self.date, self.recorded)

    @property
    def figure(self) -> str:
        """Its value with its unit, or nothing."""
        return f"{plain(self.value)} {self.unit}".strip() if self.value is not None else ""


def claims_of(scope: Scope) -> list[ClaimRow]:
    """Return the claims that are linked to a scope and were not withdrawn, oldest first, undated last."""
    found: dict[str, ClaimRow] = {}
    for row in linked_rows("claim", CLAIM, scope):
        cells, source = row[LINK_CELLS : LINK_CELLS + len(CLAIM)], row[LINK_CELLS + len(CLAIM) :]
        claim = found.setdefault(cells[0], ClaimRow(*[*cells, SourceRow(*source)]))
        claim.ties.append(link_row(row))
    kept = (claim for claim in found.values() if not claim.withdrawn)
    return sorted(kept, key=lambda claim: (order(claim.date), claim.id))


def last_recorded(document: str, by: Actor) -> str:
    """Return the day on which evidence about a document was last recorded, or nothing where none ever was."""
    asked = (links.aggregate(day=Max("claim__recorded")) for links in Scope(document, by=by).links("claim"))
    return max((found["day"] or "" for found in asked), default="")
