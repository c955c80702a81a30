"""The demo's example of a round, run through by demo users with the same actions as any other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from followthrough.packs.bundled import example_rounds
from followthrough.web.accounts.actions.demo_people import demo_person
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document, Party
from followthrough.web.assessments.actions import adjudication, notes, ratings, replies, rounds
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.models import Assessment, RatingUnit
from followthrough.web.evidence.models import Claim

CODERS = ("demo-coder-a", "demo-coder-b")
CHAIR, FOCAL = "demo-chair", "demo-focal-point"


def people(document: Document, party: str, hashed: str = "") -> list[str]:
    """See to the demo's people, all with one hashed password, and return their names; without one nobody signs in.

    One hash for all of them: each costs a third of a second, and they are accounts for this machine, for this run.
    """
    roles = {CODERS[0]: Role.ASSESSOR, CODERS[1]: Role.ASSESSOR, CHAIR: Role.COORDINATOR, FOCAL: Role.CONTRIBUTOR}
    for name, role in roles.items():
        user = demo_person(name, hashed)
        of = Party.objects.get(pk=party) if role is Role.CONTRIBUTOR else None
        grant_role(user, role, by=SYSTEM, document=document, party=of)
    return list(roles)


def seed(document: Document) -> Assessment | None:
    """Run the document's example through the whole cycle, once; nothing where it has none or lacks its commitments."""
    about = example_rounds().get(document.pk)
    held = Assessment.objects.filter(document=document, example=True).first()
    if about is None or held:
        return held
    keys = [one["id"] for one in about["commitments"]]
    if Commitment.objects.filter(pk__in=keys).count() < len(keys):
        return None
    chair = User.objects.get(username=CHAIR)
    with transaction.atomic():
        for one in about["commitments"]:
            commitment = Commitment.objects.get(pk=one["id"])
            notes.write_note(commitment, one["full"], one["partial"], one["none"], by=SYSTEM)
        plan = Plan(about["title"], about["scale"], tuple(keys), tuple(about["parties"]), CODERS, example=True)
        found = rounds.open_round(document, plan, by=chair)
        _rate(found, about)
        adjudication.adjudicate_agreed(found, by=chair)
        _settle(found, about, chair)
        _finish(found, about, chair)
    return found


def _cells(found: Assessment) -> dict[tuple[str, str], RatingUnit]:
    rows = RatingUnit.objects.select_related("assessment", "commitment").filter(assessment=found)
    return {(cell.commitment_id, cell.party_id): cell for cell in rows}


def _rate(found: Assessment, about: dict[str, Any]) -> None:
    coders = [User.objects.get(username=name) for name in CODERS]
    cells = _cells(found)
    for one in about["commitments"]:
        claims = tuple(Claim.objects.filter(pk__in=one["claims"], withdrawn="").values_list("pk", flat=True))
        for coder, said in zip(coders, (one["a"], one["b"]), strict=True):
            for party, value in said.items():
                why = "An example of a reason: the claims that are ticked say so."
                ratings.rate(cells[one["id"], party], RatingInput(value, why, claims, "fairly"), by=coder)


def _settle(found: Assessment, about: dict[str, Any], chair: User) -> None:
    cells = _cells(found)
    for one in about["commitments"]:
        for party, (value, why) in one.get("settled", {}).items():
            adjudication.adjudicate(cells[one["id"], party], RatingInput(value, why, tuple(one["claims"])), by=chair)


def _finish(found: Assessment, about: dict[str, Any], chair: User) -> None:
    rounds.open_reply(found, 0, by=chair)
    cells, replied, changed = _cells(found), about["reply"], about["change"]
    focal = User.objects.get(username=FOCAL)
    replies.reply(cells[replied["commitment"], replied["party"]], replied["text"], by=focal)
    found.refresh_from_db()
    rounds.publish(found, by=chair, today=timezone.localdate())
    cell = _cells(found)[changed["commitment"], changed["party"]]
    claims = next(one["claims"] for one in about["commitments"] if one["id"] == changed["commitment"])
    answer = RatingInput(changed["value"], changed["why"], tuple(claims))
    adjudication.adjudicate(cell, answer, by=chair, reason=changed["reason"])
    found.refresh_from_db()
