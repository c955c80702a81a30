"""Who may give whose work to whom: administrators anybody's, who runs cycles that of focal points."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from followthrough.web.accounts.models import Grant, HandOver, User
from followthrough.web.accounts.policy import Actor, may, refusal
from followthrough.web.accounts.roles import SYSTEM, Permission, Role

WITHIN = (Role.CONTRIBUTOR.value, Role.ASSESSOR.value)
"""Roles that who runs a cycle may pass on: nothing of them reaches further than what they do themselves."""


def _runs(by: Actor) -> tuple[bool, set[str]]:
    """Return whether ``by`` runs cycles everywhere, and the agreements over which they do."""
    if not isinstance(by, User) or not by.is_active:
        return False, set()
    roles = [role.value for role in Role if Permission.RUN_CYCLE in role.permissions]
    over = set(Grant.objects.filter(user=by, role__in=roles).values_list("document_id", flat=True))
    return None in over, {one for one in over if one}


def _keeps(by: Actor) -> bool:
    return by == SYSTEM or may(by, Permission.ADMINISTER)


def leavers(by: Actor) -> QuerySet[User]:
    """Return the open accounts whose work ``by`` may give to a successor."""
    open_ones = User.objects.filter(is_active=True, demo=False).order_by("username")
    if _keeps(by):
        return open_ones
    everywhere, over = _runs(by)
    held = Grant.objects.filter(user=OuterRef("pk"))
    beyond = ~Q(role__in=WITHIN) if everywhere else ~Q(role__in=WITHIN) | Q(document=None) | ~Q(document__in=over)
    return open_ones.filter(Exists(held), ~Exists(held.filter(beyond)), is_superuser=False)


def successors(leaver: User, by: Actor) -> QuerySet[User]:
    """Return the open accounts to which ``by`` may give the work of ``leaver``."""
    others = User.objects.filter(is_active=True, demo=False).exclude(pk=leaver.pk).order_by("username")
    if _keeps(by):
        return others
    everywhere, over = _runs(by)
    known = Q() if everywhere else Q(document__in=over)
    return others.filter(Exists(Grant.objects.filter(known, user=OuterRef("pk"))))


def visible_hand_overs(by: Actor) -> QuerySet[HandOver]:
    """Return the hand-overs that ``by`` may see and undo: all, or those that they made."""
    held = HandOver.objects.select_related("leaver", "successor")
    if _keeps(by):
        return held
    return held.filter(by=by.get_username()) if isinstance(by, User) else held.none()


def require_succession(by: Actor) -> None:
    """Raise ``NotAllowed`` for who may give nobody's work to a successor."""
    everywhere, over = _runs(by)
    if not (_keeps(by) or everywhere or over):
        raise refusal(by, Permission.ADMINISTER)
