"""How large a body may be, and how long it may take, by the address it is sent to and by who sends it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from followthrough.web.kit.requests import file_limit


class Bounds(NamedTuple):
    """No more than ``most`` bytes, in no more than ``seconds``."""

    most: int
    seconds: float


ANY = Bounds(1_000_000, settings.BODY_SECONDS)
"""For every address and everybody: the largest form of the tracker is a tenth of it."""


def bounds_of(environ: dict[str, Any]) -> Bounds:
    """Return the bounds of a request's body. Asks the database who it is where the address takes files."""
    request = WSGIRequest(environ)
    try:
        most = file_limit(resolve(request.path_info).func)
    except Resolver404:
        return ANY
    if not most or not _signed_in(request):
        return ANY
    return Bounds(most + ANY.most, ANY.seconds * 10)


def _signed_in(request: WSGIRequest) -> bool:
    close_old_connections()
    try:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        request.session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)
        return bool(get_user(request).is_authenticated)
    finally:
        close_old_connections()
