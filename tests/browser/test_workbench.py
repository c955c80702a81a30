"""The workbench in a real browser: upload, split, merge, retag, publish, undo; with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.exchange.importing import import_pack
from followthrough.web.workbench.models import ProvisionDraft
from held_rows import laid

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
TEXT = """Joint Declaration of the River States on Bridges

Adopted in Harbour Town on 3 May 2024

We, the Ministers of the River States, hereby agree to:

1. Strengthen cooperation on the maintenance of bridges and establish the River Bridges Fund by 2026.

2. Promote the exchange of engineers, and support the training of young builders through the Bridge Programme.

3. Welcome the progress made in the harbour.
"""


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with its register and one editor."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    for name in ("editor", "colleague"):
        grant_role(User.objects.create_user(name, password=PASSWORD), Role.EDITOR, by=SYSTEM)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The file that is uploaded."""
    path = tmp_path / "river.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def sign_in(page: Page, site: str, name: str = "editor") -> None:
    """Sign in by the public form, on the way to the workbench."""
    page.goto(f"{site}/catalogue")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/catalogue")


def upload(page: Page, path: Path) -> None:
    """Choose the file and have it read."""
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_label("Address, if you want").fill("river-2024")
    page.get_by_role("button", name="Upload and extract").click()
    page.wait_for_url("**/catalogue/river-2024")


def opened(page: Page, ref: str) -> None:
    """Open the card of a commitment."""
    page.get_by_role("button", name=f"Ends, note, split, reject {ref}").click()
    expect(page.locator(".ed.on .tag")).to_have_text(ref)


def tags(page: Page) -> list[str]:
    """The commitments as they are marked in the words."""
    return page.locator("[data-words] .tag").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_the_whole_round(site: str, new_page: NewPage, text: Path, script: bool) -> None:
    page = new_page(java_script_enabled=script)
    sign_in(page, site)
    upload(page, text)
    assert tags(page) == ["1a", "1b", "2a", "2b", "3a"]

    opened(page, "2b")
    page.get_by_label("Split: the second begins with").select_option(index=4)
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator("[data-words] .tag", has_text="2c")).to_have_count(1)

    opened(page, "2c")
    page.get_by_role("button", name="Merge with 2b").click()
    expect(page.locator("[data-words] .tag", has_text="2c")).to_have_count(0)

    card = page.locator(".ed").nth(1)
    card.get_by_label("Summary in our words").fill("set up a fund for bridges")
    card.get_by_label("Strength").select_option("5")
    card.get_by_role("button", name="Accept 1b").click()
    expect(page.locator(".chip", has_text="accepted")).to_have_count(1)
    expect(page.locator(".ed").nth(1).get_by_label("Summary in our words")).to_have_value("set up a fund for bridges")

    opened(page, "3a")
    page.get_by_label("If it is no commitment, why").fill("it welcomes what others did")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator(".chip", has_text="rejected")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator(".chip", has_text="rejected")).to_have_count(0)

    page.get_by_role("button", name="Accept the rest of this page").click()
    page.wait_for_url("**/catalogue/river-2024/details")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/agreements/river-2024")
    expect(page.locator("h1")).to_contain_text("Bridges")

    reader = new_page(java_script_enabled=script)
    answer = reader.goto(f"{site}/agreements/river-2024/commitments")
    assert answer is not None
    assert answer.status == 200
    expect(reader.locator("main")).to_contain_text("set up a fund for bridges")

    page.goto(f"{site}/catalogue/river-2024/details")
    page.get_by_role("button", name="Undo: published the catalogue").click()
    expect(page.locator("main")).to_contain_text("Check what is said of the document, then publish")
    again = reader.goto(f"{site}/agreements/river-2024")
    assert again is not None
    assert again.status == 404


def test_words_selected_with_the_mouse_become_a_commitment(site: str, new_page: NewPage, text: Path) -> None:
    page = new_page()
    sign_in(page, site)
    upload(page, text)
    opened(page, "3a")
    words = page.locator("[data-words]").last
    words.evaluate(
        """(element) => {
            const node = element.querySelector("mark").lastChild;
            getSelection().setBaseAndExtent(node, 0, node, "Welcome the progress".length);
        }"""
    )
    page.get_by_role("button", name="Set 3a to the selected words").click()
    expect(page.locator("[data-words] mark").last).to_have_text("3aWelcome the progress")


def test_keys_go_from_one_to_the_next_accept_and_open(site: str, new_page: NewPage, text: Path) -> None:
    page = new_page()
    sign_in(page, site)
    upload(page, text)
    page.locator(".ed .tag").first.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "1b"
    page.keyboard.press("a")
    expect(page.locator(".ed").nth(1).locator(".chip")).to_have_text("accepted")
    page.locator(".ed .tag").first.focus()
    page.keyboard.press("e")
    expect(page.locator(".ed.on .tag")).to_have_text("1a")
    start = page.locator("select[name$='.end']")
    start.focus()
    before = page.locator("[data-words] mark").first.inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-words] mark").first).not_to_have_text(before)


def test_two_people_on_one_page_are_told(site: str, new_page: NewPage, text: Path, page_log: object) -> None:
    first, second = new_page(), new_page()
    sign_in(first, site)
    upload(first, text)
    sign_in(second, site, "colleague")
    second.goto(f"{site}/catalogue/river-2024")
    for page, words in ((second, "theirs"), (first, "mine")):
        page.locator(".ed").first.get_by_label("Summary in our words").fill(words)
        page.get_by_role("button", name="Save", exact=True).last.click()
        page.wait_for_load_state("networkidle")
    expect(first.locator("#problem")).to_contain_text("colleague changed this")
    expect(first.locator("#problem")).to_contain_text("mine")
    expect(first.locator("#problem")).to_contain_text("theirs")
    expect(first.locator(".ed").first.get_by_label("Summary in our words")).to_have_value("mine")
    assert ProvisionDraft.objects.get(provision="river-2024/1").held[0].summary == "theirs"
    getattr(page_log, "console").clear()  # noqa: B009 - the browser reports the 409 that this test means to see


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_page_keeps_every_word_and_says_at_the_field_what_is_wrong(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], text: Path, script: bool, page_log: object
) -> None:
    page = new_page(java_script_enabled=script)
    sign_in(page, site)
    upload(page, text)
    opened(page, "2a")
    cards = page.locator(".ed")
    cards.nth(0).get_by_label("Summary in our words").fill("mend bridges together")
    cards.nth(2).get_by_label("Summary in our words").fill("swap engineers")
    cards.nth(2).get_by_label("Kept means", exact=True).fill("ten engineers a year")
    cards.nth(2).get_by_label("Deadline").fill("12 May 2027")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.locator("#problem")).to_contain_text("Say in a few words why it is no commitment")
    expect(page.get_by_label("If it is no commitment, why")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("If it is no commitment, why")).to_have_css("border-top-width", "2px")
    expect(cards.nth(0).get_by_label("Summary in our words")).to_have_value("mend bridges together")
    expect(cards.nth(2).get_by_label("Summary in our words")).to_have_value("swap engineers")
    expect(cards.nth(2).get_by_label("Kept means", exact=True)).to_have_value("ten engineers a year")
    expect(cards.nth(2).get_by_label("Deadline")).to_have_value("12 May 2027")
    if script:
        assert axe(page) == []
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("#problem")).to_have_count(0)
    held = ProvisionDraft.objects.get(provision="river-2024/2").held[0]
    assert (held.summary, held.note.full, held.deadline) == ("swap engineers", "ten engineers a year", "2027-05-12")
    getattr(page_log, "console").clear()  # noqa: B009 - the browser reports the 422 that this test means to see


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_no_violation_and_nothing_wider_than_the_screen(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], text: Path, width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme=scheme)
    sign_in(page, site)
    upload(page, text)
    part = ProvisionDraft.objects.get(provision="river-2024/2").pk
    paths = ("", "/1", f"/1?open={part}.2", f"/1?add={part}", "/details", "/discard", "/site")
    for path in ("/catalogue", *(f"/catalogue/river-2024{path}" for path in paths)):
        page.goto(site + path)
        assert axe(page) == [], path
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} px wider than the screen"
