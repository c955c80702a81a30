"""A whole reporting cycle as five people play it, each in a browser of their own, with letters by a real mail server.

Norland's focal point reports in the browser; Westmark's comes by an invitation and reports in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from browser.test_reporting import fill_report, open_cycle, signed_in
from followthrough.spreadsheets.grid import grid_here
from followthrough.web.accounts.actions.people import set_password
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.followup import clock
from followthrough.web.followup.reminders import plan
from followthrough.web.mail_url import mail_settings
from followthrough.web.notices.sending import send_waiting
from mail_server import Letters, mail_server
from register_fixtures import PASSWORD
from reporting_world import name_parties, small_world
from web.followup.test_workbooks import file_of, put

pytestmark = pytest.mark.everywhere
NewPage = Callable[..., Page]
LATE = datetime(2099, 11, 2, 8, tzinfo=UTC)


@dataclass
class Play:
    """The site, its mail server, and a browser for each who plays."""

    site: str
    letters: Letters
    open_page: Callable[[], Page]
    cycle: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def at(self, name: str) -> Page:
        """Return the page of somebody, who is signed in; of the public, who is nobody."""
        if name not in self.pages:
            self.pages[name] = self.open_page()
            if name != "public":
                signed_in(self.pages[name], self.site, name)
        return self.pages[name]

    def letter(self, to: str, about: str) -> str:
        """Send what waits; return the one address of the one letter about something that somebody got."""
        send_waiting()
        both = zip(self.letters.messages, self.letters.texts, strict=True)
        plain = [text for one, text in both if one["To"] == to and about in str(one["Subject"])]
        assert len(plain) == 1, (to, about, [str(one["Subject"]) for one in self.letters.messages])
        found = re.search(rf"{self.site}/\S+", plain[0])
        assert found, plain[0]
        return found[0]


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def play(transactional_db: None, live_server: Any, new_page: NewPage, request: pytest.FixtureRequest) -> Iterator[Play]:
    """A small agreement and its people, of whom nobody speaks for Westmark."""
    world, site = small_world(), str(live_server.url)
    name_parties()
    coordinator = User.objects.create_user("coordinator", email="coordinator@example.org")
    grant_role(coordinator, Role.COORDINATOR, by=SYSTEM, document=world.document)
    for one in User.objects.all():
        set_password(one, PASSWORD, by=SYSTEM)
    with mail_server() as letters, override_settings(SENDS_MAIL=True, SITE=site, **mail_settings(letters.url)):
        width = 1280 if request.param else 390
        yield Play(site, letters, lambda: new_page(width, java_script_enabled=request.param))


def told(page: Page, words: str) -> None:
    """Wait until the page says what was done."""
    expect(page.get_by_role("status").first).to_contain_text(words)


def headed(page: Page, words: str) -> None:
    """Wait for the page of this heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def an_invited_focal_point_joins(play: Play) -> None:
    page = play.at("editor")
    page.goto(f"{play.site}/invitations/new")
    page.get_by_label("E-mail").fill("wes@example.org")
    page.get_by_label("Role").select_option("contributor")
    page.get_by_label("Over").select_option("lake")
    page.get_by_label("For the party").select_option("WES")
    page.get_by_role("button", name="Send the invitation").click()
    told(page, "wes@example.org")
    page = play.pages["wes"] = play.open_page()
    page.goto(play.letter("wes@example.org", "You are invited"))
    headed(page, "You are invited to speak for Westmark")
    page.get_by_label("User name").fill("wes")
    page.get_by_label("Name", exact=True).fill("Wes Mark")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, again").fill(PASSWORD)
    page.get_by_role("button", name="Accept with a new account").click()
    told(page, "Your account is made, and you are signed in.")
    headed(page, "3 reports")


def the_coordinator_reminds(play: Play) -> None:
    page = play.at("coordinator")
    page.goto(play.cycle)
    page.get_by_label("Ostia").uncheck()
    page.get_by_role("button", name="Remind the ticked parties").click()
    told(page, "Norland")
    page = play.at("wes")
    page.goto(play.letter("wes@example.org", "3 reports are open"))
    headed(page, "3 reports are still to be sent")


def norland_checks_its_record(play: Play) -> None:
    page = play.at("focal")
    page.goto(play.letter("focal@example.org", "4 reports due on"))
    page.get_by_role("link", name="Check what is on record of you").click()
    jetties = page.get_by_role("listitem").filter(has_text="Norland built 70 jetties.")
    jetties.get_by_label("Correct it").check()
    jetties.get_by_label("Value").fill("68")
    page.get_by_role("button", name="Keep these answers").click()
    told(page, "1 answer is kept")
    page.get_by_role("button", name="The rest of this page is right").click()
    expect(page.locator(".lead")).to_contain_text("3 of 3 entries checked")
    page = play.at("coordinator")
    page.goto(f"{play.site}/checks")
    page.get_by_role("button", name="Accept").click()
    headed(page, "No proposal waits")


def norland_reports_in_the_browser(play: Play) -> str:
    page = play.at("focal")
    page.goto(play.letter("focal@example.org", "4 reports are open"))
    page.get_by_role("link", name="Go on with 1 Matter 1").click()
    address = page.url
    fill_report(page)
    page.get_by_role("button", name="Send for review").click()
    told(page, "Sent for review")
    return address


def westmark_reports_in_excel(play: Play) -> None:
    """The file is filled in while a draft of the same report is written in the browser: one row is in conflict."""
    page = play.at("wes")
    page.goto(f"{play.cycle}/excel")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Workbook of Westmark").click()
    content = Path(coming.value.path()).read_bytes()
    [sheet] = [one for one in grid_here("x.xlsx", content) if one.name == "Reports"]
    grid = [[cell.text for cell in row] for row in sheet.rows]
    for row, words in ((1, "Nets were mended."), (2, "A pier was begun.")):
        put(grid, row, "answer.choice", "There is something to report")
        put(grid, row, "stage.stage", "Under way")
        put(grid, row, "done.text", words)
    page.goto(f"{play.cycle}/reports")
    page.get_by_role("link", name="Go on with 1 Matter 1").click()
    page.get_by_label("There is something to report").check()
    page.get_by_label("What was done since the last report?").fill("Nets were bought.")
    page.get_by_role("button", name="Save draft").last.click()
    told(page, "Saved")
    page.goto(f"{play.cycle}/excel")
    filled = file_of(grid).read()
    page.get_by_label("The workbook that you filled in").set_input_files(
        {"name": "back.xlsx", "mimeType": "application/octet-stream", "buffer": filled}
    )
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".lead")).to_contain_text("3 rows read: 1 as they were, 2 changed. One cell is in conflict.")
    page.get_by_label("In your file").check()
    page.get_by_role("button", name="Write all 5 changes").click()
    told(page, "written")
    page.get_by_role("link", name="Go on with 1 Matter 1").click()
    expect(page.get_by_label("What was done since the last report?")).to_have_value("Nets were mended.")
    page.get_by_role("button", name="Send for review").click()
    told(page, "Sent for review")


def the_coordinator_returns_one_and_accepts_both(play: Play, report: str) -> None:
    page = play.at("coordinator")
    page.goto(play.cycle)
    page.get_by_role("link", name="Review the next").click()
    page.get_by_role("link", name="Norland").click()
    page.get_by_label("On the whole report").fill("Which jetty?")
    page.get_by_role("button", name="Return it").click()
    headed(page, "Westmark on 1 Matter 1")
    page.get_by_role("button", name="Accept").click()
    page = play.at("focal")
    page.goto(play.letter("focal@example.org", "returned with a comment"))
    assert page.url == report
    page.get_by_label("Your reply").fill("The north one.")
    page.get_by_role("button", name="Send again").click()
    told(page, "Sent for review")
    page = play.at("coordinator")
    page.goto(f"{play.cycle}/review")
    page.get_by_role("link", name="Review the oldest").click()
    expect(page.get_by_text("The north one.")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    headed(page, "No report waits for review")


def the_coordinator_publishes(play: Play) -> None:
    public, page = play.at("public"), play.at("coordinator")
    public.goto(f"{play.site}/agreements/lake/1")
    expect(public.get_by_text("A first jetty was built.")).to_have_count(0)
    expect(public.get_by_role("link", name="Norland")).to_have_count(0)
    page.get_by_role("button", name="Publish those ticked").click()
    told(page, "2 reports are public now")
    public.reload()
    public.get_by_role("link", name="Norland").last.click()
    headed(public, "What Norland reports on 1")
    expect(public.get_by_text("A first jetty was built.")).to_be_visible()


def westmark_is_late(play: Play) -> None:
    """The due date passes: whoever owes something is told, and what comes now is taken and marked."""
    plan(LATE)
    page = play.at("wes")
    page.goto(play.letter("wes@example.org", "2 reports overdue"))
    page.get_by_role("link", name="Go on with 2 Matter 2").click()
    expect(page.locator(".eyebrow")).to_contain_text("late reports are taken")
    expect(page.get_by_label("What was done since the last report?")).to_have_value("A pier was begun.")
    page.get_by_role("button", name="Send for review").click()
    told(page, "Sent for review, and marked as late: 2 Matter 2.")
    public = play.at("public")
    public.goto(play.cycle)
    headed(public, "3 of 10 reports are in")
    expect(public.locator(".lead").first).to_contain_text("1 came late")


def norlands_work_goes_to_a_successor(play: Play) -> None:
    page = play.at("coordinator")
    page.goto(f"{play.site}/hand-overs")
    page.get_by_role("link", name="focal", exact=True).click()
    page.get_by_label("Successor").select_option(label="wes, Wes Mark")
    page.get_by_role("button", name="Show what would move").click()
    page.get_by_role("button", name="Hand over, and close the account").click()
    told(page, "Handed over")
    left, page = play.at("focal"), play.at("wes")
    left.goto(f"{play.site}/todo")
    headed(left, "Sign in")
    page.goto(f"{play.cycle}/reports")
    expect(page.get_by_role("heading", level=2, name="Norland")).to_be_visible()
    headed(page, "4 reports are still to be sent")


def test_five_people_play_a_cycle_from_its_opening_to_a_hand_over(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    play.cycle = open_cycle(play.at("editor"), play.site)
    an_invited_focal_point_joins(play)
    the_coordinator_reminds(play)
    norland_checks_its_record(play)
    report = norland_reports_in_the_browser(play)
    westmark_reports_in_excel(play)
    the_coordinator_returns_one_and_accepts_both(play, report)
    the_coordinator_publishes(play)
    monkeypatch.setattr(clock, "now", lambda: LATE)
    westmark_is_late(play)
    norlands_work_goes_to_a_successor(play)
    assert len(play.letters.numbers) == len(set(play.letters.numbers))
