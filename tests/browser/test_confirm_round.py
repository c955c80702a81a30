"""A party checks its record by a signed link in a real browser without scripts, and the secretariat decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from followthrough.web.agreements.models import Party
from followthrough.web.evidence.models import Claim
from followthrough.web.followup.actions.confirm_links import make_confirm_link
from followthrough.web.followup.signed_links import confirm_address
from register_fixtures import PASSWORD
from reporting_world import name_parties, small_world

NewPage = Callable[..., Page]


def test_a_record_is_checked_by_a_link_without_scripts(
    transactional_db: None, live_server: Any, new_page: NewPage
) -> None:
    world, site = small_world(), str(live_server.url)
    name_parties()
    world.editor.set_password(PASSWORD)
    world.editor.save()
    link = make_confirm_link(world.opened(), Party.objects.get(pk="NOR"), "Ministry of Shores", by=world.editor)
    page = new_page(java_script_enabled=False, width=390)
    page.goto(confirm_address(link, site))
    jetties = page.get_by_role("listitem").filter(has_text="Norland built 70 jetties.")
    expect(jetties.get_by_label("Value")).to_be_hidden()
    jetties.get_by_label("Correct it").check()
    jetties.get_by_label("Value").fill("68")
    left = page.get_by_role("listitem").filter(has_text="Norland left the lake.")
    left.get_by_label("Not ours").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    expect(jetties.get_by_label("Value")).to_have_value("68")
    left.get_by_label("Because").fill("We are on no lake.")
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.get_by_role("status")).to_contain_text("2 answers are kept")
    page.get_by_role("button", name="The rest of this page is right").click()
    expect(page.locator(".lead")).to_contain_text("3 of 3 entries checked")
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button").last.click()
    page.goto(f"{site}/checks")
    page.get_by_role("listitem").filter(has_text="We are on no lake.").get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One proposal waits")
    assert Claim.objects.get(pk="c-2").replaced_by is not None
