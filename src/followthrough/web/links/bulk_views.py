"""Many claims or activities changed at once: ticked in their list, looked at before it is done, done whole or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, typed_text
from followthrough.web.kit.list_state import State
from followthrough.web.kit.lists import Table, selected
from followthrough.web.links.actions import bulk_changes
from followthrough.web.links.actions.bulk_changes import MOST, BulkSubject, Change, Preview

FIELDS = ("role", "place", "kind", "stance")


def change_many(
    request: HttpRequest, doc: str, subject: BulkSubject, table: Table[Any], found: Sequence[Any]
) -> HttpResponse:
    """Show what a change of the ticked records of a list would do, then do it.

    ``table`` and ``found`` are what the list shows, from which its filters choose where everything was ticked.
    """
    facts = document_or_404(request, doc)
    document, query = visible_documents(request.user).get(pk=doc), request.POST.get("query", "")
    change, ids = _asked(request, doc), _chosen(request, table, found, query)
    back = f"{address(table.stem, doc)}?{QueryDict(query).urlencode()}#all"
    outcome, looked = Outcome(), list[Preview]()
    if token := request.POST.get("token", ""):
        outcome = run_action(lambda: bulk_changes.apply(document, subject, ids, change, token, by=request.user))
        if outcome.done:
            return redirect(back)
    seen = run_action(lambda: looked.append(bulk_changes.preview(document, subject, ids, change, by=request.user)))
    outcome = seen if outcome.done else outcome
    command = subject.commands.get(change.do)
    context = {
        "doc": facts, "here": table.stem, "change": change, "ids": ids, "query": query, "back": back, "table": table,
        "command": command, "value": change.values.get(command.value, "") if command else "",
        "preview": looked[0] if looked else None, "fields": change.values.items(), **outcome.context,
    }  # fmt: skip
    return render(request, "links/change.html", context, status=outcome.status)


def _asked(request: HttpRequest, doc: str) -> Change:
    values = {name: typed_text(request, name) for name in FIELDS}
    if values["place"] and "/" not in values["place"]:
        values["place"] = f"{doc}/{values['place']}"
    return Change(request.POST.get("do", ""), values, typed_text(request, "reason")[:300])


def _chosen(request: HttpRequest, table: Table[Any], found: Sequence[Any], query: str) -> list[str]:
    """Return the ids that were ticked, or of everything that the list's filters let through."""
    if request.POST.get("every"):
        return [one.id for one in selected(table, found, State(QueryDict(query)))[1]][: MOST + 1]
    return request.POST.getlist("chosen")[: MOST + 1]
