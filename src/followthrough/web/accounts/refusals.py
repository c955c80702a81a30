"""The page for who may not do something: what that is, who may, and what they may do themselves, out of the policy."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, NotAllowed
from followthrough.web.accounts.roles import PUBLIC, Permission, Role
from followthrough.web.kit.wording import listing


class HeldPermissions(NamedTuple):
    """A role that somebody holds, over what, and what it lets them do, in words."""

    label: str
    over: str
    permissions: str


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403: say what was refused, which roles may do it, and what this person may do; no cache keeps it."""
    permission = exception.permission if isinstance(exception, NotAllowed) else None
    context = {"said": str(exception), **about_refusal(permission, request.user)}
    response = render(request, "403.html", context, status=403)
    add_never_cache_headers(response)
    return response


def about_refusal(permission: Permission | None, by: Actor) -> dict[str, Any]:
    """Return what is refused in words, the roles that may do it, and each role that ``by`` holds with what it may."""
    return {
        "refused": _(permission.value) if permission else "",
        "roles_that_may": _roles_with(permission),
        "keepers": _roles_with(Permission.ADMINISTER),
        "held": _held(by) if isinstance(by, User) else [],
        "everybody": _in_words(PUBLIC),
    }


def _roles_with(permission: Permission | None) -> list[str]:
    return [role.label for role in Role if permission in role.permissions]


def _held(user: User) -> list[HeldPermissions]:
    if user.is_superuser:
        return [HeldPermissions(_("Superuser"), _("the whole register"), _in_words(frozenset(Permission)))]
    grants = Grant.objects.filter(user=user).order_by("role", "document__short_title", "party__name", "pk")
    rows = grants.values_list("role", "party__name", "document__short_title", "document__public")
    return [_held_role(Role(role), party, title, public) for role, party, title, public in rows]


def _held_role(role: Role, party: str | None, title: str | None, public: bool | None) -> HeldPermissions:
    """Return a role in words; of an agreement that its holder may not read yet, not even the title."""
    told = public or Permission.READ_DRAFTS in role.permissions
    over = _("the whole register") if title is None else title if told else _("an agreement that is not published")
    return HeldPermissions(f"{role.label} ({party})" if party else role.label, over, _in_words(role.permissions))


def _in_words(permissions: frozenset[Permission]) -> str:
    return listing([_(one.value) for one in Permission if one in permissions])
