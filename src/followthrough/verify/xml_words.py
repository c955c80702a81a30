"""The words of XML by expat alone: in Akoma Ntoso, and in the parts of Word, OpenDocument and EPUB files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from xml.parsers import expat

from followthrough.verify.html_words import html_words
from followthrough.verify.source_words import SourceWords, bounded

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of one part of a container that are looked at; more is no document."""
_WORD_TEXT = frozenset({"t", "delText"})
_WORD_PARTS = re.compile(r"word/(?:document\d*|footnotes\d*|endnotes\d*)\.xml")
_WORD_BREAKS = frozenset({"p", "tab", "br", "cr", "tc", "ptab"})
_BESIDE = frozenset({"authorialNote", "note", "del", "moveFrom", "tracked-changes", "annotation"})
_OFF = frozenset({"0", "false", "off", "none"})
_GLUES = frozenset({"b", "i", "u", "span", "sup", "sub", "a", "ref", "def", "term", "ins", "del", "inline", "abbr"})


class _Walk:
    """Collects the text of one XML part, with a blank wherever an element that is no inline begins or ends."""

    def __init__(self, wanted: Callable[[list[str]], bool], glues: Callable[[str], bool]) -> None:
        self.wanted, self.glues = wanted, glues
        self.path: list[str] = []
        self.out: list[str] = []
        self.notes: list[str] = []
        self.hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.path.append(name.rpartition(":")[2])
        if self.path[-1] == "r":
            self.hidden = False
        elif self.path[-1] == "vanish":
            self.hidden = attributes.get("w:val") not in _OFF
            self.notes.append(" ")
        self._space(self.path[-1])

    def end(self, _name: str) -> None:
        self._space(self.path[-1])
        self.path.pop()

    def text(self, data: str) -> None:
        if self.wanted(self.path):
            self._home().append(data)

    def _space(self, name: str) -> None:
        if not self.glues(name) or name in _BESIDE:
            self._home().append(" ")

    def _home(self) -> list[str]:
        """Return where text goes: what interrupts a sentence is read after everything."""
        return self.notes if self.hidden or _BESIDE.intersection(self.path) else self.out


def _no_entity(*_: object) -> None:
    raise expat.ExpatError("an entity is declared")


def _walked(data: bytes, wanted: Callable[[list[str]], bool], glues: Callable[[str], bool]) -> str:
    walk = _Walk(wanted, glues)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _no_entity
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.CharacterDataHandler = walk.text
    parser.Parse(data, True)
    return "".join((*walk.out, " ", *walk.notes))


def akoma_ntoso_words(data: bytes) -> SourceWords:
    """Return the words of an Akoma Ntoso file: all but its metadata."""
    words = _walked(data, lambda path: "meta" not in path, lambda name: name in _GLUES)
    return SourceWords("expat", (words,))


def word_words(data: bytes) -> SourceWords:
    """Return the words of a Word file: body, notes, text boxes, deleted and hidden text among them."""
    return SourceWords("zipfile and expat", bounded(_word_pieces(data)), counts=True)


def _word_pieces(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if _WORD_PARTS.fullmatch(name):
                yield _walked(
                    _part(package, name),
                    lambda path: path[-1] in _WORD_TEXT and "Fallback" not in path and "rt" not in path,
                    lambda tag: tag not in _WORD_BREAKS,
                )
            elif name.startswith("word/") and name.lower().endswith((".htm", ".html", ".xhtml", ".mht")):
                yield from html_words(_part(package, name)).pieces


def open_document_words(data: bytes) -> SourceWords:
    """Return the words of an OpenDocument text: ``content.xml``, notes and tracked deletions among them."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        words = _walked(
            _part(package, "content.xml"),
            lambda path: "body" in path and "binary-data" not in path,
            lambda name: name in {"span", "a", "s"} or name.startswith(("bookmark", "change", "reference-mark")),
        )
    return SourceWords("zipfile and expat", (words,), counts=True)


def epub_words(data: bytes) -> SourceWords:
    """Return the words of an EPUB: of each of its pages, in the order of their names."""
    return SourceWords("zipfile and html.parser", bounded(_epub_pieces(data)), counts=True)


def _epub_pieces(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.lower().endswith((".xhtml", ".html", ".htm")):
                yield from html_words(_part(package, name)).pieces


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(MOST_BYTES)
