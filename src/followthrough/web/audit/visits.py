"""When somebody was here before."""

from __future__ import annotations

from datetime import datetime

from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent


def visit_before(username: str) -> datetime | None:
    """Return when a person signed in the time before this one; nothing on the first visit."""
    signed_in = AuditEvent.objects.filter(kind="user", target=username, verb=EventType.ACCOUNT_SIGNED_IN.value)
    return signed_in.order_by("-id").values_list("at", flat=True)[1:2].first()
