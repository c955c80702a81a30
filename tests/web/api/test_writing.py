"""What a token writes: by the actions and the policy of the pages, once for each key, with the token in the record."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.test import Client

from api_calls import API, SOURCE, activity, claim, observation, program, secret_of, send, with_series
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, may, speaks_for
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Document, Party
from followthrough.web.api.models import Answered
from followthrough.web.api.v1 import document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.followup.models import Report, SavedDraft, Submission
from followthrough.web.indicators.models import Observation
from followthrough.web.links.models import Link
from reporting_world import GOOD, World, small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()


def named(verb: str) -> dict[str, Any]:
    """Return who an event of this type names, and the token that it names."""
    event = AuditEvent.objects.filter(verb=verb).latest("pk")
    return {"by": event.by, "token": event.detail.get("token", "")}


def test_evidence_is_entered_once_and_the_record_names_the_token(world: World) -> None:
    client = program(secret_of(world.editor, "lake office"))
    first = send(client, "claims", claim(), **{"Idempotency-Key": "k1"})
    assert first.status_code == 201, first.content
    said = first.json()
    assert said["commitments"] == "lake/1a" and said["statement"] == "A jetty was built." and said["grade"] >= 0
    assert client.get(first["Location"]).json() == said
    assert Client().get(f"/claims/{said['id']}.json").json()["statement"] == said["statement"]
    again = send(client, "claims", claim(), **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (201, said, "true")
    assert again["Location"] == first["Location"] and Claim.objects.count() == 1
    other = send(client, "claims", claim(statement="Another."), **{"Idempotency-Key": "k1"})
    assert other.status_code == 422 and Claim.objects.count() == 1
    for verb in ("claim.added", "source.added", "link.added"):
        event = named(verb)
        assert event["by"] == "editor" and event["token"].startswith("lake office (ft_")
    assert "token" not in AuditEvent.objects.filter(verb="token.made").latest("pk").detail
    mine = program(secret_of(world.editor, "second"))
    assert send(mine, "claims", claim(statement="By another token."), **{"Idempotency-Key": "k1"}).status_code == 201


def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(world: World) -> None:
    client = program(secret_of(world.editor))
    wrong = claim(kind="rumour", commitments=["lake/9z"], source={**SOURCE, "url": "nowhere"})
    answer = send(client, "claims", wrong, **{"Idempotency-Key": "k"})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"sources.url", "claims.kind", "commitments"}
    assert not Claim.objects.exists() and not Answered.objects.exists()
    assert send(client, "claims", claim(), **{"Idempotency-Key": "k"}).status_code == 201, "it may be put right"
    alike = send(client, "claims", claim())
    assert alike.status_code == 409 and alike.json()["like"]
    assert send(client, "claims", claim(anyway=True)).status_code == 201
    assert send(client, "claims", claim(more=1)).status_code == 422, "fields that nobody knows are refused"
    assert send(client, "claims", claim(statement="a\x00b")).status_code == 422
    assert send(client, "claims", "{").status_code == 400
    assert send(client, "claims", claim(source={"id": "s-nothing"})).status_code == 422
    assert send(client, "claims", claim(), **{"Idempotency-Key": "x" * 201}).status_code == 400
    known = Claim.objects.first()
    assert known and send(client, "claims", claim(source={"id": known.source_id}, statement="New.")).status_code == 201


def test_activities_and_values_of_series(world: World) -> None:
    with_series()
    client = program(secret_of(world.editor))
    made = send(client, "activities", activity())
    assert made.status_code == 201 and made.json()["budget"] == "1500.5" and Activity.objects.get().currency == "USD"
    assert send(client, "activities", activity(title="B", fund="nothing")).status_code == 422
    first = send(client, "observations", observation())
    assert first.status_code == 201 and first.json()["id"] == "jetties/NOR/2024" and first.json()["value"] == "<2.5"
    assert send(client, "observations", observation()).status_code == 409
    second = send(client, "observations", observation(source={**SOURCE, "url": "https://example.org/2"}, value="3"))
    assert second.status_code == 201 and Observation.objects.count() == 2, "two sources stand side by side"
    assert send(client, "observations", observation(series="nothing")).status_code == 422
    assert send(client, "observations", observation(value="many", period="2023")).status_code == 422
    assert named("observation.added")["token"]


def test_a_link_stays_a_proposal(world: World) -> None:
    client = program(secret_of(world.editor))
    key = send(client, "claims", claim()).json()["id"]
    assert Link.objects.get(claim=key).confirmed, "who enters it may confirm it"
    body = {"subject": "claim", "subject_id": key, "places": ["lake/2", "lake/2a"], "rationale": "It is both."}
    answer = send(client, "links", body)
    assert answer.status_code == 201
    assert [(one["place"], one["confirmed"]) for one in answer.json()["links"]] == [("lake/2a", None), ("lake/2", None)]
    assert send(client, "links", body).status_code == 422, "linked already"
    assert send(client, "links", {**body, "subject_id": "c-nothing"}).status_code == 422
    assert send(client, "links", {**body, "places": ["lake/nothing"]}).status_code == 422


def test_a_party_s_own_system_saves_a_draft_and_sends_it(world: World) -> None:
    report = world.report(world.opened())
    client, path = program(secret_of(world.focal)), f"own-reports/{report.pk}"
    held = client.get(f"{API}/own-reports").json()
    assert held["count"] == Report.objects.filter(party="NOR").count()
    about = client.get(f"{API}/{path}").json()
    assert about["state"] == "open" and "done.text" in [name for one in about["questions"] for name in one["fields"]]
    saved = send(client, f"{path}/draft", {"answers": {"done.text": "A jetty."}, "seen": 0}, "put")
    assert saved.status_code == 200 and saved.json() == {"number": 1, "taken": []}
    assert client.get(f"{API}/{path}").json()["answers"] == {"done.text": "A jetty."}
    colleague = program(secret_of(world.colleague))
    late = send(colleague, f"{path}/draft", {"answers": {"done.text": "No jetty."}, "seen": 0}, "put")
    assert late.status_code == 409 and late.json()["errors"][0]["field"] == "answers.done.text"
    assert SavedDraft.objects.filter(aside=True).count() == 1, "what was typed is kept, although it was refused"
    assert send(client, f"{path}/draft", {"answers": {"nothing.text": "x"}}, "put").status_code == 422
    missing = send(client, f"{path}/submission", {"answers": {"done.text": "More."}, "seen": 1})
    assert missing.status_code == 422 and "answer.choice" in [one["field"] for one in missing.json()["errors"]]
    assert client.get(f"{API}/{path}").json()["answers"] == {"done.text": "More."}, "the draft stays"
    number = client.get(f"{API}/{path}").json()["number"]
    keyed = {"Idempotency-Key": "send"}
    sent = send(client, f"{path}/submission", {"answers": GOOD, "seen": number}, **keyed)
    assert sent.status_code == 201 and sent.json()["version"] == 1, sent.content
    assert send(client, f"{path}/submission", {"answers": GOOD, "seen": number}, **keyed).json() == sent.json()
    assert Submission.objects.count() == 1 and named("report.sent")["token"]
    assert send(client, f"{path}/submission", {"answers": GOOD, "seen": number}).status_code == 409


def test_no_cookie_writes_and_none_is_read(world: World) -> None:
    Document.objects.filter(pk="lake").update(public=False)
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.editor)
    assert send(client, "claims", claim()).status_code == 401 and not Claim.objects.exists()
    assert client.get(f"{API}/documents").json()["count"] == 0, "what an editor may see is shown to a token alone"
    assert program(secret_of(world.editor)).get(f"{API}/documents").json()["count"] == 1
    answer = program(secret_of(world.editor)).get(f"{API}/documents/lake")
    assert {"private", "no-store"} <= {one.strip() for one in answer["Cache-Control"].split(",")}
    me = program(secret_of(world.focal)).get(f"{API}/me").json()
    assert me["username"] == "focal" and me["parties"] == ["NOR"] and me["permissions"] == ["read", "report"]


WRITES = {"claims": claim, "activities": activity, "observations": observation}
OVER = ("this agreement", "another agreement", "the register")


def _person(role: Role | None, over: str, party: str) -> User:
    user = User.objects.create_user("asked")
    if role:
        other = Document.objects.create(id="pond", title="Pond", short_title="Pond", kind="statement", public=True)
        document = {"this agreement": Document.objects.get(pk="lake"), "another agreement": other}.get(over)
        spoken_for = Party.objects.get(pk=party) if role is Role.CONTRIBUTOR else None
        grant_role(user, role, by=SYSTEM, document=document, party=spoken_for)
    return user


@pytest.mark.parametrize("public", [True, False], ids=["published", "not published"])
@pytest.mark.parametrize(("role", "over"), [(None, ""), *itertools.product(Role, OVER)], ids=str)
def test_a_token_may_what_its_person_may(world: World, role: Role | None, over: str, public: bool) -> None:
    """Every write, by every role, over one's own and another agreement and party: as the policy says, and no more."""
    with_series()
    reports = {party: world.report(cycle, party) for cycle in [world.opened()] for party in ("NOR", "OST")}
    user = _person(role, over, "NOR")
    Document.objects.filter(pk="lake").update(public=public)
    lake = Document.objects.get(pk="lake")
    client = program(secret_of(user))
    refused = 403 if may(user, Permission.READ, lake) else 404
    enters = may(user, Permission.ENTER, lake)
    for path, body in WRITES.items():
        answer = send(client, path, body(anyway=True))
        blind = 422 if path == "observations" and refused == 404 and may_somewhere(user, Permission.ENTER) else refused
        blind = 403 if path == "observations" and not may_somewhere(user, Permission.ENTER) else blind
        assert answer.status_code == (201 if enters else blind), (path, answer.content)
    key = Claim.objects.first().pk if enters else "c-none"  # type: ignore[union-attr]
    sent = {"subject": "claim", "subject_id": key, "places": ["lake/2"], "rationale": "x"}
    assert (send(client, "links", sent).status_code == 201) is enters
    for party, report in reports.items():
        speaks = speaks_for(user, party, "lake")
        for path, method in (
            (f"own-reports/{report.pk}/draft", "put"),
            (f"own-reports/{report.pk}/submission", "post"),
        ):
            answer = send(client, path, {"answers": GOOD}, method)
            assert answer.status_code == ((200 if method == "put" else 201) if speaks else 404), (party, path)
        seen = client.get(f"{API}/own-reports/{report.pk}").status_code
        assert seen == (200 if speaks else 404)
    read = client.get(f"{API}/commitments?document=lake").json()["count"]
    assert bool(read) is may(user, Permission.READ, lake)


def may_somewhere(user: User, permission: Permission) -> bool:
    """Whether somebody may do this to any agreement at all."""
    return any(may(user, permission, one) for one in Document.objects.all())


def test_every_write_is_in_the_matrix() -> None:
    writes = {
        (method, path) for path, operations in document()["paths"].items() for method in operations if method != "get"
    }
    assert writes == {
        *(("post", f"{API}/{name}") for name in (*WRITES, "links")), ("put", f"{API}/own-reports/{{key}}/draft"),
        ("post", f"{API}/own-reports/{{key}}/submission"),
    }  # fmt: skip
