"""A static edition in a real browser, opened as a folder: it asks for nothing outside, and its search works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import read_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.edition.making import publish
from followthrough.web.exchange.importing import import_pack
from followthrough.web.kit.wording import fold
from followthrough.web.search.spelling import allowed, family, letters, near
from held_rows import laid
from support import REPOSITORY

pytestmark = pytest.mark.slow
NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def _meant(word: str, known: list[tuple[str, int]]) -> list[str]:
    """Return the known words with the fewest errors, as the site offers them."""
    levels = (near(word, known, errors) for errors in range(1, allowed(word) + 1))
    return next((found for found in levels if found), [])


def _typing_errors_are_mended(page: Page, search: str) -> None:
    """An edition offers the words that the site offers, and says where what is found is another word's."""
    known = page.evaluate("async () => await shard('near')")
    assert known == sorted(known) and len(known) > 100
    slips = [
        slip
        for word in known[:: max(1, len(known) // 40)]
        if len(word) > 4
        for slip in (word[1:], word[:2] + "x" + word[2:], word[0] + word[2] + word[1] + word[3:], word[:-2] + "qq")
    ]
    offered = page.evaluate("(slips) => slips.map((slip) => near(slip, arrived.get('near')))", slips)
    assert offered == [_meant(slip, [(word, letters(word)) for word in known]) for slip in slips]
    for typed, meant in (("cleen waters", "clean waters"), ("crosings", "crossings")):
        page.goto(f"{search}?q={typed}")
        expect(page.locator("[data-status]")).to_contain_text(f"Nothing has “{typed}” as it is written. Found")
        expect(page.locator("[data-status]")).to_contain_text(f"for “{meant}”")
        expect(page.locator("[data-found] > li").first).to_be_visible()


@pytest.mark.django_db
def test_a_folder_is_searched_without_a_server(new_page: NewPage, page_log: Any, axe: Axe, tmp_path: Path) -> None:
    laid("lake", lambda: import_pack(read_pack(REPOSITORY / "tests" / "lake_accord"), by=SYSTEM))
    publish(tmp_path)
    page, asked = new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.locator("#q").fill("CROSSINGS clean waters")
    page.get_by_role("button", name="Search").click()
    hits = page.locator("[data-found] > li")
    expect(page.locator("[data-status]")).to_contain_text("Found")
    expect(hits.first).to_be_visible()
    assert axe(page) == []
    hits.first.get_by_role("link").click()
    expect(page.locator("main h1").first).to_be_visible()
    assert axe(page) == []
    root = tmp_path.as_uri()
    assert [url for url in asked if not url.startswith(root)] == []
    page.goto(f"{root}/search/index.html?q=zzzz")
    expect(page.locator("[data-status]")).to_contain_text("Nothing in this edition")
    for address in ("edition/restore/index.html", "edition/a-z/index.html", "edition/pack-format/index.html"):
        page.goto(f"{root}/{address}")
        assert axe(page) == [], address
    folded = page.context.new_page()
    folded.goto(f"{root}/search/index.html")
    words = [
        "Sécurité",
        "cyber-security",
        "labour",
        "Programmes’",
        "travellers",
        "ﬁsheries",
        "Straße",
        "한국",
        "4.3(a)",
        "ΣΊΣΥΦΟΣ",
    ]
    said = folded.evaluate(
        "async (words) => { const folding = new Folding(await shard('rules'));"
        "return words.map((word) => [folding.fold(word), folding.family(folding.fold(word))]); }",
        words,
    )
    assert said == [[fold(word), list(dict.fromkeys(family(fold(word))))] for word in words]
    _typing_errors_are_mended(folded, f"{root}/search/index.html")
    complaints = [said for said in page_log.console if "connect-src" not in said]  # axe reads stylesheets again
    page_log.console.clear()
    assert complaints == []
