"""The page "To do": its counts are those of the rows behind them, for each role; runs of links; answers to readers."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.actions import adjudication, notes, ratings, replies, rounds
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from followthrough.web.assessments.models import Assessment, Rating
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import settle
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.kit.errors import EditConflict
from followthrough.web.links.actions import links as link_actions
from followthrough.web.links.actions import runs
from followthrough.web.links.models import Link
from followthrough.web.links.runs import run_of
from followthrough.web.links.stamps import stamp_of
from followthrough.web.notices.letters import letter_of
from followthrough.web.notices.models import Notice
from people import person
from web_forms import stamped

DOC = "/agreements/asean-rok-2019"
KEYS = ("asean-rok-2019/4.3b", "asean-rok-2019/1.4a")


@pytest.fixture
def cast(register: Document) -> dict[str, User]:
    return {
        "editor": person("editor", Role.EDITOR, None), "chair": person("chair", Role.COORDINATOR, register),
        "a": person("coder-a", Role.ASSESSOR, register), "b": person("coder-b", Role.ASSESSOR, register),
        "focal": person("focal", Role.CONTRIBUTOR, register, "KOR"), "admin": person("admin", Role.ADMINISTRATOR, None),
        "plain": person("plain", None, None),
    }  # fmt: skip


@pytest.fixture
def round_(register: Document, cast: dict[str, User]) -> Assessment:
    for key in KEYS:
        notes.write_note(Commitment.objects.get(pk=key), "all of it", "some of it", "nothing", by=cast["chair"])
    plan = Plan("Round one", "g20-2009", KEYS, ("KOR", "SGP"), ("coder-a", "coder-b"))
    return rounds.open_round(register, plan, by=cast["chair"])


def desk(client: Client, user: User) -> tuple[dict[str, int], str, str]:
    """Return the counts of a person's rows by their titles, the sum in the top bar, and the title of the page."""
    client.force_login(user)
    page: Any = lxml.html.fromstring(client.get("/todo").content.decode())
    rows = {
        " ".join(row.find_class("t")[0].text_content().split()): int(row.find_class("n")[0].text_content())
        for row in page.find_class("queue")[0:9]
        for row in row.iter("li")
    }
    bar = [one.text_content() for one in page.find_class("count")]
    return rows, bar[0] if bar else "", " ".join(page.find(".//h1").text_content().split())


def rate_all(round_: Assessment, who: User, value: str) -> None:
    for cell in round_.cells.select_related("assessment__document", "commitment"):
        claim = "c-124" if cell.commitment_id == KEYS[0] else "c-031"
        ratings.rate(cell, RatingInput(value, "It says so.", (claim,)), by=who)


@pytest.mark.sqlite
def test_an_editor_s_counts_are_the_rows_behind_them(
    register: Document, cast: dict[str, User], client: Client, django_assert_max_num_queries: Any
) -> None:
    rows, bar, title = desk(client, cast["editor"])
    waiting = Link.objects.filter(confirmed="").count()
    assert 900 < rows["Proposed links to confirm"] <= waiting
    assert rows["Suggestions of readers"] == rows["Drafts to publish"] == 0
    assert title.endswith("proposed links to confirm")
    Suggestion.objects.create(document=register, text="It is over", place="4.3", at=timezone.now())
    rows, bar, title = desk(client, cast["editor"])
    assert rows["Suggestions of readers"] == 1 and title == "1 reader waits for an answer"
    assert int(bar) == sum(rows.values())
    seen, skip = 0, 0
    while proposals := run_of(cast["editor"], skip):
        seen, skip = seen + len(proposals), skip + 20
    assert seen == rows["Proposed links to confirm"]
    inbox: Any = lxml.html.fromstring(client.get("/suggestions").content.decode())
    assert len(inbox.xpath("//*[@data-row='waiting']")) == 1
    with django_assert_max_num_queries(11):  # two of them for the session and the person, one for saved views
        client.get("/todo")


def test_a_round_is_followed_by_coders_chair_and_focal_point(
    round_: Assessment, cast: dict[str, User], client: Client
) -> None:
    rows, bar, title = desk(client, cast["a"])
    assert rows == {"Round one": 4} and bar == "4" and title == "4 ratings to give"
    assert rows["Round one"] == Rating.objects.filter(coder=cast["a"], submitted=None).count()
    assert desk(client, cast["chair"])[0]["Round one"] == 0
    rate_all(round_, cast["a"], "full")
    assert desk(client, cast["a"])[2] == "Nothing waits for you"
    rate_all(round_, cast["b"], "partial")
    rows, _, _ = desk(client, cast["chair"])
    assert rows["Round one"] == 4
    assert "disagree on 4" in client.get("/todo").content.decode()
    for cell in round_.cells.select_related("assessment__document", "commitment"):
        claim = "c-124" if cell.commitment_id == KEYS[0] else "c-031"
        adjudication.adjudicate(cell, RatingInput("partial", "Both read it so.", (claim,)), by=cast["chair"])
    assert desk(client, cast["chair"])[2] == "A reply period to open"
    rounds.open_reply(round_, 30, by=cast["chair"])
    rows, bar, title = desk(client, cast["focal"])
    assert (
        rows == {"Ratings of Republic of Korea to reply to": 2} and bar == "2" and "2 ratings to reply to by" in title
    )
    assert desk(client, cast["chair"])[0]["Round one"] == 0
    mine = round_.cells.filter(party="KOR").select_related("assessment").first()
    assert mine
    replies.reply(mine, "We disagree.", by=cast["focal"])
    assert desk(client, cast["focal"])[0] == {"Ratings of Republic of Korea to reply to": 1}
    desk(client, cast["chair"])
    page: Any = lxml.html.fromstring(client.get("/todo").content.decode())
    replied = [" ".join(cell.text_content().split()) for cell in page.xpath("//table//tbody//td")]
    assert replied == ["Republic of Korea", "Singapore"]


def test_who_keeps_accounts_sees_those_that_wait_and_everybody_what_is_new(
    register: Document, cast: dict[str, User], client: Client
) -> None:
    rows, _, _ = desk(client, cast["admin"])
    never = User.objects.filter(is_active=True, last_login=None).count()
    assert rows["Accounts without a role, or never used"] >= never >= 5
    rows, bar, title = desk(client, cast["plain"])
    assert rows == {} and bar == "" and title == "Nothing waits for you yet"
    assert f"{Claim.objects.filter(withdrawn='').count()} evidence items" in client.get("/todo").content.decode()


def test_a_run_is_decided_at_once_and_undone_at_once(register: Document, cast: dict[str, User]) -> None:
    editor = cast["editor"]
    shown = [one.id for one in run_of(editor)]
    assert len(shown) == 20
    seen = stamp_of(Link.objects.filter(pk__in=shown))
    run = runs.decide(shown, shown[:3], shown[3:5], by=editor, seen=seen)
    assert Link.objects.filter(pk__in=shown[:3], confirmed_by="editor").count() == 3
    assert not Link.objects.filter(pk__in=shown[3:5]).exists()
    assert [one.id for one in run_of(editor)][:15] == shown[5:], "what was left for later comes again"
    assert AuditEvent.objects.filter(verb="link.run_decided", target=run).count() == 1
    with pytest.raises(EditConflict):
        runs.undo(run, by=cast["admin"])
    assert runs.undo(run, by=editor) == 5
    assert [one.id for one in run_of(editor)] == shown
    with pytest.raises(EditConflict):
        runs.undo(run, by=editor)


def test_a_run_is_refused_where_somebody_was_faster_or_may_not(register: Document, cast: dict[str, User]) -> None:
    editor = cast["editor"]
    shown = [one.id for one in run_of(editor)]
    seen = stamp_of(Link.objects.filter(pk__in=shown))
    with pytest.raises(NotAllowed):
        runs.decide(shown, shown, [], by=cast["chair"], seen=seen)
    run = runs.decide(shown, shown[:1], [], by=editor, seen=seen)
    with pytest.raises(EditConflict):
        runs.decide(shown, shown[:2], [], by=cast["admin"], seen=seen)
    link_actions.confirm(shown[:1], by=cast["admin"], back=True)
    with pytest.raises(EditConflict):
        runs.undo(run, by=editor)
    assert not Link.objects.filter(pk__in=shown, confirmed__gt="").exists()


def test_a_reader_is_answered_by_mail_and_the_suggestion_opens_again(
    register: Document, cast: dict[str, User], client: Client, settings: Any
) -> None:
    settings.SENDS_MAIL = True
    client.force_login(cast["editor"])
    one = Suggestion.objects.create(
        document=register, text="It is over", place="4.3", contact="reader@example.org", at=timezone.now()
    )
    typed = {"suggestion": one.pk, "outcome": "there", "item": "c-nothing", "answer": "See there."}
    answer = stamped(client, "/suggestions", typed)
    assert answer.status_code == 422 and "See there." in answer.content.decode()
    stamped(client, "/suggestions", {**typed, "item": "c-124"})
    told = Notice.objects.get(kind="answered")
    one.refresh_from_db()
    assert (one.outcome, one.claim_id, one.answered_by) == ("there", "c-124", "editor")
    letter = letter_of(told)
    assert letter.to == ["reader@example.org"] and told.user is None
    assert "See there." in str(letter.body) and "/claims/c-124" in str(letter.body)
    stamped(client, "/suggestions", {"suggestion": one.pk, "do": "reopen"})
    one.refresh_from_db()
    assert one.answered is None and AuditEvent.objects.filter(verb="suggestion.reopened").count() == 1


def test_a_suggestion_is_taken_over_as_evidence(register: Document, cast: dict[str, User], client: Client) -> None:
    client.force_login(cast["editor"])
    one = Suggestion.objects.create(
        document=register, text="Talks go on.", place="4.3", url="https://news.example/talks", at=timezone.now()
    )
    onwards = stamped(client, "/suggestions", {"suggestion": one.pk, "outcome": "taken", "answer": "Thank you."})
    form = client.get(onwards["Location"])
    page = form.content.decode()
    assert "https://news.example/talks" in page and "Talks go on." in page and "Thank you." in page
    sent = {
        "suggestion": one.pk, "answer": "Thank you.", "sources.url": one.url, "sources.title": "Talks",
        "sources.publisher": "Harbour News", "sources.publisher_kind": "media", "sources.published": "2026-10-01",
        "sources.language": "en", "claims.kind": "meeting", "claims.date": "2026-09-30", "claims.stance": "neutral",
        "claims.statement": "Talks went on.", "claims.reproducible": "yes", "commitments": "asean-rok-2019/4.3b",
        "links.role": "main", "links.rationale": "It names the talks.",
    }  # fmt: skip
    saved = client.post(f"{DOC}/claims/new", sent)
    one.refresh_from_db()
    assert saved.status_code == 302, saved.content.decode()[:3000]
    assert one.outcome == "taken" and saved["Location"] == f"/claims/{one.claim_id}"


def test_a_coder_reads_first_what_names_the_party_that_is_rated(
    round_: Assessment, cast: dict[str, User], client: Client
) -> None:
    client.force_login(cast["a"])
    cell = round_.cells.filter(commitment=KEYS[1], party="KOR").get()
    page: Any = lxml.html.fromstring(client.get(f"/assessments/{round_.pk}/desk/{cell.pk}").content.decode())
    shown = page.xpath("//input[@name='claims']/@value")
    named = [Claim.objects.filter(pk=one, parties__party="KOR").exists() for one in shown]
    assert len(shown) > 1 and named == sorted(named, reverse=True) and any(named)


def test_the_sum_of_the_top_bar_is_kept_until_something_happens(
    cast: dict[str, User], client: Client, django_assert_max_num_queries: Any
) -> None:
    before = int(desk(client, cast["editor"])[1])
    client.get("/about")
    with django_assert_max_num_queries(3):  # the session, the person, the last event
        client.get("/about")
    link_actions.confirm([run_of(cast["editor"])[0].id], by=cast["editor"])
    settle()  # as the end of the transaction does
    page: Any = lxml.html.fromstring(client.get("/about").content.decode())
    assert [int(one.text_content()) for one in page.find_class("count")] == [before - 1]
