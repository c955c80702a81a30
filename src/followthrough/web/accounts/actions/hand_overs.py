"""Give everything that somebody holds to a successor, and close their account, in one step; and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.actions.people import BadAccount, locked
from followthrough.web.accounts.holdings import ROLES, Holding, holdings
from followthrough.web.accounts.models import Grant, HandOver, User
from followthrough.web.accounts.policy import SYSTEM, Actor, NotAllowed, keepers, name_of
from followthrough.web.accounts.succession import leavers, successors, visible_hand_overs
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of records of somebody who leaves: those that go to the successor, and those that they hold already."""

    holding: Holding
    moving: list[Any]
    staying: list[Any]

    @property
    def lines(self) -> list[str]:
        """What goes over, in words."""
        return [self.holding.said(one) for one in self.moving]

    @property
    def left(self) -> list[str]:
        """What stays, in words."""
        return [self.holding.said(one) for one in self.staying]


def parts_of(leaver: User, successor: User) -> list[Part]:
    """Return everything that would go from one person to another."""
    return [Part(one, *one.split(leaver, successor)) for one in holdings()]


def hand_over_stamp(parts: list[Part]) -> str:
    """Return the stamp of what a page said would go over."""
    return edit_conflicts.stamp([(one.holding.key, sorted(str(row.pk) for row in one.moving)) for one in parts])


def hand_over(leaver: User, successor: User, reason: str, *, by: Actor, seen: str | None) -> HandOver:
    """Give everything that ``leaver`` holds to ``successor``, sign them out, and close their account.

    Raises ``NotAllowed``; ``EditConflict`` where it is not what the page showed any more; ``BadAccount`` where nobody
    would be left to keep accounts.
    """
    if not leavers(by).filter(pk=leaver.pk).exists() or not successors(leaver, by).filter(pk=successor.pk).exists():
        raise NotAllowed(_("You may not give this person's work to that one."))
    with transaction.atomic():
        gone = locked(leaver)
        parts = parts_of(gone, successor)
        if not gone.is_active or (seen is not None and seen != hand_over_stamp(parts)):
            raise EditConflict(_("What this person holds changed since you opened the page. Nothing was moved."))
        moved = {part.holding.key: [row.pk for row in part.moving] for part in parts}
        kept_accounts = keepers().filter(pk=gone.pk).exists()
        for part in parts:
            _move(part.holding, moved[part.holding.key], gone, successor)
        _tell_roles(moved[ROLES.key], gone, successor, by)
        if kept_accounts and not keepers().exclude(pk=gone.pk).exists() and by != SYSTEM:
            raise BadAccount(_("nobody would be left who keeps accounts: the successor does not"))
        _close(gone, by)
        made = HandOver.objects.create(
            leaver=gone, successor=successor, moved=moved, reason=" ".join(reason.split())[:300], at=timezone.now(),
            by=name_of(by),
        )  # fmt: skip
        counts = {key: len(ids) for key, ids in moved.items()}
        about = {"to": successor.username, "number": made.pk, "moved": counts, "reason": made.reason}
        record(name_of(by), EventType.ACCOUNT_HANDED_OVER, "user", gone.username, about)
    return made


def undo_hand_over(made: HandOver, *, by: Actor) -> None:
    """Give everything back that the successor still holds, and open the account again.

    Raises ``NotAllowed``; ``EditConflict`` where it was taken back already.
    """
    with transaction.atomic():
        held = HandOver.objects.select_for_update(no_key=True).get(pk=made.pk)
        if not visible_hand_overs(by).filter(pk=held.pk).exists():
            raise NotAllowed(_("You may not take this hand-over back."))
        if held.undone:
            raise EditConflict(_("This hand-over was taken back already."))
        leaver, successor = held.leaver, held.successor
        back = {one.key: _move(one, held.moved.get(one.key, []), successor, leaver) for one in holdings()}
        _tell_roles(back[ROLES.key], successor, leaver, by)
        leaver.is_active = True
        leaver.save(update_fields=["is_active"])
        record(name_of(by), EventType.ACCOUNT_OPENED, "user", leaver.username)
        held.undone, held.undone_by = timezone.now(), name_of(by)
        held.save(update_fields=["undone", "undone_by"])
        about = {"from": successor.username, "number": held.pk, "moved": {key: len(ids) for key, ids in back.items()}}
        record(name_of(by), EventType.ACCOUNT_HANDED_BACK, "user", leaver.username, about)


def _move(holding: Holding, ids: list[Any], one: User, other: User) -> list[Any]:
    """Give records from one person to another, those that the first still has; returns their ids."""
    rows = holding.held(one).model._default_manager.filter(**{holding.owner: one}, pk__in=ids)
    found = list(rows.values_list("pk", flat=True))
    rows.update(**{holding.owner: other})
    return found


def _tell_roles(ids: list[Any], one: User, other: User, by: Actor) -> None:
    """Record each role as taken from one person and given to the other."""
    for grant in Grant.objects.filter(pk__in=ids).order_by("pk"):
        about = {"role": grant.role, "document": grant.document_id, "party": grant.party_id}
        record(name_of(by), EventType.ROLE_REVOKED, "user", one.username, about)
        record(name_of(by), EventType.ROLE_GRANTED, "user", other.username, about)


def _close(gone: User, by: Actor) -> None:
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    sessions = list(UserSession.objects.filter(user=gone))
    for one in sessions:
        one.end()
    if sessions:
        record(name_of(by), EventType.ACCOUNT_SESSIONS_ENDED, "user", gone.username, {"count": len(sessions)})
    record(name_of(by), EventType.ACCOUNT_CLOSED, "user", gone.username)
