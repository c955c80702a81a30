"""The list of the commitments of an agreement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from followthrough.model.vocabulary import CommitmentKind
from followthrough.web.agreements import rows
from followthrough.web.charts.kind_bar import kind_bar
from followthrough.web.kit.downloads import csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import State, page_of
from followthrough.web.pages import (
    agreement_lists,
    agreement_sentences,
)
from followthrough.web.pages.agreement_views import facts_of


@require_safe
def commitments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the commitments of one agreement; the same query gives files."""
    facts = facts_of(request, doc)
    provisions = rows.provision_rows([doc])
    held = rows.with_instruments(rows.commitment_rows([doc], provisions, full=bool(ext)), [doc]) if provisions else []
    state = State(request.GET)
    chosen = agreement_lists.select(held, provisions, state)
    if ext == "json":
        shown = [agreement_lists.commitment_json(row) for row in chosen.rows]
        return json_answer({"document": doc, "count": len(shown), "of": len(held), "commitments": shown})
    if ext:
        sheet = agreement_lists.commitment_sheet(doc, chosen.rows)
        return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
    context = {
        "doc": facts,
        "here": "commitments",
        "address": f"/agreements/{doc}/commitments",
        "finding": agreement_sentences.says(held, provisions),
        "ladder": kind_bar(held, tuple(CommitmentKind)),
        "total": len(held),
        "chosen": chosen,
        "page": page_of(chosen.rows, state),
        "problems": state.problems,
        "query": request.GET.urlencode(),
    }
    return render(request, "pages/commitments.html", context)
