"""The register as plain values, for the library that reads anybody's spreadsheet."""

from __future__ import annotations

from followthrough.spreadsheets.known import (
    KnownCommitment,
    KnownDocument,
    KnownParty,
    KnownProvision,
    KnownRegister,
)
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import (
    visible_commitments,
    visible_documents,
    visible_edges,
    visible_provisions,
    visible_sources,
)
from followthrough.web.assessments.values import all_scales
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.indicators.policy import visible_observations, visible_series


def known_register(by: Actor) -> KnownRegister:
    """Return what ``by`` may see of the register."""
    documents = visible_documents(by).values_list("id", "title", "short_title")
    provisions = visible_provisions(by).values_list("id", "document_id", "num", "title")
    commitments = visible_commitments(by).filter(withdrawn="").values_list("id", "provision_id", "summary", "verb")
    parties = Party.objects.values_list("id", "name", "short_name", "kind")
    recorded = {
        **dict(visible_activities(by).values_list("id", "recorded")),
        **dict(visible_claims(by).values_list("id", "recorded")),
        **dict(visible_observations(by).values_list("id", "recorded")),
    }
    return KnownRegister(
        documents=tuple(KnownDocument(*row) for row in documents),
        provisions=tuple(KnownProvision(*row) for row in provisions),
        commitments=tuple(KnownCommitment(*row) for row in commitments),
        parties=tuple(
            KnownParty(key, (name, short), organisation=kind == "organisation") for key, name, short, kind in parties
        ),
        edges=tuple(visible_edges(by).values_list("later_id", "earlier_id")),
        sources={url: key for key, url in visible_sources(by).order_by("-id").values_list("id", "url")},
        recorded={key: str(day) for key, day in recorded.items()},
        series=frozenset(visible_series(by).values_list("id", flat=True)),
        scales=all_scales(),
    )
