"""Signing in with an identity provider of one's own house, by OpenID Connect: the doors, and who is let in.

A provider vouches for an address, and makes no account: who has an open account with that address, and nobody else with
it, is let in, and is known by the provider's own number for them from then on.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from followthrough.web.accounts.models import User
from followthrough.web.accounts.sign_in_attempts import PER_ADDRESS
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import take


class ProviderAdapter(DefaultSocialAccountAdapter):
    """What django-allauth asks when somebody comes back from the provider."""

    def is_open_for_signup(self, *_: Any) -> bool:
        """Accounts are made by administrators and by invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account of whoever came."""
        user = sociallogin.user if sociallogin.is_existing else _owner(sociallogin)
        if user is None or user.demo:
            with transaction.atomic():
                record("anonymous", EventType.ACCOUNT_REFUSED, "user", "unknown", {"with": ["provider"]})
            _turn_away(
                request, _("The provider knows you, but no account here has your address. Ask for an invitation.")
            )
        if not sociallogin.is_existing:
            with transaction.atomic():
                sociallogin.connect(request, user)
                record(user.username, EventType.ACCOUNT_PROVIDER_ADDED, "user", user.username)

    def on_authentication_error(self, request: HttpRequest, *_: Any, **__: Any) -> None:
        """Lead back to the door whoever the provider, or the way back from it, did not let through."""
        _turn_away(request, did_not_work())


@receiver(pre_save, sender=SocialAccount)
def _kept(instance: SocialAccount, **_named: Any) -> None:
    """Keep nothing of what the provider tells about somebody but its number for them."""
    instance.extra_data = {}


def did_not_work() -> str:
    """Say that the provider did not let somebody in, whatever the reason."""
    return _("Signing in with the provider did not work. Try again, or use your name and password.")


def _owner(sociallogin: SocialLogin) -> User | None:
    """Return the one open account that has an address for which the provider vouches."""
    vouched = [one.email for one in sociallogin.email_addresses if one.verified and one.email]
    held = list(User.objects.filter(email__iexact=vouched[0], is_active=True, demo=False)[:2]) if vouched else []
    return held[0] if len(held) == 1 else None


def _turn_away(request: HttpRequest, said: str) -> NoReturn:
    messages.error(request, said)
    raise ImmediateHttpResponse(redirect("sign-in"))


@never_cache
@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead somebody to the provider: by a page, since the policy of forms lets none lead to another site."""
    take(PER_ADDRESS, client_of(request))
    if not settings.OIDC_URL or "process" in request.POST or "process" in request.GET:
        raise Http404(_("There is no such way to sign in."))
    answer: HttpResponse = views.login(request, provider_id)
    if answer.status_code != 302:
        return answer
    page = render(request, "accounts/leaving.html", {"link": answer["Location"], "name": settings.OIDC_NAME})
    page["Refresh"] = f"0; url={answer['Location']}"
    return page


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider says of somebody."""
    take(PER_ADDRESS, client_of(request))
    if not settings.OIDC_URL:
        raise Http404(_("There is no such way to sign in."))
    answer: HttpResponse = views.callback(request, provider_id)
    return answer


@never_cache
@require_safe
def refused(request: HttpRequest) -> HttpResponse:
    """Lead back to the door: for ways of django-allauth that are none of ours."""
    messages.error(request, did_not_work())
    return redirect("sign-in")
