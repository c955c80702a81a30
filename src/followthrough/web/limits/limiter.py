"""Limits of how often one subject may do one thing: counted in the database, for every worker together.

A subject is any text: an address (``limits.address.client_of``), the name of an account, the id of a document. What is
kept of it is a keyed hash, and only until its span has ended.
"""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.crypto import salted_hmac

from followthrough.web.limits.models import Count

clock = time.time
_ONE_MORE = (
    "INSERT INTO limits_count (key, count, until) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET count = limits_count.count + 1 RETURNING count"
)


class Limit(NamedTuple):
    """No more than ``most`` times in ``seconds``, counted in spans that begin at whole multiples of ``seconds``."""

    name: str
    most: int
    seconds: int


class TooMany(Exception):
    """Something was done too often. ``wait`` is after how many seconds it may be done again."""

    def __init__(self, limit: Limit, wait: int) -> None:
        self.limit = limit
        self.wait = wait
        super().__init__(f"this was tried more than {limit.most} times; try again in {span(wait)}")


def take(limit: Limit, subject: str) -> None:
    """Count one more for ``subject``. Raises ``TooMany`` where that is above the limit.

    Call it outside a transaction: what is rolled back was not counted.
    """
    now = clock()
    ends = _end(limit, now)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MORE, [_key(limit, subject, ends), datetime.fromtimestamp(ends, UTC)])
        count = int(cursor.fetchone()[0])
    if count == 1:  # the first of a span clears away the spans that ended
        Count.objects.filter(until__lt=datetime.fromtimestamp(now, UTC) - timedelta(minutes=1)).delete()
    if count > limit.most:
        raise TooMany(limit, math.ceil(ends - now))


def check(limit: Limit, subject: str) -> None:
    """Raise ``TooMany`` where ``subject`` has nothing left in this span, and count nothing."""
    now = clock()
    ends = _end(limit, now)
    if Count.objects.filter(pk=_key(limit, subject, ends), count__gte=limit.most).exists():
        raise TooMany(limit, math.ceil(ends - now))


def forget(limit: Limit, subject: str) -> None:
    """Begin to count ``subject`` anew, as after a sign-in that succeeded."""
    Count.objects.filter(pk=_key(limit, subject, _end(limit, clock()))).delete()


def span(seconds: int) -> str:
    """Say a time to wait in words."""
    if seconds < 90:
        return f"{seconds} second{'s' * (seconds != 1)}"
    return f"{math.ceil(seconds / 60)} minutes"


def _end(limit: Limit, now: float) -> int:
    return (int(now) // limit.seconds + 1) * limit.seconds


def _key(limit: Limit, subject: str, ends: int) -> str:
    return salted_hmac(f"followthrough.limits.{limit.name}", f"{ends}:{subject}", algorithm="sha256").hexdigest()
