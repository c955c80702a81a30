"""A reporting cycle in a real browser, with scripts and without: opened, reported, returned, accepted, published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from followthrough.web.accounts.models import User
from followthrough.web.followup.models import Report
from reporting_world import small_world

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def site(transactional_db: None, live_server: object) -> str:
    """A small agreement, with people who can sign in."""
    small_world()
    for one in User.objects.all():
        one.set_password(PASSWORD)
        one.save()
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


def signed_in(page: Page, site: str, name: str) -> Page:
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button[type=submit], main form button").last.click()
    page.wait_for_url(f"{site}/todo")
    return page


def open_cycle(page: Page, site: str) -> str:
    signed_in(page, site, "editor").goto(f"{site}/agreements/lake/cycles")
    page.get_by_role("link", name="Open a reporting cycle").click()
    for label, said in (
        ("Title", "2099 round"), ("The reports speak of the time from", "2098"), ("until", "2099"),
        ("Due on", "31 October 2099"), ("Late reports are taken until", "15 December 2099"),
        ("Time zone in which these days end", "Asia/Jakarta"),
    ):  # fmt: skip
        page.get_by_role("textbox", name=label).first.fill(said)
    page.get_by_role("button", name="Open the cycle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("0 of 10 reports are in")
    return page.url


def fill_report(page: Page) -> None:
    page.get_by_label("There is something to report").check()
    page.get_by_label("Under way").check()
    page.get_by_label("What was done since the last report?").fill("A first jetty was built.")
    page.get_by_label("By when").fill("June 2100")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_cycle_from_its_opening_to_publication(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], *, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts, width=1280 if scripts else 390)
    looked = new_page(width=390, scheme="dark")
    cycle = open_cycle(page, site)
    signed_in(page, site, "focal").goto(f"{site}/todo")
    page.get_by_role("link", name="2099 round").first.click()
    page.get_by_role("link", name="Go on with").click()
    report = page.url
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator("#problem")).to_contain_text("What you typed is saved as your draft")
    fill_report(page)
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent for review")
    signed_in(page, site, "editor").goto(cycle)
    page.get_by_role("link", name="Review the next").click()
    page.get_by_role("link", name="Review the oldest").click()
    page.get_by_label("On the whole report").fill("Which jetty?")
    page.get_by_role("button", name="Return it").click()
    signed_in(page, site, "focal").goto(report)
    expect(page.get_by_text("Which jetty?")).to_be_visible()
    page.get_by_label("Your reply").fill("The north one.")
    page.get_by_role("button", name="Send again").click()
    signed_in(page, site, "editor").goto(f"{report}/review")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Publish those ticked").click()
    expect(page.get_by_role("status").first).to_contain_text("1 report is public now")
    page.context.clear_cookies()
    page.goto(f"{site}/agreements/lake/1")
    page.get_by_role("link", name="Norland").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What Norland reports on 1")
    for path, person in (
        (report, "focal"), (f"{report}/review", "editor"), (cycle, "editor"), (f"{cycle}/review", "editor"),
        (f"{cycle}/reports", "focal"), (f"{cycle}/dates", "editor"), (f"{report}/published", "focal"),
    ):  # fmt: skip
        signed_in(looked, site, person).goto(path)
        assert axe(looked) == [], path
        assert looked.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_what_is_typed_is_kept_while_the_connection_is_gone(site: str, new_page: NewPage, page_log: Any) -> None:
    page = new_page()
    open_cycle(page, site)
    report = Report.objects.get(party="NOR", provision="lake/1")
    signed_in(page, site, "focal").goto(f"{site}/reports/{report.pk}")
    text = page.get_by_label("What was done since the last report?")
    expect(text).to_be_hidden()  # nothing is asked before there is an answer
    page.get_by_label("There is something to report").check()
    text.fill("Saved by itself.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator("[name=seen]")).to_have_value("1")
    page.context.set_offline(True)
    text.fill("Typed on a train.")
    expect(page.locator("[data-saved]")).to_contain_text("No connection", timeout=10_000)
    page.context.set_offline(False)
    page.goto(f"{site}/reports/{report.pk}")
    expect(text).to_have_value("Typed on a train.")
    expect(page.locator("[name=seen]")).to_have_value("2", timeout=10_000)
    assert Report.objects.get(pk=report.pk).answers["done.text"] == "Typed on a train."
    page_log.console.clear()  # the lost connection is meant
