"""The browser's own fixtures, tried on a page that is wrong on purpose: a torn net would pass everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page

WRONG = b"""<!doctype html><html><head><title>x</title><link rel=icon href=data:,></head><body>
<img src="https://example.org/picture.png"><p style="color:#ccc;background:#fff">too pale</p>
<style>button { display: block; width: 9px; height: 9px; padding: 0; border: 0 }</style>
<button aria-label="a"></button><button aria-label="b"></button>
<script>console.error("the console is heard")</script></body></html>"""
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'unsafe-inline'"


class Wrong(BaseHTTPRequestHandler):
    """Answers the page; with a strict policy where the address says so."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/strict":
            self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(WRONG)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the wrong page on a loopback port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrong)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("page", [(1280, "light"), (390, "dark")], indirect=True)
def test_another_host_and_the_console_are_noticed(page: Page, page_log: Any, address: str) -> None:
    page.goto(address)
    assert page_log.foreign == ["https://example.org/picture.png"]
    assert "the console is heard" in page_log.console
    assert "127.0.0.1" in page_log.hosts
    page_log.foreign.clear()
    page_log.console.clear()


@pytest.mark.parametrize("path", ["/", "/strict"])
def test_axe_sees_contrast_and_language_even_under_a_strict_policy(
    page: Page, page_log: Any, axe: Callable[[Page], list[str]], address: str, path: str
) -> None:
    page.goto(address + path)
    rules = {line.split()[0] for line in axe(page)}
    assert {"color-contrast", "html-has-lang", "image-alt", "target-size", "region"} <= rules
    page_log.foreign.clear()
    page_log.console.clear()


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([*["<li>A row</li>"] * 7, "<li><img src='data:,'></li>"], "image-alt"),
        ([*["<li><a href='/a'>A row</a></li>"] * 7, "<li><a href='/a'></a></li>"], "link-name"),
        ([*["<li>A row</li>"] * 7, "<li style='color: #eee; background: #fff'>A row</li>"], "color-contrast"),
        ([*["<li>A row</li>"] * 7, "<li class='faint'>A row</li>"], "color-contrast"),
        (["<li class='faint'>A row</li>"] * 8, "color-contrast"),
        (["<li class='sixth'>A row</li>"] * 8, "color-contrast"),
        ([*["<li aria-label='One'>A row</li>"] * 7, "<li role='button'>A row</li>"], "aria-allowed-role"),
    ],
)
def test_a_row_unlike_the_others_is_looked_at(
    page: Page, page_log: Any, axe: Callable[[Page], list[str]], address: str, rows: list[str], rule: str
) -> None:
    page.goto(address)
    style = "<style>.faint, .sixth:nth-child(6) { color: #eee; background: #fff }</style>"
    page.evaluate("html => { document.body.innerHTML = html }", f"{style}<main><ul>{''.join(rows)}</ul></main>")
    assert rule in {line.split()[0] for line in axe(page)}
    page_log.foreign.clear()
    page_log.console.clear()


def test_width_and_scheme_are_those_asked_for(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, scheme="dark")
    assert page.evaluate("innerWidth") == 390
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is True
