"""The life of commitments on its pages: worked out from what is public, or decided in the open and taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.agreements.models import Commitment, Document, Edge, Provision
from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup.actions.lives import decide_life, decision_that_holds, take_back_decision
from followthrough.web.followup.actions.reviews import accept_report, publish_reports
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Cycle, LifeDecision
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from reporting_world import GOOD, World
from web_forms import forms_of


def states(by: User | None = None, query: str = "") -> dict[str, str]:
    client = Client()
    if by is not None:
        client.force_login(by)
    rows = client.get(f"/agreements/lake/life.json{query}").json()["life"]
    return {row["id"].partition("/")[2]: row["life"] for row in rows}


def test_it_follows_lineage_and_published_reports_and_nothing_else(world: World) -> None:
    Document.objects.update(adopted="2026-01-01")
    assert set(states().values()) == {"active"}
    cycle = world.opened()
    done = GOOD | {"stage.stage": "output"}
    reports = [world.report(cycle, party, "3") for party in ("NOR", "OST", "WES")]
    for report, by in zip(reports[:2], (world.focal, world.other), strict=True):
        submit(report, done, by=by, seen=0)
        accept_report(world.report(cycle, report.party_id, "3"), by=world.editor, seen=None)
    publish_reports(cycle, [one.pk for one in reports[:2]], by=world.editor)
    assert states()["3a"] == "active", "one party has not reported"
    third = reports[2]
    submit(world.report(cycle, "WES", "3"), {**GOOD, "answer.choice": "not_applicable", "answer.because": "No coast."},
           by=_voice(world), seen=0)  # fmt: skip
    accept_report(world.report(cycle, "WES", "3"), by=world.editor, seen=None)
    assert states()["3a"] == states(world.editor)["3a"] == "active", "accepted is not public yet, and shows nowhere"
    publish_reports(cycle, [third.pk], by=world.editor)
    assert {key for key, state in states().items() if state == "implemented"} == {"3a", "3b"}
    assert "2 of 2 parties" in Client().get("/agreements/lake/life/3a").content.decode().replace("3 of 3", "")
    Cycle.objects.update(example=True)
    assert states()["3a"] == "active", "what was invented counts for nothing"
    later = Document.objects.create(id="pond", title="Pond", short_title="Pond", kind="plan", public=False)
    home = Provision.objects.create(id="pond/1", document=later, eid="p1", kind="paragraph", num="1", position=1)
    new = Commitment.objects.create(id="pond/1a", provision=home, position=1, verb="do", kind="action", strength=4)
    Edge.objects.create(id="e", later=new, earlier_id="lake/1a", kind="supersedes", rationale="x", origin="y")
    assert states()["1a"] == "active", "the later text is a draft"
    Document.objects.filter(pk="pond").update(public=True)
    assert states()["1a"] == "superseded"
    assert states(query="?life=superseded") == {"1a": "superseded"}
    said = Client().get("/agreements/lake/commitments?life=superseded").content.decode()
    assert "Build thing 1a" in said and "Build thing 2a" not in said


def _voice(world: World) -> User:
    from followthrough.web.accounts.actions.roles import grant_role
    from followthrough.web.accounts.policy import SYSTEM
    from followthrough.web.accounts.roles import Role
    from followthrough.web.agreements.models import Party

    user = User.objects.create_user("west")
    grant_role(user, Role.CONTRIBUTOR, by=SYSTEM, document=world.document, party=Party.objects.get(pk="WES"))
    return user


def test_a_decision_has_a_reason_is_shown_and_is_taken_back(world: World) -> None:
    path, client = "/agreements/lake/life/2a", Client()
    client.force_login(world.editor)
    form = forms_of(client.get(path).content.decode(), path)[0]
    assert client.post(path, {**form.values, "do": "decide", "state": "retired", "reason": " "}).status_code == 422
    assert client.post(path, {**form.values, "do": "decide", "state": "x", "reason": "y"}).status_code == 422
    sent = {**form.values, "do": "decide", "state": "retired", "reason": "Both sides said so in <Kigali>."}
    assert client.post(path, sent).status_code == 302
    assert client.post(path, sent).status_code == 409, "somebody decided since"
    public = Client().get(path).content.decode()
    assert "2a is retired" in public and "in &lt;Kigali&gt;." in public and "<form" not in public.split("<main")[1]
    for page in ("/agreements/lake/2", "/agreements/lake/2a"):
        assert "Both sides said so" in Client().get(page).content.decode(), page
    assert states()["2a"] == "retired" and states()["2b"] != "retired"
    for who in (world.focal, world.stranger):
        with pytest.raises(PermissionDenied):
            decide_life(Commitment.objects.get(pk="lake/2a"), "active", "No.", by=who, seen=None)
    one = Commitment.objects.get(pk="lake/2a")
    decide_life(one, "implemented", "It was built.", by=world.editor, seen=None)
    assert LifeDecision.objects.filter(taken_back=None).count() == 1
    with pytest.raises(InvalidEntry):
        decide_life(one, "implemented", "x" * 1001, by=world.editor, seen=None)
    back = forms_of(client.get(path).content.decode(), path)[1]
    assert client.post(path, {**back.values, "do": "take_back"}).status_code == 302
    assert decision_that_holds(one.pk) is None and states()["2a"] != "implemented"
    with pytest.raises(EditConflict):
        take_back_decision(one, by=world.editor, seen=None)
    verbs = list(
        AuditEvent.objects.filter(verb__startswith="commitment.life").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["commitment.life_decided", "commitment.life_decided", "commitment.life_taken_back"]
    assert "taken back on" in Client().get(path).content.decode()
    assert timezone.now() > LifeDecision.objects.latest("pk").decided
