"""One question, "may this user do this to that?", and the same policy for "which records may they see?"."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Q, QuerySet

from followthrough.web.accounts import roles
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.models import Document

SYSTEM = roles.SYSTEM


class NotAllowed(PermissionDenied):
    """The person may not do this."""


Actor: TypeAlias = "User | AnonymousUser | str"


def name_of(by: Actor) -> str:
    """Return the name that the audit record keeps."""
    return by if isinstance(by, str) else by.get_username() or "anonymous"


def may(by: Actor, permission: Permission, document: Document | None = None) -> bool:
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


def require(by: Actor, permission: Permission, document: Document | None = None) -> None:
    """Raise ``NotAllowed``, naming the permission, unless ``by`` may do it."""
    if not may(by, permission, document):
        raise NotAllowed(f"{name_of(by)} may not {permission.value}")


def require_somewhere(by: Actor, permission: Permission) -> None:
    """Raise ``NotAllowed`` for who may do ``permission`` nowhere, before anything is read of what they sent."""
    if not documents_where(by, permission).exists():
        require(by, permission)


def people_who_may(permission: Permission, document: Document) -> QuerySet[User]:
    """Return the people of whom ``may`` says yes for a document, by name, with one question to the database."""
    roles = [role.value for role in Role if permission in role.permissions]
    granted = Grant.objects.filter(Q(document=None) | Q(document=document), role__in=roles).values("user")
    people = User.objects.filter(is_active=True).order_by("username")
    return people.filter(Q(is_superuser=True) | Q(pk__in=granted))


def keepers() -> QuerySet[User]:
    """Return the people who keep accounts; those of the demo do not count."""
    granted = Grant.objects.filter(role=Role.ADMINISTRATOR.value, document=None).values("user")
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=granted), is_active=True, demo=False)


def visible_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents that ``by`` may read. What stands in them or is linked to them: ``visibility.py``."""
    return Document.objects.filter(Q(public=True) | _over(by, Permission.READ_DRAFTS))


def hidden_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents that ``by`` may not read: few, beside all that there are."""
    return Document.objects.exclude(Q(public=True) | _over(by, Permission.READ_DRAFTS))


def documents_where(by: Actor, permission: Permission) -> QuerySet[Document]:
    """Return the documents to which ``by`` may do ``permission``."""
    return Document.objects.filter(_over(by, permission))


def editable_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents whose catalogue ``by`` may edit."""
    return documents_where(by, Permission.EDIT)


def _over(by: Actor, permission: Permission) -> Q:
    """Return the condition of documents over which ``by`` has ``permission``; it asks the database nothing."""
    if by == SYSTEM or (isinstance(by, User) and by.is_active and by.is_superuser):
        return Q(pk__isnull=False)
    if not isinstance(by, User) or not by.is_active:
        return Q(pk__in=[])
    granted = Grant.objects.filter(
        user=by, role__in=[role.value for role in Role if permission in role.permissions]
    ).order_by()
    named = granted.filter(document__isnull=False).values("document")
    return Q(Exists(granted.filter(document=None))) | Q(pk__in=named)
