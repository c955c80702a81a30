"""The words of XML by expat alone: in Akoma Ntoso, and in the parts of Word, OpenDocument and EPUB files."""

from __future__ import annotations

import posixpath
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
_WORD_PARTS = re.compile(
    r"word/(?:document\d*|footnotes\d*|endnotes\d*|header\d*|footer\d*|comments|(?:diagrams/data|charts/chart)\d*)\.xml"
)
_RELATION = re.compile(rb"<(?:\w{1,20}:)?Relationship\b[^<>]{1,2000}>")
_ATTRIBUTE = re.compile(rb"\b(Id|Type|Target|TargetMode)\s{0,9}=\s{0,9}[\"']([^\"'<>]{0,1000})[\"']")
_CHUNK = re.compile(rb"<(?:\w{1,20}:)?altChunk\b[^<>]{0,1000}?:id\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,200})[\"']")
_HOLDS_OPEN = frozenset({"body", "master-styles"})
_GLUES_OPEN = frozenset({"span", "a", "s", "frame", "image"})
MOST_CHUNKS = 200
Inner = Callable[[bytes], SourceWords]
_WORD_BREAKS = frozenset({"p", "tab", "br", "cr", "tc", "ptab"})
_BESIDE = frozenset(
    [
        "authorialNote", "note", "del", "moveFrom", "tracked-changes", "annotation", "rt", "ruby-text", "txbxContent",
        "frame", "g", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption",
    ]
)  # fmt: skip
_OFF = frozenset({"0", "false", "off", "none"})
_GLUES = frozenset({"b", "i", "u", "span", "sup", "sub", "a", "ref", "def", "term", "ins", "del", "inline", "abbr"})


class _Walk:
    """Collects the text of one XML part, with a blank wherever an element that is no inline begins or ends."""

    def __init__(self, wanted: Callable[[list[str]], object], glues: Callable[[str], bool]) -> None:
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
        elif self.path[-1] == "textpath":
            self.notes.append(f" {attributes.get('string', '')} ")
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


def _walked(data: bytes, wanted: Callable[[list[str]], object], glues: Callable[[str], bool]) -> str:
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


def word_words(data: bytes, inner: Inner) -> SourceWords:
    """Return the words of a Word file: of its body, notes, text boxes, running heads, comments and drawings.

    Deleted and hidden text are among them. ``inner`` reads the parts of other formats that the body takes in.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        pieces = [*bounded(_word_pieces(package))]
        unseen = []
        for name in _chunks(package):
            found = inner(_part(package, name)) if name in package.namelist() else SourceWords("", (), unread="absent")
            pieces += found.pieces
            unseen += [*found.unseen, *([name.rpartition("/")[2] or "another file"] if found.unread else [])]
    return SourceWords("zipfile and expat", tuple(pieces), counts=True, unseen=tuple(unseen))


def _word_pieces(package: zipfile.ZipFile) -> Iterator[str]:
    for name in sorted(package.namelist()):
        if _WORD_PARTS.fullmatch(name):
            chart = name.startswith("word/charts/")
            yield _walked(
                _part(package, name),
                _of_chart if chart else lambda path: path[-1] in _WORD_TEXT and "Fallback" not in path,
                lambda tag: tag not in _WORD_BREAKS,
            )


def _of_chart(path: list[str]) -> bool:
    return path[-1] == "t" or (path[-1] == "v" and "strCache" in path)


def _chunks(package: zipfile.ZipFile) -> list[str]:
    """Return the names of the parts that the body takes in, once for each time."""
    if "word/_rels/document.xml.rels" not in package.namelist():
        return []
    targets = {}
    for relation in _RELATION.findall(_part(package, "word/_rels/document.xml.rels")):
        said = {key: text.decode("utf-8", "replace") for key, text in _ATTRIBUTE.findall(relation)}
        if said.get(b"Type", "").endswith("/aFChunk"):
            target = "" if said.get(b"TargetMode") == "External" else said.get(b"Target", "")
            targets[said.get(b"Id", "")] = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
    body = _part(package, "word/document.xml") if targets else b""
    return [targets.get(one.decode("utf-8", "replace"), "") for one in _CHUNK.findall(body)][:MOST_CHUNKS]


def open_document_words(data: bytes) -> SourceWords:
    """Return the words of an OpenDocument text: ``content.xml``, notes and tracked deletions among them."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        pieces = [
            _walked(
                _part(package, name),
                lambda path: _HOLDS_OPEN.intersection(path) and "binary-data" not in path,
                lambda tag: tag in _GLUES_OPEN or tag.startswith(("bookmark", "change", "reference-mark", "ruby")),
            )
            for name in ("content.xml", "styles.xml")
            if name in package.namelist()
        ]
    return SourceWords("zipfile and expat", tuple(pieces), counts=True)


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
