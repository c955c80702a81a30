"""Reader of Word files: numbered paragraphs as Word prints them, table rows; tracked changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import Notice, SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of, refuse_size
from followthrough.read.docx.beside import Chunks, aside_in, embedded_in, marks_of
from followthrough.read.docx.numbering import Numbering, child, local, value, whole
from followthrough.read.inner import Inner
from followthrough.read.lines import Source
from followthrough.read.package import Package
from followthrough.read.paragraphs import Para, one_line, row_of, source_of

_OLE = b"\xd0\xcf\x11\xe0"
_LEFT_OUT = (
    "del moveFrom delText instrText delInstrText pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr drawing pict object"
    " Fallback footnoteRef endnoteRef commentReference annotationRef rt softHyphen"
)
_SKIPPED = frozenset(_LEFT_OUT.split())
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_PRINTED = frozenset({"t", "delText"})
_NOTES = ("footnote", "endnote")
_REFERENCES = frozenset(f"{kind}Reference" for kind in _NOTES)
_BLANKS = frozenset({"tab", "br", "cr", "ptab"})
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST_STYLE = 32


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is a Word file: a ZIP container with a Word document in it."""
    return data.startswith(b"PK\x03\x04") and b"word/document" in data


def source(data: bytes, name: str, inner: Inner | None = None) -> Source:
    """Return the paragraphs of the Word file ``data`` as lines, numbered as printed.

    Footnotes and endnotes follow the text; parts of other formats stand in their place, as ``inner`` reads them.
    Deleted and hidden text, comments, running heads, drawings and tables of contents are set aside. Raises
    ``InputRefused`` for a file called ``name`` that is broken, encrypted, too large or a ZIP bomb.
    """
    refuse_size(name, len(data))
    if data.startswith(_OLE):
        raise InputRefused(
            name_of(name), "this Word file is encrypted or of the old .doc format", "save it as .docx without password"
        )
    parts = Package(data, name, "Word")
    body = child(parts.xml("word/document"), "body")
    if body is None:
        raise InputRefused(name_of(name), "the Word file has no document in it", "open it in Word and save it again")
    styles = _Styles(styled := parts.xml("word/styles"))
    reader = _Reader(styles, Numbering(parts.xml("word/numbering")), chunks := Chunks(parts, inner))
    paras = reader.read(body)
    notes = reader.noted({kind: parts.xml(f"word/{kind}s") for kind in _NOTES})
    stated = value(child(styled, "docDefaults", "rPrDefault", "rPr", "lang")) or ""
    found = source_of([*paras, *notes], name)
    marks = [SetAside(AsideKind.WATERMARK, words) for words in marks_of(body)]
    inside = [piece for one in chunks.read for piece in one.set_aside]
    return replace(
        found,
        metadata={"language": stated},
        set_aside=(*reader.aside, *marks, *inside, *aside_in(parts)),
        notices=(*_told_changes(reader.changes), *chunks.notices(), *embedded_in(parts)),
    )


def _told_changes(changes: int) -> tuple[Notice, ...]:
    """Return the notice of a file whose tracked changes nobody has accepted or rejected."""
    if not changes:
        return ()
    message = f"{changes} tracked change{'s' if changes > 1 else ''}, read as accepted"
    return (Notice("tracked-changes", message),)


class _Styles:
    """The styles of a file, with inheritance along ``basedOn``."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self.default: str | None = None
        for one in root if root is not None else ():
            name = value(one, "styleId")
            if local(one) == "style" and name:
                self._by_id[name] = one
                if value(one, "type") == "paragraph" and value(one, "default") in {"1", "true", "on"}:
                    self.default = name

    def chain(self, name: str | None) -> Iterator[tuple[str, etree._Element]]:
        """Yield the style ``name`` and those that it is based on, nearest first."""
        for _ in range(_DEEPEST_STYLE):
            one = self._by_id.get(name) if name else None
            if one is None or name is None:
                return
            yield name, one
            name = value(child(one, "basedOn"))

    def named(self, name: str | None) -> str:
        """Return the printed name of a style in lower case, or its identifier."""
        one = self._by_id.get(name or "")
        return (value(child(one, "name")) or name or "").lower()

    def outline(self, name: str | None) -> int:
        """Return the level of heading (1 is the top) that a style gives, or 0."""
        for at, one in self.chain(name):
            depth = whole(value(child(one, "pPr", "outlineLvl")))
            if depth is not None:
                return depth + 1 if 0 <= depth < 9 else 0
            called = self.named(at)
            if called == "title":
                return 1
            if called.startswith("heading ") and called[8:].isdigit():
                return min(9, int(called[8:10]))
        return 0

    def hides(self, name: str | None) -> bool:
        """Return whether a character style hides its text."""
        marks = (child(one, "rPr", "vanish") for _, one in self.chain(name))
        return any(mark is not None and value(mark) not in _OFF for mark in marks)


class _Reader:
    def __init__(self, styles: _Styles, numbering: Numbering, chunks: Chunks) -> None:
        self.styles = styles
        self.chunks = chunks
        self.numbering = numbering
        self.carried = ""
        self.cited: list[tuple[str, str | None]] = []
        self.aside: list[SetAside] = []
        self.changes = 0

    def noted(self, parts: Mapping[str, etree._Element | None]) -> list[Para]:
        """Return the notes cited so far, in the order and with the numbers of their reference marks."""
        found = []
        notes = {
            (kind, value(one, "id")): one
            for kind, root in parts.items()
            if root is not None
            for one in root
            if local(one) == kind and not value(one, "type")
        }
        for at, key in enumerate(dict.fromkeys(self.cited), start=1):
            if (note := notes.pop(key, None)) is not None:
                words = " ".join(para.words for para in self.read(note))
                found.append(Para(f"{at} {words}", "note"))
        for note in notes.values():
            self._leave(AsideKind.HIDDEN, note)  # nothing in the text refers to it, so that Word does not print it
        return found

    def read(self, parent: etree._Element) -> list[Para]:
        """Return the paragraphs and table rows below ``parent`` in order."""
        out: list[Para] = []
        for one in parent:
            kind = local(one)
            if kind == "p":
                out.extend(self._paragraph(one))
            elif kind == "tbl":
                for row in self._below(one, "tr"):
                    out.extend(self._row(row))
            elif kind == "altChunk":
                out.extend(self.chunks.paras(one))
            elif kind not in _SKIPPED and len(one):
                out.extend(self.read(one))
        return out

    def _below(self, parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
        for one in parent:
            if local(one) == wanted:
                yield one
            elif local(one) not in _SKIPPED and local(one) not in {"tc", "p"}:
                yield from self._below(one, wanted)

    def _row(self, row: etree._Element) -> list[Para]:
        if child(row, "trPr", "del") is not None:
            self._leave(AsideKind.DELETED, row)
            return []
        return row_of([self.read(cell) for cell in self._below(row, "tc")])

    def _paragraph(self, para: etree._Element) -> list[Para]:
        props = child(para, "pPr")
        style = value(child(props, "pStyle")) or self.styles.default
        if self.styles.named(style).startswith("toc "):
            self._leave(AsideKind.CONTENTS, para)
            return []
        words = self.carried + "".join(self._words(para))
        self.carried = ""
        if value(child(props, "framePr"), "dropCap") in {"drop", "margin"}:
            self.carried = words.strip()  # the large first letter of the next paragraph
            return []
        mark = child(props, "rPr", "del")
        if mark is not None:
            self.carried = words
            return self._boxes(para)
        label, bullet, depth = self._number(props, style)
        words = one_line(words)
        if not words:
            return self._boxes(para)
        words = f"{label} {words}" if label else words
        level = whole(value(child(props, "outlineLvl")))
        heading = self.styles.outline(style) if level is None else (level + 1) % 10
        plain = Para(words, "heading", heading) if heading else Para(words)
        found = Para(words, "bullet", depth) if bullet else plain
        return [found, *self._boxes(para)]

    def _boxes(self, para: etree._Element) -> list[Para]:
        """Return the paragraphs of the text boxes anchored in ``para``, each once."""
        boxes = [one for one in para.iter("{*}txbxContent") if next(one.iterancestors("{*}p"), None) is para]
        kept = [one for one in boxes if next(one.iterancestors("{*}Fallback"), None) is None]
        return [found for box in kept for found in self.read(box)]

    def _number(self, props: etree._Element | None, style: str | None) -> tuple[str, bool, int]:
        own = child(props, "numPr")
        num, depth = value(child(own, "numId")), whole(value(child(own, "ilvl")))
        if num is None:
            num, styled = self._style_number(style)
            depth = styled if depth is None else depth
        if num is None or num == "0":
            return "", False, 0
        if link := self.numbering.style_of(num):
            num = self._style_number(link)[0] or num
        label, bullet = self.numbering.next(num, depth or 0)
        return label, bullet, depth or 0

    def _style_number(self, style: str | None) -> tuple[str | None, int | None]:
        depth = None
        for name, one in self.styles.chain(style):
            properties = child(one, "pPr", "numPr")
            depth = whole(value(child(properties, "ilvl"))) if depth is None else depth
            if num := value(child(properties, "numId")):
                at = self.numbering.level_of_style(num, style or name)
                at = self.numbering.level_of_style(num, name) if at is None else at
                return num, depth if at is None else at
        return None, None

    def _words(self, parent: etree._Element) -> Iterator[str]:
        for one in parent:
            kind = local(one)
            self.changes += kind in _CHANGES
            if kind in _SKIPPED:
                if kind in _CHANGES or kind == "rt":
                    self._leave(AsideKind.RUBY if kind == "rt" else AsideKind.DELETED, one)
                continue
            if kind == "t":
                yield one.text or ""
            elif kind in _REFERENCES:
                self.cited.append((kind.removesuffix("Reference"), value(one, "id")))
            elif kind in _BLANKS:
                yield " "
            elif kind == "noBreakHyphen":
                yield "-"
            elif kind == "r" and self._hidden(one):
                self._leave(AsideKind.HIDDEN, one)
            else:
                yield from self._words(one)

    def _leave(self, kind: AsideKind, parent: etree._Element) -> None:
        """Set aside the words below ``parent``, deleted ones among them."""
        parts = (one.text or "" if local(one) in _PRINTED else " " for one in parent.iter("{*}t", "{*}delText", "{*}p"))
        if words := one_line("".join(parts)):
            self.aside.append(SetAside(kind, words))

    def _hidden(self, run: etree._Element) -> bool:
        props = child(run, "rPr")
        mark = child(props, "vanish")
        if mark is not None:
            return value(mark) not in _OFF
        return self.styles.hides(value(child(props, "rStyle")))
