"""Reader of EPUB: its pages in the order of the spine, each read as a web page; the navigation is set aside."""

from __future__ import annotations

import posixpath
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
    for path, is_navigation in _spine(package, stated)[:MOST_PAGES]:
        page = package.part(path)
        if page is None:
            continue
        try:
            read = html.source(page, name)
        except InputRefused:
            continue  # a page of pictures
        if is_navigation:
            aside += [*read.set_aside, SetAside(AsideKind.CONTENTS, " ".join(read.text.split()))]
        else:
            pages.append(read)
    if not pages:
        raise InputRefused(name_of(name), "the book holds no words", "give a file that holds the text")
    found = joined(pages, stated)
    return Source(found.text, found.lines, found.metadata, found.guessed, (*found.set_aside, *aside), found.notices)


def _spine(package: Package, stated: dict[str, str]) -> list[tuple[str, bool]]:
    """Return the paths of the pages in reading order, each with whether it is navigation; note title and language."""
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
    return [(_path(roots[0], one), "nav" in (one.get("properties") or "").split()) for one in order]


def _path(root: str, item: etree._Element) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(item.get("href") or "")))
