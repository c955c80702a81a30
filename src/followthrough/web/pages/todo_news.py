"""What is new in the register since somebody was last here, and for a focal point what speaks of the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.accounts.standing import Standing
from followthrough.web.activities.policy import visible_activities
from followthrough.web.audit.visits import visit_before
from followthrough.web.evidence.policy import visible_claims, visible_sides

NEWEST = 5
"""Evidence items that are named one by one."""


@dataclass(frozen=True, slots=True)
class AboutParty:
    """What the register says of a party: evidence that is new, and questions on which its sources disagree."""

    id: str
    name: str
    new: int
    contested: int


@dataclass(frozen=True, slots=True)
class News:
    """What is new since ``since``, which is nothing on a first visit: then all is counted that the register holds.

    ``newest`` are evidence items that were recorded last: id, statement, and the day.
    """

    since: datetime | None
    claims: int
    activities: int
    newest: list[tuple[str, str, str]]
    parties: list[AboutParty]


def news_for(user: User, standing: Standing) -> News:
    """Return what is new for a person, with three queries."""
    since = visit_before(user.username)
    day = timezone.localdate(since).isoformat() if since else ""
    claims = visible_claims(user).filter(withdrawn="", recorded__gte=day)
    asked = {"claims": claims, "activities": visible_activities(user).filter(withdrawn="", recorded__gte=day)}
    for party in standing.parties:
        asked[f"new {party}"] = claims.filter(parties__party=party)
        asked[f"contested {party}"] = visible_sides(user).filter(claim__parties__party=party, claim__withdrawn="")
    counted = _counted(asked)
    newest: Any = claims.order_by("-recorded", "-id").values_list("id", "statement", "recorded")[:NEWEST]
    about = [
        AboutParty(key, name, counted.get(f"new {key}", 0), counted.get(f"contested {key}", 0))
        for key, name in standing.parties.items()
    ]
    return News(since, counted.get("claims", 0), counted.get("activities", 0), list(newest), about)


def _counted(asked: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many of each there are, with one query; sides of a question are counted as the question."""
    first, *rest = (
        records.order_by().values(key=Value(key)).annotate(
            number=Count("conflict" if key.startswith("contested") else "pk", distinct=True)
        ).values_list("key", "number")
        for key, records in asked.items()
    )  # fmt: skip
    return dict(first.union(*rest, all=True))
