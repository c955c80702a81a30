"""Parties as their list shows them: how much of the register speaks of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activity_parties
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_party_events
from followthrough.web.evidence.policy import visible_claim_parties, visible_claims


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party, and how much of the register speaks of it."""

    id: str
    name: str
    kind: str
    claims: int
    activities: int
    events: int


def party_rows(by: Actor) -> list[PartyRow]:
    """Return the parties with counts of what is recorded about each that ``by`` may see."""
    named = visible_claim_parties(by)
    withdrawn = visible_claims(by).filter(withdrawn__gt="").order_by().values("pk")
    gone = _counted(named.filter(claim__in=withdrawn))
    standing = {party: n - gone.get(party, 0) for party, n in _counted(named).items()}
    active = _counted(visible_activity_parties(by).filter(activity__withdrawn=""))
    stepped = _counted(visible_party_events(by))
    asked = Party.objects.order_by("kind", "name").values_list("id", "name", "kind")
    return [PartyRow(*row, *(found.get(row[0], 0) for found in (standing, active, stepped))) for row in asked]


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    """Return how many of ``rows`` each party has."""
    return dict(rows.order_by().values_list("party_id").annotate(n=Count("*")))


def claims_naming(key: str, by: Actor) -> tuple[int, int]:
    """Return how many claims that stand name a party, and how many of them are unfavourable."""
    naming = visible_claim_parties(by).filter(party=key, claim__withdrawn="")
    counts = naming.aggregate(all=Count("pk"), against=Count("pk", filter=Q(claim__stance="unfavourable")))
    return counts["all"], counts["against"]
