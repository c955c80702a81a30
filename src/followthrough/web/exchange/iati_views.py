"""The activities of an agreement as a file of IATI 2.03."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from followthrough.sources.iati.writing import write_activities
from followthrough.web.activities.summaries import activities_at
from followthrough.web.activities.views import activity_table
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.exchange.iati_export import UNREGISTERED, export_activities, publisher_of
from followthrough.web.kit.downloads import text_answer
from followthrough.web.kit.list_state import State
from followthrough.web.kit.lists import selected
from followthrough.web.links.scope import Scope


@require_safe
def activities(request: HttpRequest, doc: str) -> HttpResponse:
    """Answer with the activities that are linked to an agreement and that the person may see, as the list chooses them.

    An activity whose whole is not among the chosen ones stands for itself.
    """
    facts = document_or_404(request, doc)
    today = timezone.localdate().isoformat()
    publisher = publisher_of(UNREGISTERED, "Register of commitments")
    found = export_activities(request.user, today, publisher, facts.id, _chosen(request, doc))
    out = BytesIO()
    write_activities(found.records, out, f"{today}T00:00:00")  # a day alone: the same register gives the same bytes
    return text_answer(out.getvalue().decode(), "application/xml", "activities.iati.xml")


def _chosen(request: HttpRequest, doc: str) -> set[str] | None:
    """Return the activities that the filters of the list leave; nothing where none is asked for."""
    if not request.GET:
        return None
    table = activity_table(doc, request.user)
    scope, words = Scope(doc, by=request.user), "q" in request.GET
    held = activities_at(scope, words=words, stored=table.stored(request.GET))
    return {one.id for one in selected(table, held, State(request.GET))[1]}
