"""One question, "may this user do this to that?", for pages and actions alike.

Which records a person may see is answered by the same rules in ``policy.py`` of each app, with the machinery of
``accounts/record_registry.py``. The rules as a table that a page can print: ``accounts/roles.py``.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from followthrough.web.accounts import roles
from followthrough.web.accounts.models import Grant, Invitation, User
from followthrough.web.accounts.roles import Permission, Role

SYSTEM = roles.SYSTEM


class NotAllowed(PermissionDenied):
    """The person may not do this: a view that raises it answers 403 with the message.

    Where a permission is what is missing, the page also says who has it.
    """

    def __init__(self, said: str, permission: Permission | None = None) -> None:
        """Keep the sentence, and the permission that is missing."""
        super().__init__(said)
        self.permission = permission


def refusal(by: Actor, permission: Permission) -> NotAllowed:
    """Return the refusal that names who asks and the permission that they lack."""
    return NotAllowed(
        _("%(by)s may not %(permission)s") % {"by": name_of(by), "permission": _(permission.value)}, permission
    )


class Identified(Protocol):
    """A record with an id, such as the party that a role speaks for."""

    @property
    def id(self) -> str: ...


class Governed(Identified, Protocol):
    """What a role can be held over: an agreement, by its id, and whether everybody may read it."""

    @property
    def public(self) -> bool: ...


Actor: TypeAlias = "User | AnonymousUser | str"


def name_of(by: Actor) -> str:
    """Return the name that the audit record keeps."""
    return by if isinstance(by, str) else by.get_username() or "anonymous"


def may(by: Actor, permission: Permission, document: Governed | None = None) -> bool:
    """Say whether ``by`` may do ``permission``, to ``document`` or to the register as a whole."""
    if by == SYSTEM:
        return True
    if permission is Permission.READ and (document is None or document.public):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    wanted = Permission.READ_DRAFTS if permission is Permission.READ else permission
    if by.is_superuser:
        return True
    grants = Grant.objects.filter(user=by).values_list("role", "document_id")
    return any(
        wanted in Role(role).permissions for role, over in grants if over is None or (document and over == document.id)
    )


def require(by: Actor, permission: Permission, document: Governed | None = None) -> None:
    """Raise ``NotAllowed``, naming the permission, unless ``by`` may do it."""
    if not may(by, permission, document):
        raise refusal(by, permission)


def speaks_for(by: Actor, party: str, document: str) -> bool:
    """Say whether ``by`` is a focal point of ``party``, for the agreement ``document`` or for all."""
    if not isinstance(by, User) or not by.is_active:
        return False
    held = Grant.objects.filter(Q(document=None) | Q(document=document), user=by, party=party)
    return held.filter(role=Role.CONTRIBUTOR.value).exists()


def may_invite(by: Actor, role: Role, document: Governed | None) -> bool:
    """Say whether ``by`` may invite somebody to a role.

    Who keeps accounts may invite to any; who runs the cycles of an agreement, its focal points.
    """
    if may(by, Permission.ADMINISTER):
        return True
    return role is Role.CONTRIBUTOR and document is not None and may(by, Permission.RUN_CYCLE, document)


def invites(by: Actor) -> bool:
    """Say whether ``by`` may invite anybody to anything."""
    if may(by, Permission.ADMINISTER):
        return True
    runs = [role.value for role in Role if Permission.RUN_CYCLE in role.permissions]
    return isinstance(by, User) and by.is_active and Grant.objects.filter(user=by, role__in=runs).exists()


def visible_invitations(by: Actor) -> QuerySet[Invitation]:
    """Return the invitations that ``by`` may see and take back: those that they might have made."""
    held = Invitation.objects.select_related("document", "party", "user")
    if may(by, Permission.ADMINISTER):
        return held
    granted = Grant.objects.filter(
        user=by if isinstance(by, User) and by.is_active else None,
        role__in=[role.value for role in Role if Permission.RUN_CYCLE in role.permissions],
    ).order_by()
    over = Q(Exists(granted.filter(document=None))) & Q(document__isnull=False)
    mine = over | Q(document__in=granted.filter(document__isnull=False).values("document"))
    return held.filter(mine, role=Role.CONTRIBUTOR.value)


def focal_points(party: str, document: str) -> QuerySet[User]:
    """Return the focal points of ``party`` for the agreement ``document``, by name."""
    held = Grant.objects.filter(Q(document=None) | Q(document=document), party=party, role=Role.CONTRIBUTOR.value)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("username")


def people_who_may(permission: Permission, document: Governed) -> QuerySet[User]:
    """Return the people of whom ``may`` says yes for a document, by name, with one question to the database."""
    roles = [role.value for role in Role if permission in role.permissions]
    granted = Grant.objects.filter(Q(document=None) | Q(document=document.id), role__in=roles).values("user")
    people = User.objects.filter(is_active=True).order_by("username")
    return people.filter(Q(is_superuser=True) | Q(pk__in=granted))


def keepers() -> QuerySet[User]:
    """Return the people who keep accounts; those of the demo do not count."""
    granted = Grant.objects.filter(role=Role.ADMINISTRATOR.value, document=None).values("user")
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=granted), is_active=True, demo=False)


def documents_over(by: Actor, permission: Permission) -> Q:
    """Return the condition on documents over which ``by`` has ``permission``; it reads nothing from the database."""
    if by == SYSTEM or (isinstance(by, User) and by.is_active and by.is_superuser):
        return Q(pk__isnull=False)
    if not isinstance(by, User) or not by.is_active:
        return Q(pk__in=[])
    granted = Grant.objects.filter(
        user=by, role__in=[role.value for role in Role if permission in role.permissions]
    ).order_by()
    named = granted.filter(document__isnull=False).values("document")
    return Q(Exists(granted.filter(document=None))) | Q(pk__in=named)
