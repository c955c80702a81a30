"""What lies over the pages of a PDF file: values of form fields, remarks of readers, stamps, and forms of XFA.

None of it is among the words of a page, so that a reader of pages alone would lose it in silence. It is set aside by
name: where a value stands in a sentence of the page, no file says.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.vocabulary import AsideKind
from followthrough.read.decode import name_of

_LONGEST = 2_000_000
"""Bytes of one value; and of one packet of XFA."""
_MOST = 20_000
"""Annotations of a page, options of a choice, and files in the file that are looked at."""
_MOST_CHARS = 10_000_000
"""Letters over all pages of a file."""
_MOST_TRIES = 1_000_000
_UNTOLD = frozenset({"script", "binding", "event", "traversal", "config", "localeSet"})
"""Elements of an XFA template whose text is code and settings."""
_XFA = ("template", "datasets", "form")
"""Packets of XFA that hold words of a form and its answers."""
_NAMELESS = "a file without a name"

Over = tuple[AsideKind, str]


class Annotations:
    """The annotations of the pages of one file; ``raw`` is the low-level module of pypdfium2, ``name`` its name."""

    def __init__(self, raw: Any, book: Any, name: str) -> None:
        self.raw, self.book, self.name = raw, book, name
        self.room = _MOST_CHARS
        self.files: list[str] = []
        self.settings = raw.FPDF_FORMFILLINFO(version=2)
        fields = raw.FPDF_GetFormType(book) != raw.FORMTYPE_NONE
        # Pages are opened without it: it would paint anew what the file says is painted.
        self.form = raw.FPDFDOC_InitFormFillEnvironment(book, self.settings) if fields else None
        self.silent = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})
        """A link holds no words of its own but for those who do not see, a pop-up those of its annotation."""

    def over(self, page: Any, number: int, text_page: Any) -> list[Over]:
        """Return the words over the page ``number`` (from 0), whose own are in ``text_page``.

        The page is not to be used on. Raises ``InputRefused`` where there are more words than a document holds.
        """
        count = min(self.raw.FPDFPage_GetAnnotCount(page), _MOST)
        if count <= 0:
            return []
        said, drawn = list[Over](), False
        for at in range(count):
            annotation = self.raw.FPDFPage_GetAnnot(page, at)
            if annotation and self.raw.FPDFAnnot_GetSubtype(annotation) not in self.silent:
                said += self._bounded(self._said(annotation), number)
                drawn = drawn or bool(self.raw.FPDFAnnot_HasKey(annotation, b"AP"))
            self.raw.FPDFPage_CloseAnnot(annotation)
        return [*said, *self._bounded(self._drawn(page, number, text_page, said), number)] if drawn else said

    def _bounded(self, over: Iterator[Over], number: int) -> Iterator[Over]:
        for kind, words in over:
            self.room -= len(words)
            if self.room < 0:
                what = f"annotations hold more than {_MOST_CHARS:,} characters"
                raise InputRefused(name_of(self.name), what, "print it into a PDF file", f"page {number + 1}")
            if any(char.isalnum() for char in words):
                yield kind, words

    def xfa(self) -> Iterator[Over]:
        """Yield the words of forms in XFA, one piece a packet."""
        raw, book = self.raw, self.book
        for at in range(max(raw.FPDF_GetXFAPacketCount(book), 0)):
            name = self._bytes(raw.FPDF_GetXFAPacketName, book, at).rstrip(b"\x00").decode("utf-8", "replace")
            if name and name not in _XFA:
                continue
            size = ctypes.c_ulong()
            if not raw.FPDF_GetXFAPacketContent(book, at, None, 0, size) or not 0 < size.value <= _LONGEST:
                continue
            content = ctypes.create_string_buffer(size.value)
            raw.FPDF_GetXFAPacketContent(book, at, content, size.value, size)
            for words in filter(None, _told_by(content.raw, name)):
                yield AsideKind.XFA, words

    def close(self) -> None:
        """Let go of the fields; to be called before the file is closed."""
        if self.form:
            self.raw.FPDFDOC_ExitFormFillEnvironment(self.form)
            self.form = None

    def attached(self) -> list[str]:
        """Return the names of the files that the file holds, and of those at places of pages that were looked at."""
        count = min(max(self.book.count_attachments(), 0), _MOST)
        files = (self.book.get_attachment(at) for at in range(count))
        return [*(self._text(self.raw.FPDFAttachment_GetName, file) or _NAMELESS for file in files), *self.files]

    def _said(self, annotation: Any) -> Iterator[Over]:
        """Yield what an annotation says: its remark, or the value of its field."""
        raw, form = self.raw, self.form
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT:
            file = raw.FPDFAnnot_GetFileAttachment(annotation)
            self.files.append((self._text(raw.FPDFAttachment_GetName, file) if file else "") or _NAMELESS)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            kind = raw.FPDFAnnot_GetFormFieldType(form, annotation) if form else -1
            chosen = False
            if kind in {raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}:
                for at in range(min(raw.FPDFAnnot_GetOptionCount(form, annotation), _MOST)):
                    chosen = chosen or raw.FPDFAnnot_IsOptionSelected(form, annotation, at)
                    yield AsideKind.FORM_FIELD, self._text(raw.FPDFAnnot_GetOptionLabel, form, annotation, at)
            if kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX} and not chosen:
                yield AsideKind.FORM_FIELD, self._text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
        yield AsideKind.ANNOTATION, self._text(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")

    def _drawn(self, page: Any, number: int, text_page: Any, said: list[Over]) -> Iterator[Over]:
        """Yield the words that annotations paint and do not say, as stamps and buttons do."""
        own = text_page.get_text_range()
        if self.raw.FPDFPage_Flatten(page, self.raw.FLAT_NORMALDISPLAY) != self.raw.FLATTEN_SUCCESS:
            return
        again = self.book[number]
        painted = again.get_textpage()
        both = painted.get_text_range(count=min(painted.count_chars(), _MOST_CHARS))
        painted.close()
        again.close()
        same = next((at for at, (one, other) in enumerate(zip(own, both, strict=False)) if one != other), len(own))
        if left := unsaid(_words(both[same:]), ["".join(_words(told)) for _, told in said]):
            yield AsideKind.ANNOTATION, " ".join(left)

    def _text(self, ask: Any, *about: Any) -> str:
        return " ".join(self._bytes(ask, *about).decode("utf-16-le", "replace").replace("\x00", " ").split())

    @staticmethod
    def _bytes(ask: Any, *about: Any) -> bytes:
        """Return what a function of the library writes that first tells how many bytes it wants."""
        size = ask(*about, None, 0)
        if not 0 < size <= _LONGEST:
            return b""
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        kind = ask.argtypes[-2]
        ask(*about, ctypes.cast(buffer, kind), size)
        return bytes(buffer)[:size]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def unsaid(words: list[str], said: list[str]) -> list[str]:
    """Return ``words`` without the runs of them whose letters are in ``said``, each of which takes one run at most."""
    joined = "".join(words)
    starts = [0, *accumulate(map(len, words))]
    edges, taken, tries = bytearray(len(joined) + 1), bytearray(len(joined) + 1), _MOST_TRIES
    for place in starts:
        edges[place] = 1
    begins: dict[str, int] = {}
    for told in filter(None, said):
        place = joined.find(told, begins.get(told, 0))
        while place >= 0 and tries and not (edges[place] and edges[place + len(told)] and not taken[place]):
            place, tries = joined.find(told, place + 1), tries - 1
        if place >= 0 and tries:
            taken[place : place + len(told)] = b"\x01" * len(told)
            begins[told] = place + len(told)
    return [word for word, start in zip(words, starts, strict=False) if not taken[start]]


def _told_by(packet: bytes, name: str) -> list[str]:
    """Return the words of a packet of XFA, or of those in it where the form is one file, as ``name`` tells: empty."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(packet.rstrip(b"\x00"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    parts = [root] if name else [part for part in root if _local(part) in _XFA]
    return [" ".join(" ".join(_texts(part)).split()) for part in parts]


def _texts(root: etree._Element) -> Iterator[str]:
    """Yield the text below ``root``, without that of elements that hold code or settings."""
    untold: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start" and untold is None:
            untold = element if _local(element) in _UNTOLD else None
            yield element.text or "" if untold is None else ""
            continue
        untold = None if element is untold and event == "end" else untold
        if event != "start" and untold is None and element is not root:
            yield element.tail or ""


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
