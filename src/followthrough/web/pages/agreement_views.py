"""The page of an agreement: what came of it, where the evidence is silent, what is contested and what is new."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.assess.dates import end_of, newest
from followthrough.assess.implementation_stages import Evidence
from followthrough.web.accounts.policy import Actor, may
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.summaries import activities_at
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.agreements.undertakings import undertakings
from followthrough.web.assessments.recorded_evidence import evidence_from, parties_named
from followthrough.web.evidence.conflicts import conflicts_of
from followthrough.web.evidence.policy import visible_suggestions
from followthrough.web.evidence.summaries import ClaimSummary, claims_at
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import State
from followthrough.web.kit.wording import capital
from followthrough.web.links.scope import Scope
from followthrough.web.pages import (
    agreement_coverage,
    agreement_findings,
    agreement_json,
    agreement_overview,
    agreement_sentences,
)
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.agreement_overview import Heat
from followthrough.web.pages.newest_evidence import newest_evidence


@require_safe
def document(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show one agreement: what came of it, where the evidence is silent, what is contested and what is new."""
    facts, neighbours = _around(request, document_or_404(request, doc))
    provisions = rows.provision_rows([doc], full=ext == "json")
    commitments = (
        rows.with_instruments(rows.commitment_rows([doc], provisions, full=ext == "json"), [doc]) if provisions else []
    )
    signed = rows.signatories([doc])[doc]
    parties = agreement_sentences.parties_of(signed, facts.begins)
    context: dict[str, Any] = {
        "doc": facts,
        "eyebrow": agreement_sentences.eyebrow(facts.kind, facts.place, facts.adopted, parties),
        "parties": capital(parties),
        **_keeping(request, doc),
        "neighbours": neighbours,
        "address": address("document", doc),
        "query": request.GET.urlencode(),
        "here": "overview",
    }
    if not commitments:
        shown = _document_json(facts, parties, provisions, [])
        if ext and ext != "json":
            raise Http404(_("Nothing of this document is catalogued yet; its facts are in the JSON."))
        return json_answer(shown) if ext else render(request, "pages/uncatalogued.html", context)
    state = State(request.GET)
    today = timezone.localdate().isoformat()
    asked = agreement_coverage.question(state, today)
    claims, evidence = evidence_of(Scope(doc, by=request.user), asked, provisions, commitments, signed)
    found = agreement_coverage.ladder(
        asked, evidence, provisions, commitments,
        adopted=facts.begins, parties=rows.states_of(signed), joint=rows.bodies_of(signed),
    )  # fmt: skip
    if ext == "json":
        whole = _document_json(facts, parties, provisions, commitments)
        return json_answer(whole | {"coverage": agreement_coverage.ladder_json(found)})
    context |= _overview(found, claims, provisions, commitments, facts, request.user)
    if ext:
        sheet = coverage_sheet(doc, found, context["heat"])
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    return render(request, "pages/overview.html", context | {"problems": state.problems})


def _keeping(request: HttpRequest, doc: str) -> dict[str, Any]:
    """Return whether this person keeps the agreement, and then how many readers wait for an answer about it."""
    if not (request.user.is_authenticated and may(request.user, Permission.EDIT, Document(id=doc))):
        return {"editable": False}
    waiting = visible_suggestions(request.user).filter(document=doc, answered=None)
    return {"editable": True, "readers": waiting.count()}


def _around(request: HttpRequest, facts: DocumentFacts) -> tuple[DocumentFacts, list[tuple[str, dict[str, Any]]]]:
    """Return the documents one step away, and the facts without those that this person may not see."""
    found = rows.neighbours(visible_documents(request.user), facts)
    seen = {near["id"] for _, near in found}
    implements, succeeds = (key if key in seen else None for key in (facts.implements_id, facts.succeeds_id))
    return replace(facts, implements_id=implements, succeeds_id=succeeds), found


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


def _overview(
    found: agreement_coverage.Ladder,
    claims: list[ClaimSummary],
    provisions: list[ProvisionRow],
    commitments: list[CommitmentRow],
    facts: DocumentFacts,
    by: Actor,
) -> dict[str, Any]:
    as_of, today = found.question.as_of, timezone.localdate().isoformat()
    until = end_of(as_of)
    known = [claim for claim in claims if claim.known <= until]
    held = agreement_overview.by_paragraph(
        known, agreement_coverage.homes(agreement_coverage.standard(today), commitments, provisions)
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
        "days": _days(adopted, today),
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


def _days(adopted: str, today: str) -> list[str]:
    """Return the ends of the years since adoption, for the slider of days."""
    first = int((adopted or today)[:4])
    return [f"{year}-12-31" for year in range(first, int(today[:4]))] + [today]


def _document_json(
    facts: DocumentFacts, parties: str, provisions: list[ProvisionRow], held: list[CommitmentRow]
) -> dict[str, Any]:
    plain = ("id", "title", "short_title", "kind", "adopted", "place", "period_start", "period_end", "summary")
    official = {
        "verified": facts.official_verified,
        "expected": facts.official_expected,
        "comparison": facts.official_comparison or None,
    }
    return {
        **{name: getattr(facts, name) or None for name in plain},
        "implements": facts.implements_id,
        "succeeds": facts.succeeds_id,
        "parties": parties,
        "source": {"url": facts.source_url, "title": facts.source_title} if facts.source_url else None,
        "official_text": official if facts.official_attached else None,
        "provisions": [agreement_json.provision_json(row) for row in provisions],
        "commitments": [agreement_json.commitment_json(row) for row in held],
        "count": len(held),
    }


def coverage_sheet(doc: str, found: Ladder, heat: Heat | None) -> Sheet:
    """Return what the pictures of an overview show: each place with its rung, and its claims by the year."""
    years = heat.columns if heat else []
    counted = {row.id: row for group in heat.groups for row in group.rows} if heat else {}
    rows: list[list[str | int]] = []
    for key, rung in found.rungs.items():
        row = counted.get(key)
        counts: list[str | int] = [cell.count for cell in row.cells] if row else [""] * len(years)
        about: list[str | int] = [row.title, row.total, row.unfavourable, row.newest] if row else [""] * 4
        rows.append([key, rung.label, *about, *counts])
    columns = ("id", "rung", "title", "claims", "unfavourable", "newest", *(f"claims {year}" for year in years))
    return Sheet(f"{doc}-coverage", columns, rows)
