"""What is on record of an agreement on a day: what its page shows and its papers say, from the same functions."""

from __future__ import annotations

from typing import Any

from followthrough.assess.dates import end_of, newest
from followthrough.assess.implementation_stages import Evidence
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.summaries import activities_at
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.assessments.recorded_evidence import evidence_from, parties_named
from followthrough.web.evidence.conflicts import conflicts_of
from followthrough.web.evidence.summaries import ClaimSummary, claims_at
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage, agreement_findings, agreement_overview, agreement_sentences
from followthrough.web.pages.newest_evidence import newest_evidence


def evidence_of(
    scope: Scope,
    asked: agreement_coverage.Question,
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    signed: list[dict[str, Any]],
) -> tuple[list[ClaimSummary], list[Evidence]]:
    """Return the claims about a document, and all its evidence as coverage takes it for a question."""
    named = parties_named(scope)
    claims, activities = claims_at(scope), activities_at(scope)
    promised = undertakings(signed, ((row.id, row.provision, row.verb, row.kind) for row in commitments))
    homes = agreement_coverage.homes(asked, commitments, provisions)
    return claims, evidence_from(claims, activities, named, homes, promised)


def overview(
    found: agreement_coverage.Ladder,
    claims: list[ClaimSummary],
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    facts: DocumentFacts,
    by: Actor,
) -> dict[str, Any]:
    """Return what the page of an agreement shows of the evidence that was known on the day of ``found``."""
    as_of = found.question.as_of
    known = agreement_overview.known_by(claims, as_of)
    held = agreement_overview.by_paragraph(
        known, agreement_coverage.homes(agreement_coverage.standard(as_of), commitments, provisions)
    )
    titles = names_of(provisions, commitments)
    adopted = facts.begins
    in_paragraphs = found.rungs if found.question.unit == "paragraphs" else {}
    ids = {claim.id for claim in known}
    disputes = conflicts_of(sorted(ids), by)
    heat = agreement_overview.heat(provisions, held, adopted=adopted, today=as_of) if claims else None
    years = heat.years if heat else []
    tiles = agreement_overview.section_tiles(provisions, in_paragraphs, held, years, as_of) if in_paragraphs else []
    return {
        "ladder": found,
        "finding": agreement_findings.stages(found, agreement_findings.age(adopted, end_of(as_of))) if claims else "",
        "gaps": agreement_findings.gaps(found, held, titles)
        if claims
        else agreement_sentences.says(commitments, provisions),
        "heat": heat,
        "tiles": tiles,
        "news": newest_evidence(known, {row.id: row.num or row.ref for row in commitments}, by),
        "conflicts": disputes,
        **_in_short(known, as_of),
        "paragraphs": agreement_sentences.paragraph_count(provisions),
        "political": rows.political(facts.id),
        "total": len(commitments),
        "actions": sum(row.kind == "action" for row in commitments),
    }


def _in_short(claims: list[ClaimSummary], as_of: str) -> dict[str, Any]:
    """Return what is on record: the claims, how many sources they are from, the newest, and the last that was added."""
    return {
        "claims": claims,
        "sources": len({claim.source for claim in claims}),
        "newest": newest((claim.date for claim in claims), as_of),
        "recorded": max((claim.recorded for claim in claims), default=""),
    }


def names_of(provisions: list[ProvisionRow], commitments: list[CommitmentRow]) -> dict[str, str]:
    """Return what a sentence calls each place: its number and title, or a commitment's number and what it says."""
    named = {one.id: f"{one.num or one.ref} {one.title}".strip() for one in provisions}
    return named | {row.id: f"{row.ref} {row.said}" for row in commitments}
