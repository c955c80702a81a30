"""The audit record in Django's admin: to be read, never to be touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from followthrough.web.audit.models import AuditEvent

if TYPE_CHECKING:
    AuditEventModelAdmin = admin.ModelAdmin[AuditEvent]
else:  # Django's own class takes no type parameter when it runs
    AuditEventModelAdmin = admin.ModelAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(AuditEventModelAdmin):
    """A list with search and nothing to press."""

    list_display = ("at", "by", "verb", "kind", "target")
    list_filter = ("verb",)
    search_fields = ("target", "by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are written by actions only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        """The record is append-only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        """The record is append-only."""
        return False
