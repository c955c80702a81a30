"""Webhooks: other programs are told what changed, in order, signed, and again until they take it.

The form is that of Standard Webhooks: ``webhook-id`` is the same for every try of a delivery, ``webhook-timestamp`` the
moment of the try, ``webhook-signature`` an HMAC of both and the body. A delivery names what changed, and says none of
it. Changes come in the order of the audit chain, in which events are numbered as they are committed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.notices.models import Webhook
from followthrough.web.notices.outward import NotReached, post
from followthrough.web.notices.sending import LEASE, PATIENCE, wait_after

MOST = 100
"""Changes in one delivery."""
REPORTING = (EventType.CYCLE_OPENED, EventType.CYCLE_CLOSED, EventType.REPORT_PUBLISHED)
TOLD = tuple(one.value for one in EventType if one.searched or one in REPORTING)
"""What is told: changes of what can be found, and of reporting what is public."""

_log = logging.getLogger(__name__)


def secret_of(hook: Webhook) -> str:
    """Return the secret with which the deliveries of a webhook are signed, as its receiver keeps it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"webhook {hook.pk} {hook.salt}".encode(), hashlib.sha256)
    return f"whsec_{base64.b64encode(key).decode()}"


def signature(secret: str, number: str, moment: int, body: bytes) -> str:
    """Return the signature of a delivery."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{number}.{moment}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def deliver_waiting() -> int:
    """Deliver to each webhook what it has not taken; returns how many deliveries were taken."""
    now = timezone.now()
    free = Q(claimed=None) | Q(claimed__lt=now - LEASE)
    taken = 0
    for hook in Webhook.objects.filter(free, stopped=None, next_try__lte=now):
        if Webhook.objects.filter(free, pk=hook.pk).update(claimed=now):
            try:
                while _deliver(hook):
                    taken += 1
            finally:
                Webhook.objects.filter(pk=hook.pk, claimed=now).update(claimed=None)
    return taken


def waiting(hook: Webhook) -> int:
    """Return how many changes a webhook has still to take."""
    return AuditEvent.objects.filter(sequence__gt=hook.upto, verb__in=TOLD).count()


def _deliver(hook: Webhook) -> bool:
    """Do one delivery, the next or the one that failed; say whether it was taken."""
    events = _events(hook)
    if not events:
        return False
    first, last = int(events[0].sequence or 0), int(events[-1].sequence or 0)
    Webhook.objects.filter(pk=hook.pk).update(pending=last)
    number, now = f"hook-{hook.pk}-{first}-{last}", timezone.now()
    body = json.dumps({"events": [_told(one) for one in events]}, ensure_ascii=False).encode()
    moment = int(now.timestamp())
    headers = {
        "content-type": "application/json", "user-agent": "Followthrough", "webhook-id": number,
        "webhook-timestamp": str(moment), "webhook-signature": signature(secret_of(hook), number, moment, body),
    }  # fmt: skip
    try:
        post(hook.url, body, headers)
    except NotReached as error:
        _failed(hook, str(error))
        return False
    hook.upto, hook.pending, hook.tries, hook.failing = last, None, 0, None
    changes = {"upto": last, "pending": None, "tries": 0, "failing": None, "taken": now, "said": ""}
    Webhook.objects.filter(pk=hook.pk).update(**changes)
    return True


def _events(hook: Webhook) -> list[AuditEvent]:
    held = AuditEvent.objects.filter(sequence__gt=hook.upto, verb__in=TOLD).order_by("sequence")
    return list(held.filter(sequence__lte=hook.pending) if hook.pending else held[:MOST])


def _told(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": f"event-{event.sequence}", "type": event.verb, "at": event.at.isoformat(),
        "record": {"kind": event.kind, "id": event.target},
    }  # fmt: skip


def _failed(hook: Webhook, said: str) -> None:
    now = timezone.now()
    hook.tries += 1
    hook.failing = hook.failing or now
    over = now - hook.failing > PATIENCE
    changes = {
        "tries": hook.tries, "failing": hook.failing, "said": said[:300], "next_try": now + wait_after(hook.tries),
        "stopped": now if over else None,
    }  # fmt: skip
    Webhook.objects.filter(pk=hook.pk).update(**changes)
    _log.warning("webhook %s: %s", hook.pk, said)
