"""The parties of a document: who they are, who is added, and who is taken off with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.web.accounts.policy import require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.models import Document, Party
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import Outcome, run_action, seen_stamp, typed_text
from followthrough.web.records.actions import parties as actions
from followthrough.web.records.fields import party_fields, picked_parties
from followthrough.web.records.pickers import Picker, party_picker


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def parties(request: HttpRequest, doc: str) -> HttpResponse:
    """Show the parties of a document with the forms that add some and take some off."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.EDIT, document)
    picker, outcome = party_picker(), Outcome()
    if request.method == "POST":
        outcome = run_action(lambda: _do(request, document, picker))
        if outcome.done:
            return redirect(address("document-parties", doc))
    signed = Party.objects.filter(signed__document=doc).order_by("kind", "name")
    context: dict[str, Any] = {
        "doc": facts,
        "signed": list(signed.values("id", "name", "kind")),
        "ticked": request.POST.getlist("signed"),
        "fields": party_fields(request, picker, outcome.problems),
        "picker": picker,
        "typed": request.POST,
        "did": request.POST.get("do", ""),
        "stamp": actions.parties_stamp(doc),
        **outcome.context,
    }
    return render(request, "records/parties.html", context, status=outcome.status)


def _do(request: HttpRequest, document: Document, picker: Picker) -> None:
    """Add the parties that were written, or take off those that were ticked."""
    if request.POST.get("do") == "strike":
        keys, reason = request.POST.getlist("signed")[:300], typed_text(request, "reason")
        actions.strike_parties(document, keys, reason, by=request.user, seen=seen_stamp(request))
        return
    problems: dict[str, str] = {}
    keys = picked_parties(request, picker, problems)
    if problems and seen_stamp(request) == actions.parties_stamp(document.pk):
        raise InvalidEntry(problems)
    organisation = {name: typed_text(request, f"parties.{name}") for name in ("short_name", "name")}
    actions.name_parties(document, keys, organisation, by=request.user, seen=seen_stamp(request))
