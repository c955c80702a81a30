"""How the rows of a list are told in a feed: what changed of them as Atom, and their dates as a calendar.

The writers stand above, since they read the record of changes: they register themselves here by their endings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from followthrough.web.kit.plain_text import without_controls

Row = TypeVar("Row")
Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """A record as a feed tells it: its kind and key in the record of changes, its name, and the path of its page.

    ``first`` and ``last`` are the days, or the moment, that a calendar shows; without ``first`` it shows none. Where
    ``verbs`` are given, the other events of the record are nobody's but their people's, and are not told.
    """

    kind: str
    key: str
    title: str
    path: str
    first: Moment | None = None
    last: Moment | None = None
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed(Generic[Row]):
    """How the rows of a list are told: the kind of their records, and of a row its name, its path and its days."""

    kind: str
    title: Callable[[Row], str]
    path: Callable[[Row], str]
    days: Callable[[Row], tuple[str, str]] | None = None

    def subjects(self, rows: Sequence[Any]) -> list[Subject]:
        """Return rows as subjects; a date that is not known to the day is in no calendar."""
        return [self._subject(row) for row in rows]

    def _subject(self, row: Any) -> Subject:
        first, last = (whole_day(text) for text in (self.days(row) if self.days else ("", "")))
        return Subject(self.kind, row.id, without_controls(self.title(row)), self.path(row), first, last)


Writer = Callable[[HttpRequest, str, Sequence[Subject]], HttpResponse]
writers: dict[str, Writer] = {}
"""By the ending of an address."""


def feed_answer(
    request: HttpRequest, title: str, feed: Feed[Any] | None, rows: Sequence[Any], ext: str
) -> HttpResponse:
    """Answer with the feed of rows. Raises ``Http404`` where the list has none of this kind."""
    if feed is None or (ext == "ics" and feed.days is None):
        raise Http404(_("This list has no such feed."))
    return writers[ext](request, title, feed.subjects(rows))


def whole_day(text: str) -> date | None:
    """Return the day of a date that is known to the day."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
