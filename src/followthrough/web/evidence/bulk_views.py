"""Many claims changed at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from followthrough.web.evidence import summaries
from followthrough.web.evidence.actions.bulk_changes import CLAIMS
from followthrough.web.evidence.views import claim_table
from followthrough.web.links.bulk_views import change_many
from followthrough.web.links.scope import Scope


@login_required
@never_cache
@require_POST
def claims(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what a change of the ticked claims would do, then do it."""
    found = summaries.claims_at(Scope(doc, by=request.user), words=True)
    return change_many(request, doc, CLAIMS, claim_table("Evidence", request.user, doc), found)
