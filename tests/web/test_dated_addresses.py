"""Addresses of a day: what the register held then stays at them, and a day without an answer says why it has none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from followthrough.web.agreements.models import Commitment, Document, Source
from followthrough.web.assessments.models import PUBLISHED, AdjudicatedRating, Assessment, RatingUnit, Reply
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.actions.claims import withdraw
from followthrough.web.evidence.models import Claim
from followthrough.web.links.actions.links import unlink
from followthrough.web.links.models import Link
from reporting_world import World, small_world
from support import said

pytestmark = pytest.mark.sqlite
TODAY = datetime.now(UTC).date()
BEFORE = (TODAY - timedelta(days=1)).isoformat()
PLACE = "/agreements/lake/1a"


@pytest.fixture
def world(db: None) -> World:
    """A commitment whose summary was corrected today, with two items of evidence of which one was withdrawn today."""
    made = small_world()
    source = Source.objects.create(
        id="s-1", url="https://a.example/", title="News", publisher="Paper", publisher_kind="media", language="en"
    )
    for key, recorded in (("c-1", "2026-01-01"), ("c-2", "2026-01-05"), ("c-3", TODAY.isoformat())):
        claim = Claim.objects.create(
            id=key, source=source, kind="output", statement=f"It was built, says {key}", stance="neutral",
            recorded=recorded, entered_by="editor", date="2025-12-01",
        )  # fmt: skip
        Link.objects.create(
            id=f"l-{key}", commitment_id="lake/1a", claim=claim, role="main", rationale="x", origin="person"
        )
    Commitment.objects.filter(pk="lake/1a").update(summary="Build thing now")
    record("editor", EventType.COMMITMENT_CHANGED, "commitment", "lake/1a",
           {"changes": {"summary": ["Build thing 1a", "Build thing now"]}})  # fmt: skip
    withdraw(["c-1"], "it fell in", by=made.editor)
    unlink(["l-c-2"], "another thing", by=made.editor)
    return made


def answer_to(client: Client, address: str) -> HttpResponseBase:
    return client.get(address)


def held(client: Client, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(address).content)
    return found


def test_a_place_stays_as_it_was_held(world: World, client: Client) -> None:
    then, now = held(client, f"{PLACE}@{BEFORE}.json"), held(client, f"{PLACE}@{TODAY}.json")
    assert (then["fields"]["summary"], now["fields"]["summary"]) == ("Build thing 1a", "Build thing now")
    assert [one["id"] for one in then["evidence"]] == ["c-1", "c-2"]
    assert [one["id"] for one in now["evidence"]] == ["c-3"]
    assert (then["as_of"], then["live"], then["untold"]) == (BEFORE, f"http://testserver{PLACE}", [])
    page = said(client.get(f"{PLACE}@{BEFORE}").content.decode())
    assert "Build thing 1a" in page
    assert "2 evidence items were linked to it" in page
    assert "Build thing now" not in page
    paragraph = held(client, f"/agreements/lake/1@{BEFORE}.json")
    assert (paragraph["kind"], {one["id"] for one in paragraph["evidence"]}) == ("provision", {"c-1", "c-2"})


def test_a_day_that_is_over_is_kept_for_good_and_leads_crawlers_to_the_live_page(world: World, client: Client) -> None:
    for address in (f"{PLACE}@{BEFORE}", f"{PLACE}@{BEFORE}.json"):
        answer = answer_to(client, address)
        assert "immutable" in answer["Cache-Control"] and "public" in answer["Cache-Control"], address
        assert answer["Link"] == f'<http://testserver{PLACE}>; rel="canonical"'
    assert f'<link rel="canonical" href="{PLACE}">' in client.get(f"{PLACE}@{BEFORE}").content.decode()
    assert "immutable" not in answer_to(client, f"{PLACE}@{TODAY}")["Cache-Control"]
    client.force_login(world.editor)
    assert "immutable" not in answer_to(client, f"{PLACE}@{TODAY}")["Cache-Control"]
    kept = answer_to(client, f"{PLACE}@{BEFORE}")["Cache-Control"]
    assert "private" in kept and "public" not in kept


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-12-31", "its record begins on 1 Jan 2026"),
        ("2099-01-01", "has not come yet"),
        ("2026-02-30", "is no day"),
    ],
)
def test_a_day_without_an_answer_says_why(world: World, client: Client, day: str, says: str) -> None:
    answer = client.get(f"{PLACE}@{day}")
    assert answer.status_code == 404
    assert says in said(answer.content.decode())


def test_what_was_not_there_and_what_is_hidden_is_not_shown(world: World, client: Client) -> None:
    record("editor", EventType.COMMITMENT_ADDED, "commitment", "lake/2a", {})
    assert "was not on record" in said(client.get(f"/agreements/lake/2a@{BEFORE}").content.decode())
    assert client.get(f"/agreements/lake/2a@{TODAY}").status_code == 200
    Commitment.objects.filter(pk="lake/1a").update(withdrawn="said twice")
    record("editor", EventType.COMMITMENT_WITHDRAWN, "commitment", "lake/1a", {"reason": "said twice"})
    assert client.get(f"{PLACE}@{TODAY}").status_code == 404
    assert held(client, f"{PLACE}@{BEFORE}.json")["fields"]["withdrawn"] == ""
    assert client.get(f"/agreements/lake/9z@{BEFORE}").status_code == 404
    Document.objects.filter(pk="lake").update(public=False)
    assert client.get(f"{PLACE}@{BEFORE}").status_code == 404


def test_questions_do_not_grow_with_events(world: World, client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        record("editor", EventType.CLAIM_CHECKED, "claim", "c-2", {"note": ""})
    with django_assert_max_num_queries(14):
        assert client.get(f"{PLACE}@{BEFORE}").status_code == 200


def test_a_rating_stays_as_it_was_published(world: World, client: Client) -> None:
    long_ago, today = datetime.now(UTC) - timedelta(days=9), datetime.now(UTC)
    one = Assessment.objects.create(
        id="first", document_id="lake", title="First round", scale="g20-2009", scale_version="1", state=PUBLISHED,
        opened=long_ago, opened_by="editor", published=today - timedelta(days=5),
    )  # fmt: skip
    cell = RatingUnit.objects.create(assessment=one, commitment_id="lake/1a", party_id="NOR", position=1)
    for number, days, value in ((1, 6, "0"), (2, 0, "1")):
        at = today - timedelta(days=days)
        AdjudicatedRating.objects.create(cell=cell, number=number, value=value, why=f"why {number}", by="e", at=at)
    Reply.objects.create(cell=cell, text="We object", by="f", at=today)
    address = f"/assessments/first/cells/{cell.pk}"
    then, now = held(client, f"{address}@{BEFORE}.json"), held(client, f"{address}@{TODAY}.json")
    assert [one["why"] for one in then["verdicts"]] == ["why 1"]
    assert [one["why"] for one in now["verdicts"]] == ["why 1", "why 2"]
    assert (then["replies"], len(now["replies"])) == ([], 1)
    page = said(client.get(f"{address}@{BEFORE}").content.decode())
    assert "why 1" in page and "why 2" not in page and "We object" not in page
    early = (TODAY - timedelta(days=6)).isoformat()
    assert "was not published yet" in said(client.get(f"{address}@{early}").content.decode())
    assert f"{address}@{TODAY}" in client.get(f"{address}.bib").content.decode()
    Assessment.objects.update(state="reply")
    for closed in (f"{address}@{BEFORE}", f"{address}.bib", f"{address}.json"):
        assert client.get(closed).status_code == 404, closed
