"""Activities, meetings, and the published figures of funds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import ACTIVITY, activity_row, seen_wholes
from followthrough.web.activities.policy import visible_activities, visible_figures, visible_meetings
from followthrough.web.activities.rows import FigureRow, MeetingRow
from followthrough.web.activities.views import ACTIVITIES, MEETINGS
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.api.collection import NEWLY, Collection, Row, Said, begins, equal, linked, yes_or_no
from followthrough.web.links.rows import add_links, places_linked
from followthrough.web.pages.money_views import figure_json

SOURCED = tuple(f"source__{name}" for name in SOURCE)
"""The columns of the source of a record."""


class Activity(Row):
    """An activity; an empty text is one that is not known. Places in ``commitments`` are separated by ``; ``."""

    id: str
    title: str
    state: str
    status: str
    start: str
    end: str
    budget: str
    currency: str
    lead_body: str
    commitments: str
    part_of: str
    source: str
    kind: str
    statement: str


class Meeting(Row):
    """A meeting of a body that follows an agreement; an empty text is one that is not known."""

    id: str
    date: str
    body: str
    number: str
    place: str
    result: str
    superseded: str
    commitments: str
    source: str


class FundFigure(Row):
    """A published figure of a fund, in whole units of its currency."""

    id: str
    fund: str
    period: str
    kind: str
    amount: str
    currency: str
    due: str | None
    statement: str
    checked: bool
    source: str


def _activities(cells: Sequence[Any], by: Actor) -> list[Said]:
    rows = {row[0]: activity_row(row) for row in cells}
    add_links("activity", rows, by)
    seen = seen_wholes(rows.values(), by)
    return [{**ACTIVITIES.as_json(one), "kind": one.kind, "statement": one.statement} for one in seen]


_MEETING = ("id", "date", "body", "number", "place", "result", "withdrawn")


def _meetings(cells: Sequence[Any], by: Actor) -> list[Said]:
    places = places_linked("meeting", [row[0] for row in cells], by)
    width = len(_MEETING)
    rows = [MeetingRow(*[*row[:width], SourceRow(*row[width:]), places[row[0]]]) for row in cells]
    return [MEETINGS.as_json(one) for one in rows]


_FIGURE = ("id", "period", "kind", "amount", "currency", "due", "statement", "checked")


def _figures(cells: Sequence[Any], _by: Actor) -> list[Said]:
    found = []
    for fund, *row in cells:
        one = FigureRow(*[*row[: len(_FIGURE)], SourceRow(*row[len(_FIGURE) :])])
        found.append({**figure_json(one), "fund": fund, "statement": one.statement, "checked": one.checked})
    return found


COLLECTIONS: tuple[Collection[Any], ...] = (
    Collection(
        "activities", "activity", "What is done: meetings, trainings, projects, policies, publications.", Activity,
        visible_activities, (*ACTIVITY, *SOURCED), _activities,
        (
            *linked("activity"), equal("kind", "The kind of activity."),
            equal("state", "planned, running, completed ..."),
            equal("fund", "The id of the fund that pays for it."),
            equal("party", "The id of a party that takes part.", "parties__party"),
            begins("start", "When it began: 2021, 2021-05.", "start"),
            NEWLY,
            yes_or_no("budget", "yes where the budget is known, no where it is not.", Q(budget__isnull=False)),
        ),
        Q(withdrawn=""), ("title", "statement", "lead_body"), {"start": "start", "title": "title", "budget": "budget"},
    ),
    Collection(
        "meetings", "meeting", "The meetings of the bodies that follow agreements.", Meeting,
        visible_meetings, (*_MEETING, *SOURCED), _meetings,
        (*linked("meeting"), equal("body", "The body that met."), begins("date", "When: 2021, 2021-05.", "date")),
        words=("body", "place", "result"), sorts={"date": "date"},
    ),
    Collection(
        "fund-figures", "figure of a fund", "What was published about the money of funds; never added up here.",
        FundFigure, visible_figures, ("fund_id", *_FIGURE, *SOURCED), _figures,
        (
            equal("fund", "The id of the fund."), equal("kind", "contribution, cumulative, pledge ..."),
            begins("period", "The year.", "period"),
            NEWLY,
        ),
        words=("statement",), sorts={"period": "period"},
    ),
)  # fmt: skip
