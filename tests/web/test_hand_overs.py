"""Everything of somebody who leaves goes to a successor in one step, by who may, and back; saved views with it."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import timezone

from followthrough.web.accounts.actions.hand_overs import hand_over, parts_of, undo_hand_over
from followthrough.web.accounts.actions.people import BadAccount
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.holdings import holdings
from followthrough.web.accounts.models import Grant, HandOver, User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed, may
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.accounts.succession import leavers, successors
from followthrough.web.agreements.models import Document, Party
from followthrough.web.assessments.models import RATING, Assessment, Rating, RatingUnit
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.models import SavedMap, SpreadsheetUpload
from followthrough.web.followup.policy import own_reports
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.saved_views.actions.saved_views import MOST_VIEWS, remove_view, save_view, share_view
from followthrough.web.saved_views.models import SavedView
from followthrough.web.saved_views.policy import shared_views
from reporting_world import World, small_world

LIST = "/agreements/lake/commitments"


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people, and one who keeps accounts."""
    made = small_world()
    grant_role(User.objects.create_user("keeper"), Role.ADMINISTRATOR, by=SYSTEM)
    return made


def filled(world: World) -> User:
    """Let the focal point hold something of every kind; return the administrator."""
    now, lake = timezone.now(), world.document
    save_view("Mine", LIST, "kind=action&page=3", by=world.focal)
    SpreadsheetUpload.objects.create(owner=world.focal, document=lake, name="a.xlsx", file="x", size=1, uploaded=now)
    for owner in (world.focal, world.other):
        SavedMap.objects.create(owner=owner, name="map", signature="same", map="", saved=now)
    SavedMap.objects.create(owner=world.focal, name="another", signature="own", map="", saved=now)
    opened = Assessment.objects.create(
        id="r",
        document=lake,
        title="Round",
        scale="g20-2009",
        scale_version="1",
        na="exclude",
        state=RATING,
        opened=now,
    )
    norland = Party.objects.get(pk="NOR")
    for at in "ab":
        cell = RatingUnit.objects.create(assessment=opened, commitment_id=f"lake/1{at}", party=norland, position=1)
        Rating.objects.create(cell=cell, coder=world.focal, claims=[], submitted=now if at == "b" else None)
    return User.objects.get(username="keeper")


def held_by(person: User) -> dict[str, int]:
    return {one.key: one.held(person).count() for one in holdings()}


def test_everything_goes_over_in_one_step_and_back(world: World) -> None:
    keeper = filled(world)
    cycle = world.opened()
    before = held_by(world.focal)
    assert before == {"roles": 1, "views": 1, "ratings": 1, "spreadsheets": 1, "maps": 2}
    client = Client()
    client.force_login(world.focal)
    key = client.session.session_key or ""
    UserSession.objects.create(user=world.focal, session_key=key, ip="127.0.0.1", user_agent="x")
    assert client.get("/todo").status_code == 200
    made = hand_over(world.focal, world.other, "moved to  another post", by=keeper, seen=None)
    world.focal.refresh_from_db()
    assert not world.focal.is_active and not UserSession.objects.filter(user=world.focal).exists()
    assert client.get("/todo").status_code == 302
    assert held_by(world.focal) == {"roles": 0, "views": 0, "ratings": 0, "spreadsheets": 0, "maps": 1}
    assert held_by(world.other) == {"roles": 2, "views": 1, "ratings": 1, "spreadsheets": 1, "maps": 2}
    assert Rating.objects.filter(coder=world.focal).count() == 1, "what was submitted stays the coder's own"
    assert own_reports(world.other).filter(cycle=cycle, party="NOR").exists()
    told = list(AuditEvent.objects.filter(target="focal").order_by("pk").values_list("verb", flat=True))[-4:]
    assert told == ["role.revoked", "account.sessions_ended", "account.closed", "account.handed_over"]
    with pytest.raises(NotAllowed):
        undo_hand_over(made, by=world.editor)
    undo_hand_over(made, by=keeper)
    world.focal.refresh_from_db()
    assert world.focal.is_active and held_by(world.focal) == before
    assert held_by(world.other) == {"roles": 1, "views": 0, "ratings": 0, "spreadsheets": 0, "maps": 1}
    with pytest.raises(EditConflict):
        undo_hand_over(made, by=keeper)


STAYS = {
    "HandOver.leaver": "history", "HandOver.successor": "history", "EmailAddress.user": "a way to reach the person",
    "Authenticator.user": "a second factor", "UserSession.user": "ended", "Notice.user": "a letter to the person",
    "SocialAccount.user": "their number at an identity provider",
    "Muted.user": "what the person does not want to hear", "Invitation.user": "who accepted it",
    "Token.user": "a way in of the person's programs",
}  # fmt: skip
"""What belongs to a person and goes to nobody, and why."""


def test_whatever_belongs_to_a_person_goes_over_or_stays_for_a_reason() -> None:
    fields = {f"{model.__name__}.{one.name}" for model in apps.get_models() for one in model._meta.concrete_fields
              if one.related_model is User}  # fmt: skip
    moved = {f"{one.held(User(pk=0)).model.__name__}.{one.owner}" for one in holdings()}
    assert fields == moved | set(STAYS)


def test_who_runs_cycles_passes_on_focal_points_there_alone(world: World) -> None:
    keeper = User.objects.get(username="keeper")
    assert set(leavers(world.editor)) == {world.focal, world.colleague, world.other}
    assert set(successors(world.focal, world.editor)) == {world.editor, world.colleague, world.other}
    assert not leavers(world.focal).exists() and not leavers(world.stranger).exists()
    pond = Document.objects.create(id="pond", title="Pond", short_title="Pond", kind="statement")
    grant_role(world.colleague, Role.ASSESSOR, by=SYSTEM, document=pond)
    assert world.colleague not in leavers(world.editor), "part of what they hold is none of the editor's"
    for leaver, successor in ((world.editor, world.focal), (keeper, world.editor), (world.focal, world.stranger)):
        with pytest.raises(NotAllowed):
            hand_over(leaver, successor, "", by=world.editor, seen=None)
    with pytest.raises(NotAllowed):
        hand_over(world.focal, world.focal, "", by=keeper, seen=None)
    hand_over(world.focal, world.editor, "", by=world.editor, seen=None)
    assert not may(world.editor, Permission.ADMINISTER)
    hand_over(keeper, world.editor, "", by=keeper, seen=None)
    assert may(world.editor, Permission.ADMINISTER)
    root = User.objects.create_superuser("root")
    with pytest.raises(BadAccount, match="nobody would be left"):
        Grant.objects.filter(role=Role.ADMINISTRATOR.value).delete()
        hand_over(root, world.other, "", by=root, seen=None)
    User.objects.filter(pk=root.pk).update(is_active=False)
    hand_over(world.other, world.colleague, "", by=world.editor, seen=None)
    undo_hand_over(HandOver.objects.latest("at"), by=world.editor)


def test_the_page_lists_what_moves_before_it_does(world: World) -> None:
    keeper = filled(world)
    client, path = Client(), f"/people/{world.focal.pk}/hand-over"
    for person, status in ((None, 302), (world.stranger, 403), (world.focal, 403), (world.editor, 200), (keeper, 200)):
        if person:
            client.force_login(person)
        assert client.get(path).status_code == status == client.get("/hand-overs").status_code
    page = client.get(f"{path}?to={world.other.pk}").content.decode()
    for line in ("Contributor, Lake Accord, Norland", "a.xlsx", "another", "Mine", "lake/1a, NOR: Round"):
        assert f"<li>{line}</li>" in page
    assert "ostia" not in page.lower() and "has these already: map" in page
    stamp = page.split('name="stamp" value="')[1][:16]
    save_view("Newer", LIST, "", by=world.focal)
    sent = {"to": world.other.pk, "stamp": stamp, "reason": "left"}
    assert client.post(path, sent).status_code == 409 and not HandOver.objects.exists()
    assert client.post(path, {"stamp": stamp}).status_code == 422
    page = client.get(f"{path}?to={world.other.pk}").content.decode()
    sent["stamp"] = page.split('name="stamp" value="')[1][:16]
    assert client.post(path, sent).status_code == 302
    assert client.get(path).status_code == 404
    made = HandOver.objects.get()
    assert "left" in client.get("/hand-overs").content.decode()
    assert client.post("/hand-overs", {"hand_over": made.pk}).status_code == 302
    assert client.post("/hand-overs", {"hand_over": made.pk}).status_code == 409
    assert client.post("/hand-overs", {"hand_over": made.pk + 1}).status_code == 404
    assert [len(one.moving) for one in parts_of(world.focal, world.other)] == [1, 2, 1, 1, 1]


def test_a_view_is_saved_shared_with_a_role_and_removed(world: World) -> None:
    client = Client()
    client.force_login(world.focal)
    assert "Save this view" in client.get(LIST).content.decode()
    sent = {"name": "Acts", "path": LIST, "query": "kind=action&page=2"}
    answer = client.post("/saved-views/save", sent)
    assert answer["Location"] == f"{LIST}?kind=action"
    assert "Saved as" in client.get(answer["Location"]).content.decode()
    wrong: list[dict[str, Any]] = [
        {"name": ""}, {"path": "https://evil.example/"}, {"path": "//evil.example"}, {"path": "/sign-in"},
        {"path": f"{LIST}.csv"}, {"name": "x" * 121},
    ]  # fmt: skip
    assert {client.post("/saved-views/save", {**sent, **one}).status_code for one in wrong} == {422}
    view = SavedView.objects.get()
    role = Grant.objects.get(user=world.focal)
    assert client.post("/saved-views", {"view": view.pk, "do": "share", "with": role.pk}).status_code == 302
    assert [one.name for one in shared_views(world.other)] == ["Acts"]
    assert "Acts" in _page(world.other, "/todo") and "Acts" in _page(world.other, "/saved-views")
    assert shared_views(world.editor) == [] == shared_views(world.stranger)
    Document.objects.update(public=False)
    assert shared_views(world.other) == [], "its address names what they may not know of"
    Document.objects.update(public=True)
    with pytest.raises(NotAllowed):
        remove_view(view, by=world.other)
    with pytest.raises(NotAllowed):
        share_view(view, Grant.objects.filter(user=world.editor).first(), by=world.focal)
    client.post("/saved-views", {"view": view.pk, "do": "remove"})
    assert shared_views(world.other) == [] and "Undo" in client.get("/saved-views").content.decode()
    client.post("/saved-views", {"view": view.pk, "do": "back"})
    assert [one.name for one in shared_views(world.other)] == ["Acts"]
    SavedView.objects.bulk_create(
        SavedView(owner=world.focal, name=str(at), path=LIST, saved=timezone.now()) for at in range(MOST_VIEWS - 1)
    )
    with pytest.raises(InvalidEntry, match="100"):
        save_view("One more", LIST, "", by=world.focal)
    save_view("Acts", LIST, "", by=world.focal)


def _page(person: User, path: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(path).content.decode()
