"""Say whether the record is as it was written: every event is hashed again, in order, in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from followthrough.web.audit import guards
from followthrough.web.audit.chain import GENESIS, content, link
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import head

PAGE = 2_000
"""Events in memory at a time."""
COLUMNS = ("at", "by", "verb", "kind", "target", "detail")


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first event that is not as it was written: its place in the chain, what the row says of it, what is wrong.

    ``sequence`` is ``None`` for a row that stands outside the chain; ``event`` is empty where the row is missing.
    """

    sequence: int | None
    event: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: how many events were hashed, the end of the chain, the first wrong event or ``None``.

    ``kept`` is the place of the event whose hash was kept elsewhere; ``None`` where none was given or no event has it.
    ``guarded`` says whether the database refuses changes of the record.
    """

    events: int
    head: str
    wrong: Wrong | None
    kept: int | None
    guarded: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong is None


def verify(kept: str = "", progress: Callable[[int, int], None] = lambda _done, _all: None) -> Verification:
    """Hash the record again. ``kept`` is a head hash from before; ``progress`` is told events done and in all.

    Goes on while others write: what is recorded in the meantime is left for the next time.
    """
    last = AuditEvent.objects.aggregate(last=Max("sequence"))["last"] or 0  # before the head, which only grows
    end = head()
    walk = _Walk(end.count, kept.strip().lower())
    wrong = walk.first_wrong(progress) or _beyond(last, end.count, end.hash, walk.hash) or _outside()
    if wrong is None and kept and walk.kept is None:
        wrong = Wrong(None, "", "no event has the hash that was kept: events were removed, or the chain was made anew")
    return Verification(walk.at, walk.hash, wrong, walk.kept, guards.whole(connection))


class _Walk:
    """One pass over the chain up to event number ``count``."""

    def __init__(self, count: int, kept: str) -> None:
        self.count = count
        self.looked_for = kept
        self.kept: int | None = 0 if kept == GENESIS else None
        self.at, self.hash = 0, GENESIS

    def first_wrong(self, progress: Callable[[int, int], None]) -> Wrong | None:
        """Go over the events until one is wrong, or to the end."""
        try:
            for row in rows(self.count):
                if wrong := self._step(row):
                    return wrong
                if self.at % PAGE == 0:
                    progress(self.at, self.count)
        except (ValueError, AttributeError):
            return Wrong(self.at + 1, "", "is not as it was written: its row holds what no event can")
        progress(self.at, self.count)
        if self.at < self.count:
            what = f"is missing: {self.count} events were recorded and the last {self.count - self.at} are gone"
            return Wrong(self.at + 1, "", what)
        return None

    def _step(self, row: dict[str, Any]) -> Wrong | None:
        sequence = row["sequence"]
        if sequence != self.at + 1:
            return Wrong(self.at + 1, "", f"is missing: the next that is there is event {sequence}")
        expected = link(self.hash, sequence, content(*(row[name] for name in COLUMNS)))
        if row["hash"] != expected:
            what = "is not as it was written, or does not follow on the one before it"
            return Wrong(sequence, _said(row), what)
        self.at, self.hash = sequence, expected
        if expected == self.looked_for:
            self.kept = sequence
        return None


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield the events of the chain in order, a page at a time: no query lasts, so that nobody waits for us.

    Raises ``ValueError`` at a row that no event can be read from.
    """
    at = 0
    while page := _page(at, count):
        yield from page
        at = page[-1]["sequence"]


def _page(after: int, count: int) -> list[dict[str, Any]]:
    """Return the next events; where one of them cannot be read, those before it, one at a time."""
    found: Any = AuditEvent.objects.filter(sequence__gt=after, sequence__lte=count).order_by("sequence")
    values = found.values("sequence", "hash", *COLUMNS)
    try:
        return list(values[:PAGE])
    except ValueError:
        return list(values[:1])


def _beyond(last: int, count: int, expected: str, found: str) -> Wrong | None:
    """Say where the head and the last event disagree."""
    if last > count:
        row: Any = AuditEvent.objects.filter(sequence__gt=count).order_by("sequence").values("sequence", *COLUMNS)[0]
        return Wrong(row["sequence"], _said(row), "was added past the end of the chain")
    if expected != found:
        return Wrong(count, "", "is the last one, and its hash is not the one that was noted as the end of the chain")
    return None


def _outside() -> Wrong | None:
    """Return a row that was put in without a place in the chain."""
    stray = Q(sequence=None) | Q(sequence__lt=1)
    row: Any = AuditEvent.objects.filter(stray).order_by("id").values(*COLUMNS).first()
    return Wrong(None, _said(row), "stands outside the chain: it was added by something else") if row else None


def _said(row: dict[str, Any]) -> str:
    return f"{row['verb']} {row['kind']} {row['target']} by {row['by']}, {row['at']}"
