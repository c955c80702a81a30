"""Moments in the time zone of a cycle: its people read due dates there, the database keeps UTC."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment in an IANA time zone."""
    return moment.astimezone(ZoneInfo(zone))
