"""A whole round of evidence in a real browser, with and without scripts: said by a reader, entered, moved, counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.exchange.importing import import_pack
from held_rows import laid
from register_fixtures import PASSWORD

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]
DOC = "/agreements/asean-rok-2019"


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with the bundled register and somebody who keeps it."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    owner = User.objects.create_user("owner", password=PASSWORD)
    grant_role(owner, Role.EDITOR, by=SYSTEM)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_a_round(
    site: str, new_page: NewPage, sign_in: SignIn, axe: Callable[[Page], list[str]], script: bool, width: int
) -> None:
    page = new_page(width=width, java_script_enabled=script)

    def clean() -> None:
        if script:
            assert axe(page) == [], page.url

    # A reader says that something is missing; it goes to a queue.
    page.goto(f"{site}{DOC}/4.3")
    page.get_by_role("link", name="Say so").click()
    clean()
    page.locator("[name=text]").fill("The air talks ended in September 2026.")
    page.locator("[name=url]").fill("https://news.example/air-talks")
    page.locator("main form button").last.click()
    expect(page).to_have_url(re.compile("sent=yes"))
    # An editor takes it up,
    sign_in(page, "owner")
    page.goto(f"{site}{DOC}/suggestions")
    expect(page.locator("blockquote").get_by_text("The air talks ended in September 2026.")).to_have_count(1)
    clean()
    # enters the claim with its source,
    before = rung(site, "asean-rok-2019/4.3b")
    page.goto(f"{site}{DOC}/claims/new?for=asean-rok-2019/4.3b")
    clean()
    for name, text in {
        "sources.url": "https://news.example/air-talks", "sources.title": "Air talks end",
        "sources.publisher": "Harbour News", "sources.published": "2025-10-01",
        "claims.statement": "The two sides signed an air services agreement.", "claims.date": "2026-09-30",
        "links.rationale": "It is the agreement that the commitment names.",
    }.items():  # fmt: skip
        page.locator(f"[name='{name}']").fill(text)
    page.locator("[name='claims.kind']").select_option("agreement")
    page.locator("#parties > summary").click()
    for party in ("ASEAN", "KOR"):  # an agreement is made by both sides
        page.locator(f"[name=parties][value={party}]").check()
    page.get_by_role("button", name="Save the evidence").click()
    expect(page.get_by_text("The two sides signed an air services agreement.").first).to_be_attached()
    # answers the reader,
    page.goto(f"{site}{DOC}/suggestions")
    page.get_by_label("Already there").first.check()
    page.get_by_label("Which evidence item").first.fill("c-001")
    page.locator("[name=answer]").first.fill("Entered, with thanks.")
    page.locator("main form button").first.click()
    # and the coverage has moved.
    assert before == "planned"
    assert rung(site, "asean-rok-2019/4.3b") == "output delivered"
    assert Client().get("/search.json", {"q": "signed an air services agreement"}).json()["count"] >= 1


def rung(site: str, commitment: str) -> str:
    """Return the rung of a commitment by what is published."""
    found = Client().get(f"{DOC}.json", {"unit": "commitments"}).json()["coverage"]["places"]
    return str(found[commitment.partition("/")[2]])


@pytest.mark.parametrize("script", [True, False])
def test_an_activity_is_moved_on(
    site: str, new_page: NewPage, sign_in: SignIn, axe: Callable[[Page], list[str]], script: bool
) -> None:
    Activity.objects.filter(pk="a-010").update(state="running")
    page = new_page(java_script_enabled=script)
    sign_in(page, "owner")
    page.goto(f"{site}/activities/a-010")
    if script:
        assert axe(page) == []
    page.locator("#state").select_option("cancelled")
    page.locator("#date-move").fill("2026-11-01")
    page.get_by_role("button", name="Move it on").click()
    expect(page.get_by_text("say why it is cancelled").first, "a stop needs its reason").to_be_attached()
    assert page.locator("#date-move").input_value() == "2026-11-01", "what was typed is kept"
    page.locator("#state").select_option("implemented")
    page.get_by_role("button", name="Move it on").click()
    expect(page.locator(".cycle [aria-current=step]")).to_have_text(re.compile("^implemented"))
    expect(page.get_by_text("31 Dec 2026"), "the report is due 60 days later").to_have_count(1)


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_evidence_is_revised(
    site: str, new_page: NewPage, sign_in: SignIn, axe: Callable[[Page], list[str]], script: bool, width: int
) -> None:
    page = new_page(width=width, java_script_enabled=script)

    def clean() -> None:
        if script:
            assert axe(page) == [], page.url

    sign_in(page, "owner")
    # A figure was read wrongly: the correction takes its place, and what was said can still be read.
    page.goto(f"{site}/claims/c-031")
    page.get_by_text("Correct it", exact=True).click()
    clean()
    page.locator("[name='claims.value']").fill("104")
    page.locator("#reason-correct").fill("The page was read wrongly.")
    page.get_by_role("button", name="Save the correction").click()
    page.get_by_role("link", name="c-031").click()
    expect(page.get_by_text("The page was read wrongly.").first).to_be_attached()
    clean()
    # Three claims are confirmed at once, after a look at what would change.
    page.goto(f"{site}{DOC}/claims?kind=output")
    for at in range(3):
        page.locator("[name=chosen]").nth(at).check()
    page.get_by_text("Change many at once").click()
    clean()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("h1")).to_have_text("3 of 3 would change")
    clean()
    page.get_by_role("button", name="Change 3 records").click()
    expect(page).to_have_url(re.compile("kind=output"))
    # An activity is entered with its money; a share that would count money twice is refused, and nothing is lost.
    page.goto(f"{site}{DOC}/activities/new?for=asean-rok-2019/4.3b")
    clean()
    for name, text in {
        "activities.title": "Training of customs officers", "activities.budget": "250000", "activities.currency": "USD",
        "sources.url": "https://fund.example/training", "sources.title": "Training", "sources.publisher": "The fund",
        "links.share": "160", "links.rationale": "It trains those who clear the flights.",
    }.items():  # fmt: skip
        page.locator(f"[name='{name}']").fill(text)
    page.get_by_role("button", name="Save the activity").click()
    expect(page.get_by_text("160 is no share").first).to_be_attached()
    page.locator("[name='links.share']").fill("60")
    page.get_by_role("button", name="Save the activity").click()
    expect(page.locator("h1")).to_have_text("Training of customs officers")
    expect(page.get_by_text("60 % of its money is linked")).to_have_count(1)
    clean()
