"""What a Word file holds beside its body: running heads, comments, drawings, and parts of other formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import Notice, SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.docx.numbering import local, value
from followthrough.read.inner import Inner
from followthrough.read.lines import Source
from followthrough.read.package import Package, names_of, objects_not_read
from followthrough.read.paragraphs import Para, one_line

_BESIDE = (
    (re.compile(r"word/(?:header|footer)\d*\.xml"), AsideKind.RUNNING_HEAD),
    (re.compile(r"word/comments\.xml"), AsideKind.COMMENT),
    (re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml"), AsideKind.FIGURE),
)
"""Parts whose words stand outside the text, and what they are."""
_EMBEDDED = re.compile(r"word/embeddings/[^/]+")
_RELATIONS = "word/_rels/document.xml.rels"


def aside_in(parts: Package) -> list[SetAside]:
    """Return the words of the parts beside the body, paragraph by paragraph."""
    found: list[SetAside] = []
    for name in sorted(parts.entries):
        kind = next((kind for pattern, kind in _BESIDE if pattern.fullmatch(name)), None)
        data = parts.part(name) if kind else None
        if kind is None or data is None:
            continue
        root = parts.parsed(data)
        found += [SetAside(kind, words) for words in map(one_line, _paragraphs(root)) if words]
        found += [SetAside(AsideKind.WATERMARK, words) for words in marks_of(root)]
    return found


def marks_of(root: etree._Element) -> list[str]:
    """Return the words of the watermarks below ``root``, which are drawn as letters along a path."""
    return [words for one in root.iter("{*}textpath") if (words := one_line(value(one, "string") or ""))]


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the words of each paragraph of text, and of each name in a chart that is a word and no number."""
    for para in root.iter("{*}p"):
        yield "".join(one.text or "" if local(one) == "t" else " " for one in para.iter("{*}t", "{*}tab", "{*}br"))
    for cache in root.iter("{*}strCache"):
        for one in cache.iter("{*}v"):
            yield one.text or ""


def embedded_in(parts: Package) -> tuple[Notice, ...]:
    """Return the notice of the objects in a file that hold more than the picture that is printed of them."""
    return objects_not_read([posixpath.basename(name) for name in sorted(parts.entries) if _EMBEDDED.fullmatch(name)])


class Chunks:
    """The parts of other formats that the body of a Word file takes in where it names them (``w:altChunk``)."""

    def __init__(self, parts: Package, inner: Inner | None) -> None:
        self.parts, self.inner = parts, inner
        self.read: list[Source] = []
        self.refused: list[tuple[str, str]] = []
        self._targets: dict[str, str] | None = None

    def paras(self, element: etree._Element) -> list[Para]:
        """Return the paragraphs of the part that ``element`` names; one that cannot be read has none, and is noted."""
        name = self._target(value(element, "id") or "")
        try:
            data = self.parts.part(name) if name else None
            if data is None or self.inner is None:
                raise InputRefused(name, "there is no such part in the file", "open it in Word and save it again")
            source = self.inner.read(data, posixpath.basename(name))
        except InputRefused as refused:
            self.refused.append((posixpath.basename(name) or "a part in another file", refused.what))
            return []
        self.read.append(source)
        text = source.text
        return [
            Para(text[one.start : one.end], one.hint or "whole", one.level) for one in source.lines if not one.blank
        ]

    def notices(self) -> tuple[Notice, ...]:
        """Return the notices of all that was read, and how many parts were not, by name."""
        told = tuple(notice for source in self.read for notice in source.notices)
        if not self.refused:
            return told
        count = len(self.refused)
        names = names_of([name for name, _ in self.refused])
        what = f"{count} part{'s' if count > 1 else ''} of another format in the text not read: {names}"
        return (*told, Notice("not-read", f"{what} ({self.refused[0][1]})"))

    def _target(self, reference: str) -> str:
        if self._targets is None:
            data = self.parts.part(_RELATIONS)
            root = self.parts.parsed(data) if data is not None else None
            self._targets = {
                one.get("Id") or "": posixpath.normpath(posixpath.join("/word", one.get("Target") or "")).lstrip("/")
                for one in (root if root is not None else ())
                if isinstance(one.tag, str) and one.get("TargetMode") != "External"
            }
        return self._targets.get(reference, "")
