"""Signing in and out: django-allauth's flow behind our limits."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from followthrough.web.accounts.models import User
from followthrough.web.accounts.people_rows import people_rows
from followthrough.web.accounts.sign_in_attempts import PER_ADDRESS, count_sign_in, forget_sign_ins
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, forget, take

CODES = Limit("codes of one account", 10, 900)
"""A code has six digits and three are good at once: whoever has the password would try day and night for a year."""


class SignInForm(LoginForm):
    """The name and the password. The field is called as it always was, for the sake of password managers."""

    def add_prefix(self, field_name: str) -> str:
        """Call the field of the name ``username``."""
        return "username" if field_name == "login" else str(super().add_prefix(field_name))


class SignIn(LoginView):
    """The one door: every try is counted before its password is looked at. In the demo it names its people."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Add the people of the demo, where this is it."""
        context: dict[str, Any] = super().get_context_data(**named)
        people = people_rows() if settings.DEMO else []
        shown = [one for one in people if one.demo and one.active and one.roles]
        return context | {"demo_people": shown, "provider": settings.OIDC_NAME if settings.OIDC_URL else ""}

    def post(self, request: HttpRequest, *rest: Any, **named: Any) -> HttpResponse:
        """Let somebody in, or on to the second factor."""
        name = User.normalize_username(request.POST.get("username", "").strip()[:150])
        count_sign_in(request, name)
        answer: HttpResponse = super().post(request, *rest, **named)
        if answer.status_code == 302:
            forget_sign_ins(request, name)
        return answer


class SecondStep(AuthenticateView):
    """The second factor, for somebody whose password was right."""

    def post(self, request: HttpRequest, *rest: Any, **named: Any) -> HttpResponse:
        """Take the code, or the answer of a passkey."""
        whose = str(self.stage.login.user.pk)
        take(CODES, whose)
        answer: HttpResponse = super().post(request, *rest, **named)
        if answer.status_code == 302:
            forget(CODES, whose)
        return answer


class PasskeySignIn(LoginWebAuthnView):
    """A passkey instead of the password and the second factor."""

    def post(self, request: HttpRequest, *rest: Any, **named: Any) -> HttpResponse:
        """Let the owner of the passkey in."""
        take(PER_ADDRESS, client_of(request))
        answer: HttpResponse = super().post(request, *rest, **named)
        return answer


_ways = require_http_methods(["GET", "HEAD", "POST"])
sign_in = _ways(SignIn.as_view())
sign_out = require_POST(LogoutView.as_view())
second_step = never_cache(_ways(SecondStep.as_view()))
passkey_sign_in = never_cache(_ways(PasskeySignIn.as_view()))
