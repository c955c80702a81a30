"""What somebody may do anywhere, and for which parties they speak: read once for a page about their own work."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.roles import Permission, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """The permissions that somebody has, be it over one agreement, and the parties they speak for, by id with name."""

    permissions: frozenset[Permission] = frozenset()
    parties: dict[str, str] = field(default_factory=dict)


def standing_of(by: Actor) -> Standing:
    """Return the standing of a person, with one query; of nobody without an account anything is known."""
    if not isinstance(by, User) or not by.is_active:
        return Standing()
    held = list(Grant.objects.filter(user=by).order_by("pk").values_list("role", "party_id", "party__name"))
    permissions = {one for role, _, _ in held for one in Role(role).permissions}
    named = {party: name for role, party, name in held if party and name and role == Role.CONTRIBUTOR.value}
    return Standing(frozenset(Permission) if by.is_superuser else frozenset(permissions), named)


def parties_spoken_for(by: Actor, document: str) -> list[tuple[str, str]]:
    """Return the parties that a person speaks for in an agreement, by id with name."""
    if not isinstance(by, User) or not by.is_active:
        return []
    held = Grant.objects.filter(Q(document=None) | Q(document=document), user=by, role=Role.CONTRIBUTOR.value)
    return list(held.exclude(party=None).order_by("party__name").values_list("party_id", "party__name").distinct())
