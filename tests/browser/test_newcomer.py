"""Somebody who has just started the demo finds all that the README promises, by links alone, in its order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.agreements.models import Document
from followthrough.web.assessments.example import people, seed
from held_rows import laid
from register_fixtures import with_figures

NewPage = Callable[..., Page]
DOC = "asean-rok-2019"


@pytest.fixture
def demo_site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The register as the demo holds it: with figures, with people, and with the example of a round."""
    laid("figures", partial(with_figures, bundled))
    document = Document.objects.get(pk=DOC)
    people(document, "KOR")
    seed(document)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_the_five_minutes_of_the_readme(demo_site: str, new_page: NewPage, script: bool, width: int) -> None:
    page = new_page(width=width, java_script_enabled=script)

    def part(name: str) -> None:
        """Open a part of the agreement, from its row of links or from what folds it on a phone."""
        if width < 896:
            page.locator("details.fold.local summary").click()
        page.get_by_role("navigation", name="Parts of").get_by_role("link", name=name, exact=True).click()

    page.goto(demo_site)
    expect(page.locator("h1")).to_contain_text("of 25 paragraphs")
    expect(page.get_by_role("heading", name="Every document in time")).to_be_visible()
    page.get_by_role("link", name="Open the agreement").click()
    expect(page.get_by_role("heading", name="How far it has come")).to_be_visible()
    part("Commitments")
    expect(page.locator("main")).to_contain_text("46 commitments")
    page.locator("main table a[href$='/4.3a']").first.click()
    expect(page.locator(".cite").first).to_contain_text("commitment 4.3a")
    expect(page.get_by_role("heading", name="History of this record")).to_be_visible()
    part("Indicators")
    expect(page.locator("main")).to_contain_text("indicators have figures")
    part("Ratings")
    expect(page.locator("main")).to_contain_text("Example")
    page.get_by_role("link", name="Method and rules").click()
    expect(page.locator("#rule-C5")).to_be_attached()
