"""Grant a role and take it back."""

from __future__ import annotations

from django.db import transaction

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Deed, Role
from followthrough.web.agreements.models import Document, Party
from followthrough.web.audit.record import record


def grant_role(
    user: User, role: Role, *, by: Actor, document: Document | None = None, party: Party | None = None
) -> Grant:
    """Give ``user`` a role, over ``document`` or over everything. Granting it twice changes nothing.

    Raises ``NotAllowed`` unless ``by`` keeps accounts.
    """
    require(by, Deed.ADMINISTER)
    with transaction.atomic():
        grant, new = Grant.objects.get_or_create(user=user, role=role.value, document=document, party=party)
        if new:
            record(name_of(by), "role.granted", "user", user.get_username(), _detail(grant))
    return grant


def revoke_role(grant: Grant, *, by: Actor) -> None:
    """Take a role back; the audit record keeps that it was held. Raises ``NotAllowed`` unless ``by`` keeps accounts."""
    require(by, Deed.ADMINISTER)
    with transaction.atomic():
        record(name_of(by), "role.revoked", "user", grant.user.get_username(), _detail(grant))
        grant.delete()


def _detail(grant: Grant) -> dict[str, str | None]:
    return {"role": grant.role, "document": grant.document_id, "party": grant.party_id}
