"""The page of a party tells its part in an agreement, and each count is what the rows say."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from followthrough.assess.dates import Time, side
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Party, Provision
from followthrough.web.agreements.parties import documents_signed
from followthrough.web.evidence.models import Claim
from followthrough.web.links.models import Link
from followthrough.web.pages.party_story import PartyStory, story_of

DAY = timezone.localdate().isoformat()


def told(key: str) -> PartyStory:
    story = story_of(key, {one["id"] for one in documents_signed(key, SYSTEM)}, DAY, SYSTEM)
    assert story is not None
    return story


def paragraph_of(provision: Provision) -> str:
    at: Provision | None = provision
    while at is not None and at.kind != "paragraph":
        at = at.parent
    return at.pk if at else provision.pk


def reported(document: Document, key: str) -> set[str]:
    """The paragraphs that a standing item since the adoption is linked to and that names the party, link by link."""
    links = Link.objects.filter(claim__parties__party=key, claim__withdrawn="", withdrawn="")
    found = set()
    for link in links.select_related("claim", "provision", "commitment__provision"):
        place = link.provision or (link.commitment.provision if link.commitment else None)
        since = link.claim and side(link.claim.date, document.adopted) is Time.SINCE
        if since and place and place.document_id == document.pk:
            found.add(paragraph_of(place))
    return found


def test_silence_is_what_no_linked_item_names(register: Document) -> None:
    for key in Party.objects.filter(kind="state").values_list("pk", flat=True):
        story = told(key)
        silent = {one.id for one, _ in story.silent}
        assert story.document.id == register.pk
        assert silent.isdisjoint(reported(register, key))
        assert len(silent) + len(reported(register, key)) == story.paragraphs == 25


def test_an_item_that_is_withdrawn_leaves_the_paragraph_silent(register: Document, client: Client) -> None:
    before = told("VNM")
    place = next(one for one in reported(register, "VNM") if one not in {row.id for row, _ in before.silent})
    gone = {one.id for one in before.items if any(tie.place.startswith(place) for tie in one.ties)}
    Claim.objects.filter(pk__in=gone).update(withdrawn="read wrongly")
    after = told("VNM")
    assert place in {row.id for row, _ in after.silent}
    page = client.get("/parties/VNM").content.decode()
    assert f'data-path="story/silent">{len(after.silent)}</data>' in page


def test_the_twin_holds_the_story_and_a_filter_opens_the_list(register: Document, client: Client) -> None:
    story = client.get("/parties/KOR.json").json()["story"]
    assert story["agreement"] == register.pk
    assert story["reported"] + len(story["silent"]) == story["paragraphs"]
    assert story["items"] >= story["adverse"] > 0
    assert b'<details class="more all">' in client.get("/parties/KOR").content
    assert b'<details class="more all">' not in client.get("/parties/KOR?stance=unfavourable").content


def test_a_party_of_no_catalogued_agreement_has_its_list_alone(register: Document, client: Client) -> None:
    Party.objects.create(id="OTT", name="Land of Otters", short_name="Otters", kind="state")
    assert client.get("/parties/OTT.json").json().get("story") is None
    assert "<h1" in client.get("/parties/OTT").content.decode()
