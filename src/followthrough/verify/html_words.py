"""The words of a web page by the parser of the standard library: everything but scripts, styles and its head."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from followthrough.verify.plain_words import decoded
from followthrough.verify.source_words import SourceWords

_SILENT = frozenset({"script", "style", "template", "noscript", "head", "textarea", "select", "object", "svg", "math"})
_GLUES = frozenset(
    {"a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "small", "mark", "abbr", "wbr", "ins"}
)
_CHARSET = re.compile(rb"charset\s{0,9}+=[\s\"']{0,9}+([\w:.-]{2,30})", re.I)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent: list[str] = []
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Open an element: one that is never shown silences what is in it."""
        if tag == "body":
            self.silent.clear()
        if tag in _SILENT:
            self.silent.append(tag)
        if tag not in _GLUES:
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        if tag not in _GLUES:
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        """Take the text between two tags."""
        if not self.silent:
            self.out.append(data)


def html_words(data: bytes) -> SourceWords:
    """Return the words of a web page, in the order of its source."""
    stated = _CHARSET.search(data[:8192])
    page = _Page()
    page.feed(decoded(data, stated.group(1).decode("ascii") if stated else ""))
    page.close()
    return SourceWords("html.parser", ("".join(page.out),), counts=True)
