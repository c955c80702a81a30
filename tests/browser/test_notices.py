"""The pages of notices, invitations, roles and webhooks in a real browser: none is too wide, and axe finds nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from followthrough.web.accounts.actions.invitations import Invited, invite, link_of
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.actions.webhooks import add_webhook
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Party
from followthrough.web.notices.kinds import Way
from followthrough.web.notices.letters import letter_of
from followthrough.web.notices.models import Notice
from register_fixtures import PASSWORD
from reporting_world import small_world

NewPage = Callable[..., Page]
SignIn = Callable[[Page, str], Page]
SHOTS = os.environ.get("FOLLOWTHROUGH_SHOTS", "")


@pytest.fixture
def addresses(transactional_db: None, live_server: Any) -> dict[str, str]:
    """The pages to look at, with something on each; somebody who may see all of them can sign in."""
    with override_settings(SENDS_MAIL=True):
        world = small_world()
        cycle = world.opened()
        grant_role(world.focal, Role.ADMINISTRATOR, by=SYSTEM)
        asked = Invited("new@example.org", Role.CONTRIBUTOR, world.document, Party.objects.get(pk="WES"))
        invited = [invite(asked, by=SYSTEM) for _ in range(3)]
    add_webhook("https://registry.example.org/hooks/followthrough", by=SYSTEM)
    held = list(Notice.objects.order_by("pk"))
    Notice.objects.filter(pk=held[0].pk).update(way=Way.UNSETTLED, said="its sender was stopped while it was taken")
    Notice.objects.filter(pk=held[1].pk).update(way=Way.FAILED, said="550 5.1.1 No such person here")
    for one in User.objects.all():
        one.set_password(PASSWORD)
        one.save()
    paths = {
        "roles": "/roles", "notices": "/account/notices", "letters": "/letters", "invitations": "/invitations",
        "invite": "/invitations/new", "webhooks": "/webhooks", "cycle": f"/cycles/{cycle.pk}",
        "invitation": link_of(invited[0]), "second-factor": "/account/second-factor",
    }  # fmt: skip
    return {name: f"{live_server.url}{path}" for name, path in paths.items()}


def test_the_pages_fit_and_hold_to_the_rules(
    addresses: dict[str, str], new_page: NewPage, sign_in: SignIn, axe: Callable[[Page], list[str]]
) -> None:
    wrong = list[str]()
    wide, narrow = new_page(), new_page(width=390, scheme="dark")
    for page in (wide, narrow):
        sign_in(page, "focal")
        for name, address in addresses.items():
            page.goto(address)
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{page is wide}.png", full_page=True)
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                wrong.append(f"{name} is too wide")
            if page is narrow:
                wrong += [f"{name}: {one}" for one in axe(page)]
    assert not wrong, "\n".join(map(str, wrong))


def test_a_letter_is_read_in_light_and_dark(addresses: dict[str, str], new_page: NewPage) -> None:
    letter = letter_of(Notice.objects.filter(kind="asked").order_by("pk")[0])
    html = str(letter.alternatives[0][0])
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = new_page(width=width, scheme=scheme)
        page.set_content(html)
        expect(page.get_by_role("link", name="See what is asked")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"letter-{width}-{scheme}.png", full_page=True)
