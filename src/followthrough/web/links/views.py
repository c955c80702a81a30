"""The confirmation of links, on whatever page they stand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from followthrough.web.kit.addresses import address
from followthrough.web.kit.error_pages import conflict
from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.forms import seen_stamp
from followthrough.web.links.actions import links


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm links, or take a confirmation back, and return to the page it was pressed on."""
    back = request.POST.get("do") == "back"
    try:
        links.confirm(request.POST.getlist("link")[:1000], by=request.user, back=back, seen=seen_stamp(request))
    except EditConflict as error:
        return conflict(request, str(error), _here(request))
    return redirect(_here(request))


def _here(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else address("documents")
