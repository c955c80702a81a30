"""The newest dated evidence of an agreement, each item with the paragraphs that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followthrough.web.accounts.policy import Actor
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, whole_claims
from followthrough.web.pages import agreement_overview


def newest_evidence(
    claims: Sequence[ClaimSummary], homes: Mapping[str, str], by: Actor
) -> list[tuple[ClaimRow, list[str]]]:
    """Return the newest dated claims; ``homes`` gives the number of the paragraph of each commitment."""
    newest = agreement_overview.news(claims)
    places = [sorted({homes.get(tie.place, tie.place) for tie in one.ties}) for one in newest]
    return list(zip(whole_claims(newest, by, linked=False), places, strict=True))
