"""What django-allauth asks of us: its views ask, our actions write, and every word on the screen is ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from followthrough.web.accounts.actions.people import set_password
from followthrough.web.accounts.models import User
from followthrough.web.accounts.required_factor import note_factor
from followthrough.web.accounts.sign_in_attempts import remember_device
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.addresses import address
from followthrough.web.limits.address import address_of
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.outbox import Reader, Told, put

DONE = {
    "account/messages/password_changed.txt": _("Your password is changed. You are signed out everywhere else."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
NOTICES = {
    "account/email/password_changed": _("your password was changed"),
    "account/email/password_reset": _("your password was set by a link"),
    "socialaccount/email/account_connected": _("you signed in with an identity provider for the first time"),
    "mfa/email/totp_activated": _("an authenticator app was set up for your account"),
    "mfa/email/totp_deactivated": _("the authenticator app of your account was removed"),
    "mfa/email/webauthn_added": _("a passkey was added to your account"),
    "mfa/email/webauthn_removed": _("a passkey of your account was removed"),
    "mfa/email/reset": _("an administrator took away the second factors of your account"),
    "mfa/email/recovery_codes_generated": _("new recovery codes were made for your account"),
}
WRONG_CODE = _("This code is not right, or it was used already. Wait for the next one.")


class Backend(ModelBackend):
    """Names and passwords; the invented people of the demo are nobody where the register is served for real."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Say whether this person may sign in at all."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.demo)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in, sign-out and passwords."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name and the password do not belong together, or the account was closed."),
        "enter_current_password": _("This is not your password of today."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _("This link was used already, or is too old."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the person's own list of sessions shows."""
        return str(address_of(request) or "0.0.0.0")  # noqa: S104 - not known, and nothing listens there

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session, with its event; for how, never for which password or code."""
        ways = [one.get("type") or one["method"] for one in get_authentication_records(request, user)]
        with transaction.atomic():
            super().login(request, user)
            note_factor(request, user, ways=ways)
            record(user.username, EventType.ACCOUNT_SIGNED_IN, "user", user.username, {"with": ways})

    def logout(self, request: HttpRequest) -> None:
        """Close the session, with its event."""
        name = request.user.get_username()
        with transaction.atomic():
            super().logout(request)
            record(name, EventType.ACCOUNT_SIGNED_OUT, "user", name)

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        """Remember the browser: from here on nobody else's wrong passwords can shut it out."""
        response: HttpResponse = super().post_login(request, user, **named)
        remember_device(response, user.username)
        return response

    def authentication_failed(self, _request: HttpRequest, **credentials: Any) -> None:
        """Keep that somebody was refused. A name that nobody has may be a password in the wrong field: not kept."""
        name = str(credentials.get("username", ""))
        known = User.objects.filter(username=name).exists()
        with transaction.atomic():
            record("anonymous", EventType.ACCOUNT_REFUSED, "user", name if known else "unknown")

    def respond_user_inactive(self, request: HttpRequest, _user: Any) -> HttpResponse:
        """Lead somebody whose account is closed back to the door."""
        messages.error(request, gettext("This account is closed."))
        return redirect("account_login")

    def set_password(self, user: Any, password: str) -> None:
        """Set one's own password, by its action."""
        set_password(user, password, by=user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **named: Any
    ) -> None:
        """Say what was done, in our words; what the page shows anyway is not said twice."""
        said = named.get("message") or DONE.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said))

    def send_notification_mail(self, template_prefix: str, user: Any, *_: Any, **__: Any) -> None:
        """Tell the person by mail what happened to the account."""
        what, at = str(NOTICES[template_prefix]), timezone.now()
        facts = {
            "what": what, "username": user.username, "at": f"{at:%Y-%m-%d %H:%M}",
            "ip": self.get_client_ip(self.request),
        }  # fmt: skip
        said = gettext("Your account: %(what)s") % {"what": what}
        told = Told(
            f"account/{user.pk}/{at:%Y%m%d%H%M%S%f}", NoticeKind.ACCOUNT, said, gettext("Your account"),
            address("account"), facts,
        )  # fmt: skip
        with transaction.atomic():
            put(told, [Reader("" if user.demo else user.email, user.pk)])


class MFAAdapter(DefaultMFAAdapter):
    """The second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code as a part of the page: no picture from elsewhere, and no file with a secret in it."""
        return f"<svg{str(super().build_totp_svg(url)).partition('<svg')[2]}"

    def get_totp_label(self, user: Any) -> str:
        """Return what the authenticator app calls the account."""
        return str(user.username)

    def get_totp_issuer(self) -> str:
        """Return what the authenticator app calls the site."""
        return f"Followthrough, {self._get_site_name()}"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Return how a passkey calls the account."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name or user.username, "name": user.username}
