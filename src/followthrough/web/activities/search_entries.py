"""What can be found of activities and meetings."""

from __future__ import annotations

from collections.abc import Iterator

from followthrough.web.activities.models import Activity, Meeting
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.links.search_entries import home_documents
from followthrough.web.search.entries import entry, some
from followthrough.web.search.groups import Group, Some, register_group
from followthrough.web.search.models import Entry

ACTIVITIES = Group(3, "Activities", record="activity", own_page=True, weight=2)
MEETINGS = Group(7, "Meetings", record="meeting", weight=1)


def activities(ids: Some = None) -> Iterator[Entry]:
    """Return the activities that are tied to something, newest first."""
    homes = home_documents("activity", ids)
    rows = some(Activity.objects.filter(withdrawn="").order_by("-start", "id"), ids).values_list(
        "id", "title", "kind", "state", "start", "statement", "lead_body"
    )
    for key, title, kind, state, start, statement, lead in rows.iterator():
        if document := homes.get(key, ""):
            yield entry(
                ACTIVITIES, key, document, f"{title} {statement} {lead}", name=title, says=statement,
                link=address("activity", key),
                about=", ".join(part for part in (capital(kind), plain(state), day(start)) if part),
            )  # fmt: skip


def meetings(ids: Some = None) -> Iterator[Entry]:
    """Return the meetings that are tied to something, newest first."""
    homes = home_documents("meeting", ids)
    rows = some(Meeting.objects.filter(withdrawn="").order_by("-date", "id"), ids).values_list(
        "id", "date", "body", "number", "place", "result"
    )
    for key, date, body, number, place, result in rows.iterator():
        if document := homes.get(key, ""):
            yield entry(
                MEETINGS, key, document, f"{body} {number} {place} {result}", name=result or body,
                link=address("meetings", document) + f"?year={date[:4]}#all",
                about=", ".join(part for part in (f"{body} {number}".strip(), place, day(date)) if part),
            )  # fmt: skip


def register() -> None:
    """Register what can be found: called once all models are loaded."""
    register_group(ACTIVITIES, activities)
    register_group(MEETINGS, meetings)
