"""The demo's example of reporting: invented, marked, seen in the demo alone, and played once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from followthrough.packs import bundled
from followthrough.packs.bundled import BundledPack
from followthrough.web.accounts.models import User
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.exchange.reported_rows import READERS
from followthrough.web.followup import clock, example
from followthrough.web.followup.models import Comment, Cycle, Report, SavedDraft, Submission
from followthrough.web.followup.policy import own_reports, run_cycles, visible_cycles
from followthrough.web.followup.proposal import propose
from followthrough.web.followup.published_reports import published_at
from reporting_world import World, small_world

ABOUT = {"title": "{year} round, invented", "parties": ["NOR", "WES", "OST"], "zone": "Asia/Jakarta"}


@pytest.fixture
def played(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The small agreement with its example, which is played as soon as its people are there."""
    packs = (BundledPack(Path(), True, {}, {"lake": ABOUT}),)
    monkeypatch.setattr(bundled, "bundled_packs", lambda: packs)
    world = small_world()
    before = register_as_pack().rows
    assert example.seed(world.document, world.editor) is None
    assert example.people(world.document, make_password("not a secret 1")) == [
        "demo-focal-nor", "demo-focal-ost", "demo-focal-wes",
    ]  # fmt: skip
    example.seed(world.document, world.editor)
    after = register_as_pack().rows
    assert {name for name in after if after[name] != before[name]} == {name for name in READERS if after[name]}
    assert {row["example"] for row in after["cycles"]} == {True}, "an export says of it that it is invented"
    return world


def marks(cycle: Cycle, party: str) -> list[str]:
    return list(Report.objects.filter(cycle=cycle, party=party).order_by("position").values_list("state", flat=True))


def test_two_cycles_are_played_once_one_party_late_one_silent(played: World) -> None:
    second, first = Cycle.objects.order_by("-opened")
    assert second.previous == first and first.closed and not second.closed and second.due < timezone.now()
    assert second.opened - first.opened == example.YEAR
    assert set(marks(first, "NOR") + marks(first, "WES")) == {"published"}
    assert marks(first, "OST") == ["published", "open", "open"]
    assert set(marks(second, "OST")) == {"open"}, "silent"
    assert {"published", "accepted", "sent", "returned"} <= set(marks(second, "NOR") + marks(second, "WES"))
    assert set(Submission.objects.filter(report__party="WES").values_list("late", flat=True)) == {True}
    assert not Submission.objects.filter(report__party="NOR", late=True).exists()
    assert SavedDraft.objects.filter(report__party="WES", report__state="open").count() == 1
    assert Comment.objects.filter(by_party=True).count() == 1
    for one in Submission.objects.all():
        said = [text for name, text in one.answers.items() if name.endswith((".text", ".because"))]
        assert said and all(str(text).startswith("Invented for the demonstration:") for text in said)
    counted = (Submission.objects.count(), AuditEvent.objects.filter(verb="report.sent").count())
    assert counted[0] == counted[1] > 10
    assert example.seed(played.document, played.editor) == second
    assert (Submission.objects.count(), Cycle.objects.count()) == (counted[0], 2)


def test_where_the_register_is_served_for_real_nothing_of_it_is_seen(played: World, settings: Any) -> None:
    settings.DEMO = False
    held = Cycle.objects.order_by("-opened")[0]
    focal = User.objects.get(username="demo-focal-nor")
    report = Submission.objects.filter(published__isnull=False).values_list("report", flat=True)[0]
    asked = [f"/cycles/{held.pk}", f"/cycles/{held.pk}.json", f"/reports/{report}/published"]
    for by in (played.editor, focal, played.stranger):
        assert not visible_cycles(by).exists() and not own_reports(by).exists() and not run_cycles(by).exists()
        assert not published_at("lake/1", by)
    client = Client()
    assert [client.get(path).status_code for path in asked] == [404, 404, 404]
    assert "demo-focal" not in client.get("/sign-in").content.decode()
    real = played.opened("A real round")
    assert real.previous is None and not real.example
    assert propose("lake", played.editor).previous == real
    assert propose("lake", played.editor, example=True).previous == held
    settings.DEMO = True
    assert "demo-focal-nor" in client.get("/sign-in").content.decode()
    for path in (asked[0], asked[2], "/agreements/lake/1", "/agreements/lake/cycles"):
        assert "nvented" in client.get(path).content.decode(), path
    assert {one["invented"] for one in client.get(asked[1]).json()["reports"]} == {"yes"}


def test_a_moment_that_is_given_ends_with_its_block() -> None:
    past = timezone.now() - timedelta(days=900)
    with clock.at(past):
        with clock.at(past + timedelta(days=1)):
            assert clock.now() == past + timedelta(days=1)
        assert clock.now() == past
    assert timezone.now() - clock.now() < timedelta(minutes=1)
