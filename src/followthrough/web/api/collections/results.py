"""Published ratings, and what parties reported and the secretariat published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.api.collection import Collection, Row, Said, equal
from followthrough.web.assessments.models import PUBLISHED
from followthrough.web.assessments.policy import visible_cells
from followthrough.web.assessments.result_views import verdict_json
from followthrough.web.assessments.rows import verdicts_of
from followthrough.web.followup.policy import visible_submissions
from followthrough.web.followup.published_reports import said_of


class Verdict(Row):
    """A final rating: a later one, with the reason for it, stands beside the earlier."""

    number: int
    value: str
    why: str
    reason: str | None
    claims: list[str]
    at: datetime


class RatingOut(Row):
    """The final ratings of a commitment for a party in a published round; an ``example`` was invented."""

    id: int
    round: str
    title: str
    example: bool
    document: str
    commitment: str
    party: str
    scale: str
    value: str | None
    verdicts: list[Verdict]


class PublishedReport(Row):
    """What a party reported on a place, as it was published; an ``example`` was invented for the demonstration.

    ``answers`` are by the names of the fields of the cycle's questions; a choice of several is a list.
    """

    id: int
    report: int
    version: int
    cycle: str
    cycle_title: str
    document: str
    party: str
    place: str
    said: str
    answers: dict[str, str | list[str]]
    late: bool
    sent: datetime
    published: datetime
    example: bool


def _ratings(cells: Sequence[Any], _by: Actor) -> list[Said]:
    verdicts = verdicts_of([row[0] for row in cells])
    names = ("id", "round", "title", "example", "document", "commitment", "party", "scale")
    found = []
    for row in cells:
        held = verdicts[row[0]]
        said = dict(zip(names, row, strict=True))
        said |= {"value": held[-1].value if held else None, "verdicts": [verdict_json(one) for one in held]}
        found.append(said)
    return found


_REPORT = (
    "id", "report_id", "number", "report__cycle_id", "report__cycle__title", "report__cycle__document_id",
    "report__party_id", "report__provision_id", "answers", "late", "sent", "published", "report__cycle__example",
)  # fmt: skip
_NAMES = tuple(name for name in PublishedReport.model_fields if name != "said")


def _reports(cells: Sequence[Any], _by: Actor) -> list[Said]:
    rows = [dict(zip(_NAMES, row, strict=True)) for row in cells]
    return [{**row, "said": said_of(row["answers"])} for row in rows]


COLLECTIONS: tuple[Collection[Any], ...] = (
    Collection(
        "ratings", "rating", "The final ratings of published rounds, for each commitment and party.", RatingOut,
        lambda by: visible_cells(by).filter(assessment__state=PUBLISHED),
        ("id", "assessment_id", "assessment__title", "assessment__example", "assessment__document_id", "commitment_id",
         "party_id", "assessment__scale"),
        _ratings,
        (
            equal("document", "The id of the agreement.", "assessment__document"),
            equal("round", "The id of the round.", "assessment"), equal("commitment", "The id of the commitment."),
            equal("party", "The id of the party."),
        ),
        key="id",
    ),
    Collection(
        "published-reports", "report", "What parties reported in cycles, as it was published.", PublishedReport,
        lambda by: visible_submissions(by).filter(published__isnull=False), _REPORT, _reports,
        (
            equal("document", "The id of the agreement.", "report__cycle__document"),
            equal("cycle", "The id of the cycle.", "report__cycle"),
            equal("party", "The id of the party.", "report__party"),
            equal("place", "The id of the paragraph.", "report__provision"),
        ),
        sorts={"published": "published", "sent": "sent"}, key="id",
    ),
)  # fmt: skip
