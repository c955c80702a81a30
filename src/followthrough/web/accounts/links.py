"""Links with which people set their own password: good for one day, and once."""

from __future__ import annotations

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from followthrough.web.accounts import mailing
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


def make_link(user: User, site: str, *, by: Actor) -> str:
    """Return a link for ``user`` at the address ``site``, and record that one was made.

    Raises ``NotAllowed`` unless ``by`` keeps accounts, and for a closed account or one of the demo.
    """
    require(by, Permission.ADMINISTER)
    if not user.is_active or user.demo:
        raise NotAllowed(
            _("%(username)s cannot sign in, so there is no link to set a password") % {"username": user.username}
        )
    return _link(user, site, name_of(by))


def _link(user: User, site: str, asked_by: str) -> str:
    with transaction.atomic():
        record(asked_by, EventType.ACCOUNT_LINK_MADE, "user", user.username)
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return site.rstrip("/") + reverse("account_reset_password_from_key", kwargs=parts)


def send_links(email: str, site: str) -> None:
    """Send a link to everybody with this address, whoever asked; to nobody where there is no such account."""
    for user in User.objects.filter(email__iexact=email, is_active=True, demo=False):
        send_link(user, _link(user, site, "anonymous"))


def send_link(user: User, link: str) -> None:
    """Send one link to its owner."""
    context = {"user": user, "link": link, "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    mailing.send(user.email, "Set your password", "account/mail/link.txt", context)
