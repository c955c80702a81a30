"""Where somebody arrives after signing in: at what waits for them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.policy import editable_documents, visible_documents
from followthrough.web.assessments.models import PUBLISHED, RATING
from followthrough.web.assessments.policy import own_ratings, visible_assessments
from followthrough.web.kit.addresses import address


@login_required
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead an editor to the workbench, a coder to the desk, who runs a round to it, a focal point to the party."""
    return redirect(_place(request.user) if isinstance(request.user, User) else "home")


def _place(user: User) -> str:
    if editable_documents(user).exists():
        return "workbench"
    waiting = own_ratings(user).filter(submitted=None, cell__assessment__state=RATING)
    first = waiting.order_by("cell__position").values_list("cell__assessment", flat=True).first()
    if first:
        return address("desk", first)
    grants = list(Grant.objects.filter(user=user).order_by("pk"))
    runs = [one.document_id for one in grants if one.role == Role.COORDINATOR.value and one.document_id]
    running = visible_assessments(user).exclude(state=PUBLISHED).filter(document__in=runs).first() if runs else None
    if running:
        return address("assessment", running.pk)
    named = next((one.party_id for one in grants if one.role == Role.CONTRIBUTOR.value and one.party_id), None)
    if named:
        return address("party-ratings", named)
    named_over = [one.document_id for one in grants if one.document_id]
    over = visible_documents(user).filter(pk__in=named_over).values_list("pk", flat=True).first()
    return address("document", over) if over else "home"
