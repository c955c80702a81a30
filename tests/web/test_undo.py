"""Undo puts back what was, in the register too; redo makes it again; going off the site is a deed of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from followthrough.model.vocabulary import CommitmentKind
from followthrough.packs.writing import write_pack
from followthrough.register import editing
from followthrough.register.editing import Note
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document, Instrument, Party
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.pack_tables import register_as_pack
from followthrough.web.kit.errors import EditConflict
from followthrough.web.links.actions.links import LinkRequest, link
from followthrough.web.workbench.actions import drafts, publications
from followthrough.web.workbench.actions.document_details import describe, details_of
from followthrough.web.workbench.actions.drafts import BadEdit, Edits
from followthrough.web.workbench.actions.uploads import take_in
from followthrough.web.workbench.actions.visibility import hide, show_again, was_hidden
from followthrough.web.workbench.models import Draft, ProvisionDraft

RIVER = b"""Joint Declaration of the River States on Bridges

Adopted in Harbour Town on 3 May 2024

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and support the training of young builders.

3. Welcome the progress made in the harbour.
"""


@pytest.fixture
def owner(register: Document) -> User:
    """An editor of the whole register."""
    user = User.objects.create_user("owner")
    grant_role(user, Role.EDITOR, by=SYSTEM)
    return user


@pytest.fixture
def river(owner: User) -> Draft:
    """A short declaration, read and laid out."""
    return take_in(RIVER, "river.txt", "river-2024", by=owner)


def held(draft: Draft) -> list[ProvisionDraft]:
    """The paragraphs of a draft as they stand."""
    return list(ProvisionDraft.objects.filter(draft=draft).select_related("provision").order_by("provision__position"))


def accept(draft: Draft, by: User) -> None:
    """Accept whatever waits."""
    revisions = {one.pk: one.revision for one in held(draft)}
    changes = dict.fromkeys(revisions, lambda items, _words: editing.accept_rest(items))
    drafts.save(draft, Edits(revisions, changes=changes), by=by)


def exported(folder: Path) -> dict[str, bytes]:
    """The export of the whole register, file by file."""
    write_pack(register_as_pack(), folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def shown(client: Client, address: str = "/agreements/river-2024") -> bool:
    """Whether somebody who is not signed in finds the agreement."""
    return client.get(address).status_code == 200


def test_undo_of_a_second_publication_leaves_the_first_one_public_with_what_it_said(
    client: Client, river: Draft, owner: User
) -> None:
    accept(river, owner)
    publications.publish(river, by=owner)
    first = list(Commitment.objects.filter(provision__document="river-2024").values())
    one = held(river)[-1]
    reject = {one.pk: lambda items, _words: editing.decide(items, 1, "rejected", "it only welcomes")}
    two = next(part for part in held(river) if part.provision.num == "2")
    typed = {two.pk: {1: {"summary": "swap engineers", "instruments": ("Bridge Code",)}}}
    revisions = {part.pk: part.revision for part in (one, two)}
    drafts.save(river, Edits(revisions, typed, reject), by=owner)
    publications.publish(river, by=owner)
    assert list(Commitment.objects.filter(provision__document="river-2024").values()) != first
    drafts.undo(river, by=owner)
    assert shown(client)
    assert list(Commitment.objects.filter(provision__document="river-2024").values()) == first
    assert not Instrument.objects.filter(name="Bridge Code").exists()
    told = AuditEvent.objects.filter(verb="commitment.changed", target="river-2024/3a").latest("id")
    assert told.detail["changes"]["withdrawn"] == ["it only welcomes", ""]
    assert not AuditEvent.objects.filter(verb="document.hidden").exists()
    drafts.redo(river, by=owner)
    assert Commitment.objects.get(id="river-2024/3a").withdrawn == "it only welcomes"


def test_undo_of_the_first_publication_takes_it_off_the_site_and_says_so(
    client: Client, river: Draft, owner: User
) -> None:
    accept(river, owner)
    publications.publish(river, by=owner)
    drafts.undo(river, by=owner)
    assert not shown(client)
    assert not Commitment.objects.filter(provision__document="river-2024").exists()
    told = AuditEvent.objects.filter(kind="document", target="river-2024").order_by("id").values_list("verb", flat=True)
    assert [verb for verb in told if verb in ("document.published", "document.hidden")] == [
        "document.published",
        "document.hidden",
    ]
    removed = AuditEvent.objects.filter(verb="commitment.removed").values_list("target", flat=True)
    assert set(removed) == {f"river-2024/{ref}" for ref in ("1a", "1b", "2a", "2b", "3a")}


def test_a_publication_on_which_others_built_is_not_undone(client: Client, river: Draft, owner: User) -> None:
    accept(river, owner)
    publications.publish(river, by=owner)
    link("claim", "c-001", LinkRequest(("river-2024/1a",), "main", "it says so"), by=owner)
    with pytest.raises(EditConflict) as told:
        drafts.undo(river, by=owner)
    assert "take the agreement off the site instead" in told.value.lost[0]
    assert shown(client)
    assert Commitment.objects.filter(id="river-2024/1a").exists()


def test_a_publication_that_somebody_else_repeated_is_not_undone(client: Client, river: Draft, owner: User) -> None:
    other = User.objects.create_user("other")
    grant_role(other, Role.EDITOR, by=SYSTEM)
    accept(river, owner)
    publications.publish(river, by=owner)
    publications.publish(river, by=other)
    with pytest.raises(EditConflict, match="other"):
        drafts.undo(river, by=owner)
    assert shown(client)


def test_taking_an_agreement_off_the_site_needs_its_right_and_a_reason(
    client: Client, river: Draft, owner: User, stranger: User
) -> None:
    document = Document.objects.get(id="asean-rok-2019")
    with pytest.raises(NotAllowed, match="take an agreement off the site"):
        hide(document, "a wrong copy", by=stranger)
    with pytest.raises(BadEdit, match="say why"):
        hide(document, "  ", by=owner)
    with pytest.raises(EditConflict):
        show_again(document, by=owner)
    hide(document, "a wrong copy", by=owner)
    assert not shown(client, "/agreements/asean-rok-2019")
    event = AuditEvent.objects.get(verb="document.hidden", target="asean-rok-2019")
    assert (event.by, event.detail["reason"]) == ("owner", "a wrong copy")
    document.refresh_from_db()
    assert was_hidden(document)
    show_again(document, by=owner)
    assert shown(client, "/agreements/asean-rok-2019")
    assert AuditEvent.objects.filter(verb="document.published", target="asean-rok-2019").exists()


def test_the_page_that_takes_it_off_the_site(client: Client, owner: User, stranger: User) -> None:
    address = "/catalogue/asean-rok-2019/site"
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(owner)
    page = client.get(address)
    assert client.post(address, {"do": "hide", "reason": "a marker"}).status_code == 409
    assert "a marker" in client.post(address, {"do": "hide", "reason": "a marker"}).content.decode()
    stamp = page.context["stamp"]
    assert client.post(address, {"do": "hide", "stamp": stamp, "reason": " "}).status_code == 422
    assert client.post(address, {"do": "hide", "stamp": stamp, "reason": "a wrong copy"}).status_code == 302
    assert not Document.objects.get(id="asean-rok-2019").public
    assert "Put it back" in client.get(address).content.decode()


def random_typed(chance: random.Random, draft: Draft) -> Edits:
    """A value for one field of one commitment, any of them."""
    one = chance.choice([part for part in held(draft) if part.held])
    item = chance.choice(one.held)
    word = f"w{chance.randrange(1000)}"
    fields: dict[str, Any] = chance.choice([
        {"summary": word}, {"verb": word}, {"kind": chance.choice(tuple(CommitmentKind))}, {"actors": word},
        {"strength": chance.randint(1, 5)}, {"deadline": f"20{chance.randint(26, 40)}"}, {"quantity": word},
        {"instruments": (f"Code {word[:2]}", "River Bridges Fund")}, {"missing": ("owner",)},
        {"note": Note(word, "begun", "nothing")}, {"end": item.end - 1}, {"start": item.start + 1},
    ])  # fmt: skip
    return Edits({one.pk: one.revision}, {one.pk: {item.key: fields}})


def random_change(chance: random.Random, draft: Draft) -> Edits:
    """Something done to one commitment: split, merged, decided, added."""
    one = chance.choice([part for part in held(draft) if part.held])
    key = chance.choice(one.held).key
    at = chance.randrange(1, len(one.provision.words))
    change: Callable[[editing.Items, str], editing.Items] = chance.choice([
        lambda items, words: editing.split(items, key, at, words),
        lambda items, _words: editing.merge(items, key),
        lambda items, _words: editing.decide(items, key, "accepted"),
        lambda items, _words: editing.decide(items, key, "rejected", "not one"),
        lambda items, _words: editing.decide(items, key, "suggested"),
        lambda items, words: editing.add(items, at, min(len(words), at + 20), words),
    ])  # fmt: skip
    return Edits({one.pk: one.revision}, changes={one.pk: change}, says="something")


def take_random_step(chance: random.Random, draft: Draft, by: User) -> None:
    """One step of any kind; one that the rules refuse is no step."""
    document = Document.objects.get(pk=draft.pk)
    name = chance.choice(actions_of_details)
    word = f"w{chance.randrange(1000)}"
    said: dict[str, Any] = {name: {"kind": "declaration", "adopted": "2024"}.get(name, word)}
    details = replace(details_of(document), **said)
    parties = replace(details, parties=tuple(chance.sample(["KOR", "THA", "VNM"], 2)))
    steps: list[Callable[[], object]] = [
        lambda: drafts.save(draft, random_typed(chance, draft), by=by),
        lambda: drafts.save(draft, random_change(chance, draft), by=by),
        lambda: accept(draft, by),
        lambda: describe(draft, details, by=by),
        lambda: describe(draft, parties, by=by),
        lambda: publications.publish(draft, by=by),
        lambda: hide(document, "for a while", by=by),
        lambda: show_again(document, by=by),
    ]
    try:
        chance.choices(steps, weights=(4, 3, 4, 1, 1, 5, 1, 1))[0]()
    except (BadEdit, EditConflict):
        return


actions_of_details = ("title", "short_title", "kind", "adopted", "place", "language", "summary")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_any_steps_undone_to_the_start_and_done_again_to_the_end(seed: int, tmp_path: Path) -> None:
    owner = User.objects.create_superuser("owner")
    Party.objects.bulk_create(Party(id=key, name=key, short_name=key, kind="state") for key in ("KOR", "THA", "VNM"))
    river = take_in(RIVER, "river.txt", "river-2024", by=owner)
    chance = random.Random(seed)
    states = {0: exported(tmp_path)}
    for _ in range(30):
        take_random_step(chance, river, owner)
        taken = river.steps.filter(turns=None).count()
        if taken not in states:
            states[taken] = exported(tmp_path)
    assert river.steps.filter(publishes=True).count() >= 2
    end = max(states)
    for count in range(end, 0, -1):
        drafts.undo(river, by=owner)
        assert exported(tmp_path) == states[count - 1], count
    assert Document.objects.get(pk=river.pk).public is False
    for count in range(1, end + 1):
        drafts.redo(river, by=owner)
        assert exported(tmp_path) == states[count], count
