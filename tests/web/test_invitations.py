"""Invitations by mail: bound to a role and a party, good once, until they end; and the second factor of roles."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings
from django.utils import timezone

from followthrough.web.accounts.actions.invitations import Invited, accept_invitation, invite, link_of
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import Grant, Invitation, User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Party
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.mail_url import mail_settings
from followthrough.web.notices.models import Notice
from followthrough.web.notices.sending import send_waiting
from mail_server import mail_server
from reporting_world import World, small_world

pytestmark = pytest.mark.sqlite
PASSWORD = "correct horse battery staple"  # noqa: S105 - of tests
JOIN = {"do": "join", "username": "norland-2", "name": "N", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def invited(world: World) -> Invitation:
    return invite(
        Invited("new@example.org", Role.CONTRIBUTOR, world.document, Party.objects.get(pk="WES")), by=world.editor
    )


def test_somebody_joins_by_the_link_in_a_letter_once(world: World) -> None:
    client = as_(world.editor)
    sent = {"email": "new@example.org", "role": "contributor", "document": "lake", "party": "WES"}
    with mail_server() as server, override_settings(
        SENDS_MAIL=True, SITE="http://testserver", PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        **mail_settings(server.url),
    ):  # fmt: skip
        assert client.post("/invitations/new", sent)["Location"] == "/invitations"
        assert send_waiting().sent == 1
        letter = server.messages[0].as_string()
        link = re.search(r"http://testserver(/invitations/[\w.-]+)", letter)
        assert link
        assert link[1].partition(".")[2] not in str(list(Notice.objects.values()))
        newcomer = Client()
        assert "You are invited to speak for Westmark" in newcomer.get(link[1]).content.decode()
        assert newcomer.post(link[1], {**JOIN, "password2": "another"}).status_code == 422
        assert newcomer.post(link[1], {**JOIN, "username": "editor"}).status_code == 422
        assert newcomer.post(link[1], JOIN)["Location"] == "/todo"
        assert newcomer.get("/todo").status_code == 200
        assert AuditEvent.objects.get(verb="account.signed_in", target="norland-2").detail == {"with": ["password"]}
        assert newcomer.post(link[1], {**JOIN, "username": "again"}).status_code == 410
        signed = {"username": "norland-2", "password": PASSWORD}
        assert newcomer.post("/sign-in", signed)["Location"] == "/todo"
    user = User.objects.get(username="norland-2")
    assert (user.email, user.grants.get().party_id, user.grants.get().document_id) == ("new@example.org", "WES", "lake")
    verbs = AuditEvent.objects.filter(kind="invitation").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["invitation.made", "invitation.accepted"]


def test_an_invitation_ends_and_is_taken_back(world: World, administrator: User) -> None:
    first, second = invited(world), invited(world)
    link = link_of(first)
    assert Client().get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    assert as_(world.other).get("/invitations").status_code == 403
    assert as_(world.editor).post("/invitations", {"invitation": first.pk}).status_code == 302
    assert as_(world.stranger).post(link, {"do": "accept"}).status_code == 410
    Invitation.objects.filter(pk=second.pk).update(until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(EditConflict):
        accept_invitation(second, by=world.stranger)
    assert not Grant.objects.filter(user=world.stranger).exists()
    third = invited(world)
    assert as_(world.stranger).post(link_of(third), {"do": "accept"})["Location"] == "/todo"
    assert Grant.objects.get(user=world.stranger).party_id == "WES"
    page = as_(administrator).get("/invitations").content.decode()
    assert "taken back" in page
    assert "accepted" in page
    shown = as_(administrator).post("/invitations/new", {"email": "a@example.org", "role": "assessor"}).content.decode()
    assert "/invitations/" in shown


def test_who_runs_cycles_invites_focal_points_alone(world: World) -> None:
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            invite(Invited("a@example.org", role, world.document), by=world.editor)
    with pytest.raises(NotAllowed):
        invite(Invited("a@example.org", Role.CONTRIBUTOR, None, Party.objects.get(pk="WES")), by=world.editor)
    with pytest.raises(InvalidEntry):
        invite(Invited("no address", Role.CONTRIBUTOR, world.document), by=world.editor)
    form = as_(world.editor).get("/invitations/new").content.decode()
    assert 'value="administrator"' not in form
    assert as_(world.focal).get("/invitations/new").status_code == 403


@override_settings(SECOND_FACTOR=True, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def test_an_editor_sets_up_a_second_factor_before_anything_else(world: World) -> None:
    world.editor.set_password(PASSWORD)
    world.editor.save()
    client = Client()
    client.post("/sign-in", {"username": "editor", "password": PASSWORD})
    for path in ("/todo", "/agreements/lake/cycles/new", "/account"):
        assert client.get(path)["Location"] == "/account/second-factor"
        assert client.post(path)["Location"] == "/account/second-factor"
    assert "needs a second factor" in client.get("/account/second-factor").content.decode()
    client.post("/account/password/again", {"password": PASSWORD})
    secret = client.get("/account/second-factor/app").context["form"].secret
    code = str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    assert client.post("/account/second-factor/app", {"code": code}).status_code == 302
    assert client.get("/todo").status_code == 200
    assert client.post("/account/second-factor/app/remove").status_code == 302
    assert client.get("/todo")["Location"] == "/account/second-factor"
    assert client.post("/sign-out").status_code == 302


@override_settings(SECOND_FACTOR=True, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def test_who_becomes_an_editor_signs_in_again(world: World) -> None:
    world.focal.set_password(PASSWORD)
    world.focal.save()
    client = Client()
    client.post("/sign-in", {"username": "focal", "password": PASSWORD})
    assert client.get("/todo").status_code == 200
    grant_role(world.focal, Role.EDITOR, by=SYSTEM, document=world.document)
    assert client.get("/todo")["Location"].startswith("/sign-in")


def test_the_page_of_roles_is_the_policy(client: Client, db: None) -> None:
    page = " ".join(client.get("/roles").content.decode().split())
    assert "Everybody may read what is published, without an account." in page
    for role in Role:
        assert role.label in page
    assert page.count("Needs a second factor.") == 2
    row = page.partition("manage accounts</th>")[2].partition("</tr>")[0]
    assert [("yes" in cell) for cell in row.split("</td>")[:-1]] == [role is Role.ADMINISTRATOR for role in Role]
