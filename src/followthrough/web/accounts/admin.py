"""Accounts in Django's admin, for administrators only; every change of a role goes through its action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from followthrough.web.accounts.actions import grant_role, revoke_role
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import may
from followthrough.web.accounts.roles import Deed, Role


def only_administrators(request: HttpRequest) -> bool:
    """Say whether this person may see the admin at all."""
    return request.user.is_active and may(request.user, Deed.ADMINISTER)


admin.site.has_permission = only_administrators  # type: ignore[method-assign]
admin.site.site_header = "Followthrough administration"
admin.site.register(User, UserAdmin)


if TYPE_CHECKING:
    GrantModelAdmin = admin.ModelAdmin[Grant]
else:  # Django's own class takes no type parameter when it runs
    GrantModelAdmin = admin.ModelAdmin


@admin.register(Grant)
class GrantAdmin(GrantModelAdmin):
    """Grants are given and taken back, never edited."""

    list_display = ("user", "role", "document", "party")
    list_select_related = ("user", "document", "party")

    def has_change_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:
        """Nobody edits a grant."""
        return False

    def save_model(self, request: HttpRequest, obj: Grant, form: Any, change: bool) -> None:
        """Give the role by its action."""
        given = grant_role(obj.user, Role(obj.role), by=request.user, document=obj.document, party=obj.party)
        obj.pk = given.pk

    def delete_model(self, request: HttpRequest, obj: Grant) -> None:
        """Take the role back by its action."""
        revoke_role(obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Take several roles back, each by its action."""
        for grant in queryset:
            revoke_role(grant, by=request.user)
