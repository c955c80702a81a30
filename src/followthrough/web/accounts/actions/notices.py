"""Choose which notices come by mail, and settle letters that failed: with an audit event."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict
from followthrough.web.notices.kinds import SWITCHABLE, TROUBLE, Way
from followthrough.web.notices.models import Muted, Notice


def choose_notices(user: User, wanted: Collection[str], *, by: Actor) -> None:
    """Say which of the kinds that can be switched off come by mail. Raises ``NotAllowed`` for anybody but oneself."""
    if by != user:
        raise NotAllowed(_("everybody chooses their own notices"))
    off = {kind.value for kind in SWITCHABLE if kind.value not in wanted}
    with transaction.atomic():
        held = set(Muted.objects.select_for_update(no_key=True).filter(user=user).values_list("kind", flat=True))
        if held == off:
            return
        Muted.objects.filter(user=user, kind__in=held - off).delete()
        Muted.objects.bulk_create((Muted(user=user, kind=kind) for kind in sorted(off - held)), ignore_conflicts=True)
        record(name_of(by), EventType.ACCOUNT_NOTICES_CHANGED, "user", user.username, {"off": sorted(off)})


def send_again(notice: int, *, by: Actor) -> None:
    """Let a letter that was refused, or of which nobody knows, be sent once more, with the same number.

    Raises ``NotAllowed`` unless ``by`` keeps accounts; ``EditConflict`` where it is on its way or was sent.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = _in_trouble(notice)
        held.way, held.next_try, held.tries, held.said = Way.WAITING, timezone.now(), 0, ""
        held.save(update_fields=["way", "next_try", "tries", "said"])
        record(name_of(by), EventType.NOTICE_SENT_AGAIN, "notice", str(held.pk), {"kind": held.kind})


def settle_as_sent(notice: int, *, by: Actor) -> None:
    """Say that a letter of which nobody knew has arrived. Raises as ``send_again`` does."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = _in_trouble(notice)
        held.way, held.sent, held.said = Way.SENT, held.claimed, ""
        held.save(update_fields=["way", "sent", "said"])
        record(name_of(by), EventType.NOTICE_CONFIRMED_SENT, "notice", str(held.pk), {"kind": held.kind})


def _in_trouble(key: int) -> Notice:
    held = Notice.objects.select_for_update(no_key=True).filter(pk=key, way__in=TROUBLE).first()
    if held is None:
        raise EditConflict(_("this letter is on its way, or was sent: look again"))
    return held
