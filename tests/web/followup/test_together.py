"""A small delegation answers several paragraphs once: each has its own submission, event and decision."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.audit.models import AuditEvent
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.grouping import answer_apart, answer_together
from followthrough.web.followup.actions.reviews import accept_report, publish_reports, return_report
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Report, Submission
from followthrough.web.followup.published_reports import published_at
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from reporting_world import GOOD, World
from web_forms import forms_of


def test_one_answer_counts_for_each_of_them_until_it_is_public(world: World) -> None:
    cycle, client = world.opened(), Client()
    one, two, three = (world.report(cycle, place=place) for place in "123")
    save_draft(two, {"done.text": "Of its own."}, by=world.focal, seen=0)
    client.force_login(world.focal)
    path = f"/cycles/{cycle.pk}/reports"
    form = forms_of(client.get(path).content.decode(), path)[0]
    assert client.post(f"{path}/together", {**form.values, "reports": [str(one.pk)]}).status_code == 302
    assert not Report.objects.exclude(answered_with=None).exists(), "one alone is not together"
    answer = client.post(f"{path}/together", {**form.values, "reports": [str(one.pk), str(two.pk)]})
    assert answer.headers["Location"] == f"/reports/{one.pk}"
    assert "Build thing 2b" in client.get(f"/reports/{one.pk}").content.decode()
    with pytest.raises(EditConflict, match="together"):
        submit(world.report(cycle, place="2"), GOOD, by=world.focal, seen=1)
    with pytest.raises(EditConflict):
        answer_together([two.pk, three.pk], by=world.focal)
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    sent = AuditEvent.objects.filter(verb="report.sent").values_list("target", flat=True)
    assert sorted(sent) == sorted([str(one.pk), str(two.pk)])
    with pytest.raises(EditConflict):
        answer_apart(world.report(cycle), by=world.focal)
    client.force_login(world.editor)
    queue = client.get(f"/cycles/{cycle.pk}/review").content.decode()
    assert "1 report to review" in " ".join(queue.split()) and "and 1 more" in queue
    with pytest.raises(EditConflict, match="decide there"):
        accept_report(world.report(cycle, place="2"), by=world.editor, seen=None)
    return_report(world.report(cycle), {"": "More."}, by=world.editor, seen=None)
    assert {one.state for one in Report.objects.filter(party="NOR", provision__in=["lake/1", "lake/2"])} == {"returned"}
    submit(world.report(cycle), GOOD | {"done.text": "Two jetties."}, by=world.focal, seen=world.report(cycle).number)
    accept_report(world.report(cycle), by=world.editor, seen=None)
    assert publish_reports(cycle, [one.pk], by=world.editor) == 2
    for place in ("lake/1", "lake/2"):
        assert [one.said for one in published_at(place, world.stranger)] == ["Under way"]
    assert Submission.objects.filter(report=two).count() == 2
    assert Report.objects.get(pk=two.pk).answers == {"done.text": "Of its own."}, "its own draft stays"


def test_they_are_taken_apart_and_nobody_else_joins_them(world: World) -> None:
    cycle = world.opened()
    keys = [world.report(cycle, place=place).pk for place in "12"]
    for who in (world.other, world.editor, world.stranger):
        with pytest.raises(InvalidEntry):
            answer_together(keys, by=who)
    answer_together(keys, by=world.colleague)
    client = Client()
    client.force_login(world.focal)
    path = f"/cycles/{cycle.pk}/reports/together"
    assert client.get(path).status_code == 405
    client.post(path, {"apart": str(keys[0])})
    assert not Report.objects.exclude(answered_with=None).exists()
    assert list(AuditEvent.objects.filter(verb__in=("report.grouped", "report.parted")).order_by("pk").values_list(
        "verb", flat=True)) == ["report.grouped", "report.parted"]  # fmt: skip
    client.force_login(world.stranger)
    assert client.post(path, {"reports": [str(one) for one in keys]}).status_code in (302, 404)
    assert not Report.objects.exclude(answered_with=None).exists()
