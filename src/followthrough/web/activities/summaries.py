"""Activities in brief: what filters, counts and the coverage ladder need of many, without their words and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Q

from followthrough.assess.implementation_stages import known_since
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities import activity_rows
from followthrough.web.activities.activity_rows import ACTIVITY, ActivityRow
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.sources import SOURCE
from followthrough.web.kit.portions import portions
from followthrough.web.links.rows import add_links
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import (
    MANY,
    Anchor,
    add_anchor,
    anchored_rows,
    in_order,
    search_words,
    subject_columns,
)


@dataclass(slots=True)
class ActivitySummary:
    """An activity in brief; ``words`` is filled only for a search, ``sorting`` for a list in another field's order."""

    id: str
    kind: str
    state: str
    start: str
    end: str
    budgeted: bool
    recorded: str
    published: str
    fund: str
    words: str = ""
    ties: list[Anchor] = field(default_factory=list)
    sorting: Any = None

    @property
    def when(self) -> str:
        """The date that puts it in order."""
        return self.start or self.end

    @property
    def told(self) -> str:
        """When its source was published."""
        return self.published

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.published, self.start, self.recorded)


SUMMARY = ("id", "kind", "state", "start", "end", "budget", "recorded", "source__published", "fund_id")
"""What ``activity_summary`` reads."""
CURRENT = Q(activity__isnull=False, activity__withdrawn="")
"""The links of activities that were not withdrawn."""
_ACTIVITY_WORDS = ("title", "statement", "lead_body")


def activities_at(scope: Scope, *, words: bool = False, stored: Sequence[str] = ()) -> list[ActivitySummary]:
    """Return the activities that are linked to a scope and were not withdrawn, oldest first, undated last.

    ``stored`` is the field that their list is sorted by, where a summary does not hold it.
    """
    columns = (*SUMMARY, *(_ACTIVITY_WORDS if words else ()), *stored)
    found: dict[str, ActivitySummary] = {}
    for anchor, cells in anchored_rows(subject_columns("activity", columns), scope, CURRENT):
        add_anchor(found, partial(activity_summary, stored=len(stored)), cells, anchor)
    return in_order(found)


def activity_summary(cells: Sequence[Any], stored: int = 0) -> ActivitySummary:
    """Return an activity in brief from the cells of ``SUMMARY``, for a search of its words, and of what it sorts by."""
    key, kind, state, start, end, budget, recorded, published, fund = cells[:9]
    about = (key, kind, state, start, end, budget is not None, recorded, published, fund or "")
    words, sorting = cells[9 : len(cells) - stored], cells[len(cells) - stored :]
    return ActivitySummary(*about, search_words(key, words), sorting=next(iter(sorting), None))


def whole_activities(summaries: Iterable[ActivitySummary], by: Actor, document: str) -> list[ActivityRow]:
    """Return the whole rows of ``summaries`` in their order, linked within ``document``."""
    ids = [one.id for one in summaries]
    if len(ids) > MANY:
        whole = {one.id: one for one in activity_rows.activities_of(Scope(document, by=by))}
        return [whole[key] for key in ids]
    cells = (*ACTIVITY, *(f"source__{name}" for name in SOURCE))
    found = {
        row[0]: activity_rows.activity_row(row)
        for some in portions(ids)
        for row in visible_activities(by).filter(pk__in=some).order_by().values_list(*cells)
    }
    add_links("activity", found, by, document)
    return activity_rows.seen_wholes((found[key] for key in ids), by)
