"""Write audit events: always inside the transaction of what they speak of, and chained to those before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from followthrough.web.audit.chain import GENESIS, content, link
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent, Head

followers: list[Callable[[], None]] = []
"""Called after every commit that recorded an event; one that fails is logged and never undoes what was confirmed."""

_token: ContextVar[str] = ContextVar("token", default="")


@contextmanager
def through_token(named: str) -> Iterator[None]:
    """Let every event that is recorded inside say that its person acted through the token that is ``named``."""
    before = _token.set(named)
    try:
        yield
    finally:
        _token.reset(before)


def record(by: str, verb: EventType, kind: str, target: str, detail: dict[str, Any] | None = None) -> None:
    """Record one event. Raises ``TransactionManagementError`` outside a transaction: no mutation without its event."""
    record_all(by, [(verb, kind, target, detail or {})])


def record_all(by: str, events: Iterable[tuple[EventType, str, str, dict[str, Any]]]) -> None:
    """Record ``events`` of ``(verb, kind, target, detail)``, all at the same moment."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an audit event belongs into the transaction of its mutation")
    now, token = timezone.now(), _token.get()
    said = {"token": token} if token else {}
    told = [(verb, kind, target, {**detail, **said}) for verb, kind, target, detail in events]
    rows = [
        AuditEvent(
            at=now, by=by, verb=verb.value, kind=kind, target=target, detail=detail,
            hash=content(now, by, verb, kind, target, detail),
        )
        for verb, kind, target, detail in told
    ]  # fmt: skip
    if rows and connection.vendor != "postgresql":  # which chains by itself, when the transaction commits
        _chain(rows)
    AuditEvent.objects.bulk_create(rows, batch_size=500)
    for follower in followers:
        transaction.on_commit(follower, robust=True)


def _chain(rows: Sequence[AuditEvent]) -> None:
    """Put events behind the last one. SQLite: this transaction is the only one that writes."""
    end = head()
    for row in rows:
        end.count += 1
        end.hash = link(end.hash, end.count, row.hash)
        row.sequence, row.hash = end.count, end.hash
    end.save()


def head() -> Head:
    """Return the end of the chain."""
    return Head.objects.filter(pk=1).first() or Head(pk=1, count=0, hash=GENESIS)


def settle() -> None:
    """Chain what this transaction recorded so far, for whoever reads the chain before it commits."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS audit_seal IMMEDIATE; SET CONSTRAINTS audit_seal DEFERRED")
