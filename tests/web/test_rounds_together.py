"""Two people at once in a round: each gets an answer in words, and nothing is written twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document, InterpretiveNote, Party, Provision
from followthrough.web.assessments.actions import adjudication, ratings, replies, rounds
from followthrough.web.assessments.actions.ratings import LONGEST_WHY, RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.models import REPLY, AdjudicatedRating, Assessment, Rating, RatingUnit, Reply
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict, InvalidEntry

NONE = RatingInput("n/a", "It has no airline.")


def small_register() -> Document:
    """One agreement of eight commitments, and its two parties."""
    document = Document.objects.create(id="river", title="River", short_title="River", kind="statement")
    for at in range(1, 9):
        place = Provision.objects.create(
            id=f"river/{at}", document=document, eid=f"para_{at}", kind="paragraph", num=str(at), position=at, title="x"
        )
        one = Commitment.objects.create(
            id=f"river/{at}a", provision=place, position=1, verb="build", kind="action", strength=4
        )
        InterpretiveNote.objects.create(
            id=f"{one.pk}/v1",
            commitment=one,
            version=1,
            full="all",
            partial="some",
            none="nothing",
            agreed="2026-01-01",
        )
    Party.objects.create(id="KOR", name="Korea", short_name="Korea", kind="state")
    return document


def opened() -> tuple[Assessment, dict[str, User]]:
    """A round over it, with two coders, two chairs and a focal point."""
    document = small_register()
    people = {name: User.objects.create_user(name) for name in ("coder-a", "coder-b", "chair", "second", "focal")}
    for name, role in (("coder-a", Role.ASSESSOR), ("coder-b", Role.ASSESSOR), ("chair", Role.COORDINATOR)):
        grant_role(people[name], role, by=SYSTEM, document=document)
    grant_role(people["second"], Role.COORDINATOR, by=SYSTEM, document=document)
    grant_role(people["focal"], Role.CONTRIBUTOR, by=SYSTEM, document=document, party=Party.objects.get(pk="KOR"))
    keys = tuple(f"river/{at}a" for at in range(1, 9))
    plan = Plan("Round", "g20-2009", keys, ("KOR",), ("coder-a", "coder-b"))
    return rounds.open_round(document, plan, by=people["chair"]), people


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do all at the same moment, each in a thread and a connection of its own; return how each ended."""
    outcomes: list[str] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            deed()
            outcomes.append("done")
        except Exception as error:  # noqa: BLE001 - the test looks at what it was
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_agreed_cells_are_settled_once_by_two_chairs_at_once() -> None:
    one, people = opened()
    for cell in RatingUnit.objects.filter(assessment=one):
        for name in ("coder-a", "coder-b"):
            ratings.rate(cell, NONE, by=people[name])
    chairs = [people["chair"], people["second"]]
    ends = together(*(lambda by=by: adjudication.adjudicate_agreed(one, by=by) for by in chairs))
    assert ends == ["done", "done"]
    assert AdjudicatedRating.objects.count() == AuditEvent.objects.filter(verb="cell.settled").count() == 8


@pytest.mark.django_db(transaction=True)
def test_two_chairs_settle_one_cell_at_once_and_one_is_told() -> None:
    one, people = opened()
    cell = RatingUnit.objects.select_related("assessment__document", "commitment").filter(assessment=one)[0]
    for name in ("coder-a", "coder-b"):
        ratings.rate(cell, NONE, by=people[name])
    chairs = [people["chair"], people["second"]]
    ends = together(*(lambda by=by: adjudication.adjudicate(cell, NONE, by=by) for by in chairs))
    assert ends == ["InvalidEntry", "done"]  # the second changes a verdict, and that needs its reason
    assert AdjudicatedRating.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_rounds_of_one_title_opened_at_once_are_two_rounds() -> None:
    one, people = opened()
    plan = Plan("Round", "g20-2009", ("river/1a",), ("KOR",), ("coder-a", "coder-b"))
    ends = together(*(lambda: rounds.open_round(one.document, plan, by=people["chair"]) for _ in range(2)))
    assert ends == ["done", "done"]
    assert Assessment.objects.count() == 3


@pytest.mark.django_db
def test_every_action_of_a_round_asks_its_state_when_it_writes() -> None:
    one, people = opened()
    Assessment.objects.filter(pk=one.pk).update(state=REPLY, reply_until=timezone.localdate())
    cell = RatingUnit.objects.select_related("assessment__document", "commitment").filter(assessment=one)[0]
    stale = RatingUnit.objects.select_related("assessment__document").get(pk=cell.pk)
    rounds.publish(one, by=people["chair"])
    with pytest.raises(EditConflict):
        replies.reply(stale, "We did it.", by=people["focal"])
    one.state = stale.assessment.state = "rating"  # as a page read it that was opened before
    for deed in (
        lambda: ratings.rate(stale, NONE, by=people["coder-a"]),
        lambda: rounds.reassign(one, "coder-a", "coder-b", by=people["chair"]),
        lambda: rounds.open_reply(one, 30, by=people["chair"]),
        lambda: rounds.publish(one, by=people["chair"]),
    ):  # fmt: skip
        with pytest.raises(EditConflict):
            deed()
    assert (Reply.objects.count(), Rating.objects.exclude(value="").count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (RatingInput("", "x" * (LONGEST_WHY + 1)), "why"),
        (RatingInput("", "because", (), "x" * 500), "sure"),
        (RatingInput("", "because", ("no-such-claim",)), "claims"),
        (RatingInput("brilliant", "because"), "value"),
    ],
)
def test_a_draft_may_lack_an_answer_and_hold_no_wrong_one(answer: RatingInput, field: str) -> None:
    one, people = opened()
    cell = RatingUnit.objects.select_related("assessment__document", "commitment").filter(assessment=one)[0]
    with pytest.raises(InvalidEntry) as told:
        ratings.rate(cell, answer, by=people["coder-a"], submit=False)
    assert list(told.value.problems) == [field]
    ratings.rate(cell, RatingInput("", "", (), ""), by=people["coder-a"], submit=False)
    assert Rating.objects.get(cell=cell, coder=people["coder-a"]).submitted is None
