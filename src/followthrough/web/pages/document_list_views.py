"""The list of documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from followthrough.web.agreements import rows
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.kit.downloads import csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import State, page_of
from followthrough.web.pages import (
    agreement_lists,
)


@require_safe
def documents(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the documents; the same query gives files."""
    state = State(request.GET)
    everything = rows.document_rows(visible_documents(request.user))
    found, kind, q = agreement_lists.select_documents(everything, state)
    if ext == "json":
        shown = [agreement_lists.document_json(row) for row in found]
        return json_answer({"count": len(found), "of": len(everything), "documents": shown})
    if ext:
        sheet = agreement_lists.document_sheet(found)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    context = {
        "page": page_of(found, state),
        "total": len(everything),
        "catalogued": sum(bool(row.commitments) for row in everything),
        "names": {row.id: row.short_title for row in everything},
        "filters": [kind],
        "q": q,
        "active": bool(q or state.text("kind")),
        "problems": state.problems,
        "query": request.GET.urlencode(),
        "here": "/agreements",
    }
    return render(request, "pages/documents.html", context)
