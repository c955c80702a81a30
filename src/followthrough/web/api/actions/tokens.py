"""Make a token and revoke one, each with its audit event; note that one was used."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.api.models import Token
from followthrough.web.api.policy import digest_of, own_tokens
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry

MOST = 20
"""Tokens of one person that hold at the same time."""
LONGEST = timedelta(days=366)
PREFIX = "ft_"
"""How a secret begins, so that programs that look for secrets in published code find it."""
NOTED = timedelta(hours=1)
"""How often at most it is written down that a token was used: a read that writes would wait for who writes."""


def make_token(name: str, until: date, *, by: Actor) -> tuple[Token, str]:
    """Make a token for ``by`` and return it with its secret, which is kept nowhere.

    Raises ``NotAllowed`` without an account; ``InvalidEntry`` for an empty name, an end that is past or more than a
    year away, and where the person has as many tokens as anybody may.
    """
    if not isinstance(by, User) or not by.is_active:
        raise NotAllowed(_("sign in first"))
    name, today, problems = " ".join(name.split())[:80], timezone.localdate(), dict[str, str]()
    if not name:
        problems["name"] = _("say which program it is for")
    if not today <= until <= today + LONGEST:
        problems["until"] = _("choose a day from today on, at most a year away")
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if own_tokens(by).filter(revoked=None, until__gte=today).count() >= MOST:
            problems.setdefault("name", _("revoke one first: nobody has more than %(most)s") % {"most": MOST})
        if problems:
            raise InvalidEntry(problems)
        made = Token.objects.create(
            user=by, name=name, begins=secret[:8], digest=digest_of(secret), made=timezone.now(), until=until
        )
        about = {"name": name, "begins": made.begins, "until": until.isoformat()}
        record(name_of(by), EventType.TOKEN_MADE, "token", str(made.pk), about)
    return made, secret


def revoke_token(token: Token, *, by: Actor) -> None:
    """Revoke a token for good. Raises ``NotAllowed`` unless it is ``by``'s own, or they keep accounts."""
    if by != token.user:
        require(by, Permission.ADMINISTER)
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now()):
            about = {"name": token.name, "begins": token.begins, "of": token.user.username}
            record(name_of(by), EventType.TOKEN_REVOKED, "token", str(token.pk), about)


def note_use(token: Token, *, by: Actor) -> None:  # noqa: ARG001 - every action says by whom
    """Note that a token was used, to the hour; it is no event, as a session that was seen is none."""
    now = timezone.now()
    if token.used is None or token.used < now - NOTED:
        stale = Q(used=None) | Q(used__lt=now - NOTED)
        Token.objects.filter(stale, pk=token.pk).update(used=now)
