"""Whose tokens somebody may see and revoke, and for whom a token speaks.

A person sees and revokes their own tokens; who keeps accounts, everybody's. A token speaks for its person as long as it
has not ended, was not revoked, and the account is open; it is asked by the same policies as the person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, may
from followthrough.web.accounts.roles import Permission
from followthrough.web.api.models import Token


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person by one of their tokens, or anybody without one."""

    by: User | AnonymousUser
    token: Token | None = None


def digest_of(secret: str) -> str:
    """Return what is kept of a token: it holds 256 random bits, which no salt makes harder to guess."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def visible_tokens(by: Actor) -> QuerySet[Token]:
    """Return the tokens that ``by`` may see and revoke."""
    if may(by, Permission.ADMINISTER):
        return Token.objects.select_related("user")
    return own_tokens(by)


def own_tokens(by: Actor) -> QuerySet[Token]:
    """Return the tokens by which programs act for ``by``."""
    return Token.objects.filter(user=by.pk if isinstance(by, User) and by.is_active else None).select_related("user")


def caller_of(secret: str) -> Caller | None:
    """Return for whom a secret speaks, with one query; nothing where it is no token that holds today."""
    held = Token.objects.filter(digest=digest_of(secret), revoked=None, until__gte=timezone.localdate())
    token = held.filter(user__is_active=True).select_related("user").first()
    if token is None or (token.user.demo and not settings.DEMO):
        return None
    return Caller(token.user, token)
