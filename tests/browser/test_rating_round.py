"""A whole round in a real browser, with and without a script: note, rating, final rating, reply, result, change."""

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
from followthrough.web.agreements.models import Document, Party
from followthrough.web.exchange.importing import import_pack
from held_rows import laid

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
DOC = "/agreements/asean-rok-2019"
PEOPLE = {"anna": Role.ASSESSOR, "ben": Role.ASSESSOR, "chair": Role.COORDINATOR, "focal": Role.CONTRIBUTOR}


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The bundled register, and everybody that a round needs."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    document = Document.objects.get(pk="asean-rok-2019")
    for name, role in PEOPLE.items():
        user = User.objects.create_user(name, password=PASSWORD)
        party = Party.objects.get(pk="KOR") if role is Role.CONTRIBUTOR else None
        grant_role(user, role, by=SYSTEM, document=document, party=party)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def sign_in(page: Page, site: str, name: str) -> Page:
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button[type=submit], main form button").last.click()
    expect(page.locator("header")).to_contain_text("Sign out")
    return page


def rate(page: Page, site: str, name: str, value: str) -> None:
    """Rate the one cell that a coder has, from the page of ratings on."""
    sign_in(page, site, name).goto(f"{site}{DOC}/ratings")
    page.get_by_role("link", name="your desk").click()
    page.get_by_role("link", name="Go on with the next").click()
    page.get_by_label(value).check()
    page.get_by_role("button", name="Submit and go to the next").click()
    expect(page.locator("body"), "no reason and no claim: refused").to_contain_text("Nothing was saved")
    page.locator("input[name=claims]").first.check()
    page.get_by_label("Why?").fill(f"The first claim says so, thinks {name}.")
    page.get_by_role("button", name="Submit and go to the next").click()
    expect(page.locator("body")).to_contain_text("1 of 1 submitted")


@pytest.mark.parametrize("script", [True, False])
def test_a_round_from_its_note_to_a_change_after_publication(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    looked = new_page(width=390, scheme="dark")
    sign_in(page, site, "chair").goto(f"{site}{DOC}/assessments/new")
    page.locator(f"a[href='{DOC}/notes/4.3b']").click()
    for label, said in (("Kept in part", "Talks go on."), ("Not kept", "No step."), ("Kept", "It is in force.")):
        page.get_by_label(re.compile(rf"^{label}(\s*\(needed\))?\s*$")).fill(said)
    page.get_by_role("button", name="Save as version 1").click()
    page.get_by_label("Title").fill("Air services")
    page.locator("#c-4\\.3b").check()
    page.get_by_label("KOR").check()
    for name in ("anna", "ben"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Open the round").click()
    manage = page.url
    expect(page.locator("body")).to_contain_text("0 of 1 ratings are final")
    rate(page, site, "anna", "Full")
    sign_in(page, site, "ben").goto(f"{site}{DOC}/ratings")
    expect(page.locator("h1")).to_be_visible()
    assert "thinks anna" not in page.content()
    rate(page, site, "ben", "Partial")
    sign_in(page, site, "chair").goto(manage)
    expect(page.locator("body")).to_contain_text("they disagree")
    page.get_by_label("Value", exact=True).select_option("partial")
    page.get_by_label("Why this value").fill("Talks are documented; nothing is in force.")
    page.get_by_role("button", name="Adjudicate").click()
    page.get_by_label("Days to reply").fill("30")
    page.get_by_role("button", name="Open the reply period").click()
    expect(page.get_by_role("button", name="Publish the results"), "not before the party replied").to_have_count(0)
    expect(page.locator("body")).to_contain_text("may reply until")
    sign_in(page, site, "focal").goto(f"{site}/parties/KOR/ratings")
    page.get_by_role("link", name="Air services, until").click()
    page.get_by_label("Reply, to be published").fill("Talks are in their last round.")
    page.get_by_role("button", name="Send the reply").click()
    sign_in(page, site, "chair").goto(manage)
    page.get_by_role("button", name="Publish the results").click()
    page.get_by_role("link", name="Read the results").click()
    expect(page.locator("body")).to_contain_text("Talks are in their last round.")
    page.goto(manage)
    page.locator("details.more summary").first.click()
    page.get_by_label("Value", exact=True).select_option("full")
    page.get_by_label("Reason").select_option("new-evidence")
    page.get_by_label("Why it changes").fill("It entered into force.")
    page.get_by_role("button", name="Change it").click()
    looked.goto(f"{site}{DOC}/ratings")
    expect(looked.locator("body")).to_contain_text("partial, then full (new evidence)")
    assert axe(looked) == []
    for address in (f"{DOC}/ratings", "/parties/KOR/ratings"):
        looked.goto(site + address)
        assert looked.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_pages_behind_the_door_have_no_violation(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    from followthrough.web.agreements.models import Commitment
    from followthrough.web.assessments.actions import notes, ratings, rounds
    from followthrough.web.assessments.actions.ratings import RatingInput
    from followthrough.web.assessments.actions.rounds import Plan

    document = Document.objects.get(pk="asean-rok-2019")
    key = "asean-rok-2019/4.3b"
    notes.write_note(Commitment.objects.get(pk=key), "all", "some", "nothing", by=SYSTEM)
    round_ = rounds.open_round(document, Plan("Air", "g20-2009", (key,), ("KOR", "SGP"), ("anna", "ben")), by=SYSTEM)
    cell = round_.cells.select_related("assessment__document", "commitment").first()
    assert cell is not None
    page = new_page(width=width, scheme=scheme)
    seen = {
        "anna": [f"/assessments/{round_.pk}/desk", f"/assessments/{round_.pk}/desk/{cell.pk}"],
        "chair": [f"/assessments/{round_.pk}", f"{DOC}/assessments/new", f"{DOC}/notes/4.3b",
                  f"/assessments/{round_.pk}/cells/{cell.pk}"],
    }  # fmt: skip
    for name, value in (("anna", "full"), ("ben", "none")):
        user = User.objects.get(username=name)
        if name == "ben":
            sign_in(page, site, "anna")
            for address in seen["anna"]:
                page.goto(site + address)
                assert axe(page) == [], address
        ratings.rate(cell, RatingInput(value, "It says so.", ("c-124",)), by=user)
    sign_in(page, site, "chair")
    for address in seen["chair"]:
        page.goto(site + address)
        assert axe(page) == [], address
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, address
