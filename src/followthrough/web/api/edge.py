"""What goes with every answer of the API: no cookie is read, other sites may read, and every refusal is a problem."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from followthrough.web.api.problems import PROBLEM, not_there, problem

READS = "GET, HEAD, OPTIONS"
ASKED = ("Authorization", "If-None-Match")
TOLD = ("ETag", "Link", "Retry-After", "Content-Disposition")
"""The headers that pages of other sites may send, and those that they may read."""
_SAID = {
    400: gettext_noop("The request cannot be read."),
    405: gettext_noop("This address does not take this method."),
    408: gettext_noop("The request took too long to arrive."),
    413: gettext_noop("The request is too large."),
    500: gettext_noop("This failed on our side. It was noted; try again later."),
    503: gettext_noop("The service is busy; try again in a while."),
}


class ApiEdge:
    """Middleware above the sessions: what stands below it sees requests of programs, which have no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def root(self) -> str:
        """The address below which the API lives; at the address itself people read about it."""
        return reverse("api-page")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer questions of browsers about other sites; pass everything else on, and put its answer right."""
        if not request.path_info.startswith(self.root) or request.path_info == self.root:
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        if request.method == "OPTIONS":
            return self._preflight(request)
        asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
        answer = self._put_right(request, self.get_response(request))
        request.method = asked
        if asked in ("GET", "HEAD"):
            answer["Access-Control-Allow-Origin"] = "*"
            answer["Access-Control-Expose-Headers"] = ", ".join(TOLD)
        patch_vary_headers(answer, ["Authorization"])
        return answer

    def _preflight(self, request: HttpRequest) -> HttpResponse:
        """Say what an address takes, and that pages of other sites may read, also with a token, and not write."""
        refusal = self.get_response(request)
        if refusal.status_code != 405:
            return self._put_right(request, refusal)
        taken = {one.strip() for one in refusal.get("Allow", "").split(",")}
        answer = HttpResponse(status=204)
        more = {"HEAD", "OPTIONS"} if "GET" in taken else {"OPTIONS"}
        answer["Allow"] = ", ".join(sorted(taken | more))
        answer["Access-Control-Allow-Methods"] = READS
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Allow-Headers"] = ", ".join(ASKED)
        answer["Access-Control-Max-Age"] = "86400"
        return answer

    def _put_right(self, request: HttpRequest, answer: HttpResponse) -> HttpResponse:
        """Return an answer as it is, but a page that says what went wrong as a problem with the same headers."""
        if answer.status_code < 400 or answer.get("Content-Type", "").startswith((PROBLEM, "application/json")):
            return answer
        if answer.status_code == 404:
            said = not_there(request, None)
        else:
            said = problem(
                answer.status_code,
                _(_SAID[answer.status_code]) if answer.status_code in _SAID else answer.reason_phrase,
            )
        for name in ("Allow", "Retry-After", "Content-Security-Policy"):
            if name in answer:
                said[name] = answer[name]
        return said
