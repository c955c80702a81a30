"""The pages that belong to no single agreement: home, search, method, and what every site owes its readers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from followthrough.registry import Rule, all_rules
from followthrough.web.accounts.policy import visible_documents
from followthrough.web.agreements import pictures, sentences
from followthrough.web.agreements import rows as register
from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.audit.record import head
from followthrough.web.search.query import search as search_register
from followthrough.web.site import lineage
from followthrough.web.site.export import json_answer
from followthrough.web.site.wording import capital, plural
from followthrough.web.workbench.rows import agreement

AREAS = {
    "read": "Reading a text",
    "split": "What is one commitment",
    "kind": "Kinds of commitment",
    "strength": "Strength of an undertaking",
    "terms": "Deadlines and quantities",
    "agreement": "How far machine and person agree",
    "coverage": "How far a commitment has come",
    "grade": "How strong the evidence is",
    "targets": "Targets",
    "money": "Money",
    "cycle": "The project cycle",
    "lineage": "Lineage",
    "indicators": "Indicators",
    "ratings": "Ratings",
}

CARDS = 12
"""Agreements that the home page introduces; the list of agreements has them all."""


@dataclass(frozen=True, slots=True)
class Card:
    """A catalogued agreement on the home page."""

    doc: DocumentRow
    finding: SafeString
    ladder: list[pictures.Rung]
    numbers: list[tuple[str, str]]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the register holds: its agreements, and all documents in time."""
    documents = register.document_rows(visible_documents(request.user))
    catalogued = sorted((row for row in documents if row.commitments), key=lambda row: row.adopted, reverse=True)
    ids = [row.id for row in catalogued[:CARDS]]
    provisions = register.provision_rows(ids)
    commitments = register.with_instruments(register.commitment_rows(ids, provisions), ids)
    signed = register.signatories(ids)
    cards = [
        _card(row, sentences.parties_of(signed[row.id], row.adopted or row.period_start), commitments, provisions)
        for row in catalogued[:CARDS]
    ]
    today = timezone.localdate().isoformat()
    context: dict[str, Any] = {
        "documents": documents,
        "names": {row.id: row.short_title for row in documents},
        "cards": cards,
        "more": len(catalogued) - len(cards),
        "drawing": lineage.draw(documents, {row.id for row in catalogued}, today),
        "today": today,
        "said": lineage.sentence(documents, catalogued[0] if catalogued else None, today),
        "spine": lineage.spine(documents, {row.id for row in catalogued}),
        "undated": sum(not lineage.start_of(row) for row in documents),
    }
    if catalogued:
        first = [row for row in commitments if row.id.startswith(f"{ids[0]}/")]
        context["portrait"] = pictures.portrait(first, [row for row in provisions if row.id.startswith(f"{ids[0]}/")])
        context["first"] = catalogued[0]
        context["strong"] = sum(row.strength >= 4 for row in first)
    return render(request, "site/home.html", context)


def _card(doc: DocumentRow, parties: str, rows: list[CommitmentRow], provisions: list[ProvisionRow]) -> Card:
    mine = [row for row in rows if row.id.startswith(f"{doc.id}/")]
    parts = [row for row in provisions if row.id.startswith(f"{doc.id}/")]
    paragraphs = sentences.paragraph_count(parts)
    actions = sum(row.kind == "action" for row in mine)
    named = {key for row in mine for key, _ in row.instruments}
    goals = {goal for row in mine for goal in row.goals}
    numbers = [
        (str(len(mine)), f"commitments in {plural(paragraphs, 'paragraph')}"),
        (f"{actions}/{len(mine)}", "are actions"),
        (str(len(named)), "instruments named"),
        (str(len(goals)), "of 17 global goals touched"),
    ]
    return Card(doc, sentences.says(mine, parts, parties), pictures.ladder(mine), numbers)


@require_safe
def search(request: HttpRequest, ext: str = "") -> HttpResponse:
    """Search the register."""
    q = request.GET.get("q", "").strip()[:200]
    groups = search_register(visible_documents(request.user), q)
    total = sum(group.count for group in groups)
    if ext:
        return json_answer({"q": q, "count": total, "groups": [asdict(group) for group in groups]})
    return render(request, "site/search.html", {"q": q, "groups": groups, "total": total})


@require_safe
def methodology(request: HttpRequest, ext: str = "") -> HttpResponse:
    """Publish the rules, straight from the registry that the software follows."""
    rules = all_rules()
    agreed, texts = agreement()
    if ext:
        return json_answer({"rules": [asdict(rule) for rule in rules], "agreement": {"texts": texts, **asdict(agreed)}})
    areas: dict[str, list[Rule]] = {}
    for rule in rules:
        areas.setdefault(rule.area, []).append(rule)
    named = [(area, AREAS.get(area, capital(area)), held) for area, held in areas.items()]
    context = {"areas": named, "count": len(rules), "agreed": agreed, "texts": texts}
    return render(request, "site/methodology.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what this is."""
    return render(request, "site/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """State how accessible the pages are."""
    return render(request, "site/accessibility.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "site/components.html")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, and where the record ends: whoever keeps that can tell later what is gone."""
    try:
        end = head()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok", "audit": {"events": end.count, "head": end.hash}})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere, with what the register knows about it."""
    said = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"said": said}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a page this person may not open."""
    return render(request, "403.html", {"said": str(exception)}, status=403)


def failed(_request: HttpRequest) -> HttpResponse:
    """Answer for our own failure, without the database, the session or the request."""
    return HttpResponse(render_to_string("500.html"), status=500)
