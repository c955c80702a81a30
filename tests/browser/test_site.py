"""Every page in a real browser: no violation, no broken link, no other host, whole at any width, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from lxml.html import document_fromstring
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.assessments.example import people, seed
from held_rows import laid
from people import person
from register_fixtures import PASSWORD, with_figures

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]

PAGES = (
    "/",
    "/agreements",
    "/agreements/asean-rok-2019",
    "/agreements/asean-rok-2019/commitments",
    "/agreements/asean-rok-2019/commitments?kind=reaffirmation&q=ageing",
    "/agreements/asean-rok-2019/commitments?q=nothing-matches-this",
    "/agreements/asean-rok-poa-2021",
    "/agreements/asean-rok-2019/4.1",
    "/agreements/asean-rok-2019/4.3b",
    "/agreements/asean-rok-2019/section-4",
    "/agreements/asean-rok-2019/claims",
    "/agreements/asean-rok-2019/activities",
    "/agreements/asean-rok-2019/money",
    "/agreements/asean-rok-2019/targets",
    "/agreements/asean-rok-2019/indicators",
    "/agreements/asean-rok-2019/5.4",
    "/agreements/asean-rok-2019/ratings",
    "/parties/KOR/ratings",
    "/indicators/i-undernourishment",
    "/indicators/i-development-gap",
    "/indicators/i-median-age",
    "/parties/KHM/indicators",
    "/agreements/asean-rok-2019/instruments",
    "/agreements/asean-rok-2019/meetings",
    "/agreements/asean-rok-2019/suggest",
    "/activities/a-006",
    "/claims/c-031",
    "/lineage",
    "/parties",
    "/parties/KOR",
    "/sources/s-mofa-akcf-en",
    "/search?q=air",
    "/search?q=zzzz",
    "/methodology",
    "/about",
    "/accessibility",
    "/components",
    "/sign-in",
    "/no-such-page",
)
DOC = "/agreements/asean-rok-2019"
KEPT = (
    *(DOC + part for part in ("", "/4.3", "/claims", "/activities", "/records")),
    *(f"{DOC}/records/{noun}/new" for noun in ("meeting", "fund-figure", "lineage-edge")),
    "/claims/c-031",
    "/activities/a-006",
    "/catalogue",
)
"""Pages on which somebody who keeps the register sees more than others."""
LOOKS: list[tuple[int, int, Literal["light", "dark"]]] = [(1280, 900, "light"), (390, 844, "dark")]
"""Both widths and both schemes: contrast hangs on the scheme alone, the fit on the width alone."""


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with the bundled register and, on two paragraphs, words of our own as official ones."""
    laid("figures", partial(with_figures, bundled))
    document = Document.objects.get(pk="asean-rok-2019")
    people(document, "KOR")
    seed(document)
    for num in ("4.1", "4.3"):
        provision = Provision.objects.get(id=f"asean-rok-2019/{num}")
        provision.words = ("Words of ours that stand in for the official ones. " * 12)[: provision.length]
        provision.save()
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def faults(page: Page, axe: Callable[[Page], list[str]]) -> Iterator[str]:
    """Yield what is wrong with a page that is open, in both looks: it is fetched and drawn once."""
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        yield from axe(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            yield f"{overflow} px wider than the screen of {width}"


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])
def test_no_violation_and_nothing_wider_than_the_screen(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], half: int
) -> None:
    page = new_page()
    for path in PAGES[half::2]:
        page.goto(site + path)
        assert list(faults(page, axe)) == [], path


@pytest.mark.long
def test_what_those_who_keep_the_register_see_has_no_violation_either(
    site: str, new_page: NewPage, sign_in: SignIn, axe: Callable[[Page], list[str]]
) -> None:
    person("keeper", Role.ADMINISTRATOR, password=PASSWORD)
    page = sign_in(new_page(), "keeper")
    for path in KEPT:
        answer = page.goto(site + path)
        assert answer is not None and answer.status == 200, path
        assert list(faults(page, axe)) == [], path


@pytest.mark.long
def test_every_link_leads_somewhere(site: str) -> None:
    client, waiting, seen = Client(), [site + path for path in PAGES if path != "/no-such-page"], set[str]()
    while waiting:
        address = urldefrag(waiting.pop()).url
        if address in seen or urlsplit(address).netloc != urlsplit(site).netloc:
            continue
        seen.add(address)
        answer = client.get(address.removeprefix(site) or "/")
        assert answer.status_code == 200, address
        if answer["Content-Type"].startswith("text/html"):
            page = document_fromstring(answer.content)
            links = [str(one.get("href")) for one in page.iter("a") if one.get("href")]
            ids = {str(one.get("id")) for one in page.iter() if one.get("id")}
            assert {link[1:] for link in links if link.startswith("#") and len(link) > 1} <= ids, address
            waiting += [urljoin(address, link) for link in links if "?" not in link or len(seen) < 60]
    assert len(seen) > 300


def test_a_reader_gets_from_the_question_to_the_official_words(site: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(site)
    page.get_by_role("searchbox").fill("air services")
    page.get_by_role("button", name="Search").click()
    page.locator("main a[href='/agreements/asean-rok-2019/4.3b']").first.click()
    expect(page).to_have_url(f"{site}/agreements/asean-rok-2019/4.3b")
    expect(page.locator("h1")).to_have_count(1)
    page.goto(f"{site}/agreements/asean-rok-2019/4.3")
    expect(page.locator(".official mark")).to_have_count(2)


def test_the_keyboard_reaches_the_content_first(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
