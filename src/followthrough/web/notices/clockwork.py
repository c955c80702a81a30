"""What happens by the clock: plans put notices into the outbox when their time has come, and the sender does rounds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from followthrough.web.notices.sending import Sent, send_waiting
from followthrough.web.notices.webhooks import deliver_waiting

PAUSE = 15.0
"""Seconds between two rounds; while the mail server is away they double."""
LONGEST_PAUSE = 300.0
PLANNED_EVERY = 300.0
"""Seconds between two looks at the calendar."""

plans: list[Callable[[datetime], int]] = []
"""Each puts into the outbox what is due at a moment, says how many, and may be called as often as one likes."""

_log = logging.getLogger(__name__)


def plan_all(now: datetime | None = None) -> int:
    """Put into the outbox what is due by the calendar; returns how many notices are new."""
    moment = now or timezone.now()
    return sum(plan(moment) for plan in plans)


def work(*, planning: bool = True) -> Sent:
    """Do one round: plan what is due, tell other programs what changed, then send the letters that wait."""
    if planning:
        plan_all()
    deliver_waiting()
    return send_waiting() if settings.SENDS_MAIL else Sent()


def keep_working(stop: threading.Event, said: Callable[[Sent], None] = lambda _: None) -> None:
    """Do rounds until told to stop. Whatever goes wrong in one is logged, and the next one comes.

    The connection stays from round to round: SQLite can lose the lock of another thread while one closes its own, and
    the next process that leaves then deletes what this one writes to (docs/adr/0093).
    """
    pause, planned = PAUSE, -PLANNED_EVERY
    while not stop.is_set():
        try:
            planning = time.monotonic() - planned >= PLANNED_EVERY
            planned = time.monotonic() if planning else planned
            done = work(planning=planning)
            pause = min(pause * 2, LONGEST_PAUSE) if done.away else PAUSE
            said(done)
        except Exception:  # noqa: BLE001 - a round that fails must not end the clock
            _log.exception("notices")
        finally:
            close_old_connections()
        stop.wait(pause)


def start() -> threading.Event:
    """Begin to work beside the server, in a thread of its own; the event that is returned stops it.

    Each worker of the server has one: claims see to it that no two send the same notice.
    """
    stop = threading.Event()
    threading.Thread(target=keep_working, args=[stop], name="notices", daemon=True).start()
    return stop
