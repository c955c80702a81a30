"""Pictures on the pages of others: framed by anybody, of what everybody may read, and knowing nobody."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document

pytestmark = pytest.mark.sqlite
DOC = "/agreements/asean-rok-2019"
COVERAGE = f"/embed{DOC}/coverage"
EMBEDS = (
    COVERAGE,
    f"/embed{DOC}/money/akcf",
    f"/embed{DOC}/targets/akcf_contribution",
    "/embed/indicators/i-internet-use",
    f"/embed{DOC}/section-4/stages",
    f"/embed{DOC}/4.4/trends",
    f"/embed{DOC}/4.4/lineage",
)
PAGES = (
    DOC, f"{DOC}/money", f"{DOC}/targets", "/indicators/i-internet-use", f"{DOC}/section-4", f"{DOC}/4.4", f"{DOC}/4.4",
)  # fmt: skip


@pytest.mark.parametrize("address", EMBEDS)
def test_it_may_be_framed_and_asks_nothing_of_anybody(figures: Document, client: Client, address: str) -> None:
    for ending in ("", ".svg"):
        answer = client.get(f"{address}{ending}")
        assert answer.status_code == 200, ending
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]  # default-src 'none' holds for scripts
        assert "X-Frame-Options" not in answer
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.cookies == {}
        words = answer.content.decode()
        assert not re.search(r"<script|\son\w+=|javascript:", words)
        assert not re.search(r"(?:src|xlink:href)=\"(?:https?:)?//", words)
    drawn = etree.fromstring(client.get(f"{address}.svg").content)
    assert "Followthrough, as of " in "".join(map(str, drawn.itertext()))
    page = client.get(address).content.decode()
    assert f'src="{address}.svg"' in page
    assert 'target="_top">Followthrough, as of ' in page


def test_no_other_page_may_be_framed(figures: Document, client: Client) -> None:
    for address in PAGES:
        assert client.get(address)["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in client.get(address)["Content-Security-Policy"]


def test_whoever_is_signed_in_is_a_stranger_there(figures: Document, client: Client) -> None:
    editor = User.objects.create_user("editor")
    grant_role(editor, Role.EDITOR, by=SYSTEM)
    client.force_login(editor)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(COVERAGE).status_code == 200
    assert len(asked) > 3
    assert [one["sql"] for one in asked if "session" in one["sql"] or "accounts_user" in one["sql"]] == []
    Document.objects.filter(pk="asean-rok-2019").update(public=False)
    assert client.get(DOC).status_code == 200
    for address in (*EMBEDS[:3], *EMBEDS[4:]):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}.svg").status_code == 404


def test_light_and_dark_are_asked_for(figures: Document, client: Client) -> None:
    light, dark, both = (
        client.get(f"{COVERAGE}.svg{query}").content.decode() for query in ("?theme=light", "?theme=dark", "")
    )
    assert "prefers-color-scheme" not in light + dark
    assert light != dark
    assert "prefers-color-scheme:dark" in both
    assert "light-dark(" not in light + dark + both
    assert 'data-theme="dark"' in client.get(f"{COVERAGE}?theme=dark").content.decode()
    assert client.get(f"{COVERAGE}?theme=blue").status_code == 404


@pytest.mark.parametrize(("page", "embed"), list(zip(PAGES, EMBEDS, strict=True)))
def test_what_is_copied_stands_beside_the_picture(figures: Document, client: Client, page: str, embed: str) -> None:
    words = client.get(page).content.decode()
    copied = [html.unescape(one) for one in re.findall(r"<textarea[^>]*readonly[^>]*>([^<]*)</textarea>", words)]
    assert any(f'src="http://testserver{embed}"' in one for one in copied), copied
    assert all(re.fullmatch(r'<iframe src="[^"]+" title="[^"]+" [^<>]*></iframe>', one) for one in copied)
    assert f'href="{embed}.svg"' in words


def test_what_a_place_does_not_have_is_not_drawn(figures: Document, client: Client) -> None:
    for place in ("section-4/trends", "4.4/stages", "4.99/lineage", "4.4/verdict"):
        assert client.get(f"/embed{DOC}/{place}").status_code == 404, place
