"""People of a register as tests need them: an account with one role."""

from __future__ import annotations

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, Party


def person(
    name: str, role: Role | None = None, document: Document | None = None, party: str = "", password: str | None = None
) -> User:
    """Return a new account that holds ``role``, over an agreement or for a party; to sign in it needs a password."""
    user = User.objects.create_user(name, password=password)
    if role:
        grant_role(user, role, by=SYSTEM, document=document, party=Party.objects.get(pk=party) if party else None)
    return user
