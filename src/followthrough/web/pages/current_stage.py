"""Where an agreement, or a part of it, stands today: the stages of its paragraphs and the evidence behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from followthrough.assess.dates import newest
from followthrough.assess.grading import silent_for
from followthrough.assess.implementation_stages import CoverageStage
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows as register
from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.assessments.recorded_evidence import everything_at, evidence_from, parties_named
from followthrough.web.evidence.summaries import ClaimSummary
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage as coverage
from followthrough.web.pages import agreement_overview as overview
from followthrough.web.pages.agreement_coverage import Ladder


class Today(NamedTuple):
    """The stages of some paragraphs, the claims of each, all claims of the agreement, and the parties that each names.

    ``homes`` is the paragraph at which the evidence of a commitment or an item is counted.
    """

    ladder: Ladder
    held: dict[str, list[ClaimSummary]]
    claims: list[ClaimSummary]
    named: dict[str, frozenset[str]]
    homes: dict[str, str]


class Read(NamedTuple):
    """An agreement read for a page of another address than its own: its places, signatories, and where it stands."""

    provisions: list[ProvisionRow]
    commitments: list[CommitmentRow]
    signed: list[dict[str, Any]]
    adopted: str
    today: Today


class Line(NamedTuple):
    """One paragraph today: its stage, its evidence, how much of it is adverse, the newest date, and months since."""

    stage: CoverageStage
    items: int
    adverse: int
    newest: str
    silent: int | None


def stands_today(
    document: str,
    adopted: str,
    day: str,
    provisions: Sequence[ProvisionRow],
    commitments: Sequence[CommitmentRow],
    signed: Sequence[dict[str, Any]],
    by: Actor,
    among: Sequence[ProvisionRow] | None = None,
) -> Today:
    """Return where a document stands on ``day``, or of it the provisions ``among``."""
    scope = Scope(document, by=by)
    claims, activities = everything_at(scope)
    promised = undertakings(signed, ((row.id, row.provision, row.verb, row.kind) for row in commitments))
    asked = coverage.standard(day)
    homes = coverage.homes(asked, commitments, provisions)
    named = parties_named(scope)
    evidence = evidence_from(claims, activities, named, homes, promised)
    counted = provisions if among is None else among
    inside = {one.id for one in counted}
    mine = [row for row in commitments if homes.get(row.id, row.provision) in inside]
    found = coverage.ladder(asked, evidence, counted, mine, adopted=adopted, parties=(), joint=())
    known = overview.known_by(claims, day)
    return Today(found, overview.by_paragraph(known, homes), known, named, homes)


def read_today(doc: DocumentRow, day: str, by: Actor) -> Read:
    """Return an agreement and where it stands on ``day``."""
    provisions = register.provision_rows([doc.id])
    commitments = register.commitment_rows([doc.id], provisions, full=False)
    signed = register.signatories([doc.id])[doc.id]
    adopted = doc.adopted or doc.period_start
    today = stands_today(doc.id, adopted, day, provisions, commitments, signed, by)
    return Read(provisions, commitments, signed, adopted, today)


def lines(today: Today, day: str) -> dict[str, Line]:
    """Return each paragraph as one line, on ``day``."""
    return {
        key: Line(
            stage, len(claims), sum(claim.unfavourable for claim in claims), newest(claim.date for claim in claims),
            silent_for([claim.date for claim in claims], day),
        )
        for key, stage in today.ladder.rungs.items()
        for claims in (today.held.get(key, []),)
    }  # fmt: skip
