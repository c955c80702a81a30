"""Everything of an agreement is entered in the browser: its parties first."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, DocumentParty, Party
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.records.actions import parties
from followthrough.web.records.pickers import Option, Picker, party_picker
from followthrough.web.workbench.actions.uploads import take_in
from web_forms import stamped

NOTHING = {"short_name": "", "name": ""}


@pytest.fixture
def officer(draft: Document, client: Client) -> User:
    """An editor of one draft, signed in."""
    user = User.objects.create_user("officer")
    grant_role(user, Role.EDITOR, by=SYSTEM, document=draft)
    client.force_login(user)
    return user


def test_a_picker_finds_what_is_meant() -> None:
    picker = Picker(
        "x", (Option("CIV", "Côte d’Ivoire", ("CI", "Ivory Coast")), Option("NER", "Niger"), Option("NGA", "Nigeria"))
    )
    assert [one.id for one in picker.find("ivory coast")] == ["CIV"]
    assert [one.id for one in picker.find("COTE")] == ["CIV"]
    assert [one.id for one in picker.find("niger")] == ["NER"]
    assert [one.id for one in picker.find("nig")] == ["NER", "NGA"]
    assert [one.id for one in picker.find("Nigeria (NGA)")] == ["NGA"]
    assert picker.find(" ") == []
    problems: dict[str, str] = {}
    assert picker.resolve("a", {"a": "nig", "a.is": "NGA"}, problems) == "NGA"
    assert problems == {}
    assert picker.resolve("a", {"a": "nig"}, problems) == ""
    assert picker.resolve("b", {"b": "Atlantis"}, problems) == ""
    assert set(problems) == {"a", "b"}


def test_four_states_and_an_organisation_that_the_register_lacks_become_parties(
    draft: Document, officer: User, client: Client
) -> None:
    page = f"/agreements/{draft.pk}/parties"
    assert "No party is on record yet" in client.get(page).content.decode()
    form = {"do": "name", "party1": "Kenya", "party2": "UGA", "party3": "rwanda", "party4": "Burundi (BDI)",
            "parties.short_name": "IGAD", "parties.name": "Intergovernmental Authority on Development"}  # fmt: skip
    assert stamped(client, page, form).status_code == 302
    signed = set(DocumentParty.objects.filter(document=draft).values_list("party_id", flat=True))
    assert signed == {"KEN", "UGA", "RWA", "BDI", "IGAD"}
    assert Party.objects.get(pk="KEN").kind == "state"
    assert Party.objects.get(pk="IGAD").kind == "organisation"
    said = AuditEvent.objects.filter(verb="signatory.named", target=draft.pk)
    assert {one.detail["party"] for one in said} == signed
    assert "5 parties are on record" in client.get(page).content.decode()
    again = stamped(client, page, {"do": "name", "party1": "Kenya"})
    assert again.status_code == 302
    assert AuditEvent.objects.filter(verb="signatory.named").count() == 5


def test_what_is_not_known_or_means_several_is_said_at_its_field_and_kept(
    draft: Document, officer: User, client: Client
) -> None:
    page = f"/agreements/{draft.pk}/parties"
    answer = stamped(client, page, {"do": "name", "party1": "Guinea B", "party2": "United", "party3": "Atlantis"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Atlantis"' in said
    assert 'name="party2.is" value="GBR"' in said
    assert not DocumentParty.objects.filter(document=draft).exists()
    form = {"do": "name", "party1": "Guinea B", "party2": "United", "party2.is": "GBR"}
    assert stamped(client, page, form).status_code == 302
    assert set(DocumentParty.objects.filter(document=draft).values_list("party_id", flat=True)) == {"GNB", "GBR"}


def test_a_party_is_taken_off_with_a_reason_alone(draft: Document, officer: User, client: Client) -> None:
    page = f"/agreements/{draft.pk}/parties"
    parties.name_parties(draft, ["KEN", "UGA"], NOTHING, by=officer)
    assert stamped(client, page, {"do": "strike", "signed": "KEN", "reason": " "}).status_code == 422
    assert stamped(client, page, {"do": "strike", "signed": "KEN", "reason": "It did not sign."}).status_code == 302
    assert parties.parties_stamp(draft.pk) != ""
    assert list(DocumentParty.objects.filter(document=draft).values_list("party_id", flat=True)) == ["UGA"]
    (event,) = AuditEvent.objects.filter(verb="signatory.struck")
    assert event.detail == {"party": "KEN", "reason": "It did not sign."}


def test_strangers_and_who_was_overtaken_change_no_party(
    draft: Document, officer: User, stranger: User, client: Client
) -> None:
    with pytest.raises(NotAllowed):
        parties.name_parties(draft, ["KEN"], NOTHING, by=stranger)
    seen = parties.parties_stamp(draft.pk)
    parties.name_parties(draft, ["UGA"], NOTHING, by=officer, seen=seen)
    with pytest.raises(EditConflict):
        parties.name_parties(draft, ["KEN"], NOTHING, by=officer, seen=seen)
    with pytest.raises(InvalidEntry, match="no party"):
        parties.name_parties(draft, ["XXX"], NOTHING, by=officer)
    assert not Party.objects.filter(pk="KEN").exists()
    client.force_login(stranger)
    assert client.get(f"/agreements/{draft.pk}/parties").status_code == 404


def test_every_state_of_the_world_can_be_picked(db: None) -> None:
    assert len(party_picker().options) > 190


def test_the_details_of_a_draft_take_parties_that_the_register_lacks(db: None, client: Client) -> None:
    keeper = User.objects.create_superuser("keeper")
    client.force_login(keeper)
    held = take_in(
        b"Joint Declaration on Lakes\n\n1. Protect the shores of the lake.\n", "lakes.txt", "lakes", by=keeper
    )
    page = f"/catalogue/{held.pk}/details"
    said = {"do": "save", "title": "Joint Declaration on Lakes", "short_title": "Lakes", "kind": "declaration"}
    wrong = stamped(client, page, {**said, "party1": "Kenya", "party2": "Atlantis"})
    assert wrong.status_code == 422
    assert 'value="Atlantis"' in wrong.content.decode()
    assert not Party.objects.filter(pk="KEN").exists()
    assert stamped(client, page, {**said, "party1": "Kenya", "party2": "Uganda"}).status_code == 302
    signed = DocumentParty.objects.filter(document=held.document_id)
    assert set(signed.values_list("party_id", flat=True)) == {"KEN", "UGA"}
    assert stamped(client, page, {**said, "parties": ["KEN"]}).status_code == 302
    assert list(signed.values_list("party_id", flat=True)) == ["KEN"]
