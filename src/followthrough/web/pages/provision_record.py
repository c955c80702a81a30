"""What is recorded about one place of an agreement: answer, evidence in time, stage, targets, activities, trends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from followthrough.assess.dates import Time, newest
from followthrough.assess.grading import silent_for
from followthrough.assess.implementation_stages import CoverageStage, Evidence, counts
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import activities_of
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.assessments.recorded_evidence import evidence_from, parties_named
from followthrough.web.evidence.conflicts import conflicts_of
from followthrough.web.evidence.published_comments import comments_about
from followthrough.web.evidence.rows import ClaimRow, claims_of, last_recorded
from followthrough.web.followup.lives import lives_of
from followthrough.web.followup.published_reports import published_at
from followthrough.web.indicators.target_rows import targets_of
from followthrough.web.indicators.target_sentences import shown_targets
from followthrough.web.indicators.trends import trends_at
from followthrough.web.links.scope import Scope
from followthrough.web.links.stamps import stamp_of
from followthrough.web.pages import provision_answer as answers
from followthrough.web.pages.provision_parties import by_party
from followthrough.web.pages.timeline import axis, of_adoption


def about_place(
    facts: DocumentFacts, signed: list[dict[str, Any]], home: ProvisionRow, shown: Sequence[CommitmentRow],
    details: Mapping[str, list[dict[str, Any]]],
    by: Actor,
) -> dict[str, Any]:  # fmt: skip
    """Return what is recorded about the commitments of a place that are ``shown``, and about the place itself.

    ``signed`` are the signatories of the agreement, as ``rows.signatories`` returns them.
    """
    if home.kind == "section":
        return {}
    scope = scope_of(home, shown, by)
    adopted, today = facts.begins, timezone.localdate().isoformat()
    claims, activities = claims_of(scope), activities_of(scope)
    promised = undertakings(signed, ((one.id, home.id, one.verb, one.kind) for one in shown))
    named = parties_named(scope)
    found = evidence_from(claims, activities, named, {}, promised)
    evidence = [one for one in found if counts(one, since=adopted, as_of=today, confirmed_only=False)]
    reached = max((one.stage for one in evidence), default=CoverageStage.NOTHING)
    stages = _stages(evidence, shown, home)
    targets = targets_of(scope, today)
    return {
        "activities": activities,
        "reports": published_at(home.id, by),
        **_life(facts, shown, claims, today, by),
        "comments": comments_about([home.ref, home.num, *(one.ref for one in shown)], by, facts.id),
        "rung": reached,
        "stages": stages,
        **answers.told(shown, stages, reached, details, targets),
        "rest": answers.rest(claims, reached, adopted, today),
        "looked": "" if claims else last_recorded(facts.id, by),
        "targets": shown_targets(targets),
        "unmeasured": answers.unmeasured(shown),
        "trends": trends_at(scope, rows.states_of(signed)),
        **_in_time(claims, adopted, today, by),
        **by_party(signed, claims, named, adopted),
    }


def claims_about(home: ProvisionRow, shown: Sequence[CommitmentRow], by: Actor) -> list[ClaimRow]:
    """Return the claims of a place alone, those that ``about_place`` has."""
    return claims_of(scope_of(home, shown, by))


def scope_of(home: ProvisionRow, shown: Sequence[CommitmentRow], by: Actor) -> Scope:
    """Return the scope of a place and of the commitments that are shown in it."""
    return Scope(places=(home.id, *(one.id for one in shown)), by=by)


def _life(
    facts: DocumentFacts, shown: Sequence[CommitmentRow], claims: Sequence[ClaimRow], today: str, by: Actor
) -> dict[str, Any]:
    """Return where the commitments are in their life; and, where all are in one state for one reason, that of all."""
    dates: dict[str, list[str]] = {}
    for claim in claims:
        for tie in claim.ties:
            dates.setdefault(tie.place, []).append(claim.date)
    lives = list(lives_of(facts, shown, by, today, dates).values())
    alike = len({(one.state, one.because) for one in lives}) == 1
    return {"lives": lives, "one_life": lives[0] if alike else None}


def _in_time(claims: list[ClaimRow], adopted: str, today: str, by: Actor) -> dict[str, Any]:
    """Return the claims along time, with what is contested, how many came since the adoption, and the last silence."""
    disputes = conflicts_of([claim.id for claim in claims], by)
    disputed = {side.claim: one.id for one in disputes for side in one.sides if side.claim}
    latest = newest((claim.date for claim in claims), today)
    since = sum(of_adoption(claim.date, adopted) is Time.SINCE for claim in claims)
    along = axis(claims, adopted=adopted, today=today, disputed=disputed)
    return {
        "claims": claims,
        **_unconfirmed(claims),
        "conflicts": disputes,
        "axis": along,
        "weight": answers.weight(claims, since, latest),
        "longest": answers.longest_silence(along),
        "since": since,
        "silent": silent_for([claim.date for claim in claims], today),
        "unfavourable": sum(claim.unfavourable for claim in claims),
        "newest": latest,
    }


def _unconfirmed(claims: Sequence[ClaimRow]) -> dict[str, Any]:
    """Return claims with those of their links that wait to be confirmed, and the stamp of what the page shows."""
    waiting = [tie for claim in claims for tie in claim.ties if not tie.confirmed]
    return {"claims": claims, "waiting": [tie.id for tie in waiting], "waiting_stamp": stamp_of(waiting)}


def _stages(
    evidence: Sequence[Evidence], shown: Sequence[CommitmentRow], home: ProvisionRow
) -> dict[str, CoverageStage]:
    """Return the stage of each commitment; what is linked to the whole paragraph counts for each of them."""
    return {
        row.id: max((one.stage for one in evidence if one.place in (row.id, home.id)), default=CoverageStage.NOTHING)
        for row in shown
    }
