"""A picture of ours on a page of another site, in a real browser: drawn, without a request elsewhere, axe clean."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
NewPage = Callable[..., Page]
COVERAGE = "/embed/agreements/asean-rok-2019/coverage"


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """Serve one page at another address than ours; a browser lets no page that it made up itself frame this machine."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode() if self.path == "/" else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_framed_by_another_site(
    register_site: str, new_page: NewPage, page_log: Any, axe: Callable[[Page], list[str]], scheme: str
) -> None:
    page = new_page(scheme=scheme)
    page.goto(f"{register_site}{COVERAGE}?theme={scheme}")
    assert axe(page) == []
    assert page.locator("img").evaluate("image => image.complete && image.naturalWidth > 500")
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(26, 33, 39)")
    other = new_page()
    frame = f'<iframe src="{register_site}{COVERAGE}" title="Stages" width="900" height="300"></iframe>'
    with another_site(f"<!doctype html><title>Another site</title>{frame}") as address:
        other.goto(address)
        inside = other.frame_locator("iframe")
        expect(inside.get_by_role("link", name="Followthrough, as of")).to_be_visible()
    assert other.context.cookies() == []
    assert page_log.foreign == []
