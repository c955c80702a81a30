"""What the people pages show: every account with its roles, read in two questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds, in words."""

    id: int
    label: str
    over: str
    party: str


@dataclass(frozen=True, slots=True)
class Person:
    """One account."""

    id: int
    username: str
    name: str
    email: str
    superuser: bool
    active: bool
    demo: bool
    last_login: datetime | None
    roles: tuple[HeldRole, ...]


def people() -> list[Person]:
    """Return everybody with an account: those who can sign in first, then by user name."""
    held: dict[int, list[HeldRole]] = {}
    grants = Grant.objects.order_by("role", "document__short_title", "party__name", "pk")
    for pk, user, role, title, party in grants.values_list(
        "pk", "user_id", "role", "document__short_title", "party__name"
    ):
        held.setdefault(user, []).append(HeldRole(pk, Role(role).label.partition(":")[0], title or "", party or ""))
    rows = User.objects.order_by("-is_active", "username").values_list(
        "pk", "username", "name", "email", "is_superuser", "is_active", "demo", "last_login"
    )
    return [Person(*row, roles=tuple(held.get(row[0], ()))) for row in rows]
