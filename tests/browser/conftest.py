"""A real Chromium for the tests in this folder.

``new_page(width=390, scheme="dark")`` opens a page; ``page`` is one, 1280 wide and light, or as a test asks
with ``@pytest.mark.parametrize("page", [(390, "dark")], indirect=True)``. Every request is recorded in
``page_log``; a request to another host is stopped and fails the test, and so does an error on the console (a
test that means to see one clears ``page_log.console``). ``axe(page)`` lists accessibility violations.
``register_site`` serves the bundled register, and ``sign_in(page, "editor")`` signs in who has ``PASSWORD``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from followthrough.packs.reading import Pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
from held_rows import laid
from register_fixtures import PASSWORD

Scheme = Literal["light", "dark"]
NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]

HEIGHT = {390: 844, 1280: 900}
HERE = {"127.0.0.1", "localhost", "[::1]", "::1"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Every rule axe has for WCAG 2.2 AA, and its best practices; `target-size` is off unless asked for.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


# Of what a page repeats under one parent, three of each shape are looked at, and the one with the longest text. A shape
# is tags, classes, states, the names of attributes, which parts hold words, and how each is drawn: what rules go by.
REPEATS = """() => {
  const said = ["class", "role", "type", "scope", "tabindex", "aria-current", "aria-hidden", "aria-expanded"];
  const named = ["href", "src", "alt", "title", "value", "placeholder", "aria-label", "aria-labelledby"];
  const drawn = ["color", "background-color", "background-image", "font-size", "font-weight", "display", "visibility",
    "opacity", "position", "overflow", "text-decoration-line"];
  const looks = new Map([...document.body.querySelectorAll("*")].map(part => {
    const style = getComputedStyle(part);
    const words = [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return [part, JSON.stringify([part.localName, part.getAttributeNames().sort(), words,
      said.map(name => part.getAttribute(name)), named.map(name => !part.getAttribute(name)),
      drawn.map(name => style.getPropertyValue(name))])];
  }));
  const repeats = [];
  const waiting = [document.body];
  while (waiting.length) {
    const groups = new Map();
    for (const one of waiting.pop().children) {
      const shape = [one, ...one.querySelectorAll("*")].map(part => looks.get(part)).join();
      if (!groups.has(shape)) groups.set(shape, []);
      groups.get(shape).push(one);
    }
    for (const group of groups.values()) {
      const longest = group.reduce((a, b) => b.textContent.length > a.textContent.length ? b : a);
      group.forEach((one, at) => (at < 3 || one === longest ? waiting : repeats).push(one));
    }
  }
  return repeats;
}"""


@dataclass
class PageLog:
    """What the pages of one test asked for and complained of."""

    hosts: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Record the requests and errors of a context, and stop what would leave this machine."""
        context.on("request", lambda request: self._request(request.url))
        context.on("console", self._message)
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.route(is_foreign, lambda route: route.abort("blockedbyclient"))

    def _request(self, url: str) -> None:
        host = urlsplit(url).hostname
        if host:
            self.hosts.add(host)
        if is_foreign(url):
            self.foreign.append(url)

    def _message(self, message: ConsoleMessage) -> None:
        page = message.page
        of_the_page_itself = page is not None and message.location.get("url") == page.url
        answered = message.text.startswith("Failed to load resource: the server responded")
        if message.type == "error" and not (answered and of_the_page_itself):
            self.console.append(message.text)


def is_foreign(url: str) -> bool:
    """Tell whether a request would leave this machine (data: and blob: addresses have no host)."""
    host = urlsplit(url).hostname
    return host is not None and host not in HERE


def browser_path() -> str:
    """Return Chromium's path; a missing browser fails the tests, it never skips them."""
    named = os.environ.get("FOLLOWTHROUGH_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("no Chromium: `make test` sees to one; or set FOLLOWTHROUGH_CHROMIUM", pytrace=False)
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for all tests of this process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_log() -> PageLog:
    """Return the record of what this test's pages did."""
    return PageLog()


@pytest.fixture
def new_page(chromium: Browser, page_log: PageLog) -> Iterator[NewPage]:
    """Return a function that opens a page of a given width and colour scheme, each with its own cookies."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, scheme: Scheme = "light", **options: Any) -> Page:
        viewport = {"width": width, "height": HEIGHT.get(width, 900)}
        settings: dict[str, Any] = {"viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
        context = chromium.new_context(**{**settings, **options})
        context.set_default_timeout(15_000)
        page_log.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert page_log.foreign == [], "a page asked another host"
    assert page_log.console == [], "a page complained on the console"


@pytest.fixture
def page(new_page: NewPage, request: pytest.FixtureRequest) -> Page:
    """Return an open page: 1280 wide and light, or the ``(width, scheme)`` the test is parametrised with."""
    width, scheme = getattr(request, "param", (1280, "light"))
    return new_page(width=width, scheme=scheme)


@pytest.fixture
def register_site(transactional_db: None, live_server: object, bundled: Pack) -> str:
    """Serve the bundled register; returns its address."""
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    return str(getattr(live_server, "url"))  # noqa: B009 - the fixture's type is private


@pytest.fixture
def sign_in(live_server: object) -> SignIn:
    """Return a function that signs a person in by the public form, and returns the page."""

    def signed_in(page: Page, name: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{getattr(live_server, 'url')}/sign-in")  # noqa: B009 - the fixture's type is private
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main form button").last.click()
        expect(page.locator("header")).to_contain_text("Sign out")
        return page

    return signed_in


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return a function that lists a page's accessibility violations: rule, impact, help, and where."""
    engine = Axe()
    ask = f"options => axe.run({{exclude: ({REPEATS})()}}, options)"

    def violations(page: Page) -> list[str]:
        page.evaluate(engine.axe_script)
        result = page.evaluate(ask, AXE_OPTIONS)
        return [
            f"{found['id']} ({found['impact']}): {found['help']}: {[n['target'] for n in found['nodes']]}"
            for found in result["violations"]
        ]

    return violations
