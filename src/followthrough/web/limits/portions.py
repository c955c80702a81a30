"""Limits for what is asked far more often than it is done: counted in this process, and in the database by portions.

A count in the database is a write, and a request that only reads should wait for nobody who writes. So each process
gives a subject one portion of every span without asking, and counts each further one in the database: who asks a little
writes nothing, and who asks much is counted for every worker together, to within one portion a worker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from followthrough.web.limits import limiter
from followthrough.web.limits.limiter import Limit, TooMany

PORTION = 20
"""How much one portion is."""


@dataclass(slots=True)
class _Span:
    """What each subject took in one span, as far as this process knows."""

    number: int = -1
    taken: dict[str, int] = field(default_factory=dict)


_spans: dict[str, _Span] = {}
_lock = Lock()


def take_some(limit: Limit, subject: str, weight: int = 1) -> None:
    """Count ``weight`` more for ``subject``. Raises ``TooMany``, and counts nothing, where that is above ``limit``."""
    number = int(limiter.clock()) // limit.seconds
    with _lock:
        span = _spans.get(limit.name)
        if span is None or span.number != number:
            span = _spans[limit.name] = _Span(number)
        before = span.taken.get(subject, 0)
        span.taken[subject] = before + weight
    portions = Limit(f"portions of {limit.name}", limit.most // PORTION, limit.seconds)
    try:
        for _ in range((before + weight - 1) // PORTION - max(0, before - 1) // PORTION):
            limiter.take(portions, subject)
    except TooMany as error:
        with _lock:
            span.taken[subject] -= weight
        raise TooMany(limit, error.wait) from None
