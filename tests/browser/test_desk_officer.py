"""A desk officer makes a register of a text of the day: words, parties, source, target, evidence; by links alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from followthrough.web.accounts.roles import Role
from people import person
from register_fixtures import PASSWORD

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]
TEXT = """JOINT DECLARATION OF THE LAKE STATES ON CLEAN WATER

Adopted in Sirran on 12 May 2026

We, the Ministers of the Lake States,

1. We commit to reduce untreated discharge into Lake Sirran by 40 per cent by 2030.

2. We agree to publish our measurements every quarter.

3. We will explore the creation of:

(a) a joint fund for monitoring; and

(b) a training centre for inspectors.
"""


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 390)])
def test_a_text_of_the_day_becomes_a_register(
    register_site: str, new_page: NewPage, sign_in: SignIn, tmp_path: Path, script: bool, width: int
) -> None:
    person("officer", Role.EDITOR, password=PASSWORD)
    page = sign_in(new_page(width=width, java_script_enabled=script), "officer")
    (tmp_path / "lake.txt").write_text(TEXT, encoding="utf-8")

    def fill(texts: dict[str, str], button: str) -> None:
        for name, text in texts.items():
            page.locator(f"[name='{name}']").first.fill(text)
        page.get_by_role("button", name=button, exact=True).click()

    # From To do to the words: each commitment has a draft of its summary and its number of the text.
    page.get_by_role("link", name="Drafts to publish").click()
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "lake.txt")
    page.get_by_role("button", name="Upload and extract").click()
    expect(page.locator("[data-words] .tag")).to_have_text(["1a", "2a", "3(a)a", "3(b)a"])
    expect(page.get_by_label("Summary in our words").nth(1)).to_have_value("Publish our measurements every quarter")
    page.get_by_role("button", name="Accept the rest of this page").click()
    page.wait_for_url("**/details")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/agreements/**")
    agreement = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Joint Declaration of the Lake States on Clean Water")
    # Its parties, of whom the register knew none; its source, with the date as people write it.
    page.get_by_role("link", name="Change the parties").click()
    fill({"party1": "Kenya", "party2": "UGA", "party3": "Burundi (BDI)"}, "Add these parties")
    page.goto(agreement)
    expect(page.locator("main dl").first).to_contain_text("Burundi, Kenya and Uganda")
    page.get_by_role("link", name="Change source and lineage").click()
    page.locator("[name='sources.publisher_kind']").select_option("joint_organ")
    fill({"sources.url": "https://lake.example/declaration", "sources.title": "Declaration of Sirran",
          "sources.publisher": "Lake Commission", "sources.published": "14 March 2026",
          "reason": "It is the deposited copy."}, "Save")  # fmt: skip
    expect(page.locator("main dl").first).to_contain_text("Lake Commission")
    # The paragraph says what the text sets; the first evidence is entered from it and answers the page.
    page.goto(f"{agreement}/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Paragraph 1")
    expect(page.locator("section[aria-labelledby=targets]")).to_contain_text("The text itself sets")
    expect(page.locator("section[aria-labelledby=evidence]")).to_contain_text("Nobody has looked yet")
    page.get_by_role("link", name="Enter evidence").click()
    page.locator("[name='claims.kind']").select_option("activity")
    fill({"sources.url": "https://lake.example/report", "sources.title": "First report",
          "sources.publisher": "Lake Commission", "sources.published": "1 June 2026",
          "claims.statement": "Kenya began to build three treatment plants.", "claims.date": "May 2026",
          "links.rationale": "Plants reduce untreated discharge."}, "Save the evidence")  # fmt: skip
    page.goto(f"{agreement}/1")
    expect(page.locator("section[aria-labelledby=evidence]")).to_contain_text("three treatment plants")
    # The same file again is pointed out, and nothing is made.
    page.goto(f"{register_site}/catalogue")
    page.get_by_label("File", exact=True).set_input_files(tmp_path / "lake.txt")
    page.get_by_role("button", name="Upload and extract").click()
    expect(page.get_by_text("This text is here already").first).to_be_visible()
