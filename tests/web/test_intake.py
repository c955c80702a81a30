"""A text comes in: under numbers that people cite, once, and out of the way again with a reason."""

from __future__ import annotations

import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from followthrough.packs.writing import pack_files
from followthrough.register import editing
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document, OfficialText, Provision
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.errors import EditConflict
from followthrough.web.workbench.actions import discarded_drafts, drafts, publications
from followthrough.web.workbench.actions.drafts import BadEdit, Edits
from followthrough.web.workbench.actions.uploads import Alike, open_catalogue, take_in
from followthrough.web.workbench.models import Draft, ProvisionDraft

LAKE = b"""Lake Declaration

Adopted in Harbour Town on 3 May 2024

I. Water

1. We commit to reduce discharge into the lake.

2. The Parties shall:

(a) publish their measurements every quarter; and

(b) open a laboratory by 2027.

II. Trade

3. We will:

(i) build a bridge;

(ii) open schools.
"""


@pytest.fixture
def keeper(db: None) -> User:
    """Keeps the installation."""
    return User.objects.create_superuser("keeper")


def published(keeper: User) -> Draft:
    """The invented text, accepted and published."""
    draft = take_in(LAKE, "lake.txt", "lake", by=keeper)
    revisions = {one.pk: one.revision for one in ProvisionDraft.objects.filter(draft=draft)}
    changes = dict.fromkeys(revisions, lambda items, _words: editing.accept_rest(items))
    drafts.save(draft, Edits(revisions, changes=changes), by=keeper)
    publications.publish(draft, by=keeper)
    return draft


def test_places_and_commitments_have_the_numbers_that_people_cite(keeper: User, client: Client) -> None:
    published(keeper)
    refs = [key.removeprefix("lake/") for key in Provision.objects.order_by("position").values_list("id", flat=True)]
    assert refs == ["section-I", "1", "2", "2(a)", "2(b)", "section-II", "3", "3(i)", "3(ii)"]
    held = set(Commitment.objects.values_list("id", flat=True))
    assert {"lake/2(a)a", "lake/2(b)a"} <= held
    for ref in ("2(a)", "2(a)a", "2(a)a.json", "2(a)a.bib"):
        assert client.get(f"/agreements/lake/{ref}").status_code == 200, ref
    page = client.get("/agreements/lake/commitments").content.decode()
    assert "item-a" not in page and "sec-" not in page


def test_each_proposal_has_a_draft_of_its_summary_until_somebody_accepts_it(keeper: User, client: Client) -> None:
    draft = take_in(LAKE.upper().split(b"\n", 1)[0] + b"\n" + LAKE.split(b"\n", 1)[1], "lake.txt", "lake", by=keeper)
    assert draft.document.title == "Lake Declaration"
    held = [item for part in draft.provision_drafts.all() for item in part.held]
    assert "Reduce discharge into the lake" in [item.summary for item in held]
    assert all(item.summary and "…" not in item.summary for item in held)
    client.force_login(keeper)
    page = client.get("/catalogue/lake/1").content.decode()
    assert page.count("A draft, from the words of the text.") == page.count('.summary" value')
    part = draft.provision_drafts.get(provision="lake/1")
    sent = {"do": "accept-page"}
    for one in ProvisionDraft.objects.filter(draft=draft, page=part.page):
        sent |= {f"r.{one.pk}": str(one.revision)} | {f"f.{one.pk}.{i.key}.summary": "" for i in one.held}
    assert client.post("/catalogue/lake/1", sent).status_code == 302
    part.refresh_from_db()
    assert [item.summary for item in part.held] == ["Reduce discharge into the lake"]
    assert "A draft, from" not in client.get("/catalogue/lake/1").content.decode()


def test_a_paragraph_without_a_heading_is_headed_by_its_number_and_section(keeper: User, client: Client) -> None:
    published(keeper)
    page = client.get("/agreements/lake/1").content.decode()
    assert "<h1>Paragraph 1</h1>" in page and ">I Water</a>" in page
    assert "not summarised yet" not in client.get("/agreements/lake/commitments").content.decode()


def test_numbers_with_parentheses_leave_the_register_and_come_back(keeper: User) -> None:
    published(keeper)
    cells = pack_files(register_as_pack())["commitments.csv"]
    assert b"lake/2(a)a" in (cells if isinstance(cells, bytes) else cells.encode())


def test_the_ladder_counts_the_paragraphs_that_the_first_sentence_counts(keeper: User, client: Client) -> None:
    published(keeper)
    found = client.get("/agreements/lake.json").json()["coverage"]
    assert set(found["places"]) == {"1", "2", "3"}
    assert "3 paragraphs" in client.get("/agreements/lake").content.decode()
    totals = {int(of) for of in re.findall(r"of (\d+) paragraphs", client.get("/agreements/lake").content.decode())}
    assert totals <= {3}


@pytest.mark.slow
def test_the_same_text_in_another_form_is_pointed_out_before_anything_is_made(keeper: User, client: Client) -> None:
    take_in(LAKE, "lake.txt", "lake", by=keeper)
    before = (Document.objects.count(), AuditEvent.objects.count())
    again = b"# Draft for printing\n\n" + LAKE.replace(b"lake.", b"lake. ")
    for data, name in ((LAKE, "lake.txt"), (again, "copy.md")):
        with pytest.raises(Alike, match="Lake Declaration"):
            take_in(data, name, by=keeper)
    client.force_login(keeper)
    answer = client.post("/catalogue", {"file": SimpleUploadedFile("copy.txt", again), "address": "second-lake"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'href="/catalogue/lake"' in page and 'value="second-lake"' in page
    assert (Document.objects.count(), AuditEvent.objects.count()) == before
    file = SimpleUploadedFile("copy.txt", again)
    assert client.post("/catalogue", {"file": file, "address": "second-lake", "anyway": "yes"}).status_code == 302
    assert Document.objects.filter(pk="second-lake").exists()
    other = LAKE.replace(b"lake", b"sea").replace(b"bridge", b"port").replace(b"schools", b"shops")
    assert take_in(other.replace(b"laboratory", b"mill").replace(b"quarter", b"year"), "sea.txt", by=keeper).pk


def test_a_draft_is_put_aside_with_a_reason_and_taken_up_again(keeper: User, client: Client, stranger: User) -> None:
    draft = take_in(LAKE, "lake.txt", "lake", by=keeper)
    with pytest.raises(NotAllowed):
        discarded_drafts.discard(draft, "a wrong file", by=stranger)
    with pytest.raises(BadEdit, match="say why"):
        discarded_drafts.discard(draft, " ", by=keeper)
    client.force_login(keeper)
    stamp = client.get("/catalogue/lake/discard").context["stamp"]
    said = {"do": "discard", "reason": "a wrong file", "stamp": stamp}
    assert client.post("/catalogue/lake/discard", said).status_code == 302
    assert client.post("/catalogue/lake/discard", said).status_code == 409
    draft.refresh_from_db()
    assert (draft.discarded_by, draft.discarded_why) == ("keeper", "a wrong file")
    assert AuditEvent.objects.get(verb="draft.discarded").detail == {"reason": "a wrong file"}
    assert client.get("/catalogue/lake/1").headers["Location"] == "/catalogue/lake/discard"
    assert "discarded" in client.get("/catalogue").content.decode()
    with pytest.raises(BadEdit, match="recover it first"):
        publications.publish(draft, by=keeper)
    with pytest.raises(EditConflict):
        discarded_drafts.recover(draft, by=keeper, seen=stamp)
    discarded_drafts.recover(draft, by=keeper)
    assert client.get("/catalogue/lake/1").status_code == 200
    assert AuditEvent.objects.filter(verb="draft.recovered", target="lake").count() == 1


def test_what_was_published_is_not_discarded(keeper: User) -> None:
    with pytest.raises(BadEdit, match="take it off the public site"):
        discarded_drafts.discard(published(keeper), "a wrong file", by=keeper)


@pytest.mark.django_db(transaction=True)
def test_a_catalogue_opened_twice_at_once_is_one_draft() -> None:
    keeper = User.objects.create_superuser("keeper")
    document = Document.objects.create(id="river", title="River", short_title="River", kind="statement")
    OfficialText.objects.create(
        document=document, sha256="0" * 64, filename="a.txt", attached="2026-01-01T00:00Z", verified=0, expected=0
    )
    ends: list[str] = []
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait(timeout=30)
            ends.append(open_catalogue(document, by=keeper).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == ["river", "river"]
    assert Draft.objects.count() == AuditEvent.objects.filter(verb="draft.opened").count() == 1


def test_who_edits_one_agreement_is_not_told_of_another(keeper: User) -> None:
    take_in(LAKE, "lake.txt", "lake", by=keeper)
    editor = User.objects.create_user("one-agreement")
    other = Document.objects.create(id="other", title="Other", short_title="Other", kind="statement")
    grant_role(editor, Role.EDITOR, by=keeper, document=other)
    with pytest.raises(NotAllowed):
        take_in(LAKE, "lake.txt", by=editor)
