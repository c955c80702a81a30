"""Answers 429 for what was done too often, wherever a view says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from followthrough.web.limits.limiter import TooMany, span


def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    """Say that it was too often, and when to come again."""
    answer = render(request, "429.html", {"wait": span(error.wait), "most": error.limit.most}, status=429)
    answer["Retry-After"] = str(error.wait)
    answer["Cache-Control"] = "no-store"
    return answer


class RateLimits:
    """Middleware that turns ``TooMany`` into its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for ``TooMany``; every other exception is not ours."""
        return too_many(request, exception) if isinstance(exception, TooMany) else None
