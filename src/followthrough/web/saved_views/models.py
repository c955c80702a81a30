"""Saved views: the address of a list with its state, under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A list as somebody wants to see it again: ``path`` and ``query`` are its address.

    Where it is shared, those who hold ``role`` see it too: over ``document``, or over anything where there is none.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    query = models.CharField(max_length=2000, blank=True)
    role = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey("agreements.Document", models.PROTECT, null=True, blank=True, related_name="+")
    saved = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def link(self) -> str:
        """The address of the list in this state."""
        return f"{self.path}?{self.query}" if self.query else self.path
