"""Workbooks of ministries imported in a real browser, with and without script, on a desk and on a phone."""

from __future__ import annotations

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
from followthrough.web.activities.models import Activity
from followthrough.web.exchange.importing import import_pack
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.indicators.models import Observation
from held_rows import laid
from spreadsheets.ministry_workbooks import make

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The tracker with its register and one editor."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    grant_role(User.objects.create_user("editor", password=PASSWORD), Role.EDITOR, by=SYSTEM)
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def sent(page: Page, site: str, path: Path) -> None:
    """Sign in on the way to the page of imports, and send a workbook."""
    page.goto(f"{site}/import")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/import")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Upload and read").click()
    page.wait_for_url("**/import/*")


def decided(page: Page) -> None:
    """Answer whatever is asked, in as many rounds as it takes, and see the difference."""
    if page.get_by_label("Who published it").count():
        page.get_by_label("Who published it").fill("Ministry of Lakes")
    for _ in range(4):
        for ask in page.locator("fieldset.ask").all():
            ask.get_by_role("radio").first.check()
        page.get_by_role("button", name="See the difference").click()
        if page.url.partition("#")[0].endswith("/difference"):
            return
    pytest.fail(f"questions are left: {page.locator('.errsum').inner_text()}")


def fits(page: Page) -> bool:
    """Whether the page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("name", "width"), [("merged_headers", 1280), ("tracker", 390)])
def test_a_ministrys_workbook_goes_from_the_file_into_the_register(
    name: str, width: int, script: bool, site: str, new_page: NewPage, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    path, expected = make(name, tmp_path)
    page = new_page(width, java_script_enabled=script)
    sent(page, site, path)
    expect(page.locator("table.sheet")).to_be_visible()
    for told in expected.told:
        expect(page.locator("main")).to_contain_text(told)
    if script:
        assert axe(page) == []
        assert fits(page)
    before = Activity.objects.count()
    decided(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("new")
    if script:
        assert axe(page) == []
        assert fits(page)
    assert Activity.objects.count() == before
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is in the register")
    if script:
        assert axe(page) == []
    assert Activity.objects.count() > before
    assert SpreadsheetUpload.objects.get().imported
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("main")).to_contain_text("was taken back")
    expect(page.locator("table.sheet")).to_be_visible()
    assert Activity.objects.count() == before
    assert not SpreadsheetUpload.objects.get().imported


@pytest.mark.parametrize("script", [True, False])
def test_a_banks_download_goes_into_the_register_on_a_phone(
    script: bool, site: str, new_page: NewPage, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    path, _ = make("bank_wide", tmp_path)
    page = new_page(390, java_script_enabled=script)
    sent(page, site, path)
    expect(page.get_by_label("What the rows are")).to_have_value("observations")
    if script:
        assert axe(page) == []
        assert fits(page)
    decided(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 new, 0 changed, 0 the same")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is in the register")
    assert Observation.objects.filter(series="IT.NET").count() == 5
