"""The home page: what one agreement came to, in a sentence and a grid, and what is new of it; all documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows as register
from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.charts.documents_in_time import draw, spine, start_of
from followthrough.web.pages import agreement_findings as findings
from followthrough.web.pages import agreement_sentences as sentences
from followthrough.web.pages import evidence_grid as grid
from followthrough.web.pages.current_stage import read_today
from followthrough.web.pages.lineage_sentence import sentence
from followthrough.web.pages.newest_evidence import newest_evidence

SLIM = 10
"""Other documents that are listed before the rest is folded away."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the agreement with most evidence, or the one that was pinned, and all documents in time."""
    documents = register.document_rows(request.user, evidence=True)
    today = timezone.localdate().isoformat()
    first = featured(documents)
    catalogued = {row.id for row in documents if row.commitments}
    others = [row for row in reversed(documents) if first is None or row.id != first.id]
    context: dict[str, Any] = {
        "documents": documents,
        "names": {row.id: row.short_title for row in documents},
        "first": first,
        "others": others[:SLIM],
        "more": others[SLIM:],
        "rest": len(others),
        "read": sum(bool(row.commitments) for row in others),
        "drawing": draw(documents, catalogued, today),
        "today": today,
        "said": sentence(documents, first, today),
        "spine": spine(documents, catalogued),
        "undated": sum(not start_of(row) for row in documents),
    }
    return render(request, "pages/home.html", context | (_portrait(first, today, request.user) if first else {}))


def featured(documents: Sequence[DocumentRow]) -> DocumentRow | None:
    """Return the public agreement that is pinned, else the one with most evidence, else with most commitments."""
    held = [row for row in documents if row.public and row.commitments]
    pinned = next((row for row in held if row.id == settings.FEATURED), None)
    return pinned or max(held, key=lambda row: (row.evidence, row.commitments, row.id), default=None)


def _portrait(doc: DocumentRow, today: str, by: Actor) -> dict[str, Any]:
    provisions, commitments, signed, adopted, stands = read_today(doc, today, by)
    found, held, claims = stands.ladder, stands.held, stands.claims
    names = {one.id: f"{one.num or one.ref} {one.title}".strip() for one in provisions}
    parties = sentences.parties_of(signed, adopted)
    return {
        "eyebrow": sentences.eyebrow(doc.short_title, doc.place, doc.adopted, parties),
        "finding": findings.stages(found, findings.age(adopted, today)) if claims else findings.nothing(found.total),
        "gaps": findings.gaps(found, held, names) if claims else sentences.says(commitments, provisions),
        "grid": grid.lay_out(provisions, held, found.rungs, adopted, today),
        "news": newest_evidence(claims, {row.id: row.num or row.ref for row in commitments}, by),
        "numbers": {
            "commitments": len(commitments),
            "paragraphs": found.total,
            "claims": len(claims),
            "adverse": sum(claim.unfavourable for claim in claims),
            "sources": len({claim.source for claim in claims}),
            "links": found.links,
            "confirmed": found.confirmed,
        },
    }
