"""On a phone the links of the site and of an agreement fold into one row each, and work without a script."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

NewPage = Callable[..., Page]
LONGEST = 6_000
"""Pixels of a page on a phone before anything is unfolded."""
HEAD = 163
"""Pixels above the first heading of a page of an agreement on a phone, at most."""


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with the bundled register."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def test_navigation_folds_on_a_phone_and_opens_without_a_script(site: str, new_page: NewPage) -> None:
    page = new_page(width=390, java_script_enabled=False)
    for path in ("/agreements/asean-rok-2019/4.3", "/agreements/asean-rok-2019/claims", "/agreements/asean-rok-2019"):
        page.goto(site + path)
        first = page.locator("main h1, main .eyebrow").first.bounding_box()
        assert first is not None
        assert first["y"] <= HEAD, path
    expect(page.get_by_role("link", name="Parties")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Parties").click()
    expect(page).to_have_url(f"{site}/parties")
    page.goto(f"{site}/agreements/asean-rok-2019/claims")
    page.get_by_text("Joint Vision Statement 2019: Evidence").click()
    page.get_by_role("navigation", name="Parts of Joint Vision Statement 2019").get_by_role(
        "link", name="Money"
    ).click()
    expect(page).to_have_url(f"{site}/agreements/asean-rok-2019/money")


def test_a_paragraph_and_a_party_are_no_longer_than_a_phone_bears(site: str, new_page: NewPage) -> None:
    page = new_page(width=390)
    for path in ("/agreements/asean-rok-2019/4.3", "/agreements/asean-rok-2019/2.5", "/parties/KOR"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST, path


def test_navigation_is_an_open_row_on_a_wide_screen(site: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/agreements/asean-rok-2019/claims")
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Parties")).to_be_visible()
    expect(page.get_by_role("link", name="Targets")).to_be_visible()
