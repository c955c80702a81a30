"""Claims and activities together, as coverage takes them: what is on record about commitments and paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeAlias

from followthrough.assess.implementation_stages import (
    Act,
    Evidence,
    Undertaking,
    act_of_activity,
    act_of_claim,
    stage,
)
from followthrough.web.activities import summaries as activity_summaries
from followthrough.web.activities.activity_rows import ActivityRow
from followthrough.web.activities.policy import visible_activity_parties
from followthrough.web.activities.summaries import ActivitySummary, activity_summary
from followthrough.web.evidence import summaries as claim_summaries
from followthrough.web.evidence.policy import visible_claim_parties
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, claim_summary
from followthrough.web.links.rows import parties_by_subject
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import add_anchor, anchored_rows, in_order, subject_columns

Recorded: TypeAlias = "ClaimSummary | ClaimRow | ActivitySummary | ActivityRow"
NOBODY: frozenset[str] = frozenset()
ANYBODY = Undertaking()


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
    """Return claims and activities as coverage takes them: one piece of evidence for each link.

    ``parties`` are those that each names; ``counted_at`` the place where what is linked to a place is counted;
    ``undertaken`` what the commitment at each place promises, and whose act can move it (rule C5).
    """
    dated: list[tuple[Recorded, str, Callable[[str, frozenset[str]], Act]]] = [
        *((one, one.date, partial(act_of_claim, one.kind, one.stance)) for one in claims),
        *((one, one.end or one.start or one.told, partial(act_of_activity, one.kind, one.state)) for one in activities),
    ]
    found = []
    for one, date, act_of in dated:
        named = parties.get(one.id, NOBODY)
        for link in one.ties:
            reached = stage(act_of(link.role, named), undertaken.get(link.place, ANYBODY))
            place = counted_at.get(link.place, link.place)
            found.append(Evidence(place, one.id, reached, date, one.known, named, bool(link.confirmed)))
    return found
