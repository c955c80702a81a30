"""Coders rate four times each, blind, by mouse or by keys; the chair sees who is done and what they differ on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.actions import notes, rounds
from followthrough.web.assessments.actions.rounds import Plan
from people import person
from register_fixtures import PASSWORD

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]
KEYS = ("asean-rok-2019/1.4a", "asean-rok-2019/4.3b")


def opened(document: Document) -> str:
    """Open a round of four ratings for two coders and a chair; return its id."""
    for name, role in {"anna": Role.ASSESSOR, "ben": Role.ASSESSOR, "chair": Role.COORDINATOR}.items():
        person(name, role, document, password=PASSWORD)
    for key in KEYS:
        notes.write_note(Commitment.objects.get(pk=key), "all of it", "some of it", "none of it", by=SYSTEM)
    plan = Plan("Funds and flights", "g20-2009", KEYS, ("KOR", "SGP"), ("anna", "ben"))
    return str(rounds.open_round(document, plan, by=SYSTEM).pk)


def rated(page: Page, script: bool, value: str) -> None:
    """Give the rating that is open, by keys where there is a script."""
    expect(page.get_by_text("You cannot see another coder's value")).to_be_visible()
    page.locator("input[name=claims]").first.check()
    choice = page.get_by_label(value)
    if script:
        page.locator("h1").click()
        page.keyboard.press(choice.get_attribute("data-key") or "")
        expect(choice).to_be_checked()
    else:
        choice.check()
    page.get_by_label("Why?").fill("The item that is ticked says so.")
    if script:
        page.keyboard.press("Control+Enter")
        page.wait_for_load_state()
    else:
        page.get_by_role("button", name="Submit and go to the next").click()


@pytest.mark.parametrize("script", [True, False])
def test_two_coders_rate_four_times_each_and_the_chair_sees_what_they_differ_on(
    register_site: str, new_page: NewPage, sign_in: SignIn, script: bool
) -> None:
    key = opened(Document.objects.get(pk="asean-rok-2019"))
    page = new_page(java_script_enabled=script)
    for name, values in {"anna": ["Full"] * 4, "ben": ["Full", "Full", "Partial", "Full"]}.items():
        sign_in(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_text("4 ratings to give")
        page.get_by_role("link", name="Rate the next").click()
        page.get_by_role("link", name="Go on with the next").click()
        for done, value in enumerate(values, 1):
            expect(page.locator(".eyebrow")).to_contain_text(f"Rating {done} of 4")
            rated(page, script, value)
        expect(page.get_by_text("4 of 4 submitted.")).to_be_visible()
    sign_in(page, "chair")
    page.get_by_role("link", name="Funds and flights").first.click()
    expect(page).to_have_url(f"{register_site}/assessments/{key}")
    page.get_by_role("button", name="Make final: 3 ratings on which all agree").click()
    expect(page.get_by_text("3 of 4 ratings are final")).to_be_visible()
    expect(page.locator("section[aria-labelledby=disputed] article")).to_have_count(1)
