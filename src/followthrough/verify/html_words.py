"""The words of a web page by the parser of the standard library: everything but scripts, styles and its head.

What a page holds and a browser does not show is among them, and the page in a frame."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from followthrough.verify.plain_words import decoded
from followthrough.verify.source_words import SourceWords

_SILENT = frozenset({"script", "style", "head"})
_GLUES = frozenset(
    {"a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "small", "mark", "abbr", "wbr", "ins"}
)
_RUBY = frozenset({"ruby", "rb", "rt", "rp", "rtc"})
_CHARSET = re.compile(rb"charset\s{0,9}+=[\s\"']{0,9}+([\w:.-]{2,30})", re.I)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.silent: list[str] = []
        self.out: list[str] = []
        self.framed: list[str] = []
        self.ruby: list[str] = []
        self.above = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element: one that is never shown silences what is in it."""
        if tag == "body":
            self.silent.clear()
        if tag in _SILENT:
            self.silent.append(tag)
        if tag not in _GLUES and tag not in _RUBY:
            self.out.append(" ")
        if tag in _RUBY:
            self.above = tag == "rt"
            self.ruby.append(" ")
        if tag == "iframe":
            self.framed += [words for name, words in attrs if name == "srcdoc" and words]

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        if tag in _RUBY:
            self.above = False
        elif tag not in _GLUES:
            self.out.append(" ")

    def handle_data(self, data: str) -> None:
        """Take the text between two tags."""
        if not self.silent:
            (self.ruby if self.above else self.out).append(data)


def html_words(data: bytes) -> SourceWords:
    """Return the words of a web page, in the order of its source."""
    stated = _CHARSET.search(data[:8192])
    page = _read(decoded(data, stated.group(1).decode("ascii") if stated else ""))
    framed = ("".join(_read(words).out) for words in page.framed)
    return SourceWords("html.parser", ("".join(page.out), "".join(page.ruby), *framed), counts=True)


def _read(words: str) -> _Page:
    page = _Page()
    page.feed(words)
    page.close()
    return page
