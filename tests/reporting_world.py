"""A small register with an agreement, three parties and their people, on which cycles are played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity, ActivityParty
from followthrough.web.agreements.models import Commitment, Document, DocumentParty, Party, Provision, Source
from followthrough.web.evidence.models import Claim, ClaimParty
from followthrough.web.followup.actions.cycles import CyclePlan, Dates, open_cycle
from followthrough.web.followup.answers import Answers
from followthrough.web.followup.models import Cycle, Report
from followthrough.web.followup.proposal import propose
from followthrough.web.followup.questions import template
from followthrough.web.links.models import Link

DATES = Dates("31 October 2099", "15 December 2099", "Asia/Jakarta", "number")
GOOD: Answers = {
    "answer.choice": "report", "stage.stage": "under_way", "done.text": "A first jetty was built.",
    "figures.of-1": "Jetties", "figures.value-1": "1,250", "figures.unit-1": "pieces",
    "obstacles.any": ["money"], "next.text": "A second jetty.", "next.by": "June 2100",
    "evidence.addresses": "https://example.org/jetty",
}  # fmt: skip


@dataclass
class World:
    """The agreement and the people of it."""

    document: Document
    editor: User
    focal: User
    colleague: User
    other: User
    stranger: User

    def opened(self, title: str = "Round 2099", dates: Dates = DATES) -> Cycle:
        """Open a cycle that asks everybody about everything."""
        proposal = propose(self.document.pk, self.editor)
        plan = CyclePlan(title, "2098", "2099", dates, template(), proposal.pairs)
        return open_cycle(self.document, plan, by=self.editor)

    def report(self, cycle: Cycle, party: str = "NOR", place: str = "1") -> Report:
        """Return a report of a cycle."""
        asked = Report.objects.select_related("cycle__document")
        return asked.get(cycle=cycle, party=party, provision=f"lake/{place}")


def small_world() -> World:
    """Make an agreement of two sections and four paragraphs between three parties; one is promised by Norland alone."""
    document = Document.objects.create(
        id="lake", title="Lake Accord", short_title="Lake Accord", kind="statement", public=True, adopted="2090-01-01"
    )
    position = 0
    for number, (section, places) in enumerate((("Shores", ("1", "2")), ("Fish", ("3", "4"))), start=1):
        position += 1
        above = Provision.objects.create(
            id=f"lake/section-{number}", document=document, eid=f"sec_{number}", kind="section", num=str(number),
            position=position, title=section,
        )  # fmt: skip
        for place in places:
            position += 1
            home = Provision.objects.create(
                id=f"lake/{place}", document=document, parent=above, eid=f"para_{place}", kind="paragraph", num=place,
                position=position, title=f"Matter {place}",
            )  # fmt: skip
            for at, letter in enumerate("ab", start=1):
                Commitment.objects.create(
                    id=f"lake/{place}{letter}", provision=home, position=at, verb="build", kind="action", strength=4,
                    summary=f"Build thing {place}{letter}",
                    actors="Norland" if place == "4" else "Norland; Westmark; Ostia",
                )  # fmt: skip
    for key, name in (("NOR", "Norland"), ("OST", "Ostia"), ("WES", "Westmark")):
        party = Party.objects.create(id=key, name=name, short_name=name, kind="state")
        DocumentParty.objects.create(id=f"lake/{key}", document=document, party=party)
    people = {
        name: User.objects.create_user(name, email=f"{name}@example.org")
        for name in ("editor", "focal", "colleague", "other", "stranger")
    }
    grant_role(people["editor"], Role.EDITOR, by=SYSTEM, document=document)
    for name, key in (("focal", "NOR"), ("colleague", "NOR"), ("other", "OST")):
        spoken_for = Party.objects.get(pk=key)
        grant_role(people[name], Role.CONTRIBUTOR, by=SYSTEM, document=document, party=spoken_for)
    editor, focal, colleague, other, stranger = people.values()
    return World(document, editor, focal, colleague, other, stranger)


def name_parties() -> None:
    """Put on record two evidence items and an activity that name Norland, and an item that names Westmark alone."""
    source = Source.objects.create(
        id="s-1", url="https://example.org/news", title="News", publisher="Lake News", publisher_kind="media",
        language="en",
    )  # fmt: skip
    place = Commitment.objects.get(pk="lake/1a")
    for key, said, parties in (
        ("c-1", "Norland built 70 jetties.", ("NOR", "OST")), ("c-2", "Norland left the lake.", ("NOR",)),
        ("c-3", "Westmark fished.", ("WES",)),
    ):  # fmt: skip
        figure: dict[str, Any] = {"value": 70, "unit": "jetties"} if key == "c-1" else {}
        claim = Claim.objects.create(
            id=key, source=source, kind="result", date="2098-05", statement=said, stance="favourable",
            recorded="2098-06-01", **figure,
        )  # fmt: skip
        for party in parties:
            ClaimParty.objects.create(id=f"{key}/{party}", claim=claim, party_id=party)
        Link.objects.create(id=f"l-{key}", commitment=place, claim=claim, role="main", rationale="x", origin="person")
    school = Activity.objects.create(
        id="a-1", title="A school of fishing", kind="training", state="running", source=source, recorded="2098-06-01"
    )
    ActivityParty.objects.create(id="a-1/NOR", activity=school, party_id="NOR")
    Link.objects.create(id="l-a", commitment=place, activity=school, role="main", rationale="x", origin="person")
