"""The page of the lineage: documents in time, commitments that carry others on, and targets that were set again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followthrough.web.agreements import rows as register
from followthrough.web.agreements.edges import EdgeRow, End, edges_of
from followthrough.web.agreements.rows import DocumentRow
from followthrough.web.charts.documents_in_time import draw, spine, start_of
from followthrough.web.indicators.target_families import families
from followthrough.web.indicators.target_rows import targets_again
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.pages.document_list_views import document_json
from followthrough.web.pages.lineage_sentence import sentence

COLUMNS = ("id", "later", "kind", "earlier", "rationale", "origin", "confirmed", "later_stands", "earlier_stands")
SHOWN = 200
"""Edges that the page lists; the files hold all."""


@require_safe
def page(request: HttpRequest, ext: str = "") -> HttpResponse:
    """Show how documents, commitments and targets follow one another; the edges between commitments as files."""
    today = timezone.localdate().isoformat()
    documents, edges = register.document_rows(request.user), edges_of(request.user, today)
    if ext == "json":
        return json_answer(_json(documents, edges))
    if ext:
        sheet = Sheet("lineage", COLUMNS, [_cells(one) for one in edges])
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    catalogued = sorted((row for row in documents if row.commitments), key=lambda row: row.adopted, reverse=True)
    again = families(targets_again(request.user, today))
    context: dict[str, Any] = {
        "documents": documents,
        "names": {row.id: row.short_title for row in documents},
        "finding": _finding(documents, edges),
        "said": sentence(documents, catalogued[0] if catalogued else None, today),
        "drawing": draw(documents, {row.id for row in catalogued}, today),
        "spine": spine(documents, {row.id for row in catalogued}),
        "edges": edges[:SHOWN],
        "total": len(edges),
        "families": [(one, one.chart(today)) for one in again],
    }
    return render(request, "pages/lineage.html", context)


def _finding(documents: list[DocumentRow], edges: list[EdgeRow]) -> SafeString:
    dated = [start_of(row)[:4] for row in documents if start_of(row)]
    twin = address("lineage") + ".json"
    span = _(" from %(first)s to %(last)s") % {"first": min(dated), "last": max(dated)} if dated else ""
    return format_html(
        _("<strong>{}{}</strong>: {} carry out an earlier one and {} succeed one. {} between their commitments, "
        "{} of them confirmed by a person."),
        tallied(len(documents), "document", twin=twin, path="documents"), span,
        tally(sum(bool(row.implements) for row in documents), twin=twin, path="documents/*/implements", equals="!"),
        tally(sum(bool(row.succeeds) for row in documents), twin=twin, path="documents/*/succeeds", equals="!"),
        tallied(len(edges), "edge", twin=twin, path="edges"),
        tally(sum(bool(one.confirmed) for one in edges), twin=twin, path="edges/*/confirmed", equals="!"),
    )  # fmt: skip


def _json(documents: list[DocumentRow], edges: list[EdgeRow]) -> dict[str, Any]:
    def end(one: End) -> dict[str, Any]:
        return {"commitment": one.id, "document": one.document, "summary": one.said, "current": one.stands}

    return {
        "documents": [document_json(row) for row in documents],
        "edges": [
            {"id": one.id, "kind": one.kind, "later": end(one.later), "earlier": end(one.earlier),
             "rationale": one.rationale, "origin": one.origin, "confirmed": one.confirmed or None}
            for one in edges
        ],
    }  # fmt: skip


def _cells(one: EdgeRow) -> tuple[str, ...]:
    stands = ["yes" if end.stands else "no" for end in (one.later, one.earlier)]
    return (one.id, one.later.id, one.kind, one.earlier.id, one.rationale, one.origin, one.confirmed, *stands)
