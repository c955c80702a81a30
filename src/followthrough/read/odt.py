"""Reader of OpenDocument texts: paragraphs numbered as printed, notes behind the text, deletions and contents aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import Notice, SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.lines import Source
from followthrough.read.package import Package, objects_not_read
from followthrough.read.paragraphs import Para, number, one_line, row_of, source_of

DEEPEST = 200
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ASIDE = {
    "tracked-changes": AsideKind.DELETED,
    "table-of-content": AsideKind.CONTENTS,
    "alphabetical-index": AsideKind.CONTENTS,
    "hidden-paragraph": AsideKind.HIDDEN,
    "hidden-text": AsideKind.HIDDEN,
    "annotation": AsideKind.COMMENT,
    "ruby-text": AsideKind.RUBY,
    "title": AsideKind.FIGURE,
    "desc": AsideKind.FIGURE,
}
_SILENT = frozenset({"annotation-end", "binary-data", "change-start", "change-end", "change"})
_DRAWN = frozenset(
    {"frame", "g", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption"}
)
"""Drawings, whose text stands in paragraphs of its own."""
_RUNNING = frozenset(f"{place}{which}" for place in ("header", "footer") for which in ("", "-left", "-first"))
_OBJECT = re.compile(r"([^/]{1,200})/content\.xml")
_DEEPEST_STYLE = 32


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is an OpenDocument text: a ZIP container that says so in its first entry."""
    return data.startswith(b"PK\x03\x04") and b"application/vnd.oasis.opendocument.text" in data[:200]


def source(data: bytes, name: str) -> Source:
    """Return the paragraphs of the OpenDocument text ``data`` as lines.

    Raises ``InputRefused`` for a file called ``name`` that is broken, encrypted, too large or without words.
    """
    refuse_size(name, len(data))
    package = Package(data, name, "OpenDocument")
    content, styles = package.xml("content"), package.xml("styles")
    body = None if content is None else next(content.iter("{*}text"), None)
    if content is None or body is None:
        raise InputRefused(name_of(name), "the OpenDocument file has no text in it", "open it and save it again")
    reader = _Reader([root for root in (content, styles) if root is not None])
    found = source_of([*reader.read(body), *reader.notes], name)
    reader.leave_running(styles)
    changes = len(list(content.iter("{*}changed-region")))
    message = f"{changes} tracked change{'s' if changes > 1 else ''}, read as accepted"
    notices = (Notice("tracked-changes", message),) if changes else ()
    return replace(found, set_aside=tuple(reader.aside), notices=(*notices, *_embedded(package)))


def _embedded(package: Package) -> tuple[Notice, ...]:
    """Return the notice of the objects (formulas, charts, tables of figures) that stand in the text as pictures."""
    found = (_OBJECT.fullmatch(name) for name in sorted(package.entries))
    return objects_not_read([one.group(1) for one in found if one])


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: etree._Element, name: str) -> str:
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


class _Reader:
    def __init__(self, roots: list[etree._Element]) -> None:
        self.levels: dict[tuple[str, int], tuple[str, str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.notes: list[Para] = []
        self.boxes: list[Para] = []
        self.aside: list[SetAside] = []
        self.hiding = _hiding(roots)
        for style in (one for root in roots for one in root.iter("{*}list-style")):
            for at, level in enumerate(one for one in style if isinstance(one.tag, str)):
                depth = int(_value(level, "level") or at + 1) if (_value(level, "level") or "1").isdigit() else at + 1
                form = _FORMS.get(_value(level, "num-format"), "") if "number" in _local(level) else ""
                start = _value(level, "start-value")
                first = int(start) if start.isdigit() and len(start) < 7 else 1
                self.levels[_value(style, "name"), depth] = (
                    form,
                    _value(level, "num-prefix"),
                    _value(level, "num-suffix"),
                    first,
                )

    def read(self, parent: etree._Element, depth: int = 0) -> Iterator[Para]:
        """Yield the paragraphs below ``parent``."""
        for one in parent if depth < DEEPEST else ():
            kind = _local(one)
            if kind in _ASIDE or self._hides(one):
                self._leave(one)
            elif kind in {"p", "h"}:
                yield from self._paragraph(one, "")
            elif kind == "list":
                yield from self._list(one, "", 1, depth + 1)
            elif kind == "table-row":
                yield from row_of([list(self.read(cell, depth + 1)) for cell in one if _local(cell) == "table-cell"])
            elif kind and kind not in _SILENT:
                yield from self.read(one, depth + 1)

    def _list(self, one: etree._Element, style: str, level: int, depth: int) -> Iterator[Para]:
        own = _value(one, "style-name")
        style = own or style
        if own and level == 1 and _value(one, "continue-numbering") != "true" and not _value(one, "continue-list"):
            self.counts = {key: count for key, count in self.counts.items() if key[0] != own}
        for item in one if depth < DEEPEST else ():
            if _local(item) not in {"list-item", "list-header"}:
                continue
            label = self._label(item, style, level) if _local(item) == "list-item" else ""
            for part in item:
                if _local(part) == "list":
                    yield from self._list(part, style, level + 1, depth + 1)
                elif _local(part) in {"p", "h"}:
                    yield from self._paragraph(part, label, level)
                    label = ""
                elif _local(part):
                    yield from self.read(part, depth + 1)

    def _label(self, item: etree._Element, style: str, level: int) -> str:
        form, prefix, suffix, first = self.levels.get((style, level), ("", "", "", 1))
        if all(_local(part) == "list" for part in item):
            return ""  # an item that only holds a list prints no number of its own
        if not form:
            return "•"
        start = _value(item, "start-value")
        given = int(start) if start.isdigit() and len(start) < 7 else self.counts.get((style, level), first - 1) + 1
        self.counts[style, level] = given
        for key in [key for key in self.counts if key[0] == style and key[1] > level]:
            del self.counts[key]
        return f"{prefix}{number(given, form)}{suffix or ('' if prefix else '.')}"

    def _paragraph(self, one: etree._Element, label: str, level: int = 0) -> Iterator[Para]:
        outer, self.boxes = self.boxes, []
        words = one_line("".join(self._words(one)))
        boxes, self.boxes = self.boxes, outer
        if words:
            yield self._para(one, words, label, level)
        yield from boxes

    def _para(self, one: etree._Element, words: str, label: str, level: int) -> Para:
        outline = _value(one, "outline-level")
        heading = int(outline) if _local(one) == "h" and outline.isdigit() and len(outline) < 3 else 0
        words = f"{label} {words}" if label else words
        if heading:
            return Para(words, "heading", heading)
        return Para(words, "bullet" if label == "•" else "whole", level if label == "•" else 0)

    def _words(self, parent: etree._Element, depth: int = 0) -> Iterator[str]:
        yield parent.text or ""
        for one in parent if depth < DEEPEST else ():
            kind = _local(one)
            if kind == "note":
                self._note(one)
            elif kind in _ASIDE or self._hides(one):
                self._leave(one)
            elif kind in _DRAWN:
                self.boxes += self.read(one, depth + 1)
            elif kind in {"s", "tab", "line-break"}:
                yield " "
            elif kind and kind not in _SILENT:
                yield from self._words(one, depth + 1)
            yield one.tail or ""

    def _note(self, note: etree._Element) -> None:
        body = next((one for one in note if _local(one) == "note-body"), None)
        words = one_line(" ".join(str(part) for part in body.itertext())) if body is not None else ""
        mark = next((one_line("".join(map(str, one.itertext()))) for one in note if _local(one) == "note-citation"), "")
        if words:
            self.notes.append(Para(f"{mark} {words}".strip(), "note"))

    def _hides(self, one: etree._Element) -> bool:
        return _value(one, "display") == "none" or _value(one, "style-name") in self.hiding

    def leave_running(self, styles: etree._Element | None) -> None:
        """Set aside the running heads of the pages."""
        for one in styles.iter() if styles is not None else ():
            if _local(one) in _RUNNING:
                self._leave(one, AsideKind.RUNNING_HEAD)

    def _leave(self, one: etree._Element, kind: AsideKind | None = None) -> None:
        kind = kind or _ASIDE.get(_local(one), AsideKind.HIDDEN)
        blocks = [*one.iter("{*}p", "{*}h")]
        facts = [part for part in one if _local(part) in {"creator", "date"}]  # of a comment
        for part in [*facts, *blocks] if blocks else (one,):
            if words := one_line("".join(map(str, part.itertext()))):
                self.aside.append(SetAside(kind, words))


def _hiding(roots: list[etree._Element]) -> frozenset[str]:
    """Return the names of the styles whose text is not shown, and of those based on them."""
    styles = {_value(one, "name"): one for root in roots for one in root.iter("{*}style")}
    found = {
        name
        for name, one in styles.items()
        if any(_value(part, "display") == "none" for part in one if _local(part) == "text-properties")
    }
    for _ in range(_DEEPEST_STYLE):
        more = {name for name, one in styles.items() if _value(one, "parent-style-name") in found} - found
        if not more:
            break
        found |= more
    return frozenset(found - {""})
