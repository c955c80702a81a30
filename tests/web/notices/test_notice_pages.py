"""The pages of notices: what one was told, what comes by mail, what did not arrive, and reminding in one click."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from followthrough.web.accounts.models import User
from followthrough.web.audit.models import AuditEvent
from followthrough.web.notices.kinds import Way
from followthrough.web.notices.models import Muted, Notice
from reporting_world import World, small_world
from web_forms import forms_of

pytestmark = pytest.mark.sqlite


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    with override_settings(SENDS_MAIL=True):
        return small_world()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_everybody_reads_their_own_notices_and_chooses(world: World) -> None:
    cycle = world.opened()
    client = as_(world.focal)
    page = client.get("/account/notices").content.decode()
    assert "Norland: 4 reports due on 31 Oct 2099" in page
    assert f'href="/cycles/{cycle.pk}/reports"' in page
    assert "Norland" not in as_(world.other).get("/account/notices").content.decode()
    assert client.post("/account/notices", {"kinds": ["due", "asked", "nonsense"]}).status_code == 302
    assert set(Muted.objects.values_list("kind", flat=True)) == {"before_due", "accepted", "commented", "digest"}
    form = forms_of(client.get("/account/notices").content.decode(), "/account/notices")[-1]
    assert form.values["kinds"] == ["due"]


def test_letters_that_did_not_arrive_are_the_administrator_s(world: World, administrator: User) -> None:
    world.opened()
    Notice.objects.filter(user=world.focal).update(way=Way.UNSETTLED, said="its sender was stopped")
    Notice.objects.filter(user=world.other).update(way=Way.FAILED, said="550 No such person")
    assert as_(world.editor).get("/letters").status_code == 403
    client = as_(administrator)
    page = client.get("/letters").content.decode()
    assert "2 letters did not arrive" in page
    assert "550 No such person" in page
    arrived, again = (Notice.objects.get(user=one).pk for one in (world.focal, world.other))
    assert client.post("/letters", {"notice": arrived, "do": "arrived"}).status_code == 302
    assert client.post("/letters", {"notice": again, "do": "again"}).status_code == 302
    assert client.post("/letters", {"notice": again, "do": "again"}).status_code == 409
    assert dict(Notice.objects.values_list("user__username", "way")) == {
        "focal": "sent", "other": "waiting", "colleague": "held",
    }  # fmt: skip
    assert AuditEvent.objects.filter(kind="notice").count() == 2
    assert "Every letter has arrived or waits" in client.get("/letters").content.decode()


def test_parties_are_reminded_from_the_page_of_who_has_reported(world: World) -> None:
    cycle = world.opened()
    client = as_(world.editor)
    path = f"/cycles/{cycle.pk}"
    form = next(one for one in forms_of(client.get(path).content.decode(), path) if one.action.endswith("/remind"))
    assert set(form.values["parties"]) == {"NOR", "OST", "WES"}
    assert "/remind" not in as_(world.focal).get(path).content.decode()
    page = client.post(form.action, form.values, follow=True).content.decode()
    assert "Reminded: Norland and Ostia." in page
    assert "Has no focal point to remind: Westmark." in page
    assert Notice.objects.filter(kind="nudged").count() == 3
    assert (
        "Reminded in the last 7 days already"
        in client.post(form.action, {"parties": "NOR"}, follow=True).content.decode()
    )
    assert "Choose whom to remind" in client.post(form.action, {}, follow=True).content.decode()
    assert Notice.objects.filter(kind="nudged").count() == 3
