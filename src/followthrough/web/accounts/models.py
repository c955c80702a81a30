"""People, and the roles they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from followthrough.web.accounts.roles import SYSTEM, Role
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


class People(UserManager["User"]):
    """Makes accounts, each with its audit event: Django's own commands come through here too."""

    use_in_migrations = False

    def create_user(self, username: str, *rest: Any, by: str = SYSTEM, **fields: Any) -> User:
        """Make an account without a role."""
        with transaction.atomic():
            user = super().create_user(username, *rest, **fields)
            record(by, EventType.ACCOUNT_MADE, "user", username, _made(user))
        return user

    def create_superuser(self, username: str, *rest: Any, by: str = SYSTEM, **fields: Any) -> User:
        """Make an account that may do everything."""
        with transaction.atomic():
            user = super().create_superuser(username, *rest, **fields)
            record(by, EventType.ACCOUNT_MADE, "user", username, _made(user))
        return user


class User(AbstractUser):
    """A person with an account: closed where somebody leaves, and never deleted, since the record speaks of them.

    The user name stays for good: it is the name under which the record keeps what somebody did.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("name", max_length=150, blank=True)
    demo = models.BooleanField("an invented person of the demo", default=False)

    objects: ClassVar[People] = People()

    def get_full_name(self) -> str:
        """Return the name that readers see; empty where none was given."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name to be addressed by."""
        return self.name or self.username

    def save(self, *rest: Any, **fields: Any) -> None:
        """Save, and record a password that was set outside the actions, as ``manage changepassword`` does."""
        changed = getattr(self, "_password", None) is not None and self.pk is not None
        with transaction.atomic():
            super().save(*rest, **fields)
            if changed:
                record(SYSTEM, EventType.ACCOUNT_PASSWORD_CHANGED, "user", self.username)


def _made(user: User) -> dict[str, Any]:
    return {"name": user.name, "superuser": user.is_superuser, "demo": user.demo}


@receiver(pre_delete, sender=User)
def _never_deleted(instance: User, **_: Any) -> None:
    raise ProtectedError("people are never deleted: close the account instead", {instance})


class Grant(models.Model):
    """A person holds a role, over the whole register or over one document, and for a party where the role needs one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    document = models.ForeignKey("agreements.Document", models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "document", "party"], name="one_grant_each", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role}"


class Invitation(models.Model):
    """Somebody is asked by mail to take a role; the link is signed and not kept.

    It ends at ``until``, when it is ``revoked``, and when it is ``accepted``, which is once.
    """

    email = models.CharField(max_length=254)
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    document = models.ForeignKey("agreements.Document", models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey("agreements.Party", models.PROTECT, null=True, blank=True, related_name="+")
    made = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    until = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    accepted = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="invitations")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class HandOver(models.Model):
    """The work of somebody who left, given to a successor in one step; ``moved`` holds the ids of each kind of record.

    ``closed`` says whether the account was open before; what was undone has ``undone``.
    """

    leaver = models.ForeignKey(User, models.PROTECT, related_name="handed_over")
    successor = models.ForeignKey(User, models.PROTECT, related_name="taken_over")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    closed = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    undone = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.leaver} to {self.successor}"


class CacheEntry(models.Model):
    """A row of Django's cache in the database, which all workers share; it holds which codes were used lately."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
