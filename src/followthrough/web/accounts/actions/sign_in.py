"""End sessions and reset second factors: with permission and an audit event."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


def reset_second_factor(user: User, *, by: Actor) -> int:
    """Take away every second factor of somebody who lost theirs, and return how many; each leaves its event.

    Raises ``NotAllowed`` unless ``by`` keeps accounts.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = list(Authenticator.objects.select_for_update(no_key=True).filter(user=user))
        for one in held:
            one.delete()
    return len(held)


def end_sessions(user: User, keys: Iterable[str], *, by: Actor) -> int:
    """Sign somebody out of the sessions named, and return how many there were.

    Raises ``NotAllowed`` unless ``by`` keeps accounts or is the person.
    """
    if by != user:
        require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = list(UserSession.objects.filter(user=user, session_key__in=list(keys)))
        for one in held:
            one.end()
        if held:
            record(name_of(by), EventType.ACCOUNT_SESSIONS_ENDED, "user", user.username, {"count": len(held)})
    return len(held)
