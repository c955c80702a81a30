"""A party checks what is on record of it, by account and by signed link; what it proposes changes nothing by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from followthrough.spreadsheets.grid import grid_here
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.activities.actions.corrections import correct_activity
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Party
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.followup.actions.checks import Said, accept_check, answer_records, refuse_check
from followthrough.web.followup.actions.confirm_links import make_confirm_link, revoke_confirm_link
from followthrough.web.followup.link_views import BY_LINK
from followthrough.web.followup.models import ConfirmLink, Cycle, RecordCheck
from followthrough.web.followup.party_record import record_of
from followthrough.web.followup.signed_links import confirm_address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.limits.limiter import take
from followthrough.web.notices.letters import letter_of
from followthrough.web.notices.models import Notice
from reporting_world import World, name_parties
from web.followup.test_workbooks import as_, file_of, page, put
from web_forms import forms_of

JETTIES, OTHERS, SCHOOL = "claim:c-1", "claim:c-2", "activity:a-1"


@pytest.fixture
def cycle(world: World) -> Cycle:
    """An open cycle; two evidence items and an activity name Norland, one of them Ostia too."""
    name_parties()
    return world.opened()


def said(world: World, cycle: Cycle, key: str, answer: str, **more: Any) -> Said:
    stamp = next(one.stamp for one in record_of(cycle, "NOR", world.editor) if one.key == key)
    return Said(key, answer, stamp, **more)


def link_for(world: World, cycle: Cycle) -> tuple[ConfirmLink, str]:
    link = make_confirm_link(cycle, Party.objects.get(pk="NOR"), "Ministry of Shores", by=world.editor)
    return link, confirm_address(link, "")


def form_of(client: Client, path: str) -> dict[str, Any]:
    """Return the form of a page of the record as a browser would send it, nothing chosen."""
    return dict(forms_of(client.get(path).content.decode(), path)[-1].values)


def test_a_party_checks_its_record_and_the_register_stays_as_it_is(world: World, cycle: Cycle) -> None:
    client, path = as_(world.focal), f"/cycles/{cycle.pk}/record"
    shown = page(client, path)
    assert "0 of 3 entries checked" in shown and "Norland left the lake." in shown and "Westmark fished" not in shown
    answers = {
        f"answer.{JETTIES}": "correct", f"value.{JETTIES}": "68", f"answer.{OTHERS}": "not_ours",
        f"words.{OTHERS}": "We are on no lake.", "words.new:": "A bridge.", "url.new:": "https://example.org/bridge",
    }  # fmt: skip
    bad = client.post(path, {**form_of(client, path), **answers, f"words.{OTHERS}": ""})
    assert bad.status_code == 422 and 'value="68"' in bad.content.decode()
    assert not RecordCheck.objects.exists()
    assert client.post(path, {**form_of(client, path), **answers}).status_code == 302
    assert client.post(path, {**form_of(client, path), "do": "rest"}).status_code == 302
    assert "3 of 3 entries checked" in page(client, path)
    kept = {f"{one.kind}:{one.record}": one for one in RecordCheck.objects.all()}
    assert {key: one.answer for key, one in kept.items()} == {
        JETTIES: "correct", OTHERS: "not_ours", SCHOOL: "right", "new:1": "missing",
    }  # fmt: skip
    assert (kept[JETTIES].before["value"], kept[JETTIES].proposed) == ("70", {"value": "68"})
    assert str(Claim.objects.get(pk="c-1").value) == "70"
    assert AuditEvent.objects.filter(verb="check.said", by="focal").count() == 4
    assert "68" in page(client, "/claims/c-1") and "Proposed" not in page(Client(), "/claims/c-1")
    answer_records(cycle, "NOR", [said(world, cycle, JETTIES, "right")], by=world.colleague)
    assert RecordCheck.objects.filter(record="c-1", replaced=False).get().answer == "right"
    with pytest.raises(EditConflict, match="named already"):
        answer_records(cycle, "NOR", [Said("new:", "missing", words="A bridge.", url="https://x.org")], by=world.focal)


@pytest.mark.parametrize(
    ("key", "answer", "more", "wrong"),
    [
        (JETTIES, "perhaps", {}, "answer"), (JETTIES, "missing", {"words": "x", "url": "https://x.org"}, "answer"),
        (JETTIES, "correct", {"fields": {"value": "70", "kind": "x"}}, "answer"), (JETTIES, "not_ours", {}, "words"),
        (JETTIES, "source", {"url": "javascript:x"}, "url"), (JETTIES, "not_ours", {"words": "x" * 1001}, "words"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_named(
    world: World, cycle: Cycle, key: str, answer: str, more: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(InvalidEntry) as caught:
        answer_records(cycle, "NOR", [said(world, cycle, key, answer, **more)], by=world.focal)
    assert list(caught.value.problems) == [f"{wrong}.{key}"]


def test_accepting_runs_the_action_of_the_record_and_refusing_needs_a_reason(world: World, cycle: Cycle) -> None:
    told = [
        said(world, cycle, JETTIES, "correct", fields={"value": "68"}, words="We counted."),
        said(world, cycle, OTHERS, "not_ours", words="We are on no lake."),
        said(world, cycle, SCHOOL, "correct", fields={"title": "Two schools"}),
    ]
    answer_records(cycle, "NOR", told, by=world.focal)
    editor = as_(world.editor)
    assert "3 proposals wait" in page(editor, "/checks") and "3 proposals" in page(editor, "/todo")
    jetties, others, school = RecordCheck.objects.order_by("pk")
    for who in (world.focal, world.other, world.stranger):
        with pytest.raises(NotAllowed):
            accept_check(jetties, "", by=who)
        assert as_(who).get("/checks").status_code == 403
    assert editor.post("/checks", {"check": jetties.pk, "do": "refuse"}).status_code == 422
    assert editor.post("/checks", {"check": jetties.pk, "do": "accept"}).status_code == 302
    old = Claim.objects.get(pk="c-1")
    assert (old.replaced_by.value, old.withdrawn[:17]) == (68, "corrected as c-00") if old.replaced_by else False
    assert set(old.replaced_by.parties.values_list("party", flat=True)) == {"NOR", "OST"} if old.replaced_by else False
    accept_check(others, "", by=world.editor)
    left = Claim.objects.get(pk="c-2").replaced_by
    assert left is not None and not left.parties.exists()
    accept_check(school, "", by=world.editor)
    assert Activity.objects.get(pk="a-1").title == "Two schools" and not Suggestion.objects.exists()
    changed = AuditEvent.objects.get(verb="activity.changed")
    assert changed.by == "editor" and changed.detail["reason"] == "Norland says so"
    assert changed.detail["changes"] == {"title": ["A school of fishing", "Two schools"]}
    with pytest.raises(EditConflict):
        refuse_check(school, "No.", by=world.editor)
    assert AuditEvent.objects.filter(verb="check.accepted").count() == 3


def test_an_activity_is_corrected_in_place_and_a_source_goes_to_the_inbox(world: World, cycle: Cycle) -> None:
    told = [
        said(world, cycle, JETTIES, "source", url="https://example.org/count"),
        said(world, cycle, SCHOOL, "correct", fields={"start": "May 2098", "end": "2097"}),
    ]
    answer_records(cycle, "NOR", told, by=world.focal)
    source, school = RecordCheck.objects.order_by("pk")
    accept_check(source, "", by=world.editor)
    assert Suggestion.objects.get().url == "https://example.org/count"
    with pytest.raises(InvalidEntry) as caught:
        accept_check(school, "", by=world.editor)
    assert list(caught.value.problems) == ["activities.end"]
    refuse_check(school, "It ends before it begins.", by=world.editor)
    with pytest.raises(NotAllowed):
        correct_activity("a-1", {"title": "x"}, "y", by=world.focal)
    for cells, reason in (({"title": "A school of fishing"}, "y"), ({"title": "x"}, " ")):
        with pytest.raises(InvalidEntry):
            correct_activity("a-1", cells, reason, by=world.editor)
    correct_activity("a-1", {"start": "May 2098"}, "It began then.", by=world.editor, without="NOR")
    held = Activity.objects.get(pk="a-1")
    assert held.start == "2098-05" and not held.parties.exists()
    gone = AuditEvent.objects.get(verb="activityparty.removed")
    assert (gone.target, gone.detail["party"]) == ("a-1/NOR", "NOR")
    Activity.objects.update(withdrawn="wrong")
    with pytest.raises(EditConflict):
        correct_activity("a-1", {"title": "x"}, "y", by=world.editor)


def test_a_record_that_is_not_as_the_party_saw_it_is_not_corrected_behind_its_back(world: World, cycle: Cycle) -> None:
    old = said(world, cycle, SCHOOL, "right")
    answer_records(cycle, "NOR", [said(world, cycle, JETTIES, "correct", fields={"value": "68"})], by=world.focal)
    Activity.objects.update(title="Another school")
    with pytest.raises(EditConflict, match="changed since"):
        answer_records(cycle, "NOR", [old], by=world.focal)
    Claim.objects.filter(pk="c-1").update(statement="Norland built seventy.")
    with pytest.raises(EditConflict, match="not as the party saw it"):
        accept_check(RecordCheck.objects.get(), "", by=world.editor)
    refuse_check(RecordCheck.objects.get(), "It changed.", by=world.editor)
    with pytest.raises(EditConflict, match="decided"):
        answer_records(cycle, "NOR", [said(world, cycle, JETTIES, "right")], by=world.focal)


def test_the_public_reads_who_has_confirmed(world: World, cycle: Cycle) -> None:
    answer_records(cycle, "NOR", [said(world, cycle, JETTIES, "right")], by=world.focal)
    assert "onfirmed by" not in page(Client(), "/claims/c-1")  # the cycle does not tell which party has answered
    assert "confirmed by Norland on" in page(as_(world.focal), "/claims/c-1")
    Cycle.objects.update(shown="parties")
    shown = page(Client(), "/claims/c-1")
    assert "confirmed by Norland on" in shown and "not confirmed by Ostia" in shown
    assert "not confirmed by Norland" in page(Client(), "/activities/a-1")
    norland, ostia = Client().get("/claims/c-1.json").json()["confirmations"]
    assert (norland["party"], norland["state"], len(norland["on"])) == ("NOR", "confirmed", 10)
    assert ostia == {"party": "OST", "state": "not confirmed", "on": None}
    assert Client().get("/activities/a-1.json").json()["confirmations"][0]["state"] == "not confirmed"
    Claim.objects.filter(pk="c-1").update(statement="Norland built none.")
    assert "not confirmed by Norland" in page(Client(), "/claims/c-1")  # what was confirmed stands no more


def test_a_signed_link_does_one_thing_once_until_it_ends(world: World, cycle: Cycle) -> None:
    link, path = link_for(world, cycle)
    client = Client(enforce_csrf_checks=True)
    for _ in range(3):  # what fetches links before people do changes nothing
        answer = client.get(path)
        assert client.head(path).status_code == 200
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in answer["Cache-Control"] and "You came by a signed link" in answer.content.decode()
    assert 'href="/search"' not in answer.content.decode() and f"{path}/excel" in answer.content.decode()
    assert not RecordCheck.objects.exists() and not AuditEvent.objects.filter(kind="check").exists()
    assert client.post(path, {f"answer.{JETTIES}": "right"}).status_code == 403  # not without the form itself
    form = form_of(client, path)
    form["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    assert client.post(path, {**form, f"answer.{JETTIES}": "right"}).status_code == 302
    one = RecordCheck.objects.get()
    assert (one.by, one.link) == ("the signed link sent to Ministry of Shores", link)
    assert AuditEvent.objects.get(kind="check").by == "the signed link sent to Ministry of Shores"
    again = client.post(path, {**form, f"answer.{JETTIES}": "not_ours", f"words.{JETTIES}": "No."})
    assert again.status_code == 409 and RecordCheck.objects.get().answer == "right"
    for other in (f"/cycles/{cycle.pk}/record", "/todo", f"/cycles/{cycle.pk}/links", "/checks"):
        assert client.get(other).status_code == 302  # it is no session
    assert client.get(f"/reports/{world.report(cycle).pk}").status_code == 302


@pytest.mark.parametrize("ends", ["revoked", "expires", "closed", "late", "party", "forged", "of another purpose"])
def test_a_signed_link_that_ended_opens_nothing(world: World, cycle: Cycle, ends: str) -> None:
    link, path = link_for(world, cycle)
    form, before = form_of(Client(), path), timezone.now() - timedelta(minutes=1)
    if ends == "revoked":
        revoke_confirm_link(link, by=world.editor)
        revoke_confirm_link(link, by=world.editor)
        assert AuditEvent.objects.filter(verb="confirm_link.revoked").count() == 1
    elif ends == "expires":
        ConfirmLink.objects.update(expires=before)
    elif ends in ("closed", "late"):
        Cycle.objects.update(**{"closed" if ends == "closed" else "late_until": before})
    elif ends == "party":  # a link of one party says nothing of what names another alone
        Claim.objects.filter(pk="c-3").update(statement="Westmark's own.")
        assert "Westmark&#x27;s own." not in Client().get(path).content.decode()
        assert Client().post(path, {**form, "answer.claim:c-3": "right"}).status_code == 302
        assert not RecordCheck.objects.exists()
        return
    else:
        signed = Signer(sep=".").sign(str(link.pk))
        path = f"/confirm/{link.pk}.{'x' * 43}" if ends == "forged" else f"/confirm/{signed}"
    assert Client().get(path).status_code == 404
    assert Client().post(path, {**form, f"answer.{JETTIES}": "right"}).status_code == 404
    with pytest.raises(EditConflict):
        if ends in ("forged", "of another purpose"):
            raise EditConflict("")
        answer_records(cycle, "NOR", [said(world, cycle, JETTIES, "right")], by=link)
    assert not RecordCheck.objects.exists()


def test_links_are_made_copied_revoked_and_bounded(world: World, cycle: Cycle) -> None:
    editor, path = as_(world.editor), f"/cycles/{cycle.pk}/links"
    assert editor.post(path, {"do": "make", "party": "NOR", "sent_to": " "}).status_code == 422
    assert editor.post(path, {"do": "make", "party": "NOR", "sent_to": "Ministry"}).status_code == 302
    whole = re.search(r'value="(http://testserver/confirm/[^"]+)"', page(editor, path))
    assert whole is not None
    assert Client().get(whole[1]).status_code == 200
    for who in (world.focal, world.other, world.stranger):
        assert as_(who).get(path).status_code == 404
        with pytest.raises(NotAllowed):
            make_confirm_link(cycle, Party.objects.get(pk="NOR"), "x", by=who)
    assert Client().post(whole[1], {}).status_code == 302
    for _ in range(BY_LINK.most - 1):
        take(BY_LINK, str(ConfirmLink.objects.get().pk))
    assert Client().post(whole[1], {}).status_code == 429
    assert editor.post(path, {"do": "revoke", "link": ConfirmLink.objects.get().pk}).status_code == 302
    assert Client().get(whole[1]).status_code == 404


def test_a_link_goes_out_by_letter_and_nothing_keeps_it(world: World, cycle: Cycle) -> None:
    path = f"/cycles/{cycle.pk}/links"
    refused = as_(world.editor).post(path, {"do": "make", "party": "NOR", "sent_to": "Ministry", "letter": "yes"})
    assert refused.status_code == 422 and not ConfirmLink.objects.exists()
    asked = {"do": "make", "party": "NOR", "sent_to": "shores@example.org", "letter": "yes"}
    assert as_(world.editor).post(path, asked).status_code == 302
    notice = Notice.objects.get(kind="confirm")
    found = re.search(r"/confirm/\S+", str(letter_of(notice).body))
    assert found is not None and Client().get(found[0]).status_code == 200
    assert (notice.email, notice.link) == ("shores@example.org", "") and "/confirm/" not in str(notice.facts)
    assert "Norland: check what is on record, until 15 Dec 2099" in notice.subject
    link_for(world, cycle)
    assert Notice.objects.filter(kind="confirm").count() == 1


def test_the_record_is_checked_in_a_workbook_too(world: World, cycle: Cycle) -> None:
    client, path = as_(world.focal), f"/cycles/{cycle.pk}/record/excel"
    [sheet] = [one for one in grid_here("x.xlsx", client.get(f"{path}.xlsx").content) if one.name == "Record"]
    grid = [[cell.text for cell in row] for row in sheet.rows]
    at = {row[0]: number - 1 for number, row in enumerate(grid)}
    put(grid, at[JETTIES], "answer", "Correct it")
    put(grid, at[JETTIES], "value", "68")
    put(grid, at[OTHERS], "answer", "right")
    put(grid, at["new:add-1"], "answer", "Something is missing")
    put(grid, at["new:add-1"], "words", "A bridge.")
    back = client.post(path, {"file": file_of(grid)})["Location"]
    form = next(one for one in forms_of(client.get(back).content.decode(), back) if "stamp" in one.values)
    refused = client.post(back, {**form.values, "do": "write"})
    assert refused.status_code == 422 and "address of a page" in refused.content.decode()
    assert not RecordCheck.objects.exists()
    put(grid, at["new:add-1"], "url", "https://example.org/bridge")
    back = client.post(path, {"file": file_of(grid)})["Location"]
    form = next(one for one in forms_of(client.get(back).content.decode(), back) if "stamp" in one.values)
    assert client.post(back, {**form.values, "do": "write"}).status_code == 302
    kept = {f"{one.kind}:{one.record}": (one.answer, one.proposed) for one in RecordCheck.objects.all()}
    assert kept == {
        JETTIES: ("correct", {"value": "68"}), OTHERS: ("right", {}), "new:1": ("missing", {}),
    }  # fmt: skip
    Activity.objects.update(title="Another school")  # an answer to what was changed since is refused
    put(grid, at[SCHOOL], "answer", "right")
    back = client.post(path, {"file": file_of(grid)})["Location"]
    assert "its version is not one of this row" in page(client, back).lower()
