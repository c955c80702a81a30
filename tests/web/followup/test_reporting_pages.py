"""The pages of a cycle as its people use them: opened, reported, reviewed and published by forms alone."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.audit.record import settle
from followthrough.web.followup import clock, dashboard
from followthrough.web.followup.actions.drafts import save_draft
from followthrough.web.followup.actions.reviews import accept_report
from followthrough.web.followup.actions.submissions import submit
from followthrough.web.followup.models import Assignment, Cycle, Report, SavedDraft, Submission
from followthrough.web.pages import todo_views
from followthrough.web.pages.todo_rows import Work, work_of
from reporting_world import GOOD, World
from web_forms import forms_of

OPENED = {
    "title": "2099 reporting round", "period_start": "2098", "period_end": "2099", "due": "31 October 2099",
    "late_until": "15 December 2099", "zone": "Asia/Jakarta", "shown": "number", "whom": "named",
}  # fmt: skip


def as_(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return " ".join(answer.content.decode().split())


def typed(report: Report, **changes: str) -> dict[str, str | list[str]]:
    said = {name.replace("__", "."): text for name, text in changes.items()}
    return {**GOOD, "seen": str(report.number), **said}


def test_a_cycle_is_opened_by_its_form(world: World) -> None:
    client = as_(world.editor)
    form = forms_of(client.get("/agreements/lake/cycles/new").content.decode(), "/agreements/lake/cycles/new")[0]
    answer = client.post("/agreements/lake/cycles/new", {**form.values, **OPENED, "words.done": "What did you do?"})
    assert answer.status_code == 302, answer.content.decode()
    cycle = Cycle.objects.get()
    assert cycle.reports.count() == 10
    assert cycle.questions.get(key="done").words == "What did you do?"
    refused = client.post("/agreements/lake/cycles/new", {**form.values, **OPENED, "due": "soon"})
    assert refused.status_code == 422
    assert 'value="soon"' in refused.content.decode()
    assert "10 reports are still" not in page(as_(world.focal), f"/cycles/{cycle.pk}")
    assert page(as_(None), "/agreements/lake/cycles").count("2099 reporting round") >= 1


def test_questions_of_ones_own_are_added_asked_and_carried_over(world: World) -> None:
    client, path = as_(world.editor), "/agreements/lake/cycles/new"
    form = next(one for one in forms_of(page(client, path), path) if "title" in one.values)
    own = {"added.1": "How many jetties stand?", "needed.1": "yes", "added.3": "Anything else?"}
    assert client.post(path, {**form.values, **OPENED, **own}).status_code == 302
    cycle = Cycle.objects.get()
    added = list(cycle.questions.filter(key__startswith="own-").values_list("key", "kind", "words"))
    assert added == [("own-1", "text", own["added.1"]), ("own-2", "optional_text", own["added.3"])]
    report = world.report(cycle)
    focal = as_(world.focal)
    answers = {**typed(report), "do": "send"}
    refused = focal.post(f"/reports/{report.pk}", answers)
    assert refused.status_code == 422 and "How many jetties stand?" in refused.content.decode()
    saved = world.report(cycle)
    sent = focal.post(f"/reports/{report.pk}", {**answers, "seen": str(saved.number), "own-1.text": "Seventy."})
    assert sent.status_code == 302 and "Seventy." in page(client, f"/reports/{report.pk}/review")
    again = page(client, path)
    assert "How many jetties stand?" in again and "Anything else?" in again
    refused = client.post(path, {"added.2": "Too late?"})
    assert refused.status_code == 422 and 'value="Too late?"' in refused.content.decode()


def test_who_runs_a_cycle_finds_who_has_not_reported_on_to_do(world: World) -> None:
    cycle = world.opened()
    shown = page(as_(world.editor), "/todo")
    assert "Who has not reported: Round 2099" in shown and f"/cycles/{cycle.pk}" in shown
    assert "10 reports of 3 parties are not in. It is due 31 Oct 2099." in shown
    assert '<span class="n">10</span>' in shown and '<span class="n">0</span>' in shown
    with clock.at(cycle.due + timedelta(days=1)):
        assert "It was due 31 Oct 2099." in page(as_(world.editor), "/todo")
    for place in "1234":
        submit(world.report(cycle, place=place), GOOD, by=world.focal, seen=0)
    shown = page(as_(world.editor), "/todo")
    assert "4 reports to review" in shown and "6 reports of 2 parties are not in" in shown
    assert "Who has not reported" not in page(as_(world.stranger), "/todo")
    Cycle.objects.update(closed=cycle.due)
    assert "Who has not reported" not in page(as_(world.editor), "/todo")


def test_what_is_owed_stands_first_in_the_list_of_a_party(world: World) -> None:
    cycle = world.opened()
    submit(world.report(cycle, place="1"), GOOD, by=world.focal, seen=0)
    shown = page(as_(world.focal), f"/cycles/{cycle.pk}/reports")
    first, sent = (f"/reports/{world.report(cycle, place=place).pk}" for place in ("4", "1"))
    assert shown.rindex(first) < shown.rindex(sent)


def test_a_focal_point_finds_what_is_asked_and_sends_it(world: World) -> None:
    cycle = world.opened()
    client = as_(world.focal)
    assert "4 reports to send by 31 Oct 2099" in page(client, "/todo")
    with clock.at(cycle.due + timedelta(days=1)):
        late = page(client, "/todo")
    assert "4 reports overdue since 31 Oct 2099" in late and "was due 31 Oct 2099" in late
    assert "4 reports are still to be sent" in page(client, f"/cycles/{cycle.pk}/reports")
    report = world.report(cycle)
    path = f"/reports/{report.pk}"
    fresh = page(client, path)
    assert "Build thing 1a" in fresh and "untouched" in fresh
    answer = client.post(path, {"seen": "0", "do": "save", "done.text": "A beginning."})
    assert answer.status_code == 302
    begun = page(client, path)
    assert "A beginning." in begun and "untouched" not in begun
    refused = client.post(path, {"seen": "1", "do": "send", "done.text": "A beginning.", "figures.of-1": "Jetties"})
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "What you typed is saved as your draft" in said
    assert "A beginning." in said and "Jetties" in said
    answer = client.post(path, {**typed(world.report(cycle)), "do": "send"})
    assert answer["Location"] == f"/reports/{world.report(cycle, place='2').pk}"
    assert "it waits for the secretariat" in page(client, path)
    assert "3 reports to send" in page(client, "/todo")


@pytest.mark.sqlite
def test_what_waits_is_counted_again_only_after_what_may_change_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle, counted = world.opened(), list[str]()

    def noted(user: User) -> Work:
        """Count, and note that it was done."""
        counted.append(user.username)
        return work_of(user)

    monkeypatch.setattr(todo_views, "work_of", noted)

    def shown(person: User) -> tuple[str, int]:
        """Return what the head of a page says, and how often somebody's work was counted for it."""
        counted.clear()
        [one] = [*re.findall(r'class="count">(\d+)<', page(as_(person), "/about")), ""][:1]
        return one, len(counted)

    assert (shown(world.focal), shown(world.focal), shown(world.other)) == (("4", 1), ("4", 0), ("3", 1))
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    assert (shown(world.focal), shown(world.other), shown(world.editor)) == (("3", 1), ("3", 0), ("1", 1))
    save_draft(world.report(cycle, place="2"), GOOD, by=world.focal, seen=0)
    assert (shown(world.focal), shown(world.editor)) == (("3", 0), ("1", 0))
    submit(world.report(cycle, "OST"), GOOD, by=world.other, seen=0)
    assert (shown(world.focal), shown(world.other), shown(world.editor)) == (("3", 0), ("2", 1), ("2", 1))


def test_a_colleague_s_words_are_shown_beside_ones_own(world: World) -> None:
    cycle = world.opened()
    report = world.report(cycle)
    path = f"/reports/{report.pk}"
    assert as_(world.colleague).post(path, {"seen": "0", "do": "save", "done.text": "Theirs."}).status_code == 302
    client = as_(world.focal)
    answer = client.post(path, {"seen": "0", "do": "send", "done.text": "Mine.", "next.text": "My step."})
    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "colleague saved this report while you were writing" in said
    assert "Theirs." in said and ">Mine.</textarea>" in said and 'value="My step."' in said
    form = next(one for one in forms_of(answer.content.decode(), path) if "seen" in one.values)
    assert client.post(path, {**form.values, "do": "save"}).status_code == 302
    assert world.report(cycle).answers["done.text"] == "Mine."
    assert [one.answers["done.text"] for one in SavedDraft.objects.order_by("number")] == ["Theirs.", "Mine.", "Mine."]


def stamp_of(person: Client, path: str) -> str:
    """What the form of the decision has seen; the page has a form for comments as well."""
    forms = forms_of(person.get(path).content.decode(), path)
    return next(one.values["stamp"][0] for one in forms if "stamp" in one.values)


def test_the_secretariat_returns_accepts_and_publishes(world: World) -> None:
    cycle = world.opened()
    report = world.report(cycle)
    submit(report, GOOD, by=world.focal, seen=0)
    editor, path = as_(world.editor), f"/reports/{report.pk}/review"
    assert "1 report to review" in page(editor, "/todo")
    stamp = stamp_of(editor, path)
    empty = editor.post(path, {"do": "return", "stamp": stamp, "comment.": ""})
    assert (empty.status_code, "say what the party should do" in empty.content.decode().lower()) == (422, True)
    assert editor.post(path, {"do": "return", "stamp": stamp, "comment.stage": "Which jetty?"}).status_code == 302
    assert editor.post(path, {"do": "accept", "stamp": stamp}).status_code == 409
    focal = as_(world.focal)
    back = page(focal, f"/reports/{report.pk}")
    assert "Returned on" in back and "Which jetty?" in back
    hidden_by_an_answer = re.findall(r"<fieldset.*?</fieldset>", back)
    assert hidden_by_an_answer and "Which jetty?" not in "".join(hidden_by_an_answer)
    answer = focal.post(f"/reports/{report.pk}", {**typed(world.report(cycle)), "do": "send", "reply.stage": "North."})
    assert answer.status_code == 302
    stamp = stamp_of(editor, path)
    assert editor.post(path, {"do": "accept", "stamp": stamp}).status_code == 302
    assert page(as_(None), f"/reports/{report.pk}/published", 404)
    assert "What the parties report" not in page(as_(None), "/agreements/lake/1")
    queue = f"/cycles/{cycle.pk}/review"
    assert editor.post(queue, {}).status_code == 422
    assert editor.post(queue, {"reports": [str(report.pk)]}).status_code == 302
    assert "A first jetty was built." in page(as_(None), f"/reports/{report.pk}/published")
    assert "Under way" in page(as_(None), "/agreements/lake/1")


def test_the_public_sees_as_much_as_the_cycle_says(world: World) -> None:
    cycle = world.opened()
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    public, path = as_(None), f"/cycles/{cycle.pk}"
    said = page(public, path)
    assert "1 of 10 reports are in" in said and "Norland" not in said
    assert public.get(f"{path}.csv").status_code == 404
    Cycle.objects.update(shown="parties")
    assert "Norland" in page(public, path)
    Cycle.objects.update(shown="nothing")
    assert public.get(path).status_code == 404
    Cycle.objects.update(closed=timezone.now())
    assert "Norland" in page(public, path)


def test_the_files_say_what_the_page_says(world: World) -> None:
    cycle = world.opened()
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    Cycle.objects.update(due=timezone.now() - timedelta(days=1), shown="parties")
    client = as_(world.editor)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/cycles/{cycle.pk}.csv").content.decode("utf-8-sig"))))
    assert sum(row["state"] == "sent" for row in rows) == 1
    assert sum(row["state"] == "silent" for row in rows) == 9
    found = client.get(f"/cycles/{cycle.pk}.json").json()
    assert (found["n"], found["of"], len(found["reports"])) == (1, 10, 10)
    assert [row["paragraph"] for row in rows] == [row["paragraph"] for row in found["reports"]]
    assert client.get(f"/cycles/{cycle.pk}.xlsx").status_code == 200


def test_dates_are_changed_and_the_cycle_closed_by_form(world: World) -> None:
    cycle = world.opened()
    client, path = as_(world.editor), f"/cycles/{cycle.pk}/dates"
    change, close = forms_of(client.get(path).content.decode(), path)
    assert change.values["due"] == ["2099-10-31"]
    moved = {**change.values, "due": "1 November 2099", "do": "change"}
    assert client.post(path, moved).status_code == 302
    assert Cycle.objects.get().due.isoformat() == "2099-11-01T16:59:00+00:00"
    stale = client.post(path, {**moved, "due": "2 November 2099"})
    assert stale.status_code == 409 and "2 November 2099" in stale.content.decode()
    assert client.post(path, {**close.values, "do": "close"}).status_code == 409
    fresh = forms_of(client.get(path).content.decode(), path)[1]
    assert client.post(path, {**fresh.values, "do": "close"}).status_code == 302
    assert "closed on" in page(as_(None), f"/cycles/{cycle.pk}")


def test_no_page_of_a_cycle_asks_the_database_again_for_each_row(world: World) -> None:
    cycle = world.opened()
    for place in ("1", "2"):
        submit(world.report(cycle, place=place), GOOD, by=world.focal, seen=0)
        accept_report(world.report(cycle, place=place), by=world.editor, seen=None)
    settle()  # as the end of a transaction does
    for person, path, most in (
        (world.editor, f"/cycles/{cycle.pk}", 7), (world.editor, f"/cycles/{cycle.pk}/review", 8),
        (world.focal, f"/cycles/{cycle.pk}/reports", 9), (None, f"/cycles/{cycle.pk}", 6),
    ):  # fmt: skip
        client = as_(person)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= most, (path, [one["sql"][:90] for one in asked])


def test_a_report_goes_to_nobody_else(world: World) -> None:
    cycle = world.opened()
    report = world.report(cycle)
    for person in (world.editor, world.other, world.stranger):
        assert as_(person).get(f"/reports/{report.pk}").status_code == 404
        assert as_(person).post(f"/reports/{report.pk}", {"do": "send"}).status_code == 404
    assert as_(None).get(f"/reports/{report.pk}").status_code == 302
    for person in (world.focal, world.stranger):
        assert as_(person).get(f"/reports/{report.pk}/review").status_code == 404
        assert as_(person).get(f"/cycles/{cycle.pk}/review").status_code == 404
    assert not Submission.objects.exists()


@pytest.mark.parametrize("do", ["save", "send"])
def test_markup_is_words(world: World, do: str) -> None:
    report = world.report(world.opened())
    answer = as_(world.focal).post(f"/reports/{report.pk}", {"seen": "0", "do": do, "done.text": "<script>x</script>"})
    assert "<script>x" not in answer.content.decode() + page(as_(world.focal), f"/reports/{report.pk}")


def test_a_large_cycle_is_counted_by_lead_body_and_opens_in_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = world.opened()
    for place, body in (("1", "Fishers"), ("2", "Fishers"), ("3", "Builders & <sons>")):
        Assignment.objects.filter(report__provision=f"lake/{place}").update(lead=body)
    submit(world.report(cycle), GOOD, by=world.focal, seen=0)
    submit(world.report(cycle, "OST", "3"), GOOD, by=world.other, seen=0)
    Cycle.objects.update(shown="parties", due=timezone.now() - timedelta(days=1))
    submit(world.report(cycle, place="2"), GOOD, by=world.focal, seen=0)
    path = f"/cycles/{cycle.pk}"
    small = page(as_(None), f"{path}?by=lead")
    assert "Matter 3" in small and "Builders &amp; &lt;sons&gt;" in small and "No lead body named" in small
    assert "Matter 4" not in page(as_(None), f"{path}?show=late") and "Matter 2" in page(as_(None), f"{path}?show=late")
    monkeypatch.setattr(dashboard, "SMALL", 1)
    monkeypatch.setattr(dashboard, "PAGE", 2)
    said = page(as_(None), path)
    assert "By lead body and party" in said and "Matter 1" not in said and "Norland: 2 of 2, some late" in said
    assert "Ostia: 0 of 2" in said and "Where most is missing" in said
    for query, shown, hidden in (
        ("by=lead&open=1", "12", "34"), ("by=section&open=2", "34", "12"),
        ("by=nothing&page=2", "34", "12"), ("by=lead&show=turn&open=3", "", "1234"),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            said = page(as_(None), f"{path}?{query}")
        assert [one for one in shown if f"Matter {one}" not in said] == [], query
        assert [one for one in hidden if f"Matter {one}" in said] == [], query
        assert len(asked) <= 6
    for nonsense in ("by=x&show=y&open=-1&page=z", "by=nothing&page=99999999", "open=999999"):
        page(as_(None), f"{path}?{nonsense}")
    rows = as_(None).get(f"{path}.json").json()["reports"]
    assert [row["lead_body"] for row in rows].count("Fishers") == 6
