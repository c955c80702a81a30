"""One's own account: password, second factor, sessions. django-allauth's flows behind our doors and limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import (
    PasswordChangeView,
    PasswordResetFromKeyView,
    ReauthenticateView,
    password_reset_done,
    password_reset_from_key_done,
)
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from followthrough.web.accounts import links
from followthrough.web.accounts.actions.sign_in import end_sessions
from followthrough.web.accounts.people_rows import person_of
from followthrough.web.accounts.policy import NotAllowed, may
from followthrough.web.accounts.requests import SignedInRequest, sign_in_required
from followthrough.web.accounts.required_factor import note_factor
from followthrough.web.accounts.roles import Permission
from followthrough.web.accounts.signing_in import CODES
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit, forget, take

RESETS = Limit("letters asked for from one address", 10, 3600)
RESETS_EACH = Limit("letters asked for to one address", 3, 3600)
INVENTED = _(
    "This is an invented person of the demo: the password changes at each start, and there is no second factor."
)
LINKS = Limit("links to set a password tried from one address", 60, 900)

View = Callable[..., HttpResponse]
_ways = require_http_methods(["GET", "HEAD", "POST"])


def own(view: View, *, demo: bool = False, counted: bool = False) -> View:
    """Guard a page of one's own account; what it changes, and the event of it, are one transaction.

    ``demo`` lets the invented people of the demo in, whose passwords change at each start; ``counted`` limits how often
    a password or a code is tried on it.
    """

    @wraps(view)
    def guarded(request: SignedInRequest, *rest: Any, **named: Any) -> HttpResponse:
        user = request.user
        if user.demo and not demo:
            raise NotAllowed(str(INVENTED))
        if request.method != "POST":
            return view(request, *rest, **named)
        if counted:
            take(CODES, str(user.pk))
        answer = view(request, *rest, **named)
        if counted and answer.status_code == 302:
            forget(CODES, str(user.pk))
        return answer

    return sign_in_required(never_cache(_ways(guarded)))


def whole(view: View) -> View:
    """Change and record in one transaction. Not for views that hash a password: others wait to write meanwhile."""

    @wraps(view)
    def atomic(request: HttpRequest, *rest: Any, **named: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *rest, **named)

    return atomic


@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Show one's own account: who one is here, and the ways in."""
    user = request.user
    context = {
        "person": person_of(user.pk),
        "email": user.email,
        "sessions": len(UserSession.objects.purge_and_list(user)),
        "keeps_accounts": may(user, Permission.ADMINISTER),
    }
    return render(request, "accounts/account.html", context)


@_ways
def sessions(request: SignedInRequest) -> HttpResponse:
    """List where one is signed in, and sign out elsewhere: one session, or all others."""
    user = request.user
    here = request.session.session_key or ""
    held = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        others = [one for one in held if one.session_key != here]
        end_sessions(user, [one.session_key for one in others if wanted in ("others", str(one.pk))], by=user)
        return redirect("account-sessions")
    spans = {"idle_hours": settings.SESSION_COOKIE_AGE // 3600, "span_days": settings.SESSION_SPAN // 86_400}
    return render(request, "accounts/sessions.html", {"sessions": held, "here": here, **spans})


def noted(view: View) -> View:
    """Look again, once it is done, whether the second factor is still to be set up."""

    @wraps(view)
    def looked(request: SignedInRequest, *rest: Any, **named: Any) -> HttpResponse:
        answer = view(request, *rest, **named)
        if request.method == "POST":
            note_factor(request, request.user)
        return answer

    return looked


class ResetForm(forms.Form):
    """The address to which a letter with a link may go."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)


@never_cache
@_ways
def reset(request: HttpRequest) -> HttpResponse:
    """Send a link to set a new password. Says the same, and takes the same time, whoever asks for whichever address."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and settings.SENDS_MAIL:
        email = form.cleaned_data["email"]
        take(RESETS, client_of(request))
        take(RESETS_EACH, email.casefold())
        links.send_links(email)
        return redirect("account_reset_password_done")
    context = {"form": form, "sends_mail": settings.SENDS_MAIL, "contact": settings.CONTACT}
    return render(request, "account/password_reset.html", context, status=422 if form.errors else 200)


class SetByLink(PasswordResetFromKeyView):
    """Where the link leads: a new password, once."""

    def dispatch(self, request: HttpRequest, *rest: Any, **named: Any) -> Any:
        """Count the tries, then look at the link."""
        take(LINKS, client_of(request))
        return super().dispatch(request, *rest, **named)


reset_done = never_cache(require_safe(password_reset_done))
set_by_link = never_cache(_ways(SetByLink.as_view()))
set_by_link_done = never_cache(require_safe(password_reset_from_key_done))
own_account = own(account, demo=True)
own_sessions = own(sessions, demo=True)
change_password = own(PasswordChangeView.as_view(), counted=True)
password_again = own(ReauthenticateView.as_view(), counted=True)
code_again = own(CodeAgainView.as_view(), counted=True)
passkey_again = own(ReauthenticateWebAuthnView.as_view(), counted=True)
second_factor = own(IndexView.as_view())
add_app = own(noted(whole(ActivateTOTPView.as_view())), counted=True)
remove_app = own(noted(whole(DeactivateTOTPView.as_view())))
codes = own(whole(ViewRecoveryCodesView.as_view()))
new_codes = own(whole(GenerateRecoveryCodesView.as_view()))
add_passkey = own(noted(whole(AddWebAuthnView.as_view())))
remove_passkey = own(noted(whole(RemoveWebAuthnView.as_view())))
