"""Many claims or activities changed at once: ticked in their list, looked at before it is done, done whole or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.activities.views import activity_table
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.evidence import bulk, summaries
from followthrough.web.evidence.bulk import COMMANDS, MOST, Change, Preview
from followthrough.web.evidence.forms import Outcome, attempt, words
from followthrough.web.evidence.views import claim_table
from followthrough.web.kit.list_state import State
from followthrough.web.kit.lists import Table, selected
from followthrough.web.links.scope import Scope
from followthrough.web.pages.agreement_views import facts_of

FIELDS = ("role", "place", "kind", "stance")


@login_required
@never_cache
@require_POST
def claims(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what a change of the ticked claims would do, then do it."""
    return _change(
        request,
        doc,
        "claim",
        claim_table("Evidence", request.user, doc),
        summaries.claims_at(Scope(doc, by=request.user), words=True),
    )


@login_required
@never_cache
@require_POST
def activities(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what a change of the ticked activities would do, then do it."""
    return _change(
        request,
        doc,
        "activity",
        activity_table(doc, request.user),
        summaries.activities_at(Scope(doc, by=request.user), words=True),
    )


def _change(request: HttpRequest, doc: str, thing: str, table: Table[Any], found: Sequence[Any]) -> HttpResponse:
    facts = facts_of(request, doc)
    document, query = visible_documents(request.user).get(pk=doc), request.POST.get("query", "")
    change, ids = _asked(request, doc), _chosen(request, table, found, query)
    back = f"/agreements/{doc}/{table.stem}?{QueryDict(query).urlencode()}#all"
    outcome, looked = Outcome(), list[Preview]()
    try:
        if token := request.POST.get("token", ""):
            outcome = attempt(lambda: bulk.apply(document, thing, ids, change, token, by=request.user))
            if outcome.done:
                return redirect(back)
        seen = attempt(lambda: looked.append(bulk.preview(document, thing, ids, change, by=request.user)))
    except NotAllowed as error:
        return render(request, "403.html", {"said": str(error)}, status=403)
    outcome = seen if outcome.done else outcome
    context = {
        "doc": facts, "here": table.stem, "change": change, "ids": ids, "query": query, "back": back, "table": table,
        "command": COMMANDS.get(change.do), "preview": looked[0] if looked else None, "fields": change.values.items(),
        **outcome.context,
    }  # fmt: skip
    return render(request, "evidence/change.html", context, status=outcome.status)


def _asked(request: HttpRequest, doc: str) -> Change:
    values = {name: words(request, name) for name in FIELDS}
    if values["place"] and "/" not in values["place"]:
        values["place"] = f"{doc}/{values['place']}"
    return Change(request.POST.get("do", ""), values, words(request, "reason")[:300])


def _chosen(request: HttpRequest, table: Table[Any], found: Sequence[Any], query: str) -> list[str]:
    """Return the ids that were ticked, or of everything that the list's filters let through."""
    if request.POST.get("every"):
        return [one.id for one in selected(table, found, State(QueryDict(query)))[1]][: MOST + 1]
    return request.POST.getlist("chosen")[: MOST + 1]
