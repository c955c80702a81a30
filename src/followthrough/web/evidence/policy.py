"""Who may see which evidence: every page, file, count and search starts from one of these functions."""

from __future__ import annotations

from django.db.models import QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import (
    Part,
    Reference,
    ids,
    register_parts,
    register_references,
    without_hidden,
)
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import documents_where, visible_documents
from followthrough.web.evidence.models import PUBLISHED, Claim, ClaimParty, ConflictSide, Suggestion


def visible_claims(by: Actor) -> QuerySet[Claim]:
    """Return the evidence that ``by`` may see, withdrawn items too."""
    return without_hidden(Claim, "claim", by)


def visible_claim_parties(by: Actor) -> QuerySet[ClaimParty]:
    """Return which parties the evidence that ``by`` may see speaks of."""
    return without_hidden(ClaimParty, "claim", by, "claim")


def visible_sides(by: Actor) -> QuerySet[ConflictSide]:
    """Return the sides of the questions all of whose sides ``by`` may see."""
    return without_hidden(ConflictSide, "conflict", by, "conflict")


def visible_suggestions(by: Actor) -> QuerySet[Suggestion]:
    """Return the suggestions of readers that ``by`` may see."""
    return Suggestion.objects.filter(document__in=ids(documents_where(by, Permission.ENTER)))


def visible_comments(by: Actor) -> QuerySet[Suggestion]:
    """Return the comments of readers and replies of parties that were published, of agreements that ``by`` may read."""
    shown = Suggestion.objects.filter(outcome=PUBLISHED, answered__isnull=False)
    return shown.filter(document__in=ids(visible_documents(by)))


def register() -> None:
    """Register what is hidden with a claim: called once all models are loaded.

    A question on which sources disagree is hidden with any of its sides: its words speak of all of them.
    """
    register_parts(
        "conflict",
        Part(ConflictSide, "claim_id", "claim", "conflict_id"),
        Part(ConflictSide, "fund_figure_id", "figure", "conflict_id"),
        Part(ConflictSide, "observation_id", "observation", "conflict_id"),
    )
    register_references(
        "source",
        Reference(Claim, "source_id", "id", "claim"),
        Reference(ConflictSide, "source_id", "conflict_id", "conflict"),
    )
