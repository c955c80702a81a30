"""Refusals and failures as programs read them: ``application/problem+json``, as RFC 9457 says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from followthrough.web.kit.errors import EditConflict, InvalidEntry, PossibleDuplicate
from followthrough.web.limits.limiter import TooMany

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Answer with a refusal: its status, in words what it means and what was wrong, and what programs may use of it."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    answer = JsonResponse(said, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def wrong_fields(problems: Mapping[str, str]) -> HttpResponse:
    """Answer 422 with what is wrong, by the name of the field."""
    errors = [{"field": name, "detail": said} for name, said in problems.items()]
    return problem(422, "; ".join(problems.values()), errors=errors)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return wrong_fields({_field(one["loc"]): str(one["msg"]) for one in error.errors})


def _field(steps: Sequence[str | int]) -> str:
    """Return the name of a field from where it stands: of ``("body", "entry", "source", "url")``, ``source.url``."""
    return ".".join(map(str, steps[2:] if steps[0] in ("body", "query") and len(steps) > 2 else steps[1:]))


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _unauthorized(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(401, _("This needs a token that holds: make one on your account's page, send it as a bearer token."))


def _forbidden(_request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error))


def not_there(_request: HttpRequest, _error: Http404 | None) -> HttpResponse:
    """Answer 404: the same for what is not there and for what its reader may not see."""
    return problem(404, _("There is nothing at this address, or nothing that you may see."))


def _too_many(_request: HttpRequest, error: TooMany) -> HttpResponse:
    answer = problem(429, str(error), most=error.limit.most, seconds=error.limit.seconds)
    answer["Retry-After"] = str(error.wait)
    return answer


def _wrong(_request: HttpRequest, error: InvalidEntry) -> HttpResponse:
    return wrong_fields(error.problems)


def _alike(_request: HttpRequest, error: PossibleDuplicate) -> HttpResponse:
    said = _("It may be in the register already. Sent again with “anyway” it is saved.")
    return problem(409, said, like=error.like)


def _overtaken(_request: HttpRequest, error: EditConflict) -> HttpResponse:
    return problem(409, error.says)


def register(api: NinjaAPI) -> None:
    """Let an API answer for every refusal of ours."""
    answers: tuple[tuple[type[Exception], Any], ...] = (
        (ValidationError, _invalid), (AuthenticationError, _unauthorized), (HttpError, _http_error),
        (PermissionDenied, _forbidden), (Http404, not_there), (TooMany, _too_many), (InvalidEntry, _wrong),
        (PossibleDuplicate, _alike), (EditConflict, _overtaken),
    )  # fmt: skip
    for kind, answer in answers:
        api.add_exception_handler(kind, answer)
