"""One claim with everything that stands around it: its links, its parties, the questions it is part of, its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.evidence.conflicts import ConflictRow, conflicts_of
from followthrough.web.evidence.policy import visible_claim_parties, visible_claims
from followthrough.web.evidence.rows import CLAIM, ClaimRow
from followthrough.web.links.rows import LinkedPlace, linked_places


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that the page of a claim shows; ``corrects`` are the claims that it replaces."""

    row: ClaimRow
    linked: list[LinkedPlace]
    parties: list[tuple[str, str]]
    conflicts: list[ConflictRow]
    corrects: list[str]


def detail(key: str, by: Actor) -> Detail | None:
    """Return a claim, or nothing where ``by`` sees none."""
    cells = (*CLAIM, *(f"source__{name}" for name in SOURCE))
    found: Any = visible_claims(by).filter(pk=key).values_list(*cells).first()
    if found is None:
        return None
    linked = linked_places("claim", key, by)
    source = SourceRow(*found[len(CLAIM) :])
    row = ClaimRow(*[*found[: len(CLAIM)], source, [one.link for one in linked]])
    parties = visible_claim_parties(by).filter(claim=key).order_by("party__name").values_list("party_id", "party__name")
    corrects = visible_claims(by).filter(replaced_by=key).order_by("id").values_list("id", flat=True)
    return Detail(row, linked, list(parties), conflicts_of([key], by), list(corrects))
