"""A picture of ours on a page of another site, in a real browser: drawn, without a request elsewhere, axe clean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
NewPage = Callable[..., Page]
OTHER = "http://localhost:9/page"
COVERAGE = "/embed/agreements/asean-rok-2019/coverage"


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
    other.route(
        OTHER, lambda route: route.fulfill(body=f"<title>Another site</title>{frame}", content_type="text/html")
    )
    other.goto(OTHER)
    inside = other.frame_locator("iframe")
    expect(inside.get_by_role("link", name="Followthrough, as of")).to_be_visible()
    assert other.context.cookies() == []
    assert page_log.foreign == []
