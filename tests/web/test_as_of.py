"""A record as it stood on a day, rebuilt from its events; and the record of changes as sentences."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Source
from followthrough.web.audit.as_of import state_at
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record
from followthrough.web.evidence.actions.claims import withdraw
from followthrough.web.evidence.models import Claim
from followthrough.web.links.models import Link
from reporting_world import World, small_world


def event(day: int, verb: str, **detail: Any) -> dict[str, Any]:
    return {"at": datetime(2026, 3, day, 12, tzinfo=UTC), "verb": verb, "detail": detail}


EVENTS = [
    event(2, "claim.added"), event(4, "claim.changed", changes={"unit": ["km", "miles"], "source": ["a", "b"]}),
    event(6, "claim.checked", note="fine"), event(8, "claim.changed", changes={"unit": ["miles", "m"]}),
    event(10, "claim.withdrawn", reason="wrong"), event(12, "claim.rewritten"),
]  # fmt: skip
NOW = {"unit": "m", "checked": True, "check_note": "fine", "withdrawn": "wrong"}


@pytest.mark.parametrize(
    ("day", "there", "unit", "checked", "withdrawn"),
    [
        (1, False, "km", False, ""), (2, True, "km", False, ""), (5, True, "miles", False, ""),
        (7, True, "miles", True, ""), (9, True, "m", True, ""), (11, True, "m", True, "wrong"),
    ],
)  # fmt: skip
def test_every_change_since_a_day_is_taken_back(
    day: int, there: bool, unit: str, checked: bool, withdrawn: str
) -> None:
    state = state_at(NOW, EVENTS, date(2026, 3, day))
    assert (state.there, state.values["unit"], state.values["checked"]) == (there, unit, checked)
    assert (state.values["withdrawn"], state.untold) == (withdrawn, ["claim.rewritten"])
    assert state.values.keys() == NOW.keys()


def test_what_came_with_a_pack_is_there_from_the_day_it_was_recorded() -> None:
    assert not state_at({"recorded": "2026-03-05"}, [], date(2026, 3, 4)).there
    assert state_at({"recorded": "2026-03-05"}, [], date(2026, 3, 5)).there
    assert not state_at(NOW, EVENTS, date(2026, 3, 12)).untold


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with an evidence item that was corrected, and one who keeps accounts."""
    made = small_world()
    grant_role(User.objects.create_user("keeper"), Role.ADMINISTRATOR, by=SYSTEM)
    source = Source.objects.create(
        id="s-1", url="https://a.example/", title="News", publisher="Paper", publisher_kind="media", language="en"
    )
    claim = Claim.objects.create(
        id="c-1", source=source, kind="output", statement="It was built", stance="neutral", recorded="2026-01-01",
        entered_by="editor",
    )  # fmt: skip
    Link.objects.create(id="l-1", commitment_id="lake/1a", claim=claim, role="main", rationale="x", origin="person")
    Commitment.objects.filter(pk="lake/1a").update(summary="Build thing now")
    changes = {"summary": ["Build thing 1a", "Build thing now"], "provision": ["hidden/1", "lake/1"]}
    record("editor", EventType.COMMITMENT_CHANGED, "commitment", "lake/1a", {"changes": changes})
    withdraw(["c-1"], "it fell in", by=made.editor)
    return made


def test_the_page_of_a_record_on_a_day(world: World, django_assert_max_num_queries: Any) -> None:
    client = Client()
    with django_assert_max_num_queries(4):
        page = client.get("/history/commitment/lake/1a?as_of=2026-02-03").content.decode()
    assert "<strong>Build thing 1a</strong>" in page and "Build thing now" in page and "hidden/1" not in page
    assert "1 field said something else on 3 Feb 2026" in page
    page = client.get("/history/claim/c-1?as_of=February 2026").content.decode()
    assert "<strong>nothing</strong>" in page and "it fell in" in page and "entered" not in page.lower()
    assert "it was not on record" in client.get("/history/claim/c-1?as_of=2025").content.decode()
    assert client.get("/history/claim/c-1?as_of=someday").status_code == 422
    assert client.post("/history/claim/c-1").status_code == 405
    world.document.public = False
    world.document.save()
    assert client.get("/history/commitment/lake/1a").status_code == 404 == client.get("/history/claim/c-1").status_code
    client.force_login(world.editor)
    assert client.get("/history/claim/c-1").status_code == 200


def test_the_record_is_told_in_sentences_filtered_and_taken_along(world: World) -> None:
    client = Client()
    client.force_login(world.editor)
    assert client.get("/audit.csv").status_code == 403
    client.force_login(User.objects.get(username="keeper"))
    page = client.get("/audit", {"kind": "claim"}).content.decode()
    assert "c-1: withdrawn by editor. It fell in." in page
    assert (
        "User keeper: role administrator granted by system."
        in client.get("/audit", {"about": "keeper"}).content.decode()
    )
    answer = client.get("/audit.csv", {"about": "lake/1a"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert [one["event"] for one in rows] == ["commitment.changed"]
    assert "summary from “Build thing 1a” to “Build thing now”" in rows[0]["sentence"]
    assert client.get("/audit.json", {"until": "2001"}).json() == {"count": 0, "events": []}
    whole = client.get("/audit.json", {"since": "2001-02"}).json()
    assert whole["count"] == AuditEvent.objects.count() and whole["events"][0]["at"] >= whole["events"][-1]["at"]
    assert client.get("/audit.xlsx").content[:2] == b"PK"
    assert client.get("/audit", {"since": "someday"}).status_code == 422
