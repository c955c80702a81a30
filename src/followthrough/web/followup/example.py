"""The demo's example of reporting: two cycles of three parties, played by demo users with the same actions as others.

The first party reports in time, the second late, the third falls silent. One report is returned and sent again; in the
second cycle some wait for review, one is back with its party, and some are accepted and public. It is invented, says so
in every answer, and is seen in the demo alone (``followup.policy``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction

from followthrough.packs.bundled import example_cycles
from followthrough.web.accounts.actions.demo_people import demo_person
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, Party
from followthrough.web.followup import clock
from followthrough.web.followup.actions.cycles import CyclePlan, Dates, close_cycle, open_cycle
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.reviews import accept_report, publish_reports, return_report
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.answers import Answers
from followthrough.web.followup.models import Cycle, Report
from followthrough.web.followup.proposal import propose
from followthrough.web.followup.questions import template
from followthrough.web.followup.states import Answering

YEAR = timedelta(days=366)
"""Between the two cycles: two of them never open in one calendar year."""


def people(document: Document, hashed: str = "") -> list[str]:
    """See to a focal point of each party of the example, all with one hashed password; returns their user names."""
    names = []
    for party in Party.objects.filter(pk__in=_about(document).get("parties", [])).order_by("pk"):
        user = demo_person(_focal(party.pk), hashed, f"Demo focal point, {party.name}")
        grant_role(user, Role.CONTRIBUTOR, by=SYSTEM, document=document, party=party)
        names.append(user.username)
    return names


def seed(document: Document, secretariat: User) -> Cycle | None:
    """Play the example of a document, once, all or nothing; returns its newest cycle, nothing where there is none."""
    about = _about(document)
    held = Cycle.objects.filter(document=document, example=True).order_by("-opened").first()
    if held or not about:
        return held
    voices = {key: User.objects.filter(username=_focal(key), demo=True).first() for key in about["parties"]}
    known = {key: user for key, user in voices.items() if user is not None}
    if len(known) < len(voices):
        return None
    now = clock.now()
    with transaction.atomic():
        _Play(document, about, secretariat, known, now - YEAR).first()
        return _Play(document, about, secretariat, known, now).second()


def _about(document: Document) -> dict[str, Any]:
    return dict(example_cycles().get(document.pk, {}))


def _focal(party: str) -> str:
    return f"demo-focal-{party.lower()}"


@cache
def _script() -> dict[str, Any]:
    return tomllib.loads(files("followthrough.web.followup").joinpath("example.toml").read_text("utf-8"))


@dataclass(frozen=True)
class _Play:
    """One cycle of the example, as it stands on the day ``now``: opened 60 days before, due 15 days before."""

    document: Document
    about: dict[str, Any]
    secretariat: User
    voices: dict[str, User]
    now: datetime

    def first(self) -> Cycle:
        """Play the cycle that is over: in time, late, only half of it; all of it accepted, published and closed."""
        cycle = self.open(late_days=30)
        in_time, late, silent = ([*self.reports(cycle, key)] for key in self.about["parties"])
        self.send(in_time, days=-25)
        self.send(silent[: len(silent) // 2], days=-20)
        again = in_time[len(in_time) // 2]
        with clock.at(self.day(-18)):
            return_report(again, {"done": _script()["return"]}, by=self.secretariat, seen=None)
        self.send([again], days=-16, replies={"done": _script()["reply"]})
        self.send(late, days=-8)
        self.accept(cycle, [one.pk for one in self.waiting(cycle)], days=-2, publish=True)
        with clock.at(self.day(30)):
            close_cycle(Cycle.objects.get(pk=cycle.pk), by=self.secretariat, seen=None)
        return cycle

    def second(self) -> Cycle:
        """Play the cycle that runs: one in time and partly reviewed, one late with a draft, one silent."""
        cycle = self.open(late_days=90)
        in_time, late, _silent = ([*self.reports(cycle, key)] for key in self.about["parties"])
        self.send(in_time, days=-22, step=1)
        third = len(in_time) // 3
        self.accept(cycle, [one.pk for one in in_time[:third]], days=-12, publish=True)
        self.accept(cycle, [one.pk for one in in_time[third : 2 * third]], days=-6, publish=False)
        with clock.at(self.day(-5)):
            return_report(in_time[-1], {"done": _script()["return"]}, by=self.secretariat, seen=None)
        sent = len(late) * 3 // 5
        self.send(late[:sent], days=-9, step=1)
        self.accept(cycle, [one.pk for one in late[: sent // 4]], days=-3, publish=True)
        for one in late[sent : sent + 1]:
            with clock.at(self.day(-1)):
                save_draft(one, _answer(one, 2), by=self.voices[one.party_id], seen=0)
        return cycle

    def day(self, days: int) -> datetime:
        """Return a moment some days from the day of the play, in the middle of its day."""
        return self.now + timedelta(days=days)

    def open(self, late_days: int) -> Cycle:
        """Open the cycle: its parties are asked about every place that the proposal names."""
        opened, due = self.day(-60), self.day(-15)
        dates = Dates(due.date().isoformat(), self.day(late_days).date().isoformat(), self.about["zone"], "parties")
        asked = propose(self.document.pk, SYSTEM, example=True)
        pairs = frozenset((place, party) for place, party in asked.pairs if party in self.voices)
        title = self.about["title"].format(year=opened.year)
        plan = CyclePlan(title, str(opened.year - 1), str(opened.year), dates, template(), pairs, example=True)
        with clock.at(opened):
            return open_cycle(self.document, plan, by=self.secretariat)

    def reports(self, cycle: Cycle, party: str) -> Iterable[Report]:
        """Return the reports that the cycle asks of a party, in order."""
        held = Report.objects.select_related("cycle__document", "provision")
        return held.filter(cycle=cycle, party=party).order_by("position")

    def waiting(self, cycle: Cycle) -> Iterable[Report]:
        """Return the reports that wait for review."""
        return Report.objects.filter(cycle=cycle, state=Answering.SENT)

    def send(self, reports: list[Report], *, days: int, step: int = 0, replies: dict[str, str] | None = None) -> None:
        """Send reports some days from the day of the play, a few of them each day."""
        for at, one in enumerate(reports):
            with clock.at(self.day(days) + timedelta(hours=(step or 1) * at // 3)):
                fresh = Report.objects.select_related("cycle__document", "provision").get(pk=one.pk)
                submit(fresh, _answer(one, step), by=self.voices[one.party_id], seen=fresh.number, replies=replies)

    def accept(self, cycle: Cycle, keys: list[int], *, days: int, publish: bool) -> None:
        """Accept reports, and publish them a day later where they are to be."""
        with clock.at(self.day(days)):
            for one in Report.objects.select_related("cycle__document").filter(pk__in=keys):
                accept_report(one, by=self.secretariat, seen=None)
        if publish and keys:
            with clock.at(self.day(days + 1)):
                publish_reports(cycle, keys, by=self.secretariat)


def _answer(report: Report, later: int) -> Answers:
    """Return the invented answer of a party on a place; those of a later cycle are further on."""
    script = _script()
    rows: list[dict[str, Any]] = script["answers"]
    row = rows[(report.position + sum(map(ord, report.party_id)) + later) % len(rows)]
    title = report.provision.title or report.provision.num

    def say(name: str) -> str:
        return f"{script['mark']} {row[name].format(title=title)}" if name in row else ""

    said: Answers = {
        "answer.choice": row["choice"], "answer.because": say("because"), "stage.stage": row.get("stage", ""),
        "done.text": say("done"), "support.text": say("support"), "next.text": say("next"),
        "obstacles.any": list(row.get("obstacles", [])),
    }  # fmt: skip
    for part, value in zip(("of", "value", "unit"), row.get("figure", ()), strict=False):
        said[f"figures.{part}-1"] = value
    return {name: value for name, value in said.items() if value}
