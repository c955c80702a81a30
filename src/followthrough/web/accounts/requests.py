"""Requests of people who are signed in, typed, and the decorator that sends everybody else to sign in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed

Parameters = ParamSpec("Parameters")


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in: ``user`` is a person with an account."""

    user: User


def sign_in_required(
    view: Callable[Concatenate[SignedInRequest, Parameters], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponse]:
    """Send who is not signed in to the page for it, and back afterwards; the view is given a ``SignedInRequest``."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **named: Parameters.kwargs) -> HttpResponse:
        return view(cast("SignedInRequest", request), *args, **named)

    return login_required(guarded)


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in, on a page that everybody may read. Raises ``NotAllowed`` where nobody is."""
    if not isinstance(request.user, User):
        raise NotAllowed(_("sign in first"))
    return request.user
