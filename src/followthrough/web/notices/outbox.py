"""The outbox: notices are put into it in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from followthrough.web.notices.kinds import SWITCHABLE, NoticeKind, Way
from followthrough.web.notices.models import Muted, Notice

NO_SERVER = gettext_noop("no mail server is set")
NO_ADDRESS = gettext_noop("the account has no e-mail address")
SWITCHED_OFF = gettext_noop("switched off by the person")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: under which key, about which record, with what facts for the letter.

    Attributes:
        key: says what is told; with the person, nothing is told under it twice.
        subject: whose, how many and by when.
        record: the record by its name, and ``link`` the path of its page.
        facts: what the letter says, plain values by name.
    """

    key: str
    kind: NoticeKind
    subject: str
    record: str
    link: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: an account by its number and address, or an address alone."""

    email: str
    user: int | None = None


def put(told: Told, readers: Iterable[Reader]) -> int:
    """Put a notice for each reader into the outbox, but for those told before; returns how many are new.

    Raises ``RuntimeError`` outside a transaction: no notice of what did not happen.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice belongs into the transaction of what it tells")
    asked = {_key(told, one): one for one in readers}
    known = set(Notice.objects.filter(key__in=asked).values_list("key", flat=True))
    fresh = {key: one for key, one in asked.items() if key not in known}
    muted = _muted(told.kind, [one.user for one in fresh.values() if one.user])
    now = timezone.now()
    Notice.objects.bulk_create(
        [_notice(key, told, one, now, one.user in muted) for key, one in fresh.items()], ignore_conflicts=True
    )
    return len(fresh)


def _muted(kind: NoticeKind, people: list[int]) -> set[int]:
    """Return who of some people has switched a kind off; nothing is asked where nobody can."""
    if kind not in SWITCHABLE:
        return set()
    return set(Muted.objects.filter(kind=kind, user__in=people).values_list("user", flat=True))


def _key(told: Told, reader: Reader) -> str:
    return f"{told.key}/{reader.user or reader.email.casefold()}"[:250]


def _notice(key: str, told: Told, reader: Reader, now: datetime, muted: bool) -> Notice:
    reason = _reason(reader, muted)
    return Notice(
        key=key, kind=told.kind, user_id=reader.user, email="" if reader.user else reader.email,
        subject=" ".join(told.subject.split())[:300], record=told.record[:200], link=told.link, facts=dict(told.facts),
        made=now, next_try=now, way=Way.HELD if reason else Way.WAITING, said=reason,
    )  # fmt: skip


def _reason(reader: Reader, muted: bool) -> str:
    """Return why no letter goes out, or nothing."""
    if muted:
        return SWITCHED_OFF
    if not settings.SENDS_MAIL:
        return NO_SERVER
    return "" if reader.email else NO_ADDRESS
