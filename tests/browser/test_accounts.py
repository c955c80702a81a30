"""Second factors, passkeys and the people pages in a real browser: used, looked at, and free of axe violations."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role

NewPage = Callable[..., Page]
AxeRun = Callable[[Page], list[str]]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def site(transactional_db: None, live_server: object) -> str:
    """A register with one administrator. Passkeys hold for a name, and not for an address of numbers."""
    keeper = User.objects.create_user("keeper", password=PASSWORD, name="Kim Keeper")
    grant_role(keeper, Role.ADMINISTRATOR, by=SYSTEM)
    User.objects.create_user("demo-editor", password=PASSWORD, name="Demo editor", demo=True)
    url = str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private
    return url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill("keeper")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def keep(page: Page, name: str) -> None:
    """Wait for the whole page; keep a picture of it, where a folder for pictures is named."""
    page.wait_for_load_state()
    folder = os.environ.get("FOLLOWTHROUGH_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def again(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.parametrize(("script", "width", "scheme"), [(True, 1280, "light"), (False, 390, "dark")])
def test_an_app_and_a_recovery_code(
    site: str, new_page: NewPage, axe: AxeRun, script: bool, width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme=scheme, java_script_enabled=script)

    def seen(name: str) -> None:
        keep(page, f"{name}-{width}-{scheme}")
        if script:
            assert axe(page) == [], page.url

    page.goto(f"{site}/sign-in")
    seen("sign-in")
    expect(page.get_by_role("button", name="passkey")).to_have_count(1 if script else 0)
    sign_in(page, site)
    page.goto(f"{site}/account")
    seen("account")
    page.get_by_role("link", name="Set one up").click()
    seen("second-factor")
    page.get_by_role("link", name="Set up an app").click()
    seen("again")
    again(page)
    seen("app")
    secret = page.locator("code.key").inner_text()
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Set up the app").click()
    expect(page).to_have_title(re.compile("^Error: "))
    seen("app-error")
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    seen("codes")
    page.get_by_role("link", name="I have written them down").click()
    seen("second-factor-on")
    for code in (code_of(secret, 1), codes[3]):
        if width < 896:
            page.get_by_text("Menu", exact=True).click()
        page.get_by_role("button", name="Sign out").first.click()
        sign_in(page, site)
        expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
        seen("second-step")
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator("header .who")).to_contain_text("keeper")


def code_of(secret: str, ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def test_a_passkey(site: str, new_page: NewPage, axe: AxeRun) -> None:
    page = new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, site)
    page.goto(f"{site}/account/second-factor/passkeys/new")
    again(page)
    keep(page, "passkey-new")
    assert axe(page) == []
    page.get_by_label("What you call it").fill("Blue key")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{site}/account/second-factor")
    expect(page.get_by_text("Blue key").first).to_be_attached()
    keep(page, "passkeys")
    assert axe(page) == []
    # alone, without the password;
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("header .who")).to_contain_text("keeper")
    # as the second step after it;
    page.get_by_role("button", name="Sign out").first.click()
    sign_in(page, site)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.locator("header .who")).to_contain_text("keeper")
    # to confirm a change; and gone when it is removed.
    page.goto(f"{site}/account/second-factor/passkey-again?next=/account/second-factor/codes/new")
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Make new recovery codes?")
    page.goto(f"{site}/account/second-factor")
    page.get_by_role("link", name=re.compile("Remove Blue key")).click()
    keep(page, "passkey-remove")
    assert axe(page) == []
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("main")).to_contain_text("Your account has no second factor.")


@pytest.mark.parametrize(("script", "width", "scheme"), [(True, 1280, "dark"), (False, 390, "light")])
def test_people(site: str, new_page: NewPage, axe: AxeRun, script: bool, width: int, scheme: str) -> None:
    page = new_page(width=width, scheme=scheme, java_script_enabled=script)

    def seen(name: str) -> None:
        keep(page, f"{name}-{width}-{scheme}")
        if script:
            assert axe(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    sign_in(page, site)
    page.goto(f"{site}/people")
    seen("people")
    page.get_by_role("link", name="New account").click()
    page.get_by_label("User name").fill("two words")
    page.get_by_role("button", name="Make the account").click()
    expect(page).to_have_title(re.compile("^Error: "))
    seen("new-person")
    page.get_by_label("User name").fill("desk")
    page.get_by_label("Name", exact=True).fill("Dana Desk")
    page.get_by_role("button", name="Make the account").click()
    page.get_by_label("Role", exact=True).select_option("contributor")
    page.get_by_role("button", name="Give the role").click()
    seen("person-error")
    page.get_by_label("Role", exact=True).select_option("editor")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("cell", name="the whole register")).to_have_count(1)
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("code.key").inner_text()
    seen("person")
    page.goto(f"{site}/audit")
    seen("audit")
    page.goto(f"{site}/account/sessions")
    seen("sessions")
    theirs = new_page(width=width, scheme=scheme, java_script_enabled=script)
    theirs.goto(link)
    keep(theirs, f"set-{width}-{scheme}")
    theirs.get_by_label("New password", exact=True).fill(PASSWORD)
    theirs.get_by_label("New password, again").fill(PASSWORD)
    theirs.get_by_role("button", name="Set the password").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Your password is set")
    theirs.goto(f"{site}/account/reset")
    keep(theirs, f"reset-{width}-{scheme}")
