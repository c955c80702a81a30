"""A reader without an account: what was promised, what came of it, where it is silent, how we know; found and cited."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]
DOC = "/agreements/asean-rok-2019"


class Answers(NamedTuple):
    """Where on the first screen of a page its four questions are answered."""

    promised: str
    came: str
    silent: str
    known: str


FIRST_SCREENS = {
    "/": Answers(
        "figcaption:has-text('46 commitments')",
        "h1.finding",
        "figure :text('where it is silent')",
        "figcaption:has-text('282 sources')",
    ),
    DOC: Answers(
        "dl a:text('46 commitments')", ".lead strong", "dl a:text('paragraph-years')", "dl :text('282 sources')"
    ),
    f"{DOC}/4.3": Answers(
        "main :text('more liberal air services agreement')",
        ".answer",
        "main :text('Its longest silence')",
        "main :text('from 18 sources')",
    ),
    "/parties/KOR": Answers(
        ".lead:has-text('46 commitments')",
        ".lead:has-text('an output is on record')",
        "h1.finding",
        ".lead:has-text('from 200 sources')",
    ),
}


@pytest.mark.parametrize(("script", "width", "height"), [(True, 1280, 900), (False, 390, 844)])
def test_the_first_screen_answers_four_questions(
    register_site: str, new_page: NewPage, script: bool, width: int, height: int
) -> None:
    page = new_page(width=width, java_script_enabled=script)
    for path, answers in FIRST_SCREENS.items():
        page.goto(register_site + path)
        for question, where in answers._asdict().items():
            box = page.locator(where).first.bounding_box()
            assert box is not None, f"{path}: {question}"
            assert box["y"] + min(box["height"], 60) <= height, f"{path}: {question} is answered below the first screen"


@pytest.mark.parametrize("script", [True, False])
def test_from_home_to_the_evidence_of_air_services_and_its_citation(
    register_site: str, new_page: NewPage, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(register_site)
    page.locator("main a", has_text="4.3 Air services").first.click()
    expect(page.locator(".answer")).to_contain_text("No source on record says that this was concluded")
    expect(page.locator(".axis .mile").first).to_contain_text("Adopted")
    expect(page.locator(".axis .gap").first).to_contain_text("Nothing recorded for 34 months")
    # one item, its source, and where sources do not agree,
    page.locator(".axis li.ev a", has_text="More").first.click()
    expect(page.get_by_role("heading", name="What it rests on")).to_be_visible()
    page.go_back()
    # the party by party count, the citation, and the files.
    expect(page.locator("section[aria-labelledby=parties] .party")).to_have_count(12)
    expect(page.locator(".panel .cite")).to_contain_text("paragraph 4.3")
    for name, ends in (("Evidence, CSV", ".csv"), ("BibTeX", ".bib")):
        address = page.get_by_role("link", name=name).first.get_attribute("href") or ""
        assert address.endswith(ends)
        assert page.request.get(register_site + address).ok


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_finds_it_however_it_is_written(register_site: str, new_page: NewPage, script: bool) -> None:
    page = new_page(java_script_enabled=script)
    wanted = {"cyber": "2.2", "avation": "4.3", "항공": "4.3", "การบิน": "4.3", "travellers 2025": "targets?q=t-07",
              "TVET": "4.4"}  # fmt: skip
    for words, place in wanted.items():
        page.goto(register_site)
        page.get_by_role("searchbox").fill(words)
        page.get_by_role("button", name="Search").click()
        expect(page.locator(f"main a[href^='{DOC}/{place}']").first, words).to_be_visible()
    page.goto(register_site)
    page.get_by_role("searchbox").fill("4.3")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4.3 Air services")


@pytest.mark.parametrize("script", [True, False])
def test_the_share_covered_the_silence_and_the_contest_are_on_the_agreement(
    register_site: str, new_page: NewPage, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(register_site + DOC)
    expect(page.get_by_role("row", name="Output delivered")).to_contain_text("of 25")
    expect(page.locator("#evidence ~ p.say")).to_contain_text("paragraph-years")
    expect(page.get_by_role("heading", name="Where sources do not agree")).to_be_visible()
    page.get_by_label("Attribution").select_option("all")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main .say").first).to_contain_text("all")
    page.locator("#sections ~ .grid a", has_text="Connectivity").click()
    expect(page.get_by_text("silent for").first).to_be_visible()
