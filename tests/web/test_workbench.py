"""The workbench as owner, teammate and stranger: what each may do, what is kept, what others never lose."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from catalogue_measure import catalogued
from followthrough.errors import InputRefused
from followthrough.packs.folding import squeeze
from followthrough.pipeline.layout import places_of, references
from followthrough.read import read_bytes
from followthrough.register.editing import accept_rest, decide
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document, Instrument, InterpretiveNote, Provision
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict
from followthrough.web.workbench.actions import drafts, publications, uploads
from followthrough.web.workbench.actions.document_details import details_stamp
from followthrough.web.workbench.actions.drafts import BadEdit, Edits
from followthrough.web.workbench.actions.uploads import paged, take_in
from followthrough.web.workbench.models import Draft, ProvisionDraft, Step
from followthrough.web.workbench.review import doubtful
from followthrough.web.workbench.rows import agreement

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
TEXT = b"""Joint Declaration of the River States on Bridges

Adopted in Harbour Town on 3 May 2024

We, the Ministers of the River States,

Recalling the friendship among our peoples,

Hereby agree to:

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and
support   the training of young builders through the Bridge Builders Programme.

3. Welcome the progress made in the harbour.
"""


@pytest.fixture
def owner(register: Document) -> User:
    """An editor of the whole register."""
    user = User.objects.create_user("owner", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM)
    return user


@pytest.fixture
def on_bench(owner: User) -> Draft:
    """The invented declaration, read and laid out."""
    return take_in(TEXT, "river.txt", "river-2024", by=owner)


@pytest.fixture
def teammate(on_bench: Draft) -> User:
    """Edits this draft and no other document."""
    user = User.objects.create_user("teammate", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM, document=on_bench.document)
    return user


def part(draft: Draft, num: str) -> ProvisionDraft:
    """The paragraph with this number, as it stands now."""
    return ProvisionDraft.objects.select_related("provision").get(draft=draft, provision__num=num)


def typed(one: ProvisionDraft, key: int, **fields: Any) -> Edits:
    """Fields typed for one commitment, on a page opened now."""
    return Edits({one.pk: one.revision}, {one.pk: {key: fields}})


def accept_all(draft: Draft, by: User) -> None:
    """Accept whatever waits."""
    parts = {one.pk: one.revision for one in ProvisionDraft.objects.filter(draft=draft)}
    drafts.save(
        draft,
        Edits(parts, changes=dict.fromkeys(parts, lambda items, _words: accept_rest(items))),
        by=by,
    )


def test_a_file_becomes_a_draft_with_its_words_its_file_and_proposals(on_bench: Draft, client: Client) -> None:
    document = on_bench.document
    assert (document.public, document.adopted) == (False, "2024-05-03")
    with default_storage.open(f"texts/{on_bench.sha256}") as kept:
        assert kept.read() == TEXT
    second = part(on_bench, "2")
    assert "and support the training" in second.provision.words
    found = [second.provision.words[item.start : item.end] for item in second.held]
    assert found == [
        "Promote the exchange of engineers",
        "support the training of young builders through the Bridge Builders Programme",
    ]
    assert second.items == second.proposal
    assert Commitment.objects.filter(provision__document=document).count() == 0
    assert client.get("/agreements/river-2024").status_code == 404
    assert AuditEvent.objects.filter(verb="draft.opened", target="river-2024").count() == 1


def test_doubtful_suggestions_come_first_and_what_is_decided_goes_out_as_a_set_for_tests(
    on_bench: Draft, owner: User, client: Client, tmp_path: Path
) -> None:
    one = ProvisionDraft.objects.filter(draft=on_bench).exclude(proposal=[]).first()
    assert one is not None
    first, *rest = one.items
    assert first["why"].startswith("S")
    ProvisionDraft.objects.filter(pk=one.pk).update(items=[first | {"doubts": ["long", "short"]}, *rest])
    assert [found.field for found in doubtful(on_bench.pk)][:1] == [f"{one.pk}.{first['key']}"]
    client.force_login(owner)
    page = client.get(f"/catalogue/{on_bench.pk}/{one.page}").content.decode()
    assert "Look at these first" in page
    assert "long; short" in " ".join(page.split())
    accept_all(on_bench, owner)
    assert doubtful(on_bench.pk) == []
    path = tmp_path / "corrections.csv"
    path.write_bytes(client.get(f"/catalogue/{on_bench.pk}/corrections.csv").content)
    entries = catalogued(path)
    assert len(entries) == sum(len(held.items) for held in on_bench.provision_drafts.all())
    assert any(entry.start == one.start + first["spans"][0][0] for entry in entries)


def test_places_of_the_document_lead_to_places_of_the_folded_words() -> None:
    text = read_bytes(TEXT, "river.txt").document
    for place in text.provisions:
        words, (body, *mapped) = squeeze(text.text[place.body : place.end]), places_of(text.text, place)
        for start in range(place.body, place.end):
            for end in range(start + 1, place.end + 1):
                part = text.text[start:end]
                if part.strip() == part:
                    assert words[mapped[start - body] : mapped[end - body]] == squeeze(part)


def test_addresses_are_numbers_where_they_are_printed_once() -> None:
    text = read_bytes(b"1. Plant trees.\n\n2. Mend bridges.\n\nAnnex\n\n2. Open schools.\n", "a.txt").document
    refs = list(references(text.provisions).values())
    assert "1" in refs
    assert "2" not in refs
    assert len(set(refs)) == len(refs)


def test_a_section_begins_a_page_and_a_page_stays_short() -> None:
    kinds = [("preamble", 0), ("section", 0), ("paragraph", 30), ("paragraph", 30), ("section", 0), ("section", 0)]
    assert paged([*kinds, ("paragraph", 1)]) == [1, 2, 2, 3, 4, 4, 4]
    assert max(paged([("paragraph", 0)] * 25)) == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"x" * (uploads.LONGEST_UPLOAD + 1), "larger than 25 MB"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(data: bytes, says: str, on_bench: Draft, owner: User) -> None:
    before = (Document.objects.count(), AuditEvent.objects.count())
    with pytest.raises(InputRefused, match=says):
        take_in(data, "again.txt", by=owner)
    assert (Document.objects.count(), AuditEvent.objects.count()) == before


def test_only_editors_of_everything_take_files_in(teammate: User, stranger: User) -> None:
    for person in (teammate, stranger):
        with pytest.raises(NotAllowed, match="may not edit the catalogue"):
            take_in(b"1. Plant trees.\n", "a.txt", by=person)


def test_a_change_is_one_step_with_its_event_and_can_be_undone_and_done_again(on_bench: Draft, owner: User) -> None:
    one = part(on_bench, "1")
    step = drafts.save(on_bench, typed(one, 1, summary="look after bridges", kind="support"), by=owner)
    assert step is not None
    assert (part(on_bench, "1").held[0].summary, part(on_bench, "1").revision) == (
        "look after bridges",
        1,
    )
    assert AuditEvent.objects.filter(verb="draft.changed", target="river-2024").count() == 1
    drafts.undo(on_bench, by=owner)
    assert part(on_bench, "1").held == one.held
    drafts.redo(on_bench, by=owner)
    assert part(on_bench, "1").held[0].kind == "support"
    with pytest.raises(BadEdit, match="nothing of yours to do again"):
        drafts.redo(on_bench, by=owner)
    drafts.undo(on_bench, by=owner)
    with pytest.raises(BadEdit, match="nothing of yours to undo"):
        drafts.undo(on_bench, by=owner)
    assert part(on_bench, "1").proposal == one.proposal


def test_a_page_saved_as_it_was_opened_is_no_step(on_bench: Draft, owner: User) -> None:
    one = part(on_bench, "1")
    assert drafts.save(on_bench, typed(one, 1, summary=one.held[0].summary, kind=one.held[0].kind), by=owner) is None
    assert Step.objects.count() == 0


def test_who_edits_an_older_state_is_told_and_nothing_is_overwritten(
    on_bench: Draft, owner: User, teammate: User
) -> None:
    seen_by_both = part(on_bench, "1")
    drafts.save(on_bench, typed(seen_by_both, 1, summary="theirs"), by=teammate)
    with pytest.raises(EditConflict, match="teammate changed this") as told:
        drafts.save(on_bench, typed(seen_by_both, 1, summary="mine"), by=owner)
    assert told.value.lost == ["1a: summary “mine”"]
    assert part(on_bench, "1").held[0].summary == "theirs"


def test_an_older_page_whose_other_paragraphs_were_changed_by_others_is_saved(
    on_bench: Draft, owner: User, teammate: User
) -> None:
    first, second = part(on_bench, "1"), part(on_bench, "2")
    drafts.save(on_bench, typed(first, 1, summary="theirs"), by=teammate)
    page = Edits(
        {first.pk: first.revision, second.pk: second.revision},
        {first.pk: {1: {"summary": first.held[0].summary}}, second.pk: {1: {"summary": "mine"}}},
    )
    assert drafts.save(on_bench, page, by=owner) is not None
    assert [part(on_bench, num).held[0].summary for num in ("1", "2")] == ["theirs", "mine"]


def test_a_step_on_which_others_built_is_not_undone(on_bench: Draft, owner: User, teammate: User) -> None:
    drafts.save(on_bench, typed(part(on_bench, "1"), 1, summary="first"), by=owner)
    drafts.save(on_bench, typed(part(on_bench, "1"), 1, verb="build"), by=teammate)
    with pytest.raises(EditConflict, match="teammate"):
        drafts.undo(on_bench, by=owner)
    held = part(on_bench, "1").held[0]
    assert (held.summary, held.verb) == ("first", "build")


def test_an_older_page_is_compared_with_what_it_showed_even_after_an_undo(
    on_bench: Draft, owner: User, teammate: User
) -> None:
    drafts.save(on_bench, typed(part(on_bench, "1"), 1, summary="first"), by=teammate)
    seen = part(on_bench, "1")
    drafts.undo(on_bench, by=teammate)
    assert drafts.save(on_bench, typed(seen, 1, summary="first"), by=owner) is None
    with pytest.raises(EditConflict):
        drafts.save(on_bench, typed(seen, 1, summary="second"), by=owner)


def test_publishing_waits_for_every_decision_and_then_fills_the_register(
    on_bench: Draft, owner: User, client: Client
) -> None:
    with pytest.raises(BadEdit, match="decide on the 5 commitments"):
        publications.publish(on_bench, by=owner)
    one = part(on_bench, "1")
    note = {"note": actions_note("opened"), "summary": "mend bridges together"}
    drafts.save(on_bench, typed(one, 1, **note), by=owner)
    accept_all(on_bench, owner)
    publications.publish(on_bench, by=owner)
    ids = list(Commitment.objects.filter(provision__document=on_bench.document).values_list("id", flat=True))
    assert ids == ["river-2024/1a", "river-2024/1b", "river-2024/2a", "river-2024/2b", "river-2024/3a"]
    assert client.get("/agreements/river-2024").status_code == 200
    page = client.get("/agreements/river-2024/1a").content.decode()
    assert "mend bridges together" in page
    assert "Interpretive note" in page
    named = Instrument.objects.get(citations__commitment="river-2024/1b")
    assert (named.name, named.kind) == ("River Bridges Fund", "fund")
    assert AuditEvent.objects.filter(kind="commitment", target="river-2024/1a", verb="commitment.added").exists()
    counts, texts = agreement()
    assert (texts, counts.proposals, counts.matched, counts.ends) == (1, 5, 5, 5)
    assert "5/5" in client.get("/methodology").content.decode()


def actions_note(full: str) -> Any:
    """An interpretive note."""
    from followthrough.register.editing import Note

    return Note(full, "begun", "nothing")


def test_what_is_corrected_later_is_a_new_version_or_withdrawn_never_gone(
    on_bench: Draft, owner: User, client: Client
) -> None:
    drafts.save(on_bench, typed(part(on_bench, "1"), 1, note=actions_note("opened")), by=owner)
    accept_all(on_bench, owner)
    publications.publish(on_bench, by=owner)
    one = part(on_bench, "1")
    drafts.save(on_bench, typed(one, 1, note=actions_note("in use")), by=owner)
    three = part(on_bench, "3")
    reject = {three.pk: lambda items, _words: decide(items, 1, "rejected", "it only welcomes")}
    drafts.save(on_bench, Edits({three.pk: three.revision}, changes=reject), by=owner)
    publications.publish(on_bench, by=owner)
    notes = InterpretiveNote.objects.filter(commitment="river-2024/1a").values_list("version", "full")
    assert list(notes) == [(1, "opened"), (2, "in use")]
    assert Commitment.objects.get(id="river-2024/3a").withdrawn == "it only welcomes"
    answer = client.get("/agreements/river-2024/3a")
    assert answer.status_code == 404
    assert "was withdrawn: it only welcomes" in answer.content.decode()
    assert "river-2024/3a" not in client.get("/agreements/river-2024").content.decode()


def test_undoing_a_publication_takes_the_document_back(on_bench: Draft, owner: User, client: Client) -> None:
    accept_all(on_bench, owner)
    publications.publish(on_bench, by=owner)
    drafts.undo(on_bench, by=owner)
    assert client.get("/agreements/river-2024").status_code == 404
    assert agreement()[1] == 0
    drafts.redo(on_bench, by=owner)
    assert client.get("/agreements/river-2024").status_code == 200


def test_publishing_again_without_a_change_records_nothing_of_the_commitments(on_bench: Draft, owner: User) -> None:
    accept_all(on_bench, owner)
    publications.publish(on_bench, by=owner)
    before = AuditEvent.objects.filter(kind="commitment").count()
    publications.publish(on_bench, by=owner)
    assert AuditEvent.objects.filter(kind="commitment").count() == before


def test_the_bundled_register_opens_once_its_words_are_attached(owner: User, stranger: User) -> None:
    document = Document.objects.get(id="asean-rok-2019")
    with pytest.raises(NotAllowed):
        uploads.open_catalogue(document, by=stranger)
    with pytest.raises(InputRefused, match="official words are not attached"):
        uploads.open_catalogue(document, by=owner)


PAGES = ("/catalogue", "/catalogue/river-2024", "/catalogue/river-2024/1", "/catalogue/river-2024/details")


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_for_those_who_edit(
    address: str, client: Client, on_bench: Draft, owner: User, teammate: User, stranger: User
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in?next={address}")
    client.force_login(stranger)
    assert client.get(address).status_code in (403, 404)
    assert client.post(address, {"do": "publish"}).status_code in (403, 404)
    for person in (teammate, owner):
        client.force_login(person)
        assert client.get(address).status_code == 200
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_stranger_cannot_upload_publish_or_undo(client: Client, on_bench: Draft, stranger: User) -> None:
    client.force_login(stranger)
    file = SimpleUploadedFile("a.txt", b"1. Plant trees.\n")
    assert client.post("/catalogue", {"file": file}).status_code == 403
    assert client.post("/catalogue/river-2024/correct").status_code == 404
    for call in (drafts.undo, drafts.redo, publications.publish):
        with pytest.raises(NotAllowed):
            call(on_bench, by=stranger)
    with pytest.raises(NotAllowed):
        drafts.save(on_bench, typed(part(on_bench, "1"), 1, summary="x"), by=stranger)
    assert Step.objects.count() == 0


def form(one: ProvisionDraft, do: str, **fields: str) -> dict[str, str]:
    """What the browser posts for one paragraph."""
    named = {f"f.{one.pk}.1.{name}": value for name, value in fields.items()}
    return {f"r.{one.pk}": str(one.revision), "do": do, **named}


def test_the_form_saves_splits_merges_rejects_and_adds(client: Client, on_bench: Draft, owner: User) -> None:
    client.force_login(owner)
    one, address = part(on_bench, "2"), "/catalogue/river-2024/1"
    words = one.provision.words
    assert client.post(address, form(one, f"open.{one.pk}.1", summary="swap engineers")).status_code == 302
    one = part(on_bench, "2")
    assert one.held[0].summary == "swap engineers"
    at = {f"at.{one.pk}.2": str(words.index("through"))}
    client.post(address, form(one, f"split.{one.pk}.2") | at)
    assert len(part(on_bench, "2").held) == 3
    client.post(address, form(part(on_bench, "2"), f"merge.{one.pk}.3"))
    assert part(on_bench, "2").held[1].spans == one.held[1].spans
    client.post(address, form(part(on_bench, "2"), f"reject.{one.pk}.2") | {f"why.{one.pk}.2": "a wish"})
    assert part(on_bench, "2").held[1].reason == "a wish"
    picked = {f"from.{one.pk}": str(words.index("young")), f"to.{one.pk}": str(words.index(" through"))}
    client.post(address, form(part(on_bench, "2"), f"add.{one.pk}") | picked)
    assert [item.verb for item in part(on_bench, "2").held] == ["promote", "support", "young"]
    last = Step.objects.latest("number").number
    assert client.post(address, form(part(on_bench, "2"), "undo")).status_code == 409
    assert client.post(address, form(part(on_bench, "2"), f"undo.{last - 1}")).status_code == 409
    assert client.post(address, form(part(on_bench, "2"), f"undo.{last}", verb="unsaved")).status_code == 422
    assert client.post(address, form(part(on_bench, "2"), f"undo.{last}")).status_code == 302
    assert len(part(on_bench, "2").held) == 2


def test_a_wrong_form_says_what_and_where_and_saves_nothing(client: Client, on_bench: Draft, owner: User) -> None:
    client.force_login(owner)
    one = part(on_bench, "1")
    for fields, says in (
        ({"strength": "nine"}, "Choose a strength from 1 to 5"),
        ({"verb": ""}, "Name the operative verb"),
    ):
        answer = client.post("/catalogue/river-2024/1", form(one, "save", **fields))
        assert answer.status_code == 422
        assert says in answer.content.decode()
    answer = client.post("/catalogue/river-2024/1", form(one, f"reject.{one.pk}.1"))
    assert (answer.status_code, part(on_bench, "1").revision) == (422, 0)
    assert client.post("/catalogue/river-2024/1", {"do": "nonsense."}).status_code == 302
    assert client.get("/catalogue/river-2024/9").status_code == 404
    assert client.get("/catalogue/river-2024/1?open=x.y&add=%00").status_code == 200


def test_an_overtaken_form_shows_both(client: Client, on_bench: Draft, owner: User, teammate: User) -> None:
    client.force_login(owner)
    one = part(on_bench, "1")
    drafts.save(on_bench, typed(one, 1, summary="theirs"), by=teammate)
    answer = client.post("/catalogue/river-2024/1", form(one, "save", summary="mine & ours"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "mine &amp; ours" in page
    assert 'value="mine &amp; ours"' in page
    assert "<dt>1a: Summary in our words</dt><dd>theirs</dd>" in page
    again = client.post("/catalogue/river-2024/1", form(part(on_bench, "1"), "save", summary="mine & ours"))
    assert (again.status_code, part(on_bench, "1").held[0].summary) == (302, "mine & ours")


def test_an_upload_that_is_refused_says_why(client: Client, owner: User) -> None:
    client.force_login(owner)
    for name, data, says in (("a.bin", b"\x00\x01\x02" * 50, "a.bin"), ("empty.txt", b"", "empty")):
        answer = client.post("/catalogue", {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert client.post("/catalogue", {}).status_code == 422
    assert Draft.objects.count() == 0


def test_details_are_checked_and_recorded(client: Client, on_bench: Draft, owner: User) -> None:
    client.force_login(owner)
    said = {"title": "Bridges", "short_title": "Bridges", "kind": "declaration", "adopted": "2024-05-03"}
    said["stamp"] = details_stamp(on_bench.document)
    answer = client.post("/catalogue/river-2024/details", said | {"adopted": "3 May", "do": "save"})
    assert answer.status_code == 422
    assert Document.objects.get(id="river-2024").title != "Bridges"
    client.post("/catalogue/river-2024/details", said | {"parties": ["KOR"], "do": "save"})
    document = Document.objects.get(id="river-2024")
    assert (document.kind, [one.party_id for one in document.signatories.all()]) == ("declaration", ["KOR"])
    event = AuditEvent.objects.get(verb="document.changed", target="river-2024")
    assert event.detail["changes"]["parties"] == [[], ["KOR"]]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_eight_editors_at_once_lose_nothing_and_overwrite_nothing(register: Document) -> None:
    users = [User.objects.create_user(f"editor-{n}") for n in range(8)]
    for user in users:
        grant_role(user, Role.EDITOR, by=SYSTEM)
    draft = take_in(TEXT, "river.txt", "river-2024", by=users[0])
    seen = part(draft, "1")
    outcomes: list[str] = []

    def edit(user: User) -> None:
        try:
            drafts.save(draft, typed(seen, 1, summary=user.username), by=user)
            outcomes.append(user.username)
        except EditConflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[-7:] == ["told"] * 7
    assert part(draft, "1").held[0].summary == next(name for name in outcomes if name != "told")


def test_words_of_a_draft_are_searched_by_nobody_else(client: Client, on_bench: Draft, stranger: User) -> None:
    assert Provision.objects.filter(document="river-2024", words__contains="engineers").exists()
    client.force_login(stranger)
    assert "river-2024" not in client.get("/search?q=engineers").content.decode()
