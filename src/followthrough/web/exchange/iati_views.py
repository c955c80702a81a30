"""The activities of an agreement as a file of IATI 2.03."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from followthrough.sources.iati.writing import write_activities
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.exchange.iati_export import UNREGISTERED, export_activities, publisher_of
from followthrough.web.kit.downloads import text_answer


@require_safe
def activities(request: HttpRequest, doc: str) -> HttpResponse:
    """Answer with the activities that are linked to an agreement and that the person may see."""
    facts = document_or_404(request, doc)
    today = timezone.localdate().isoformat()
    publisher = publisher_of(UNREGISTERED, "Register of commitments")
    found = export_activities(request.user, today, publisher, facts.id)
    out = BytesIO()
    write_activities(found.records, out, f"{today}T00:00:00")  # a day alone: the same register gives the same bytes
    return text_answer(out.getvalue().decode(), "application/xml", "activities.iati.xml")
