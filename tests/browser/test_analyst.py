"""An analyst takes every list as a file that equals the screen, figures, and the evidence of a paragraph as JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from held_rows import laid
from register_fixtures import with_figures

NewPage = Callable[..., Page]
DOC = "/agreements/asean-rok-2019"
LISTS = ("commitments", "claims?stance=unfavourable", "activities", "targets", "meetings", "instruments")


@pytest.fixture
def figures_site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The bundled register with invented figures for every feed."""
    laid("figures", partial(with_figures, bundled))
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def rows_of(page: Page, address: str) -> list[dict[str, str]]:
    answer = page.request.get(address)
    assert answer.ok, address
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


@pytest.mark.parametrize("script", [True, False])
def test_what_is_taken_equals_what_is_shown(figures_site: str, new_page: NewPage, script: bool) -> None:
    page = new_page(java_script_enabled=script)
    for name in LISTS:
        page.goto(f"{figures_site}{DOC}/{name}")
        link = page.locator("a[href^='/'][href*='.csv']").last
        taken = rows_of(page, figures_site + (link.get_attribute("href") or ""))
        twin = page.request.get(f"{figures_site}{DOC}/{name.replace('?', '.json?') if '?' in name else name + '.json'}")
        assert len(taken) == twin.json()["count"] > 0, name
        if name.startswith("claims"):
            assert {row["stance"] for row in taken} == {"unfavourable"}, "the filter of the address is kept"
            shown = {item.inner_text() for item in page.locator("main table a[href^='/claims/']").all()}
            assert shown <= {row["id"] for row in taken}


@pytest.mark.parametrize("script", [True, False])
def test_indicators_have_figures_as_installed_and_each_is_taken(
    figures_site: str, new_page: NewPage, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(f"{figures_site}{DOC}/indicators")
    found = re.search(r"(\d+) of (\d+) indicators have figures", page.locator("main").inner_text())
    assert found is not None and int(found[1]) > 40
    page.locator("main a[href^='/indicators/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    link = page.locator("a[href$='.csv']").first.get_attribute("href") or ""
    assert len(rows_of(page, figures_site + link)) > 5


@pytest.mark.parametrize("script", [True, False])
def test_the_json_of_a_paragraph_holds_the_evidence_that_its_page_shows(
    figures_site: str, new_page: NewPage, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    page.goto(f"{figures_site}{DOC}/4.3")
    twin = page.locator("a", has_text="Everything on this page, JSON").get_attribute("href") or ""
    held = page.request.get(figures_site + twin).json()
    shown = {one.get_attribute("id") for one in page.locator("[data-row~=evidence]").all()} - {None}
    assert shown <= {one["id"] for one in held["evidence"]}
    expect(page.locator("[data-row~=evidence]")).to_have_count(len(held["evidence"]))
    expect(page.locator(".answer")).to_have_text(held["answer"])
    expect(page.locator("section[aria-labelledby=came]")).to_contain_text(held["stage"]["label"])
    expect(page.locator(".axis .gap div").first).to_have_text(held["silences"][0])
