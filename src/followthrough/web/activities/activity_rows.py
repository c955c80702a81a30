"""Plain rows of activities, with what links them to an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from followthrough.assess.dates import order
from followthrough.assess.implementation_stages import known_since
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.links.rows import LINK_CELLS, LinkRow, link_row, linked_rows
from followthrough.web.links.scope import Scope

ACTIVITY = (
    "id", "title", "kind", "state", "status", "start", "end", "budget", "currency", "lead_body", "statement",
    "parent_id", "recorded", "withdrawn", "replaced_by_id",
)  # fmt: skip
"""The columns of ``ActivityRow``, in its order."""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its source and its links to the agreement that a page is about."""

    id: str
    title: str
    kind: str
    state: str
    status: str
    start: str
    end: str
    budget: Decimal | None
    currency: str
    lead_body: str
    statement: str
    parent: str
    recorded: str
    withdrawn: str
    replaced_by: str | None
    source: SourceRow
    ties: list[LinkRow] = field(default_factory=list)

    @property
    def told(self) -> str:
        """When its source was published."""
        return self.source.published

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.source.published, self.start, self.recorded)


def activities_of(scope: Scope) -> list[ActivityRow]:
    """Return the activities that are linked to a scope and were not withdrawn, oldest first, undated last."""
    found: dict[str, ActivityRow] = {}
    for row in linked_rows("activity", ACTIVITY, scope):
        activity = found.get(row[LINK_CELLS]) or found.setdefault(row[LINK_CELLS], activity_row(row[LINK_CELLS:]))
        activity.ties.append(link_row(row))
    kept = (one for one in seen_wholes(found.values(), scope.by) if not one.withdrawn)
    return sorted(kept, key=lambda one: (order(one.start or one.end), one.id))


def seen_wholes(found: Iterable[ActivityRow], by: Actor) -> list[ActivityRow]:
    """Return activities without the names of those that ``by`` does not see and that they are parts of."""
    held = list(found)
    seen = {one.id for one in held}
    named = {one.parent for one in held if one.parent} - seen
    seen |= set(visible_activities(by).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return [one if one.parent in seen else replace(one, parent="") for one in held] if named - seen else held


def activity_row(cells: Sequence[Any]) -> ActivityRow:
    """Return an activity from the cells of ``ACTIVITY`` and of its source."""
    about = cells[: len(ACTIVITY)]
    return ActivityRow(*[*about[:11], about[11] or "", *about[12:], SourceRow(*cells[len(ACTIVITY) :])])
