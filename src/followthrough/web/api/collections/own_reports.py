"""What the parties of a person are asked in cycles, with the drafts of their offices; a token is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.api.collection import Collection, Row, Said, equal
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import own_reports
from followthrough.web.followup.questions import Asked
from followthrough.web.followup.reading import asked_of


class QuestionOut(Row):
    """A question of a cycle, and the names of the fields that answer it."""

    key: str
    kind: str
    words: str
    hint: str
    fields: list[str]


class OwnReport(Row):
    """What a party of yours is asked, with the draft of its office; ``number`` is what ``seen`` says of it."""

    id: int
    cycle: str
    cycle_title: str
    document: str
    party: str
    place: str
    state: str
    number: int
    answers: dict[str, str | list[str]]
    due: datetime
    late_until: datetime
    answered_with: int | None
    questions: list[QuestionOut]


def _reports(cells: Sequence[Any], _by: Actor) -> list[Said]:
    questions = {cycle: [_question(one) for one in asked_of(cycle)] for cycle in {row[1] for row in cells}}
    names = tuple(name for name in OwnReport.model_fields if name != "questions")
    return [{**dict(zip(names, row, strict=True)), "questions": questions[row[1]]} for row in cells]


def _question(one: Asked) -> Said:
    return {"key": one.key, "kind": str(one.kind), "words": one.words, "hint": one.hint, "fields": list(one.fields)}


OWN: Collection[Report] = Collection(
    "own-reports", "report of your own",
    "What the parties that you speak for are asked, with the drafts of their offices.",
    OwnReport, own_reports,
    ("id", "cycle_id", "cycle__title", "cycle__document_id", "party_id", "provision_id", "state", "number", "answers",
     "cycle__due", "cycle__late_until", "answered_with_id"),
    _reports,
    (equal("cycle", "The id of the cycle."), equal("party", "The id of the party."),
     equal("state", "open, sent, returned, accepted or published.")),
    key="id",
)  # fmt: skip
