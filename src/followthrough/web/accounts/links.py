"""Links with which people set their own password: good for one day, and once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.letters import late_links
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import Reader, Told, put


def make_link(user: User, *, by: Actor) -> str:
    """Return the path of a link for ``user``, and record that one was made.

    Raises ``NotAllowed`` unless ``by`` keeps accounts, and for a closed account or one of the demo.
    """
    _require(user, by)
    with transaction.atomic():
        record(name_of(by), EventType.ACCOUNT_LINK_MADE, "user", user.username)
    return _path(user)


def send_link(user: User, *, by: Actor) -> None:
    """Send a link to its owner. Raises what ``make_link`` raises."""
    _require(user, by)
    with transaction.atomic():
        _tell([user], name_of(by))


def send_links(email: str) -> None:
    """Send a link to everybody with this address, whoever asked.

    Where there is no such account a notice to nobody is kept, without the address: its time tells nothing.
    """
    with transaction.atomic():
        _tell(list(User.objects.filter(email__iexact=email, is_active=True, demo=False)), "anonymous")


def _require(user: User, by: Actor) -> None:
    require(by, Permission.ADMINISTER)
    if not user.is_active or user.demo:
        raise NotAllowed(
            _("%(username)s cannot sign in, so there is no link to set a password") % {"username": user.username}
        )


def _tell(people: Sequence[User], asked_by: str) -> None:
    """Put the letters into the outbox; the link itself is made when its letter is, and no table holds it."""
    asked = secrets.token_hex(8)
    facts = {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600, "asked_by": asked_by}
    if not people:
        put(Told(f"link/{asked}", NoticeKind.LINK, _("Set your password"), _("Password"), "", facts), [Reader("")])
    for user in people:
        own = facts | {"username": user.username}
        told = Told(f"link/{asked}", NoticeKind.LINK, _("Set your password"), _("Password"), "", own)
        put(told, [Reader(user.email, user.pk)])


def _late_link(notice: Notice) -> str:
    """Return the path for the letter of a notice; however often its letter is made, one link is recorded."""
    user, asked_by = notice.user, str(notice.facts["asked_by"])
    if user is None:
        return ""
    made = AuditEvent.objects.filter(verb=EventType.ACCOUNT_LINK_MADE, target=user.username, at__gte=notice.made)
    if notice.tries <= 1 or not made.exists():
        with transaction.atomic():
            record(asked_by, EventType.ACCOUNT_LINK_MADE, "user", user.username)
    return _path(user)


def _path(user: User) -> str:
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=parts)


late_links[NoticeKind.LINK] = _late_link
