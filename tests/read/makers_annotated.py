"""Makes PDF files with words over their pages: form fields, remarks, stamps, forms of XFA, files within the file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

PAGE = """#set page(width: 15cm, height: 12cm, margin: 1.5cm)
#text(16pt)[Declaration of the Weir Towns]

#[1.] We will mend the weirs of the lower river by 2031.

#[2.] We will train engineers before the rains of 2029."""
HIDDEN = NumberObject(2)
"""The flag of an annotation that is not painted."""


class Annotated:
    """A PDF file of one page to which annotations are added; ``page`` is its source in typst, empty for a blank one."""

    def __init__(self, page: str = PAGE) -> None:
        made = bytes(typst.compile(page.encode()))
        self.writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
        self.page = self.writer.pages[0]
        self.fields: list[PdfObject] = []
        self.more: dict[str, PdfObject] = {}

    def add(self, subtype: str, painted: str = "", **entries: Any) -> PdfObject:
        """Add an annotation that paints ``painted``; values that are no objects become strings of text."""
        rect = ArrayObject([FloatObject(each) for each in (50, 20 + 25 * len(self.page.get("/Annots", [])), 250, 40)])
        made = of(Type=NameObject("/Annot"), Subtype=NameObject(f"/{subtype}"), Rect=rect, F=NumberObject(4))
        made |= of(**{key: said if isinstance(said, PdfObject) else text(said) for key, said in entries.items()})
        if painted:
            made[NameObject("/AP")] = of(N=self._painting(painted))
        reference = self.writer._add_object(made)
        self.page[NameObject("/Annots")] = ArrayObject([*self.page.get("/Annots", []), reference])
        if subtype == "Widget" and "Parent" not in entries:
            self.fields.append(reference)
        return reference

    def field_with_kid(self, value: str) -> None:
        """Add a field whose value stands in it and not in its widget."""
        parent = self.writer._add_object(of(FT=NameObject("/Tx"), T=text("parent"), V=text(value)))
        kid = self.add("Widget", Parent=parent)
        parent.get_object()[NameObject("/Kids")] = ArrayObject([kid])  # type: ignore[index]
        self.fields.append(parent)

    def xfa(self, *packets: tuple[str, str]) -> None:
        """Add a form of XFA: its packets by name, or one without a name that holds them all."""
        parts = [part for name, packet in packets for part in (text(name), self._stream(packet.encode()))]
        self.more["XFA"] = parts[1] if packets[0][0] == "" else ArrayObject(parts)

    def attach(self, name: str, data: bytes) -> None:
        """Add a file that the file holds."""
        self.writer.add_attachment(name, data)

    def file(self) -> bytes:
        """Return the file."""
        if self.fields or self.more:
            form = of(Fields=ArrayObject(self.fields), **self.more)
            self.writer._root_object[NameObject("/AcroForm")] = form
        out = BytesIO()
        self.writer.write(out)
        return out.getvalue()

    def _stream(self, data: bytes) -> PdfObject:
        stream = StreamObject()
        stream.set_data(data)
        return self.writer._add_object(stream)

    def _painting(self, words: str) -> PdfObject:
        font = of(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
        stream = StreamObject()
        box = ArrayObject([FloatObject(each) for each in (0, 0, 200, 20)])
        stream |= of(Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box)
        stream |= of(Resources=of(Font=of(F=font)))
        stream.set_data(f"/Tx BMC q BT /F 10 Tf 2 5 Td ({words}) Tj ET Q EMC".encode())
        return self.writer._add_object(stream)


def of(**entries: PdfObject) -> DictionaryObject:
    """Return a dictionary of PDF with ``entries``."""
    return DictionaryObject({NameObject(f"/{key}"): entry for key, entry in entries.items()})


def text(said: str) -> TextStringObject:
    """Return ``said`` as a string of PDF."""
    return TextStringObject(said)


def options(*pairs: tuple[str, str]) -> ArrayObject:
    """Return the options of a choice: each what is stored and what is shown."""
    return ArrayObject([ArrayObject([text(stored), text(shown)]) for stored, shown in pairs])
