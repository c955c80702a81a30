"""Many claims changed at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.evidence.actions.bulk_changes import CLAIMS
from followthrough.web.evidence.views import agreement_claims
from followthrough.web.links.bulk_views import change_many


@login_required
@never_cache
@require_POST
def claims(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what a change of the ticked claims would do, then do it."""
    table, found = agreement_claims(request, document_or_404(request, doc), QueryDict("q="))
    return change_many(request, doc, CLAIMS, table, found)
