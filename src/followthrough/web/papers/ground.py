"""What the papers of an agreement stand on: its rows, as its own pages read them, on one day and for one reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from followthrough.assess.dates import end_of
from followthrough.assess.implementation_stages import Evidence
from followthrough.errors import InputRefused
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.activities.activity_rows import ActivityRow, activities_of
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_facts
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, whole_claims
from followthrough.web.kit.list_state import State
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage, agreement_overview, agreement_record
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.agreement_overview import Heat
from followthrough.web.papers.asked import Asked


@dataclass(frozen=True, slots=True)
class Ground:
    """An agreement, or one section of it, on a day: ``shown`` is what the page of the agreement shows then.

    ``homes`` gives the paragraph at which a commitment or an item is counted, ``named`` the parties of each evidence
    item and activity; ``claims`` and ``activities`` are those that were publicly known, newest first.
    """

    asked: Asked
    reader: Actor
    facts: DocumentFacts
    provisions: list[ProvisionRow]
    commitments: list[CommitmentRow]
    signed: list[dict[str, Any]]
    shown: dict[str, Any]
    ladder: Ladder
    heat: Heat | None
    homes: dict[str, str]
    named: dict[str, frozenset[str]]
    known: list[ClaimSummary]
    claims: list[ClaimRow]
    activities: list[ActivityRow]

    @property
    def scope(self) -> Scope:
        """What it is about."""
        return Scope(self.facts.id, by=self.reader)

    @property
    def places(self) -> list[ProvisionRow]:
        """The paragraphs whose stage is counted, in the order of the text."""
        return [one for one in self.provisions if one.id in self.ladder.rungs]

    def at(self, linked: Collection[str]) -> tuple[str, ...]:
        """Return the numbers of the paragraphs of linked places, in the order of the text."""
        mine = {self.homes.get(place, place) for place in linked}
        return tuple(one.num or one.ref for one in self.places if one.id in mine)


def ground_of(asked: Asked, by: Actor) -> Ground:
    """Return what the papers stand on. Raises ``InputRefused`` for what is not there to be read."""
    reader = asked.reader(by)
    facts = document_facts(asked.document, hidden("document", reader))
    if facts is None:
        what = _("is no agreement of this register, or it is not public")
        raise InputRefused(asked.document, what, _("name another"))
    provisions = rows.provision_rows([facts.id])
    commitments = rows.commitment_rows([facts.id], provisions, full=False)
    if not commitments:
        what = _("has no commitment on record")
        raise InputRefused(facts.id, what, _("catalogue it first"))
    signed = rows.signatories([facts.id])[facts.id]
    scope = Scope(facts.id, by=reader)
    asks = agreement_coverage.question(State(QueryDict(f"as_of={asked.as_of}")), asked.today)
    homes = agreement_coverage.homes(asks, commitments, provisions)
    claims, evidence = agreement_record.evidence_of(scope, asks, provisions, commitments, signed)
    if asked.section:
        provisions, commitments = _within(asked.section, provisions, commitments)
        claims, evidence = _inside(provisions, homes, claims, evidence)
    found = agreement_coverage.ladder(
        asks, evidence, provisions, commitments, adopted=facts.begins, parties=rows.states_of(signed),
        joint=rows.bodies_of(signed),
    )  # fmt: skip
    shown = agreement_record.overview(found, claims, provisions, commitments, facts, reader)
    known = agreement_overview.known_by(claims, asked.as_of)
    whole = whole_claims(known, reader, linked=False)
    ties = {one.id: one.ties for one in known}
    tied = [replace(one, ties=list(ties[one.id])) for one in whole]  # type: ignore[arg-type]  # both name their place
    return Ground(
        asked, reader, facts, provisions, commitments, signed, shown, found, shown["heat"], homes,
        parties_named(scope), known, sorted(tied, key=lambda one: (one.date, one.id), reverse=True),
        _activities(scope, asked.as_of, {one.id for one in provisions}, homes),
    )  # fmt: skip


def _within(
    section: str, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]
) -> tuple[list[ProvisionRow], list[CommitmentRow]]:
    """Return the places of one section and their commitments."""
    head = next((one for one in provisions if one.kind == "section" and section in (one.ref, one.num)), None)
    if head is None:
        known = ", ".join(one.num or one.ref for one in provisions if one.kind == "section")
        raise InputRefused(section, _("is no section of this agreement"), _("name one of %(known)s") % {"known": known})
    inside, kept = {head.id}, [head]
    for one in provisions:
        if one.parent in inside and one.id not in inside:
            inside.add(one.id)
            kept.append(one)
    return kept, [row for row in commitments if row.provision in inside]


def _inside(
    provisions: Sequence[ProvisionRow],
    homes: dict[str, str],
    claims: Sequence[ClaimSummary],
    evidence: Sequence[Evidence],
) -> tuple[list[ClaimSummary], list[Evidence]]:
    """Return the evidence that is linked into some places, without its links elsewhere."""
    mine = {one.id for one in provisions}
    here = [replace(one, ties=[tie for tie in one.ties if homes.get(tie.place, tie.place) in mine]) for one in claims]
    return [one for one in here if one.ties], [one for one in evidence if one.place in mine]


def _activities(scope: Scope, day: str, mine: set[str], homes: dict[str, str]) -> list[ActivityRow]:
    """Return the activities that were publicly known by the end of a day and are linked to places of ``mine``."""
    until = end_of(day)
    held = [one for one in activities_of(scope) if one.known <= until]
    return [one for one in held if any(homes.get(tie.place, tie.place) in mine for tie in one.ties)][::-1]
