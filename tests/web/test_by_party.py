"""A paragraph says which parties its evidence names and of which it is silent; what is silent is marked."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.assess.dates import Time, months_free, newest, side
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.models import Claim, Suggestion
from followthrough.web.links.models import Link
from recount import tree_of
from register_fixtures import PASSWORD
from support import said

DOC = "/agreements/asean-rok-2019"


def claims_of(place: str) -> set[Claim]:
    """The standing evidence of a paragraph, link by link."""
    links = Link.objects.filter(claim__withdrawn="", withdrawn="").select_related("claim", "commitment")
    return {
        one.claim
        for one in links
        if one.claim and place in (one.provision_id, one.commitment and one.commitment.provision_id)
    }


@pytest.mark.parametrize("ref", ["4.3", "2.5", "6.1"])
def test_a_paragraph_counts_what_names_each_party(register: Document, client: Client, ref: str) -> None:
    since = [one for one in claims_of(f"{register.pk}/{ref}") if side(one.date, register.adopted) is Time.SINCE]
    counts = client.get(f"{DOC}/{ref}.json").json()["parties"]
    assert len(counts) == 12
    for party, count in counts.items():
        assert count == sum(one.parties.filter(party=party).exists() for one in since), party
    page = client.get(f"{DOC}/{ref}").content.decode()
    tiles = tree_of(page).xpath("//section[@aria-labelledby='parties']//li[contains(@class, 'party')]")
    shown = {tile.xpath(".//b")[0].text_content(): tile.xpath(".//span")[0].text_content() for tile in tiles}
    assert shown == {party: str(count) if count else "silent" for party, count in counts.items()}


def test_what_names_an_organisation_is_counted_for_no_member(register: Document, client: Client) -> None:
    assert "name ASEAN as a whole, and are counted for no member." in said(client.get(f"{DOC}/4.3").content.decode())


def test_paragraphs_silent_for_a_year_are_marked(register: Document, client: Client) -> None:
    section, overview = (tree_of(client.get(address).content.decode()) for address in (f"{DOC}/section-4", DOC))
    text = said(overview.text_content())
    for ref in ("4.1", "4.2"):
        dates = [one.date for one in claims_of(f"{register.pk}/{ref}")]
        row = section.xpath(f"//li[span[text()='{ref}']]")[0].text_content()
        months = months_free(newest(dates, "2026-11-28"), "2026-11-28")
        assert ("silent for" in row) is (months >= 12), ref
    Claim.objects.update(date="2015")
    assert "silent for a year or more: 4.1, 4.2, 4.3, 4.4" in said(client.get(DOC).content.decode())
    assert "4.1, 4.2, 4.3, 4.4" not in text


def test_who_keeps_an_agreement_is_led_to_its_readers(
    register: Document, client: Client, administrator: object
) -> None:
    assert f"{DOC}/suggestions" not in client.get(DOC).content.decode()
    Suggestion.objects.create(document=register, place="c-031", text="It is 98.", at="2026-11-01T00:00Z")
    client.login(username="administrator", password=PASSWORD)
    page = client.get(DOC).content.decode()
    assert f'href="{DOC}/suggestions"' in page and "1 suggestion to answer" in said(page)
    assert '/claims/c-031"' in client.get(f"{DOC}/suggestions").content.decode(), (
        "the item stands beside what is said of it"
    )


def test_an_evidence_item_leads_to_where_one_says_that_it_is_wrong(register: Document, client: Client) -> None:
    assert f'href="{DOC}/suggest?about=c-031"' in client.get("/claims/c-031").content.decode()
    assert 'value="c-031"' in client.get(f"{DOC}/suggest?about=c-031").content.decode()
