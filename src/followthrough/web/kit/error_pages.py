"""The pages for requests that are refused or failed; the root URLs name them as Django's error handlers."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from followthrough.web.kit.database_errors import trouble_of


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's call
    """Answer 400 for a request that cannot be read."""
    return render(request, "400.html", status=400)


def not_possible(request: HttpRequest, message: str, back: str) -> HttpResponse:
    """Answer 409 where the state of a record does not allow what was asked; ``back`` is the page of the record."""
    title = _("This cannot be done as it stands")
    return render(request, "409.html", {"title": title, "said": message, "back": back}, status=409)


def conflict(request: HttpRequest, message: str, back: str) -> HttpResponse:
    """Answer 409 for who acts on what somebody else has changed since; ``back`` is where to look again."""
    return render(request, "409.html", {"title": _("Somebody was faster"), "said": message, "back": back}, status=409)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 for an address that leads nowhere, with what the register knows about it."""
    said = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"said": said}, status=404)


def failed(_request: HttpRequest) -> HttpResponse:
    """Answer for our own failure, without the database, the session or the request; 503 where the disk is at fault."""
    if trouble_of(sys.exc_info()[1]):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = "60"
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)
