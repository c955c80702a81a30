"""The roles, in words a desk officer can read, and what each may do."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SYSTEM = "system"
"""Who acts when the operator of the machine runs a command: it already holds the files, so it may do everything."""


class Permission(Enum):
    """Something a person may ask to do."""

    READ = gettext_noop("read what is published")
    READ_DRAFTS = gettext_noop("read drafts")
    EDIT = gettext_noop("edit the catalogue")
    PUBLISH = gettext_noop("publish a catalogue")
    HIDE = gettext_noop("take an agreement off the site")
    ENTER = gettext_noop("enter evidence")
    CONFIRM = gettext_noop("confirm what evidence is linked to")
    IMPORT = gettext_noop("import a pack")
    ATTACH_TEXT = gettext_noop("attach an official text")
    RATE = gettext_noop("rate commitments")
    ADJUDICATE = gettext_noop("adjudicate what coders disagree on")
    ASSESS = gettext_noop("open and publish an assessment")
    RUN_CYCLE = gettext_noop("run reporting cycles: open, review, accept and publish")
    REPORT = gettext_noop("report for the party that the role speaks for")
    ADMINISTER = gettext_noop("manage accounts")


class Role(Enum):
    """A role: its name in the database; ``label`` and ``permissions`` say the rest."""

    CONTRIBUTOR = "contributor"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """What the role is called on the screen."""
        return _LABELS[self]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What somebody who holds the role may do."""
        return _PERMISSIONS[self]


class Over(Enum):
    """What a role reaches with a permission, in words."""

    NOTHING = "nothing"
    PUBLISHED = "what is published"
    HELD = "what the role is held over: one agreement, or the whole register"
    PUBLISHED_AND_HELD = "what is published, and what the role is held over: one agreement, or the whole register"


class PolicyRow(NamedTuple):
    """A permission, in words, and what each role reaches with it; ``everybody`` needs no account."""

    permission: Permission
    words: str
    everybody: Over
    roles: dict[Role, Over]


def reach(permission: Permission, permissions: frozenset[Permission]) -> Over:
    """Return what somebody with these permissions reaches with one of them; reading a draft is one of its own."""
    if permission is Permission.READ:
        return Over.PUBLISHED_AND_HELD if Permission.READ_DRAFTS in permissions else Over.PUBLISHED
    return Over.HELD if permission in permissions else Over.NOTHING


def policy_table() -> list[PolicyRow]:
    """Return the whole policy, a row for each permission, in the order in which they are declared."""
    return [
        PolicyRow(
            permission,
            _(permission.value),
            reach(permission, PUBLIC),
            {role: reach(permission, role.permissions) for role in Role},
        )
        for permission in Permission
    ]


PUBLIC: frozenset[Permission] = frozenset({Permission.READ})

_LABELS = {
    Role.CONTRIBUTOR: "Contributor: focal point of one party",
    Role.COORDINATOR: "Coordinator: runs a reporting cycle",
    Role.EDITOR: "Editor: keeps the catalogue, at the secretariat",
    Role.ASSESSOR: "Assessor: rates commitments",
    Role.ADMINISTRATOR: "Administrator: keeps the installation",
}

_PERMISSIONS = {
    Role.CONTRIBUTOR: PUBLIC | {Permission.REPORT},
    Role.COORDINATOR: PUBLIC
    | {
        Permission.READ_DRAFTS,
        Permission.ENTER,
        Permission.ADJUDICATE,
        Permission.ASSESS,
        Permission.RUN_CYCLE,
    },
    Role.EDITOR: PUBLIC
    | {
        Permission.READ_DRAFTS,
        Permission.EDIT,
        Permission.PUBLISH,
        Permission.HIDE,
        Permission.ENTER,
        Permission.CONFIRM,
        Permission.ATTACH_TEXT,
        Permission.RUN_CYCLE,
    },
    Role.ASSESSOR: PUBLIC | {Permission.RATE},
    Role.ADMINISTRATOR: frozenset(Permission) - {Permission.REPORT},  # nobody speaks for a party but its focal points
}
