"""An officer enters what a text needs in a real browser: its parties, source, target, instrument and a ratification."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document, PartyEvent
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

NewPage = Callable[..., Page]
DOC = "asean-rok-2019"
RECORDS = f"/agreements/{DOC}/records"
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
SOURCE = {"sources.url": "https://lake.example/convention", "sources.title": "Convention on the Lake",
          "sources.publisher": "Lake Commission", "sources.published": "14 March 2026"}  # fmt: skip


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with the bundled register and an officer who keeps it."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    grant_role(User.objects.create_user("officer", password=PASSWORD), Role.EDITOR, by=SYSTEM)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_an_officer_enters_all_that_a_text_needs(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], script: bool, width: int
) -> None:
    page = new_page(width=width, java_script_enabled=script)

    def fill(texts: dict[str, str], button: str = "Save") -> None:
        if script:
            assert axe(page) == [], page.url
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for name, text in texts.items():
            page.locator(f"[name='{name}']").first.fill(text)
        page.get_by_role("button", name=button, exact=True).click()

    page.goto(f"{site}/sign-in")
    page.fill("[name=username]", "officer")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").last.click()
    # Four parties that the register lacks, one of them named so that several are meant.
    page.goto(f"{site}/agreements/{DOC}/parties")
    parties = {"party1": "Kenya", "party2": "UGA", "party3": "Burundi (BDI)", "party4": "United"}
    fill(parties, "Add these parties")
    expect(page.locator("[name=party1]")).to_have_value("Kenya")
    page.get_by_role("radio", name="United Arab Emirates (ARE)").check()
    fill({}, "Add these parties")
    expect(page.get_by_role("checkbox", name="United Arab Emirates")).to_be_attached()
    assert set(Document(pk=DOC).signatories.values_list("party_id", flat=True)) >= {"KEN", "UGA", "BDI", "ARE"}
    # What was typed stands where it cannot be saved; then the target is on record.
    page.goto(f"{site}{RECORDS}/target/new")
    target = {"targets.statement": "Cut discharge by 40 per cent.", "targets.value": "40", "targets.due": "soon",
              "linked": "4.3", "links.rationale": "It sets the figure.", **SOURCE}  # fmt: skip
    page.locator("[name='sources.publisher_kind']").select_option("joint_organ")
    fill(target)
    expect(page.locator("[name='targets.statement']")).to_have_value("Cut discharge by 40 per cent.")
    fill({"targets.due": "31 December 2030"})
    expect(page.get_by_text("Cut discharge by 40 per cent").first).to_be_attached()
    # The source of the document: the one just made is found by words of its title.
    page.goto(f"{site}{RECORDS}/document/{DOC}")
    fill({"sources.url": "convention on the lake", "reason": "It is the deposited copy."})
    expect(page).to_have_url(re.compile(f"/agreements/{DOC}$"))
    assert Document.objects.get(pk=DOC).source.url == SOURCE["sources.url"]  # type: ignore[union-attr]
    # An instrument, and its ratification by one of the new parties.
    page.goto(f"{site}{RECORDS}/instrument/new")
    page.locator("[name='instruments.kind']").select_option("treaty")
    fill({"instruments.name": "Lake Convention", "linked": "4.3", "links.rationale": "The paragraph cites it."})
    page.goto(f"{site}{RECORDS}/treaty-action/new")
    page.locator("[name='party_events.event']").select_option("ratified")
    fill({"party_events.instrument": "lake conv", "party_events.party": "Kenya", "party_events.date": "March 2026",
          "sources.url": SOURCE["sources.url"]})  # fmt: skip
    expect(page).to_have_url(re.compile("of=treaty-action"))
    event = PartyEvent.objects.get(instrument="lake-convention")
    assert (event.party_id, event.event, event.date) == ("KEN", "ratified", "2026-03")
    # From the lists the way leads back to what was entered.
    page.goto(f"{site}/agreements/{DOC}/targets")
    expect(page.locator("a", has_text="Add or correct")).to_have_count(1)
