"""Who asks: told by a bearer token alone, never by a cookie; and how often somebody may."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import HttpBearer

from followthrough.web.api.actions.tokens import note_use
from followthrough.web.api.policy import Caller, caller_of
from followthrough.web.limits.address import client_of
from followthrough.web.limits.limiter import Limit
from followthrough.web.limits.portions import take_some

READS = Limit("api-reads", 1_200, 60)
"""For one address, or one token: twenty a second, which is more than a reader of pages ever asks."""
TOKEN_READS = Limit("api-token-reads", 3_000, 60)
TOKEN_WRITES = Limit("api-token-writes", 240, 60)
SAFE = frozenset({"GET", "HEAD"})
ANYBODY = Caller(AnonymousUser())


class TokenNeeded(HttpBearer):
    """A token is needed; nobody else is answered."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Return who asks; nothing for what is no token that holds. Raises ``TooMany``."""
        caller = caller_of(token)
        if caller is None or caller.token is None:
            take_some(READS, client_of(request))
            return None
        reads = request.method in SAFE
        take_some(TOKEN_READS if reads else TOKEN_WRITES, str(caller.token.pk))
        note_use(caller.token, by=caller.by)
        return caller


class TokenOrNobody(TokenNeeded):
    """A token may be sent, and what its person may see is then seen; a wrong one is refused, not overlooked."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Return who asks, which without a token is anybody."""
        if "Authorization" in request.headers:
            return super().__call__(request)
        take_some(READS, client_of(request))
        return ANYBODY


def caller(request: HttpRequest) -> Caller:
    """Return who asks, on an address that one of the above guards."""
    found: Any = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise TypeError("the address is guarded by nothing")
    return found
