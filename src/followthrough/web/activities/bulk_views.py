"""Many activities changed at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from followthrough.web.activities import summaries
from followthrough.web.activities.actions.bulk_changes import ACTIVITIES
from followthrough.web.activities.views import activity_table
from followthrough.web.links.bulk_views import change_many
from followthrough.web.links.scope import Scope


@login_required
@never_cache
@require_POST
def activities(request: HttpRequest, doc: str) -> HttpResponse:
    """Show what a change of the ticked activities would do, then do it."""
    found = summaries.activities_at(Scope(doc, by=request.user), words=True)
    return change_many(request, doc, ACTIVITIES, activity_table(doc, request.user), found)
