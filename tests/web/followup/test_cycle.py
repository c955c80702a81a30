"""A cycle from its opening to publication: who may do what, what is kept, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.activities.models import Meeting
from followthrough.web.agreements.models import Commitment, Document, DocumentParty, Edge, Provision, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup import rows
from followthrough.web.followup.actions.cycles import CyclePlan, change_dates, close_cycle, cycle_stamp, open_cycle
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.leads import leads_of, name_leads
from followthrough.web.followup.actions.reviews import accept_report, publish_reports, return_report, review_stamp
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Assignment, Cycle, Report, SavedDraft, Submission
from followthrough.web.followup.policy import visible_cycles, visible_submissions
from followthrough.web.followup.proposal import propose
from followthrough.web.followup.questions import template
from followthrough.web.followup.reading import accepted_before
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.links.models import Link
from reporting_world import DATES, GOOD, World
from web_forms import forms_of


def sent(world: World, cycle: Cycle, place: str = "1") -> Report:
    report = world.report(cycle, place=place)
    submit(report, GOOD, by=world.focal, seen=report.number)
    return world.report(cycle, place=place)


def seen(report: Report) -> str:
    return review_stamp(report, report.submissions.order_by("-number").first())


def test_a_cycle_asks_whom_the_text_names(world: World) -> None:
    cycle = world.opened()
    pairs = set(Report.objects.filter(cycle=cycle).values_list("party", "provision"))
    assert len(pairs) == 10
    assert {party for party, place in pairs if place == "lake/4"} == {"NOR"}
    assert Assignment.objects.filter(report__cycle=cycle).count() == 20
    assert cycle.due == datetime(2099, 10, 31, 16, 59, tzinfo=UTC)
    assert AuditEvent.objects.get(verb="cycle.opened").detail["reports"] == 10


def test_the_next_cycle_asks_what_the_last_one_asked(world: World) -> None:
    first = world.opened()
    kept = frozenset(pair for pair in propose("lake", SYSTEM).pairs if pair[0] != "lake/2")
    Assignment.objects.filter(report__cycle=first, commitment__provision="lake/3", report__party="WES").delete()
    proposal = propose("lake", SYSTEM)
    assert proposal.previous == first
    assert ("lake/3", "WES") not in proposal.pairs
    assert kept - {("lake/3", "WES")} <= proposal.pairs


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"), ({"period_start": "soon"}, "period_start"), ({"period_end": "2097"}, "period_end"),
        ({"dates": replace(DATES, due="October 2099")}, "due"),
        ({"dates": replace(DATES, late_until="1 May 2099")}, "late_until"),
        ({"dates": replace(DATES, zone="Mars/Base")}, "zone"), ({"dates": replace(DATES, shown="all")}, "shown"),
        ({"pairs": frozenset()}, "pairs"), ({"pairs": frozenset({("lake/1", "XXX")})}, "pairs"),
        ({"questions": template()[1:]}, "questions"),
        ({"questions": (replace(template()[0], words=" "),)}, "questions"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_opens_nothing(world: World, change: dict[str, object], field: str) -> None:
    plan = CyclePlan("Round", "2098", "2099", DATES, template(), propose("lake", SYSTEM).pairs)
    with pytest.raises(InvalidEntry) as caught:
        open_cycle(world.document, replace(plan, **change), by=world.editor)  # type: ignore[arg-type]
    assert list(caught.value.problems) == [field]
    assert not Cycle.objects.exists()


def test_only_who_runs_cycles_opens_one(world: World) -> None:
    plan = CyclePlan("Round", "2098", "2099", DATES, template(), propose("lake", SYSTEM).pairs)
    for who in (world.focal, world.stranger):
        with pytest.raises(NotAllowed):
            open_cycle(world.document, plan, by=who)


def test_only_a_partys_own_people_write_its_report(world: World) -> None:
    report = world.report(world.opened())
    for who in (world.editor, world.other, world.stranger):
        with pytest.raises(NotAllowed):
            save_draft(report, GOOD, by=who, seen=0)
        with pytest.raises(NotAllowed):
            submit(report, GOOD, by=who, seen=0)
    assert not SavedDraft.objects.exists()


def test_what_cannot_be_sent_is_saved_all_the_same(world: World) -> None:
    report = world.report(world.opened())
    with pytest.raises(InvalidEntry) as caught:
        submit(report, {"answer.choice": "report", "done.text": "Half."}, by=world.focal, seen=0)
    assert "stage.stage" in caught.value.problems
    held = world.report(report.cycle)
    assert held.answers == {"answer.choice": "report", "done.text": "Half."}
    assert (held.state, held.number, held.saved_by) == ("open", 1, "focal")


def test_two_colleagues_lose_nothing(world: World) -> None:
    report = world.report(world.opened())
    save_draft(report, {"done.text": "Begun.", "next.text": "A step."}, by=world.focal, seen=0)
    theirs = save_draft(report, {"done.text": "Theirs.", "next.text": "A step."}, by=world.colleague, seen=1)
    assert theirs.number == 2
    joined = save_draft(report, {"done.text": "Begun.", "next.text": "Another."}, by=world.focal, seen=1)
    assert (joined.differ, joined.taken) == ((), ("done.text",))
    assert world.report(report.cycle).answers == {"done.text": "Theirs.", "next.text": "Another."}
    aside = save_draft(report, {"done.text": "Mine.", "next.text": "A step."}, by=world.colleague, seen=1)
    assert aside.differ == ("done.text",)
    assert world.report(report.cycle).answers["done.text"] == "Theirs."
    kept = SavedDraft.objects.get(report=report, number=aside.number)
    assert kept.aside and kept.answers["done.text"] == "Mine."
    assert submit(report, {"done.text": "Mine."}, by=world.colleague, seen=1).submission is None
    assert not Submission.objects.exists()


def test_a_report_goes_out_comes_back_and_is_published(world: World) -> None:
    cycle = world.opened()
    report = sent(world, cycle)
    with pytest.raises(EditConflict):
        save_draft(report, {}, by=world.focal, seen=report.number)
    return_report(report, {"stage": "Which jetty?"}, by=world.editor, seen=seen(report))
    report = world.report(cycle)
    assert report.state == "returned"
    submit(
        report,
        {**GOOD, "done.text": "The north jetty."},
        by=world.focal,
        seen=report.number,
        replies={"stage": "North."},
    )
    report = world.report(cycle)
    accept_report(report, by=world.editor, seen=seen(report))
    assert not visible_submissions(world.stranger).exists()
    assert publish_reports(cycle, [report.pk], by=world.editor) == 1
    assert publish_reports(cycle, [report.pk], by=world.editor) == 0
    shown = visible_submissions(world.stranger).get()
    assert (shown.number, shown.answers["done.text"]) == (2, "The north jetty.")
    told = [one.verb for one in AuditEvent.objects.filter(kind="report").order_by("pk")]
    assert told == [
        "report.saved", "report.sent", "report.returned", "report.saved", "report.sent", "report.accepted",
        "report.published",
    ]  # fmt: skip
    assert [(one.question, one.by_party) for one in report.comments.all()] == [("stage", False), ("stage", True)]


def test_a_reviewer_who_read_an_older_version_is_told(world: World) -> None:
    cycle = world.opened()
    report = sent(world, cycle)
    stale = seen(report)
    return_report(report, {"": "Please say more."}, by=world.editor, seen=stale)
    report = world.report(cycle)
    submit(report, GOOD, by=world.focal, seen=report.number)
    with pytest.raises(EditConflict):
        accept_report(world.report(cycle), by=world.editor, seen=stale)
    with pytest.raises(InvalidEntry):
        return_report(world.report(cycle), {"": " "}, by=world.editor, seen=None)
    for who in (world.focal, world.other, world.stranger):
        with pytest.raises(NotAllowed):
            accept_report(world.report(cycle), by=who, seen=None)
    with pytest.raises(EditConflict):
        publish_reports(cycle, [report.pk], by=world.editor)


def test_late_is_taken_and_marked_and_sending_again_does_not_make_late(world: World) -> None:
    cycle = world.opened()
    report = sent(world, cycle)
    return_report(report, {"": "More."}, by=world.editor, seen=None)
    Cycle.objects.update(due=timezone.now() - timedelta(days=1))
    again = world.report(cycle)
    Report.objects.filter(pk=again.pk).update(first_sent=timezone.now() - timedelta(days=2))
    one = submit(world.report(cycle), GOOD, by=world.focal, seen=again.number).submission
    late = submit(world.report(cycle, place="2"), GOOD, by=world.focal, seen=0).submission
    assert one is not None and late is not None
    assert (one.late, late.late) == (False, True)
    found = {row.place: row for row in rows.report_rows(Cycle.objects.get(), Report.objects.filter(party="NOR"))}
    assert (found["lake/1"].late, found["lake/2"].late, found["lake/3"].silent) == (False, True, True)
    Cycle.objects.update(late_until=timezone.now() - timedelta(hours=1))
    with pytest.raises(EditConflict):
        save_draft(world.report(cycle, place="3"), GOOD, by=world.focal, seen=0)


def test_no_change_counts_the_last_accepted_report(world: World) -> None:
    first = world.opened("Round one")
    report = sent(world, first)
    accept_report(report, by=world.editor, seen=None)
    second = world.opened("Round two")
    now = world.report(second)
    before = accepted_before(now)
    assert before is not None and before.report == report
    assert submit(now, {"answer.choice": "no_change"}, by=world.focal, seen=0).submission is not None
    with pytest.raises(InvalidEntry):
        submit(world.report(second, place="2"), {"answer.choice": "no_change"}, by=world.focal, seen=0)
    accept_report(world.report(second), by=world.editor, seen=None)
    assert accepted_before(world.report(world.opened("Round three"))) == before


def test_dates_change_in_the_open_and_a_closed_cycle_takes_nothing(world: World) -> None:
    cycle = world.opened()
    stamp = cycle_stamp(cycle)
    report = sent(world, cycle)
    with pytest.raises(EditConflict, match="wait for review"):
        close_cycle(cycle, by=world.editor, seen=stamp)
    change_dates(cycle, replace(DATES, due="5 November 2099", shown="nothing"), by=world.editor, seen=stamp)
    with pytest.raises(EditConflict):
        change_dates(cycle, DATES, by=world.editor, seen=stamp)
    assert AuditEvent.objects.get(verb="cycle.changed").detail["from"]["shown"] == "number"
    assert not visible_cycles(world.stranger).exists()
    assert visible_cycles(world.focal).exists()
    accept_report(report, by=world.editor, seen=None)
    close_cycle(cycle, by=world.editor, seen=None)
    assert visible_cycles(world.stranger).exists()
    with pytest.raises(EditConflict):
        save_draft(world.report(cycle, place="2"), GOOD, by=world.focal, seen=0)


def test_nothing_is_written_without_its_event(world: World) -> None:
    report = world.report(world.opened())
    with transaction.atomic():
        save_draft(report, GOOD, by=world.focal, seen=0)
        transaction.set_rollback(True)
    assert not SavedDraft.objects.exists()
    assert not AuditEvent.objects.filter(verb="report.saved").exists()


def test_lead_bodies_come_from_the_last_cycle_lineage_and_meetings(world: World) -> None:
    source = Source.objects.create(id="s", url="https://example.org", title="S", publisher="P", publisher_kind="media")
    for at, (body, withdrawn) in enumerate((("Fishers", ""), ("Fishers", ""), ("Anglers", ""), ("Nobody", "wrong"))):
        met = Meeting.objects.create(id=f"m{at}", date="2098-01-01", body=body, source=source, withdrawn=withdrawn)
        Link.objects.create(id=f"l{at}", commitment_id="lake/3a", meeting=met, role="main", rationale="x", origin="y")
    pond = Document.objects.create(id="pond", title="Pond", short_title="Pond", kind="plan", public=True)
    home = Provision.objects.create(id="pond/1", document=pond, eid="p1", kind="paragraph", num="1", position=1)
    line = Commitment.objects.create(id="pond/1a", provision=home, position=1, verb="do", kind="action", strength=4)
    Edge.objects.create(id="e", later=line, earlier_id="lake/1a", kind="implements", rationale="x", origin="y")
    for key in ("NOR", "OST", "WES"):
        DocumentParty.objects.create(id=f"pond/{key}", document=pond, party_id=key)
    cycle = world.opened()
    assert leads_of(cycle) == {"lake/1": "", "lake/2": "", "lake/3": "Fishers", "lake/4": ""}
    seen = {place: (was, "Builders" if place == "lake/1" else was) for place, was in leads_of(cycle).items()}
    assert name_leads(cycle, seen, by=world.editor) == 1
    assert name_leads(cycle, seen, by=world.editor) == 1, "twice the same is no conflict"
    with pytest.raises(EditConflict, match="Builders"):
        name_leads(cycle, {"lake/1": ("", "Others")}, by=world.editor)
    with pytest.raises(InvalidEntry):
        name_leads(cycle, {"lake/1": ("Builders", "x" * 121)}, by=world.editor)
    with pytest.raises(NotAllowed):
        name_leads(cycle, {}, by=world.focal)
    assert {one.ref: one.lead for one in propose("lake", world.editor).places}["1"] == "Builders"
    following = propose("pond", world.editor).places[0]
    assert (following.lead, following.parties) == ("Builders", ("NOR", "OST", "WES"))


def test_lead_bodies_are_named_by_form(world: World) -> None:
    cycle, client = world.opened(), Client()
    client.force_login(world.editor)
    path = f"/cycles/{cycle.pk}/leads"
    form = forms_of(client.get(path).content.decode(), path)[0]
    assert client.post(path, {**form.values, "lead.lake/2": " The  council "}).status_code == 302
    assert leads_of(cycle)["lake/2"] == "The council"
    assert client.post(path, {**form.values, "lead.lake/2": "Another"}).status_code == 409
    assert 'value="The council"' in client.get(path).content.decode()
    client.force_login(world.focal)
    assert client.get(path).status_code == 404
    assert AuditEvent.objects.filter(verb="cycle.leads_named").count() == 1
