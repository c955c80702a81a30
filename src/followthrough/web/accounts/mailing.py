"""Letters to people: how the mail server is named, and sending in the background so that no answer waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections
from django.template.loader import render_to_string

WAITING = 200
"""Letters that may wait; more come from a flood, and are dropped with a line in the log."""

_log = logging.getLogger(__name__)
_office = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
_waiting: set[Future[None]] = set()


def later(job: Callable[..., object], *given: Any) -> None:
    """Do something about a letter after the answer has gone out: its time tells nobody whether there is an account."""
    for done in [one for one in list(_waiting) if one.done()]:
        _waiting.discard(done)
    if len(_waiting) >= WAITING:
        _log.warning("a letter was dropped: %d others wait", len(_waiting))
        return
    _waiting.add(_office.submit(_attempt, job, *given))


def settle() -> None:
    """Wait until every letter so far has gone out, or has failed with a line in the log."""
    for one in list(_waiting):
        one.result()


def send(to: str, subject: str, template: str, context: dict[str, Any]) -> None:
    """Send one letter, in plain text. Does nothing where no mail server is set or there is no address."""
    if settings.SENDS_MAIL and to:
        EmailMessage(f"[Followthrough] {subject}", render_to_string(template, context), to=[to]).send()


def _attempt(job: Callable[..., object], *given: Any) -> None:
    try:
        job(*given)
    except Exception:  # noqa: BLE001 - whatever a mail server does, the office stays open
        _log.exception("a letter could not be sent")
    finally:
        connections.close_all()
