"""A reporting cycle in the papers: the figures of its own page, as of today and of a day before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.report.record import Round
from followthrough.web.accounts.policy import Actor
from followthrough.web.followup.actions.reviews import accept_report, publish_reports, return_report
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Cycle, Submission
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.gathering import register_of
from reporting_world import GOOD, World, small_world

TODAY = timezone.localdate()


@pytest.fixture
def played(db: None) -> tuple[World, Cycle]:
    """Four reports sent by one party: one published, one accepted, one returned, one to review."""
    world = small_world()
    cycle = world.opened()
    Cycle.objects.filter(pk=cycle.pk).update(opened=timezone.now() - timedelta(days=9), shown="parties")
    for place in "1234":
        submit(world.report(cycle, place=place), GOOD, by=world.focal, seen=0)
    for place in "12":
        accept_report(world.report(cycle, place=place), by=world.editor, seen=None)
    publish_reports(cycle, [world.report(cycle, place="1").pk], by=world.editor)
    third = world.report(cycle, place="3")
    return_report(third, {"": "Which jetty?"}, by=world.editor, seen=None)
    return world, Cycle.objects.get(pk=cycle.pk)


def told(cycle: Cycle, by: Actor, *, days: int = 0, internal: bool = True) -> Round:
    day = (TODAY - timedelta(days=days)).isoformat()
    held = register_of(Asked("lake", day, TODAY.isoformat(), internal=internal, cycle=cycle.pk), by).round
    assert held is not None
    return held


def test_its_figures_are_those_of_the_page_and_of_an_earlier_day_what_was_done_by_then(
    played: tuple[World, Cycle], client: Client
) -> None:
    world, cycle = played
    client.force_login(world.editor)
    page = client.get(f"/cycles/{cycle.pk}.json").json()
    now = told(cycle, world.editor)
    assert (now.sent, now.asked) == (page["n"], page["of"])
    by_party = {one.name: one for one in now.parties}
    for name, one in by_party.items():
        marks = [row["state"] for row in page["reports"] if row["party_name"] == name]
        assert one.asked == len(marks)
        assert (one.accepted, one.reviewed, one.returned) == (
            marks.count("accepted") + marks.count("published"), marks.count("sent"), marks.count("returned"),
        )  # fmt: skip
        assert one.missing == marks.count("open") + marks.count("silent")
    norland = by_party["Norland"]
    assert (norland.accepted, norland.reviewed, norland.returned, norland.missing) == (2, 1, 1, 0)
    Submission.objects.filter(report__provision="lake/1").update(
        sent=timezone.now() - timedelta(days=5), decided=timezone.now() - timedelta(days=3),
        published=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    past = {days: {one.name: one for one in told(cycle, world.editor, days=days).parties} for days in (2, 4, 7)}
    assert [(past[d]["Norland"].accepted, past[d]["Norland"].reviewed) for d in (2, 4, 7)] == [(1, 0), (0, 1), (0, 0)]
    assert not told(cycle, world.editor, days=30).parties


def test_the_public_reads_what_was_published_alone(played: tuple[World, Cycle]) -> None:
    world, cycle = played
    assert [one.num for one in told(cycle, world.editor).told] == ["1", "2"]
    public = told(cycle, world.editor, internal=False)
    assert [(one.party, one.num, one.did) for one in public.told] == [("Norland", "1", "A first jetty was built.")]
    assert [one.next for one in public.told] == ["A second jetty. (June 2100)"]
    Cycle.objects.filter(pk=cycle.pk).update(shown="number")
    assert not told(cycle, world.stranger).parties
    assert told(cycle, world.editor).parties
    Cycle.objects.filter(pk=cycle.pk).update(shown="nothing")
    with pytest.raises(InputRefused, match="no reporting cycle"):
        told(cycle, world.stranger)
    with pytest.raises(InputRefused, match="no reporting cycle"):
        told(cycle, world.editor, internal=False)
