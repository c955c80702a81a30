"""A focal point sees what is asked, replies to a rating, and puts right what the register says of the country."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.actions import adjudication, notes, ratings, rounds
from followthrough.web.assessments.actions.ratings import RatingInput
from followthrough.web.assessments.actions.rounds import Plan
from people import person
from register_fixtures import PASSWORD

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]
KEY = "asean-rok-2019/4.3b"


def a_rating_waits(document: Document) -> None:
    """Have a round of which the party may reply to one rating."""
    coders = [person(name, Role.ASSESSOR, document) for name in ("anna", "ben")]
    chair = person("chair", Role.COORDINATOR, document)
    notes.write_note(Commitment.objects.get(pk=KEY), "all of it", "some of it", "none of it", by=SYSTEM)
    found = rounds.open_round(document, Plan("Flights", "g20-2009", (KEY,), ("KOR",), ("anna", "ben")), by=SYSTEM)
    cell = found.cells.select_related("assessment", "commitment").get()
    for coder in coders:
        ratings.rate(cell, RatingInput("partial", "It says so.", ("c-124",), "fairly"), by=coder)
    adjudication.adjudicate_agreed(found, by=chair)
    rounds.open_reply(found, 30, by=chair)


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_a_focal_point_replies_and_corrects(
    register_site: str, new_page: NewPage, sign_in: SignIn, script: bool, width: int
) -> None:
    document = Document.objects.get(pk="asean-rok-2019")
    a_rating_waits(document)
    person("focal", Role.CONTRIBUTOR, document, "KOR", password=PASSWORD)
    person("editor", Role.EDITOR, document, password=PASSWORD)
    page = new_page(width=width, java_script_enabled=script)
    # What is asked stands first, with its day; the reply is given two presses later.
    sign_in(page, "focal")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 rating to reply to by")
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_role("link", name="Flights, until").click()
    page.get_by_label("Reply, to be published").fill("Talks are in their last round.")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.get_by_text("Talks are in their last round.").first).to_be_visible()
    # What is said of the country is put right from the item itself, with a source.
    page.goto(f"{register_site}/todo")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")
    page.get_by_role("link", name="name Republic of Korea").click()
    expect(page.locator("h1")).to_contain_text("Republic of Korea")
    page.locator("section[aria-labelledby=newest] a[href^='/claims/']").first.click()
    item = page.url.rpartition("/")[2]
    page.get_by_role("link", name="Say so").click()
    expect(page.get_by_label("What it is about")).to_have_value(item)
    page.locator("[name=text]").fill("The figure is that of 2024; the newer one is in our yearly report.")
    page.locator("[name=url]").fill("https://ministry.example/report")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. It is in the queue.")).to_be_visible()
    # Whoever keeps the register finds it on the first page after signing in, beside the item that it speaks of.
    sign_in(page, "editor")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 reader waits for an answer")
    page.get_by_role("link", name="Answer").first.click()
    page.get_by_role("link", name=f"{item} as it stands").click()
    expect(page).to_have_url(f"{register_site}/claims/{item}")
