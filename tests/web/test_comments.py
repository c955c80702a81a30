"""Comments of readers and replies of parties through the one queue; secretariat and party talk about a report."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.actions.suggestions import Answer, Wish, answer, reopen, suggest
from followthrough.web.evidence.models import PUBLISHED, REPLY, Suggestion
from followthrough.web.followup.actions.comments import comment
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.notices.models import Notice
from reporting_world import World, small_world

PLACE = "/agreements/lake/1"
SUGGEST = "/agreements/lake/suggest"


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()


def page(path: str, world: World | None = None, who: str = "") -> str:
    client = Client()
    if world:
        client.force_login(getattr(world, who))
    return client.get(path).content.decode()


def test_comments_and_replies_are_shown_once_they_are_published(world: World) -> None:
    client = Client()
    sent = {"kind": "comment", "place": "1", "text": "The jetty is <b>closed</b>.", "shown_name": "A fisher"}
    for wrong in ({"shown_name": " "}, {"place": "the first one"}, {"kind": "advert"}):
        assert client.post(SUGGEST, {**sent, **wrong}).status_code == 422
    assert client.post(SUGGEST, {**sent, "kind": "reply-NOR"}).status_code == 403
    assert client.post(SUGGEST, sent).status_code == 302
    client.force_login(world.focal)
    form = client.get(f"{SUGGEST}?about=1").content.decode()
    assert "reply of Norland" in form and "Ostia" not in form
    assert client.post(SUGGEST, {**sent, "kind": "reply-OST"}).status_code == 403
    reply = {"kind": "reply-NOR", "place": "1a", "text": "It opens in May."}
    assert client.post(SUGGEST, reply).status_code == 302
    assert client.post(SUGGEST, {"kind": "suggestion", "place": "1", "text": "Only for you."}).status_code == 302
    assert "Replies and comments" not in page(PLACE)
    queue = page("/suggestions", world, "editor")
    assert "signed A fisher" in queue and "Reply of Norland, written by focal" in queue
    first, second, third = Suggestion.objects.order_by("pk")
    client.force_login(world.editor)
    for one in (first, second):
        said = {"suggestion": one.pk, "outcome": PUBLISHED, "answer": "Read.", "stamp": _stamp(one)}
        assert client.post("/suggestions", said).status_code == 302
    with pytest.raises(InvalidEntry, match="not for everybody"):
        answer(third, Answer("x", PUBLISHED), by=world.editor)
    shown = page(PLACE)
    assert shown.index("Reply of Norland") < shown.index("A fisher")
    assert "&lt;b&gt;closed&lt;/b&gt;" in shown and "Secretariat: Read." in shown and "Only for you" not in shown
    first.refresh_from_db()
    answer(first, Answer("Read twice."), by=world.editor)
    assert "Secretariat: Read twice." in page(PLACE), "another answer takes nothing off the site"
    assert "focal" not in shown[shown.index("Replies and comments") :]
    assert "A fisher" not in page("/agreements/lake/2")
    Document.objects.update(public=False)
    assert Client().get(PLACE).status_code == 404
    Document.objects.update(public=True)
    first.refresh_from_db()
    reopen(first, by=world.editor)
    assert "A fisher" not in page(PLACE)
    with pytest.raises(NotAllowed):
        suggest(world.document, "1", "x", "", "", by=world.other, address="x", wish=Wish(REPLY, party="NOR"))


def _stamp(one: Suggestion) -> str:
    from followthrough.web.evidence.actions.suggestions import answer_stamp

    return answer_stamp(one)


def test_secretariat_and_party_talk_about_a_report_at_any_time(world: World) -> None:
    report = world.report(world.opened())
    for stranger in (world.other, world.stranger):
        with pytest.raises(NotAllowed):
            comment(report, "x", by=stranger)
    client = Client()
    client.force_login(world.focal)
    path = f"/reports/{report.pk}"
    assert client.post(path, {"do": "comment", "said": " "}).status_code == 422
    assert client.post(path, {"do": "comment", "said": "May we answer in French?"}).status_code == 302
    assert "May we answer in French?" in page(path, world, "colleague")
    assert comment(report, "Yes.", by=world.editor).by_party is False
    assert report.comments.count() == 2 and report.number == 0 and report.state == "open"
    assert "Yes." in client.get(path).content.decode()
    assert client.get(f"{path}/review").status_code == 404
    read = page(f"{path}/review", world, "editor")
    assert "Nothing of it has been sent yet" in read and "May we answer in French?" in read
    told = Notice.objects.filter(kind="commented").order_by("pk").values_list("user__username", "link")
    assert list(told) == [
        ("colleague", path), ("editor", f"{path}/review"), ("colleague", path), ("focal", path),
    ]  # fmt: skip
