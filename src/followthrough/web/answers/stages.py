"""Coverage: how far paragraphs have come, overall, by section and for one party, with both lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from followthrough.assess.implementation_stages import ROLLUPS, CoverageStage, Evidence
from followthrough.errors import InputRefused
from followthrough.web.agreements import rows
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.answers.asking import Where, inside, one_of, sentence, share, site, where
from followthrough.web.answers.asks import AskCoverage
from followthrough.web.answers.evidence import parties_of
from followthrough.web.answers.shape import Answer, Item, Share
from followthrough.web.kit.addresses import place_address
from followthrough.web.kit.list_state import State
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_coverage, agreement_findings, agreement_record
from followthrough.web.pages.agreement_coverage import Ladder

MOST_SECTIONS = 40
"""Sections whose counts stand beside those of the whole; any one is asked for by its number."""


def coverage(ask: AskCoverage) -> Answer:
    """Say how many paragraphs have reached each implementation stage on a day, n of N, with the list of each.

    Stages, from the lowest: nothing recorded, planned, under way, output delivered, outcome indicated. `shares` holds
    for each stage who reached or passed it (inside) and who did not (outside); for the whole agreement also the
    paragraphs with evidence by section. "Nothing recorded" is no failure: the register is silent.
    """
    at = where(ask.agreement, ask.as_of)
    if ask.rollup in ("all", "mean") and ask.party:
        raise InputRefused("rollup", "asks for all parties, and one is named", "leave out one of the two")
    one_of("party", ask.party, parties_of(at))
    provisions, commitments = at.places()
    found, evidence = _ladder(ask, at, provisions, commitments)
    if ask.section:
        mine = inside(ask.section, provisions, commitments)
        found = found.only(mine)
    shares = _stages(found, ask)
    if not ask.section:
        shares += _sections(found, provisions, commitments)
    silent = all(stage is CoverageStage.NOTHING for stage in found.rungs.values())
    moved = [key for key, stage in found.rungs.items() if stage is not CoverageStage.NOTHING]
    still = [key for key, stage in found.rungs.items() if stage is CoverageStage.NOTHING]
    said = sentence(agreement_findings.stages(found, agreement_findings.age(at.facts.begins, at.as_of)))
    return Answer(
        at.as_of, at.id, _("Nothing that counts is recorded.") if silent else said, silent=silent,
        looked_at=[f"{ask.unit}: {found.total}", f"links to evidence: {len(evidence)}"],
        count=share(f"{ask.unit} with a stage", len(moved), found.total, _formula(ask), moved, still),
        shares=shares, items=_places(found, provisions, commitments), page=at.page("document"),
    )  # fmt: skip


def _ladder(
    ask: AskCoverage, at: Where, provisions: list[ProvisionRow], commitments: list[CommitmentRow]
) -> tuple[Ladder, list[Evidence]]:
    """Return the stages that the page of the agreement shows for the same question."""
    query = QueryDict(mutable=True)
    query.update({"as_of": at.as_of, "unit": ask.unit, "rollup": ask.rollup, "basis": ask.basis})
    asked = agreement_coverage.question(State(query), at.as_of)
    signed = rows.signatories([at.id])[at.id]
    _claims, evidence = agreement_record.evidence_of(Scope(at.id, by=at.by), asked, provisions, commitments, signed)
    if ask.party:
        evidence = [one for one in evidence if ask.party in one.parties]
    found = agreement_coverage.ladder(
        asked, evidence, provisions, commitments, adopted=at.facts.begins, parties=rows.states_of(signed),
        joint=rows.bodies_of(signed),
    )  # fmt: skip
    return found, evidence


def _formula(ask: AskCoverage) -> str:
    whose = f"evidence that names {ask.party}" if ask.party else ROLLUPS[ask.rollup]
    return f"coverage, rules C1 to C6 version 2: {ask.unit}, {whose}, {ask.basis} links"


def _stages(found: Ladder, ask: AskCoverage) -> list[Share]:
    shares = []
    for step in found.steps:
        reached = [key for key, stage in found.rungs.items() if stage >= step.rung]
        short = [key for key, stage in found.rungs.items() if stage < step.rung]
        n = float(step.at) if "." in step.at else int(step.at)
        shares.append(share(f"at or above: {step.rung.label}", n, step.total, _formula(ask), reached, short))
        standing = [key for key, _name in step.places]
        shares.append(share(f"on: {step.rung.label}", step.on, step.total, _formula(ask), standing, []))
    return shares


def _sections(
    found: Ladder, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]
) -> list[Share]:  # fmt: skip
    """Return for each section how many of its places have a stage, with both lists."""
    shares = []
    for section in [one for one in provisions if one.kind == "section"][:MOST_SECTIONS]:
        part = found.only(inside(section.id, provisions, commitments))
        moved = [key for key, stage in part.rungs.items() if stage is not CoverageStage.NOTHING]
        still = [key for key, stage in part.rungs.items() if stage is CoverageStage.NOTHING]
        name = f"section {section.num} {section.title}".strip()
        shares.append(share(name, len(moved), part.total, "of the section, places with a stage", moved, still, 50))
    return shares


def _places(found: Ladder, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]) -> list[Item]:
    says = {one.id: f"{one.num} {one.title}".strip() for one in provisions} | {one.id: one.said for one in commitments}
    kept = list(found.rungs.items())[:50]
    return [Item("stage", key, says[key], state=stage.label, page=site(place_address(key))) for key, stage in kept]
