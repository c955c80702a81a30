"""The desk in a real browser: a reader is answered, a run of links decided and undone, by keys and without a script."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from followthrough.packs.reading import Pack
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.models import Suggestion
from followthrough.web.exchange.importing import import_pack
from followthrough.web.links.models import Link
from held_rows import laid

NewPage = Callable[..., Page]
PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


@pytest.fixture
def site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """The bundled register with an editor and a suggestion of a reader."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    document = Document.objects.get(pk="asean-rok-2019")
    grant_role(User.objects.create_user("editor", password=PASSWORD), Role.EDITOR, by=SYSTEM)
    Suggestion.objects.create(document=document, place="4.3", text="The talks ended.", at=timezone.now())
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.mark.parametrize(("width", "script"), [(1280, True), (390, False)])
def test_an_editor_answers_a_reader_and_decides_a_run_of_twenty(
    site: str, new_page: NewPage, axe: Callable[[Page], list[str]], width: int, script: bool
) -> None:
    page = new_page(width=width, java_script_enabled=script)
    checked = new_page(width=width) if not script else page
    page.goto(f"{site}/sign-in")
    page.get_by_label("User name").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 reader waits for an answer")
    checked.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    for address in ("/todo", "/suggestions", "/links/run"):
        checked.goto(f"{site}{address}")
        assert axe(checked) == [], address
        wide = checked.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{address} is {wide} wide"
    page.goto(f"{site}/todo")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("Not taken").check()
    page.get_by_label("What became of it").fill("No source says so.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("0 readers wait for an answer")
    page.get_by_role("button", name="Undo: it waits again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 reader waits for an answer")
    page.goto(f"{site}/links/run")
    if script:
        page.keyboard.press("?")
        expect(page.get_by_text("Turn the keys off")).to_be_visible()
        page.keyboard.press("?")
        for key in "yn" + "y" * 18:
            page.keyboard.press(key)
        expect(page.get_by_text("20 of 20 decided")).to_be_visible()
        page.keyboard.press("Control+Enter")
    else:
        for at, row in enumerate(page.locator("[data-row=proposal]").all()):
            row.get_by_label("Refuse" if at == 1 else "Confirm").check()
        page.get_by_role("button", name="Save this run").click()
    expect(page.get_by_text("Saved: 19 confirmed, 1 refused.")).to_be_visible()
    assert Link.objects.filter(confirmed_by="editor").count() == 19
    page.get_by_role("button", name="Undo this run").click()
    expect(page.get_by_text("Undone: 20 links are proposals again.")).to_be_visible()
    assert not Link.objects.filter(confirmed__gt="").exists()
