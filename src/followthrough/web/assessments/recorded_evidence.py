"""Claims and activities together, as coverage takes them: what is on record about commitments and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from followthrough.assess.implementation_stages import Evidence, Undertaking
from followthrough.web.activities import summaries as activity_summaries
from followthrough.web.activities.activity_rows import ActivityRow
from followthrough.web.activities.policy import visible_activity_parties
from followthrough.web.activities.summaries import ActivitySummary, activity_summary, evidence_of_activities
from followthrough.web.evidence import summaries as claim_summaries
from followthrough.web.evidence.policy import visible_claim_parties
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, claim_summary, evidence_of_claims
from followthrough.web.links.rows import parties_by_subject
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import add_anchor, anchored_rows, in_order, subject_columns


def everything_at(scope: Scope) -> tuple[list[ClaimSummary], list[ActivitySummary]]:
    """Return the claims and the activities of a scope, as ``claims_at`` and ``activities_at`` do, with one query."""
    claims: dict[str, ClaimSummary] = {}
    activities: dict[str, ActivitySummary] = {}
    of_claim = subject_columns("claim", claim_summaries.SUMMARY)
    columns = (*of_claim, *subject_columns("activity", activity_summaries.SUMMARY))
    for anchor, cells in anchored_rows(columns, scope, claim_summaries.CURRENT | activity_summaries.CURRENT):
        if cells[0] is not None:
            add_anchor(claims, claim_summary, cells[: len(of_claim)], anchor)
        else:
            add_anchor(activities, activity_summary, cells[len(of_claim) :], anchor)
    return in_order(claims), in_order(activities)


def parties_named(scope: Scope) -> dict[str, frozenset[str]]:
    """Return the parties that each claim and activity of a scope names, by its id."""
    return parties_by_subject(scope, {"claim": visible_claim_parties, "activity": visible_activity_parties})


def evidence_from(
    claims: Iterable[ClaimSummary | ClaimRow],
    activities: Iterable[ActivitySummary | ActivityRow],
    parties: Mapping[str, frozenset[str]],
    counted_at: Mapping[str, str],
    undertaken: Mapping[str, Undertaking],
) -> list[Evidence]:
    """Return claims and activities as coverage takes them; see ``evidence_of_claims``."""
    return [
        *evidence_of_claims(claims, parties, counted_at, undertaken),
        *evidence_of_activities(activities, parties, counted_at, undertaken),
    ]
