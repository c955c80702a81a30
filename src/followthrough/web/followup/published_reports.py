"""What parties have reported on a place and everybody may read: the newest published report of each."""

from __future__ import annotations

from typing import Any, NamedTuple

from followthrough.web.accounts.policy import Actor
from followthrough.web.followup.answers import CHOICES, STEPS, Choice, text_of
from followthrough.web.followup.policy import visible_submissions


class PublishedReport(NamedTuple):
    """A party's own statement on a place: what it says of itself in a word, when it was sent, in which cycle.

    An ``example`` was invented for the demonstration."""

    report: int
    party: str
    party_name: str
    said: str
    sent: Any
    cycle: str
    late: bool
    example: bool


def published_at(place: str, by: Actor) -> list[PublishedReport]:
    """Return the newest published report of each party on a place, by party, with one query."""
    held = visible_submissions(by).filter(published__isnull=False, report__provision=place)
    cycle_of = ("report__cycle__title", "late", "report__cycle__example")
    about = ("report", "report__party", "report__party__name", "answers", "sent", *cycle_of)
    rows: Any = held.order_by("report__party__name", "-report__cycle__opened", "-number").values_list(*about)
    found: dict[str, PublishedReport] = {}
    for report, party, name, answers, sent, cycle, late, made_up in rows:
        found.setdefault(party, PublishedReport(report, party, name, said_of(answers), sent, cycle, late, made_up))
    return list(found.values())


def said_of(answers: dict[str, str | list[str]]) -> str:
    """Return what a party says of itself: the stage where it reports, else its answer."""
    choice, stage = text_of(answers, "answer.choice"), text_of(answers, "stage.stage")
    if choice == Choice.REPORT and stage in STEPS:
        return str(STEPS[stage][0])
    return str(CHOICES[choice][0]) if choice in CHOICES else ""
