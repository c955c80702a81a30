"""How people are called where everybody reads: by their name or by their role, never by what they sign in with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import SYSTEM, Role

SOMEBODY = _("somebody with an account")
_ROLES = {
    Role.CONTRIBUTOR.value: _("a contributor"),
    Role.COORDINATOR.value: _("a coordinator"),
    Role.EDITOR.value: _("an editor"),
    Role.ASSESSOR.value: _("an assessor"),
    Role.ADMINISTRATOR.value: _("an administrator"),
}


def shown_names(usernames: Iterable[str]) -> dict[str, str]:
    """Return what each user name is shown as, with one question to the database, or none where nobody is named."""
    asked = set(usernames)
    shown = {name: str(SOMEBODY) for name in asked - {SYSTEM}} | {name: name for name in asked & {SYSTEM}}
    if asked <= {SYSTEM}:
        return shown
    first = Grant.objects.filter(user=OuterRef("pk")).order_by("pk").values("role")[:1]
    people = User.objects.filter(username__in=asked).annotate(role=Subquery(first))
    for username, name, role in people.values_list("username", "name", "role"):
        shown[username] = name or str(_ROLES.get(role or "", SOMEBODY))
    return shown
