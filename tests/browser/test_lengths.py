"""No page of the demo is longer on a phone than a reader scrolls, before anything is opened; no script is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

NewPage = Callable[..., Page]
CEILING = 6_000
"""Pixels of a page at 390 before anything is opened."""
DOC = "/agreements/asean-rok-2019"
PARTS = (
    "commitments",
    "claims",
    "activities",
    "money",
    "targets",
    "indicators",
    "ratings",
    "instruments",
    "meetings",
    "sources",
    "cycles",
    "papers",
    "life",
)
PAGES = ("/", "/agreements", "/lineage", "/parties", "/methodology", "/about", "/accessibility", "/components",
         "/search?q=cyber", "/search?q=the", "/search/words", "/data", "/data/dictionary", "/roles", "/api/v1/", DOC,
         *(f"{DOC}/{part}" for part in PARTS))  # fmt: skip


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with the bundled register."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def _all_pages() -> list[str]:
    """Return every public page that stands for a kind of its own, and those of all places and parties."""
    client = Client()
    register = client.get(f"{DOC}.json").json()
    places = [one["id"] for one in (*register["provisions"], *register["commitments"])]
    documents = [one["id"] for one in client.get("/agreements.json").json()["documents"]]
    parties = [one["id"] for one in client.get("/parties.json").json()["parties"]]
    sources = {row["source_id"] for row in client.get(f"{DOC}/claims.json?period=all").json()["claims"]}
    busy = sorted(sources)[:3]
    return [
        *PAGES,
        *(f"/agreements/{one}" for one in (*documents, *places)),
        *(f"/parties/{one}{part}" for one in parties for part in ("", "/indicators", "/ratings")),
        *(f"/sources/{one}" for one in busy),
    ]


@pytest.mark.long
def test_no_public_page_is_longer_than_the_ceiling_on_a_phone(site: str, new_page: NewPage) -> None:
    page = new_page(width=390, java_script_enabled=False)
    long = []
    for path in dict.fromkeys(_all_pages()):
        page.goto(site + path)
        box = page.locator("body").bounding_box()
        assert box is not None
        if box["height"] > CEILING:
            long.append((path, round(box["height"])))
    assert long == []


def test_the_rest_of_a_list_opens_on_a_phone_and_is_there_on_a_wide_screen(site: str, new_page: NewPage) -> None:
    phone, wide = new_page(width=390, java_script_enabled=False), new_page(java_script_enabled=False)
    for page in (phone, wide):
        page.goto(f"{site}{DOC}/claims")
    rows = phone.locator("table tbody tr")
    expect(rows.nth(9)).to_be_visible()
    expect(rows.nth(10)).to_be_hidden()
    phone.get_by_text("Show all 50").click()
    expect(rows.nth(49)).to_be_visible()
    expect(wide.locator("table tbody tr").nth(49)).to_be_visible()
    expect(wide.get_by_text("Show all 50")).to_be_hidden()


def test_a_rule_that_an_address_points_at_is_never_away(site: str, new_page: NewPage) -> None:
    page = new_page(width=390, java_script_enabled=False)
    page.goto(f"{site}/methodology")
    rule = str(page.locator(".hits li:nth-child(2)").first.get_attribute("id"))
    expect(page.locator(f"#{rule}")).to_be_hidden()
    page.goto(f"{site}/about")
    page.goto(f"{site}/methodology#{rule}")
    expect(page.locator(f"#{rule}")).to_be_visible()


@pytest.mark.parametrize("path", [DOC, f"{DOC}/4.3", f"{DOC}/money", "/parties/KOR", "/methodology"])
def test_contents_of_a_long_page_stay_in_sight_and_fold_on_a_phone(site: str, new_page: NewPage, path: str) -> None:
    wide = new_page(java_script_enabled=False)
    wide.goto(site + path)
    contents = wide.get_by_role("navigation", name="On this page")
    last = contents.get_by_role("link").last
    last.click()
    expect(last).to_be_in_viewport()
    target = wide.locator(str(last.get_attribute("href")))
    expect(target).to_be_in_viewport()
    bar, heading = contents.bounding_box(), target.bounding_box()
    assert bar is not None
    assert heading is not None
    assert heading["y"] >= bar["y"] + bar["height"] - 1, "the heading is not under the row of links"
    phone = new_page(width=390, java_script_enabled=False)
    phone.goto(site + path)
    links = phone.get_by_role("navigation", name="On this page")
    expect(links).to_be_hidden()
    phone.get_by_text("On this page", exact=True).click()
    links.get_by_role("link").first.click()
    expect(phone.locator("main")).to_be_visible()


@pytest.mark.parametrize("page", [(1280, "light"), (390, "dark")], indirect=True)
def test_columns_and_order_and_what_can_be_taken_are_accessible(
    site: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{site}{DOC}/claims?sort=-grade&columns=id,statement,grade,stance")
    page.get_by_text("Columns and order", exact=True).click()
    page.locator("summary", has_text="Take it with you").click()
    assert axe(page) == []
    page.get_by_label("Recorded").check()
    page.get_by_label("Order", exact=True).select_option("recorded")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("table thead th").last).to_have_text("Recorded")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Recorded")


def test_headings_sort_without_a_script(site: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/parties")
    page.get_by_role("link", name="Evidence items").click()
    page.get_by_role("link", name="Evidence items").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Evidence items")
    counts = [int(text) for text in page.locator("tbody td:nth-child(4)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
