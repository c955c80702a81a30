"""A number that is searched for opens the place that bears it, and everything else that has it is one step away."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import override_settings

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.pages.numbered_places import parts_of_number, place_numbered
from followthrough.web.search.query import search

D = "asean-rok-2019"


WRITTEN = ["4.3", " 4.3 ", "4(3)", "4 (3)", "para 4.3", "Para. 4.3", "paragraph 4.3", "§4.3", "§ 4.3", "no. 4.3"]


def place(key: str, num: str, position: int = 900, title: str = "T") -> Provision:
    document = key.partition("/")[0]
    return Provision.objects.create(
        id=key, document_id=document, eid=f"p{position}", kind="paragraph", num=num, position=position, title=title
    )


@pytest.mark.parametrize("q", [*WRITTEN, "４.３"])
def test_a_number_opens_its_provision(register: Document, client: Client, q: str) -> None:
    answer = client.get("/search", {"q": q})
    assert answer.status_code == 302 and answer["Location"].startswith(f"/agreements/{D}/4.3?found="), q
    page = client.get(answer["Location"]).content.decode()
    assert 'id="found-by"' in page and "All results for" in page


@pytest.mark.parametrize("q", ["4.3a", "4.3 a", "4.3(a)", "4(3)(a)", "para 4.3 (a)"])
def test_the_number_of_a_commitment_opens_that(register: Document, client: Client, q: str) -> None:
    assert client.get("/search", {"q": q})["Location"].startswith(f"/agreements/{D}/4.3a?")


def test_the_way_back_shows_everything_with_the_number(register: Document, client: Client) -> None:
    for also in ("all", "only", "kind"):
        answer = client.get("/search", {"q": "4.3", also: "1"})
        assert answer.status_code == 200 and "4.3b" in answer.content.decode()
    assert client.get("/search.json", {"q": "4.3"}).json()["count"] > 1
    assert 'id="found-by"' not in client.get(f"/agreements/{D}/4.3").content.decode()
    hostile = client.get(f"/agreements/{D}/4.3", {"found": '"><script>'}).content.decode()
    assert "<script>" not in hostile


@pytest.mark.parametrize("q", ["4", "2025", "4.30", "air 4.3", "4.3 air", "4.3ab", "2019-11", "", "4..", "v4.3"])
def test_other_queries_are_searched_for(register: Document, client: Client, q: str) -> None:
    assert client.get("/search", {"q": q}).status_code == 200


def test_a_number_of_two_agreements_opens_that_of_the_featured_one(
    register: Document, draft: Document, editor: User
) -> None:
    other = Document.objects.create(id="lakes", title="L", short_title="L", kind="statement", public=True)
    for at, key in enumerate(("lakes/4.3", "lakes/9.9", "draft-2030/9.9", "draft-2030/8.8")):
        place(key, key.partition("/")[2], at)
    assert place_numbered("4.3", SYSTEM) == f"{D}/4.3", "the agreement with most evidence"
    with override_settings(FEATURED=other.pk):
        assert place_numbered("4.3", SYSTEM) == "lakes/4.3"
    assert place_numbered("9.9", SYSTEM) == "", "neither is the featured one"
    Provision.objects.filter(document=other, num="9.9").delete()
    assert place_numbered("9.9", editor) == "draft-2030/9.9"


def test_what_is_not_published_is_opened_by_no_number(draft: Document, client: Client, editor: User) -> None:
    place("draft-2030/8.8", "8(8)")
    assert client.get("/search", {"q": "8.8"}).status_code == 200
    client.force_login(editor)
    assert client.get("/search", {"q": "8.8"})["Location"].startswith("/agreements/draft-2030/8.8?")


def test_parts() -> None:
    assert parts_of_number("Article 9 (a)") == ("9", "a") and parts_of_number("§ 12") == ("12",)
    assert parts_of_number("1.1(1)") == ("1", "1", "1") and parts_of_number("12") == ()
    assert parts_of_number("no") == parts_of_number("note 4.3") == parts_of_number("section") == ()


def test_a_rare_word_beside_a_common_one_is_asked_about(register: Document, client: Client) -> None:
    place(f"{D}/9.9", "9.9", title="The coperation of few")
    record("somebody", EventType.CATALOGUE_PUBLISHED, "document", register.pk)
    found = search(SYSTEM, "coperation")
    assert (found.total, found.perhaps, found.instead) == (1, "cooperation", "")
    page = client.get("/search", {"q": "coperation"}).content.decode()
    assert "Did you mean" in page and 'href="?q=cooperation"' in page
    assert search(SYSTEM, "coperation", only=True).perhaps == "" == search(SYSTEM, "cooperation").perhaps
