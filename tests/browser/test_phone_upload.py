"""A declaration goes from its file to publication on a phone, with days typed as people write them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.test_workbench import TEXT, sign_in, upload
from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with its register and one editor."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    grant_role(User.objects.create_user("editor", password=PASSWORD), Role.EDITOR, by=SYSTEM)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.mark.parametrize("script", [True, False])
def test_a_declaration_is_uploaded_dated_published_and_given_evidence_on_a_phone(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], tmp_path: Path, script: bool
) -> None:
    page = new_page(390, java_script_enabled=script)

    def sound() -> None:
        if script:
            assert axe(page) == [], page.url
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    path = tmp_path / "river.txt"
    path.write_text(TEXT, encoding="utf-8")
    sign_in(page, site)
    upload(page, path)
    sound()
    page.get_by_role("button", name="Accept the rest of this page").click()
    page.wait_for_url("**/catalogue/river-2024/details")
    page.get_by_label("Adopted on").fill("31 February 2026")
    page.get_by_role("button", name="Save the details").click()
    expect(page.locator(".errsum")).to_contain_text("31 February 2026")
    expect(page.get_by_label("Adopted on")).to_have_value("31 February 2026")
    sound()
    page.get_by_label("Adopted on").fill("14 March 2026")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/agreements/river-2024")
    sound()
    held = Document.objects.get(pk="river-2024")
    assert (held.adopted, held.public) == ("2026-03-14", True)

    page.goto(f"{site}/agreements/river-2024/claims/new?for=river-2024/1a")
    sound()
    for name, text in {
        "sources.url": "https://news.example/bridges", "sources.title": "Bridges mended",
        "sources.publisher": "Harbour News", "sources.published": "20 March 2026",
        "claims.statement": "Twelve bridges were mended.", "claims.date": "14 March 2026",
        "links.rationale": "It is what the paragraph promises.",
    }.items():  # fmt: skip
        page.locator(f"[name='{name}']").fill(text)
    page.locator("[name='claims.kind']").select_option("output")
    page.get_by_role("button", name="Save the evidence").click()
    expect(page.get_by_text("Twelve bridges were mended.").first).to_be_attached()
    made = Claim.objects.select_related("source").get(statement="Twelve bridges were mended.")
    assert (made.date, made.source.published) == ("2026-03-14", "2026-03-20")
