"""Answers, in words and with the headers of every page, for a body that the front did not take."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from followthrough.web.front.front import REFUSED


def refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers 408 or 413 where the front says so, before a session or a form is looked at."""

    def middleware(request: HttpRequest) -> HttpResponse:
        status = request.META.get(REFUSED)
        if status is None:
            return get_response(request)
        answer = HttpResponse(render_to_string(f"{status}.html"), status=status)
        answer["Connection"] = "close"
        answer["Cache-Control"] = "no-store"
        return answer

    return middleware
