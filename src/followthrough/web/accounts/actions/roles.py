"""Give people roles and take them back: with permission and an audit event."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from followthrough.web.accounts.actions.people import require_a_keeper
from followthrough.web.accounts.actions.sign_in import end_sessions
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, Governed, Identified, name_of, require
from followthrough.web.accounts.required_factor import NEEDS_ONE, needs_factor
from followthrough.web.accounts.roles import SYSTEM, Permission, Role
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


def grant_role(
    user: User, role: Role, *, by: Actor, document: Governed | None = None, party: Identified | None = None
) -> Grant:
    """Give ``user`` a role, over ``document`` or over everything. Granting it twice changes nothing.

    Raises ``NotAllowed`` unless ``by`` keeps accounts.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        grant, new = Grant.objects.get_or_create(
            user=user,
            role=role.value,
            document_id=document.id if document else None,
            party_id=party.id if party else None,
        )
        if new:
            record(name_of(by), EventType.ROLE_GRANTED, "user", user.get_username(), _detail(grant))
            if role in NEEDS_ONE and needs_factor(user):
                keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
                end_sessions(user, keys, by=SYSTEM)
    return grant


def revoke_role(grant: Grant, *, by: Actor) -> None:
    """Take a role back; the audit record keeps that it was held.

    Raises ``NotAllowed`` unless ``by`` keeps accounts, ``BadAccount`` where nobody would be left to keep them.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        gone, _ = Grant.objects.filter(pk=grant.pk).delete()
        if gone:
            require_a_keeper(by)
            record(name_of(by), EventType.ROLE_REVOKED, "user", grant.user.get_username(), _detail(grant))


def _detail(grant: Grant) -> dict[str, Any]:
    return {"role": grant.role, "document": grant.document_id, "party": grant.party_id}
