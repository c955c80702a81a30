"""What waits in reporting cycles that are open: for those who speak for a party, and for who runs the cycle."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q

from followthrough.web.accounts.policy import Actor
from followthrough.web.followup import clock
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import own_reports, run_cycles
from followthrough.web.followup.states import Answering


class AskedCycle(NamedTuple):
    """A cycle that asks something of a party: how many of its reports are still to be sent, and how many came back."""

    id: str
    title: str
    party: str
    due: datetime
    zone: str
    open: int
    returned: int
    of: int


class RunCycle(NamedTuple):
    """A cycle that somebody runs: the reports that wait for review, since when, and those to publish.

    ``owed`` are those that parties have still to send while it is open, ``parties`` how many parties these are.
    """

    id: str
    title: str
    due: datetime
    zone: str
    to_review: int
    oldest: datetime | None
    to_publish: int
    owed: int
    parties: int


def asked_cycles(by: Actor) -> list[AskedCycle]:
    """Return the open cycles that ask something of a party that ``by`` speaks for, by due date, with one query."""
    open_ = Q(state__in=(Answering.OPEN, Answering.RETURNED))
    about = ("cycle", "cycle__title", "party__name", "cycle__due", "cycle__zone")
    held = own_reports(by).filter(cycle__closed=None, cycle__late_until__gte=clock.now()).order_by()
    counted = held.values(*about).annotate(
        open=Count("pk", filter=open_), back=Count("pk", filter=Q(state=Answering.RETURNED)), of=Count("pk")
    )
    rows: Any = counted.order_by("cycle__due", "party__name").values_list(*about, "open", "back", "of")
    return [AskedCycle(*row) for row in rows]


def cycles_to_review(by: Actor) -> list[RunCycle]:
    """Return the cycles that ``by`` runs with something to review, to publish or still to come, with one query."""
    sent, owed = Q(state=Answering.SENT), Q(state__in=(Answering.OPEN, Answering.RETURNED), cycle__closed=None)
    about = ("cycle", "cycle__title", "cycle__due", "cycle__zone")
    done = Q(state__in=(Answering.SENT, Answering.ACCEPTED))
    waiting = Report.objects.filter(done | owed, cycle__in=run_cycles(by).order_by().values("pk")).order_by()
    counted = waiting.values(*about).annotate(
        sent=Count("pk", filter=sent), oldest=Min("first_sent", filter=sent),
        accepted=Count("pk", filter=Q(state=Answering.ACCEPTED)), owed=Count("pk", filter=owed),
        owing=Count("party", filter=owed, distinct=True),
    )  # fmt: skip
    rows: Any = counted.order_by("cycle").values_list(*about, "sent", "oldest", "accepted", "owed", "owing")
    return [RunCycle(*row) for row in rows]
