"""Makes a page of the site a page of the edition: relative addresses, no form that needs a server, no sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.template.loader import render_to_string
from django.urls import reverse
from lxml import etree, html

from followthrough.web.edition.names import between
from followthrough.web.edition.urls import A_TO_Z, DOCS, RESTORE

POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file:; script-src 'self' file:; font-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)
"""As on the site; a browser that opens a folder calls its files ``file:``. Nothing is asked of any other host."""
_HERE = "followthrough:"
_PARSER = html.HTMLParser(encoding="utf-8")
_LINKS = ("href", "src", "action", "data", "poster")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link of a page leads: a file of the edition, and whether it asked for another state of that list."""

    file: str
    other_state: bool = False


Find = Callable[[str, str], Place | None]
"""Finds where an address, a path and a query, is in the edition; nothing where it is not published."""


def links_of(body: bytes, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the query of every link of the page ``path`` that stays on the site."""
    for element in html.document_fromstring(body, parser=_PARSER).iter("a", "link", "img", "script", "area", "iframe"):
        address = element.get("href") or element.get("src")
        if address and (inner := inside(address, path)):
            yield inner[:2]


def inside(address: str, path: str) -> tuple[str, str, str] | None:
    """Return path, query and fragment of an address on the page ``path``; nothing where it leaves the site."""
    parts = urlsplit(urljoin(f"{_HERE}//site{path}", address) if not urlsplit(address).scheme else address)
    known = parts.scheme == _HERE[:-1] or (not parts.scheme and not parts.netloc)
    return (parts.path or path, parts.query, parts.fragment) if known and parts.netloc in ("", "site") else None


def rewritten(body: bytes, path: str, file: str, find: Find, origin: tuple[str, str], canonical: str) -> bytes:
    """Return the page ``path`` as the file ``file``: ``origin`` is the site as asked, and as the edition says it."""
    document = html.document_fromstring(body, parser=_PARSER)
    _without_forms(document)
    _with_edition(document, canonical)
    _Links(path, file, find).rewrite(document)
    if origin[0] != origin[1]:
        _said_anew(document, *origin)
    return bytes(etree.tostring(document, method="html", encoding="utf-8", doctype="<!doctype html>")) + b"\n"


def _without_forms(document: html.HtmlElement) -> None:
    """Take out every form but the search; where a list could be filtered, say that it can on the live site."""
    said = False
    for form in list(document.iter("form")):
        if form.get("role") == "search" and form.get("action", "").startswith(reverse("search")):
            continue
        if form.get("method", "get").lower() == "get" and not said:
            said = True
            form.addprevious(html.fragment_fromstring(render_to_string("edition/_no_filters.html").strip()))
        form.drop_tree()


def _with_edition(document: html.HtmlElement, canonical: str) -> None:
    """Put the policy into the head, and the pages of the edition itself into the foot."""
    charset = document.head[0]
    charset.addnext(html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}))
    if canonical:
        charset.addnext(html.Element("link", rel="canonical", href=canonical))
    for listed in document.xpath("//footer//ul[last()]"):
        listed.extend(
            html.fragments_fromstring(
                render_to_string("edition/_foot.html", {"a_to_z": A_TO_Z, "restore": RESTORE, "docs": DOCS}).strip()
            )
        )


def _said_anew(document: html.HtmlElement, asked: str, said: str) -> None:
    """Write the address of the edition where the page prints that of the site that was asked."""
    for element in document.iter():
        for part in ("text", "tail"):
            words = getattr(element, part)
            if words and asked in words and isinstance(element.tag, str):
                setattr(element, part, words.replace(asked, said))


@dataclass(slots=True)
class _Links:
    """Rewrites the links of one page."""

    path: str
    file: str
    find: Find

    def rewrite(self, document: html.HtmlElement) -> None:
        for element in list(document.iter()):
            if not isinstance(element.tag, str):
                continue
            for name in _LINKS:
                address = element.get(name)
                if address is not None and not address.startswith("#"):
                    self._attribute(element, name, address)

    def _attribute(self, element: html.HtmlElement, name: str, address: str) -> None:
        inner = inside(address, self.path)
        if inner is None:
            return
        path, query, fragment = inner
        place = self.find(path, query)
        if place is None or (place.other_state and place.file == self.file):
            _unlinked(element)
            return
        query = query if path == reverse("search") and query else ""
        shown = between(self.file, place.file) if place.file != self.file or not fragment else ""
        element.set(name, f"{shown}{'?' + query if query else ''}{'#' + fragment if fragment else ''}")


def _unlinked(element: html.HtmlElement) -> None:
    """Take a link away: its words stay in a sentence, and go where they are a button or an entry of a menu."""
    item = element.getparent()
    in_menu = any(one.tag in ("nav", "footer") for one in element.iterancestors())
    if element.tag != "a" or "btn" in element.get("class", "").split():
        element.drop_tree()
    elif in_menu and item is not None and item.tag == "li":
        item.drop_tree()
    else:
        element.tag = "span"
        for name in ("href", "rel", "download"):
            element.attrib.pop(name, None)
