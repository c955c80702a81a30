"""Reader of EPUB: its pages in the order of the spine, each read as a web page; the navigation is set aside."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from urllib.parse import unquote

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read import html
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.joined import joined
from followthrough.read.lines import Source
from followthrough.read.package import Package

MOST_PAGES = 2_000
_CONTAINER = "META-INF/container"


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is an EPUB: a ZIP container that says so in its first entry."""
    return data.startswith(b"PK\x03\x04") and b"application/epub+zip" in data[:200]


def source(data: bytes, name: str) -> Source:
    """Return the pages of the EPUB ``data`` as lines. Raises ``InputRefused`` for one that is broken or too large."""
    refuse_size(name, len(data))
    package = Package(data, name, "EPUB")
    pages, aside, stated = list[Source](), list[SetAside](), dict[str, str]()
    spine = _spine(package, stated)
    for path, kind in [*spine[:MOST_PAGES], *_beside(package, {path for path, _ in spine})]:
        page = package.part(path)
        if page is None:
            continue
        read = _page(page, name) if kind is None else None
        if read is not None:
            pages.append(read)
            continue
        with suppress(InputRefused):
            words = html.shown_words(page, name)
            aside += [SetAside(kind or AsideKind.FIGURE, words)] if words else []
    if not pages:
        raise InputRefused(name_of(name), "the book holds no words", "give a file that holds the text")
    found = joined(pages, stated)
    return Source(found.text, found.lines, found.metadata, found.guessed, (*found.set_aside, *aside), found.notices)


def _page(page: bytes, name: str) -> Source | None:
    """Return a page of the book, or ``None`` for one of pictures, whatever is printed in them."""
    try:
        return html.source(page, name)
    except InputRefused:
        return None


def _beside(package: Package, known: set[str]) -> list[tuple[str, AsideKind | None]]:
    """Return the pages that no reader of the book is led to, and its list of contents where it stands among them."""
    found = sorted(name for name in package.entries if name.lower().endswith((".xhtml", ".html", ".htm")))
    return [
        (name, AsideKind.CONTENTS if b"doc-toc" in page or b"<nav" in page else AsideKind.HIDDEN)
        for name in found[:MOST_PAGES]
        if name not in known and (page := package.part(name)) is not None
    ]


def _spine(package: Package, stated: dict[str, str]) -> list[tuple[str, AsideKind | None]]:
    """Return the paths of the pages in reading order, and what is set aside among them; note title and language."""
    container = package.xml(_CONTAINER)
    roots = [] if container is None else [one.get("full-path") or "" for one in container.iter("{*}rootfile")]
    data = package.part(roots[0]) if roots else None
    book = package.parsed(data) if data is not None else None
    if book is None:
        return []
    for key in ("title", "language"):
        words = next((one.text or "" for one in book.iter(f"{{*}}{key}")), "").strip()
        if words:
            stated[key] = words
    items = {one.get("id"): one for one in book.iter("{*}item")}
    order = [items[one.get("idref")] for one in book.iter("{*}itemref") if one.get("idref") in items]
    return [
        (_path(roots[0], one), AsideKind.CONTENTS if "nav" in (one.get("properties") or "").split() else None)
        for one in order
    ]


def _path(root: str, item: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(item.get("href") or "")))
