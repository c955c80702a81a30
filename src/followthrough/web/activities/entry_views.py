"""The form for a new activity."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from followthrough.model.vocabulary import ActivityKind, ActivityState, LinkRole
from followthrough.web.accounts.policy import require
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.actions.activities import ActivityEntry, enter_activity
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.entry_forms import asks_for_sources, entry_choices, source_cells
from followthrough.web.agreements.policy import visible_documents, visible_instruments
from followthrough.web.kit.addresses import address
from followthrough.web.kit.forms import Outcome, run_action, typed_cells
from followthrough.web.links.forms import link_request

ACTIVITY_FIELDS = (
    "title", "statement", "kind", "state", "status", "start", "end", "budget", "currency", "fund", "parent",
    "lead_body",
)  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: HttpRequest, doc: str) -> HttpResponse:
    """Enter an activity, with the same checks as an import; what may be here already is pointed out first."""
    facts = document_or_404(request, doc)
    document = visible_documents(request.user).get(pk=doc)
    require(request.user, Permission.ENTER, document)
    outcome, saved = Outcome(), list[Activity]()
    if request.method == "POST" and not asks_for_sources(request):
        outcome = run_action(lambda: saved.append(enter_activity(document, _entry(request), by=request.user)))
        if outcome.done:
            return redirect(address("activity", saved[0].pk))
    context = {
        "doc": facts,
        "here": "activities",
        "kinds": tuple(ActivityKind),
        "states": tuple(ActivityState),
        "funds": list(visible_instruments(request.user).filter(kind="fund").order_by("name").values_list("id", "name")),
        **entry_choices(request, doc),
        "roles": tuple(LinkRole),
        **outcome.context,
    }
    return render(request, "activities/new_activity.html", context, status=outcome.status)


def _entry(request: HttpRequest) -> ActivityEntry:
    return ActivityEntry(
        source_cells(request),
        typed_cells(request, "activities", ACTIVITY_FIELDS),
        link_request(request),
        tuple(request.POST.getlist("parties")),
        bool(request.POST.get("anyway")),
    )
