"""People, and the roles they hold."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from followthrough.web.accounts.roles import Role


class User(AbstractUser):
    """A person with an account."""


class Grant(models.Model):
    """A person holds a role, over the whole register or over one document, and for a party where the role needs one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
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
