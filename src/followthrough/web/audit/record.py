"""Write audit events: always inside the transaction of what they speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from followthrough.web.audit.models import AuditEvent

followers: list[Callable[[], None]] = []
"""Called after every commit that recorded an event; one that fails is logged and never undoes what was confirmed."""


def record(by: str, verb: str, kind: str, target: str, detail: dict[str, Any] | None = None) -> None:
    """Record one event. Raises ``TransactionManagementError`` outside a transaction: no mutation without its event."""
    record_all(by, [(verb, kind, target, detail or {})])


def record_all(by: str, events: Iterable[tuple[str, str, str, dict[str, Any]]]) -> None:
    """Record ``events`` of ``(verb, kind, target, detail)``, all at the same moment."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs into the transaction of its mutation")
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(at=now, by=by, verb=verb, kind=kind, target=target, detail=detail)
            for verb, kind, target, detail in events
        ],
        batch_size=500,
    )
    for follower in followers:
        transaction.on_commit(follower, robust=True)
