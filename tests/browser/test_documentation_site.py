"""The documentation as a site: built without a warning, whole, from the code where the code knows better, by itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import click
import pytest
from lxml import html
from playwright.sync_api import Page, expect

from followthrough.cli import cli
from followthrough.rules import all_rules
from support import REPOSITORY

pytestmark = pytest.mark.slow
NewPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
Site = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the command of `make docs`, which says nothing where all is well."""
    out = tmp_path_factory.mktemp("documentation") / "docs"
    command = [sys.executable, str(REPOSITORY / "tools" / "docs_site" / "build.py"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    """Every page of the site by its name."""
    parser = html.HTMLParser(encoding="utf-8")
    pages = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html")}
    return {name: html.document_fromstring(body, parser=parser) for name, body in pages.items()}


def lost(folder: Path, site: Site) -> Iterator[str]:
    """Yield every link of the site that leads nowhere, and every thing that a page asks of another host."""
    ids = {name: {str(one) for one in page.xpath("//@id")} for name, page in site.items()}
    for name, page in site.items():
        for element in page.iter("a", "link", "script", "img", "iframe"):
            address = element.get("href") or element.get("src") or ""
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if element.tag != "a":
                    yield f"{name}: {element.tag} asks for {address}"
                continue
            file = normpath(str(PurePosixPath(name).parent / unquote(parts.path))) if parts.path else name
            if not (folder / file).exists():
                yield f"{name}: {address} leads nowhere"
            elif parts.fragment and file in ids and unquote(parts.fragment) not in ids[file] | {"__comments"}:
                yield f"{name}: {address} has no such place"


def test_every_page_is_there_and_every_link_leads_on(folder: Path, site: Site) -> None:
    written = {path.relative_to(REPOSITORY / "docs") for path in (REPOSITORY / "docs").rglob("*.md")}
    wanted = {
        str(path.parent / "index.html" if path.name == "README.md" else path.with_suffix(".html")) for path in written
    }
    assert wanted <= set(site)
    assert list(lost(folder, site)) == []
    listed = {normpath(str(one.get("href"))) for one in site["index.html"].xpath("//nav//a") if one.get("href")}
    assert {name for name in wanted if name not in listed} == set()


def test_commands_and_rules_are_those_of_the_code(site: Site) -> None:
    context = click.Context(cli)
    commands = "".join(site["reference/commands.html"].itertext())
    names = cli.list_commands(context)
    assert [name for name in names if f"Usage: followthrough {name} " not in commands] == []
    rules = "".join(site["reference/methodology.html"].itertext())
    assert [rule.id for rule in all_rules() if rule.text not in " ".join(rules.split())] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_and_searched_from_a_folder(
    folder: Path, scheme: str, new_page: NewPage, page_log: Any, axe: Axe
) -> None:
    page = new_page(scheme=scheme)
    for name in ("index.html", "tutorial.html", "reference/commands.html"):
        page.goto((folder / name).as_uri())
        assert axe(page) == [], name
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("textbox", name="Search").fill("backup")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page_log.foreign == []
    complaints = [said for said in page_log.console if "ERR_FAILED" not in said and "XMLHttpRequest" not in said]
    page_log.console.clear()  # axe reads the stylesheets again, and a browser that opens a folder lets no script do so
    assert complaints == []
