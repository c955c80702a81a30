"""What the people pages show: every account with its roles, read in two questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, may
from followthrough.web.accounts.required_factor import STRONG
from followthrough.web.accounts.roles import Permission, Role


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
    second_factor: bool


def person_of(pk: int) -> Person:
    """Return one account."""
    return people_rows(pk)[0]


def people_rows(pk: int | None = None) -> list[Person]:
    """Return everybody with an account, or the one named: those who can sign in first, then by user name."""
    held: dict[int, list[HeldRole]] = {}
    only = {} if pk is None else {"user_id": pk}
    grants = Grant.objects.filter(**only).order_by("role", "document__short_title", "party__name", "pk")
    for grant, user, role, title, party in grants.values_list(
        "pk", "user_id", "role", "document__short_title", "party__name"
    ):
        held.setdefault(user, []).append(HeldRole(grant, Role(role).label.partition(":")[0], title or "", party or ""))
    chosen = User.objects.all() if pk is None else User.objects.filter(pk=pk)
    strong = set(Authenticator.objects.filter(type__in=STRONG).values_list("user_id", flat=True))
    rows = chosen.order_by("-is_active", "username").values_list(
        "pk", "username", "name", "email", "is_superuser", "is_active", "demo", "last_login"
    )
    return [Person(*row, roles=tuple(held.get(row[0], ())), second_factor=row[0] in strong) for row in rows]


def waiting_accounts(by: Actor) -> QuerySet[User]:
    """Return the open accounts that have no role or that nobody has signed in to, for who keeps accounts."""
    if not may(by, Permission.ADMINISTER):
        return User.objects.none()
    granted = Exists(Grant.objects.filter(user=OuterRef("pk")))
    unfinished = (~granted & Q(is_superuser=False)) | Q(last_login=None)
    return User.objects.filter(unfinished, is_active=True, demo=False)
