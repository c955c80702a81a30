"""Editors and administrators need a second factor: who signs in without one sets one up before anything else.

Whether somebody needs one is asked when they sign in, and when they add or remove one, and kept in their session; a
page costs no question. Who is given such a role while signed in is signed out, and signs in again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import Role

NEEDS_ONE = (Role.EDITOR, Role.ADMINISTRATOR)
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
DUE = "second_factor_due"
OPEN = ("mfa_", "account_", "openid_", "socialaccount_", "sign-", "healthz")
"""Beginnings of the names of what may be asked before: pages of the factor and the password, and the way out."""


def needs_factor(user: User) -> bool:
    """Say whether somebody has to set up a second factor before they go on."""
    if not settings.SECOND_FACTOR or user.demo:
        return False
    held = Grant.objects.filter(user=user, role__in=[one.value for one in NEEDS_ONE])
    bound = user.is_superuser or held.exists()
    return bound and not Authenticator.objects.filter(user=user, type__in=STRONG).exists()


def note_factor(request: HttpRequest, user: User, *, ways: Collection[str] = ()) -> None:
    """Keep in the session whether the second factor is still to be set up; ``ways`` are those that let somebody in.

    A provider that asks for a second factor itself has asked.
    """
    asked = settings.OIDC_FACTOR and "socialaccount" in ways
    if needs_factor(user) and not asked:
        request.session[DUE] = True
    else:
        request.session.pop(DUE, None)


class RequiredFactor:
    """Middleware behind the sign-in: leads who still has to set up a second factor to the page for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass a request on; what it asks for is known in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_rest: Any) -> HttpResponse | None:
        """Ask about nobody who brings no session."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.session.get(DUE):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if (name or "").startswith(OPEN):
            return None
        if isinstance(request.user, User) and needs_factor(request.user):
            messages.warning(request, _("Your role needs a second factor. Set one up here, then go on."))
            return redirect("mfa_index")
        request.session.pop(DUE, None)
        return None
