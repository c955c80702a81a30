"""What time it is in a cycle, and moments in its time zone: people read due dates there, the database keeps UTC."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_given: ContextVar[datetime | None] = ContextVar("given", default=None)


def now() -> datetime:
    """Return the moment at which something of a cycle is done: that of the machine, or the one given by ``at``."""
    return _given.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Do what follows as if it were ``moment``: how an example is played. The audit record keeps its own time."""
    before = _given.set(moment)
    try:
        yield
    finally:
        _given.reset(before)


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment in an IANA time zone."""
    return moment.astimezone(ZoneInfo(zone))
