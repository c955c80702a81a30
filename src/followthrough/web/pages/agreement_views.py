"""The page of an agreement: what came of it, where the evidence is silent, what is contested and what is new."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.publish.citations import FORMS, Citation
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import rows
from followthrough.web.agreements.citing import cite, cited_answer
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.evidence.policy import visible_suggestions
from followthrough.web.kit.addresses import address
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import State
from followthrough.web.kit.wording import capital
from followthrough.web.links.scope import Scope
from followthrough.web.pages import (
    agreement_coverage,
    agreement_json,
    agreement_record,
    agreement_sentences,
)
from followthrough.web.pages.agreement_coverage import Ladder
from followthrough.web.pages.agreement_overview import Heat


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
    cited = _cited(request, facts, signed)
    if ext in FORMS:
        return cited_answer(cited, ext)
    context: dict[str, Any] = {
        "doc": facts, "cite": cited, "query": request.GET.urlencode(), "here": "overview",
        "eyebrow": agreement_sentences.eyebrow(facts.kind, facts.place, facts.adopted, parties),
        "parties": capital(parties), "neighbours": neighbours, "address": address("document", doc),
        **_keeping(request, doc),
    }  # fmt: skip
    if not commitments:
        shown = _document_json(facts, parties, provisions, [])
        if ext and ext != "json":
            raise Http404(_("Nothing of this document is catalogued yet; its facts are in the JSON."))
        return json_answer(shown) if ext else render(request, "pages/uncatalogued.html", context)
    state, today = State(request.GET), timezone.localdate().isoformat()
    asked = agreement_coverage.question(state, today)
    claims, evidence = agreement_record.evidence_of(Scope(doc, by=request.user), asked, provisions, commitments, signed)
    found = agreement_coverage.ladder(
        asked, evidence, provisions, commitments,
        adopted=facts.begins, parties=rows.states_of(signed), joint=rows.bodies_of(signed),
    )  # fmt: skip
    if ext == "json":
        coverage = {"coverage": agreement_coverage.ladder_json(found)}
        return json_answer(_document_json(facts, parties, provisions, commitments) | coverage)
    context |= agreement_record.overview(found, claims, provisions, commitments, facts, request.user)
    if ext:
        sheet = coverage_sheet(doc, found, context["heat"])
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    more = {"problems": state.problems, "days": _days(facts.begins, today)}
    return render(request, "pages/overview.html", context | more)


def _cited(request: HttpRequest, facts: DocumentFacts, signed: list[dict[str, Any]]) -> Citation:
    about = agreement_sentences.cited_of(facts, signed)
    return cite(request, "document", facts.id, facts.title, address("document", facts.id), about)


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
