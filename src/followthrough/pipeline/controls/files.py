"""The invented declarations as files, in each format by the plainest writer there is."""

from __future__ import annotations

import textwrap
import zipfile
from collections.abc import Callable, Iterable
from html import escape
from io import BytesIO

from followthrough.pipeline.controls.texts import Text

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LINES = 44
"""Printed lines of a page of PDF."""


def as_text(one: Text) -> bytes:
    """Return ``one`` as plain text, wrapped at 84 columns."""
    blocks = [one.title, *_numbered(one), *_lettered(one), f"Note: {one.note}"]
    return "\n\n".join(textwrap.fill(block, 84) for block in blocks).encode()


def as_page(one: Text) -> bytes:
    """Return ``one`` as a web page with navigation around it and a note below."""
    paras = "".join(f"<p>{escape(words)}</p>" for words in (*_numbered(one), *_lettered(one)))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><nav><a href="/">Home</a> <a href="/n">News'
        f"</a></nav><main><h1>{escape(one.title)}</h1>{paras}<section class='footnotes'><ol><li>{escape(one.note)}</li>"
        "</ol></section></main><footer>All rights reserved, the river office</footer></body></html>"
    ).encode()


def as_word(one: Text) -> bytes:
    """Return ``one`` as a Word file with a footnote."""
    runs = [f"<w:r><w:t>{escape(words)}</w:t></w:r>" for words in (one.title, *_numbered(one), *_lettered(one))]
    runs[1] += '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{escape(one.note)}</w:t></w:r></w:p></w:footnote>'
    return zipped(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{note}</w:footnotes>",
        }
    )


def as_akoma_ntoso(one: Text) -> bytes:
    """Return ``one`` as Akoma Ntoso with a note in its first paragraph."""
    paras = [
        f"<paragraph><num>{at}.</num><content><p>{escape(words)}</p></content></paragraph>"
        for at, words in enumerate(one.paragraphs, 1)
    ]
    note = f'<authorialNote marker="1"><p>{escape(one.note)}</p></authorialNote>'
    paras[0] = paras[0].replace("</p></content>", f"{note}</p></content>")
    items = "".join(
        f"<point><num>({letter})</num><content><p>{escape(words)}</p></content></point>"
        for letter, words in zip("ab", one.items, strict=True)
    )
    head = f"<preface><p><docTitle>{escape(one.title)}</docTitle></p></preface>"
    body = f"<mainBody>{''.join(paras)}{items}</mainBody>"
    return f'<akomaNtoso xmlns="{_AKN}"><statement name="x"><meta/>{head}{body}</statement></akomaNtoso>'.encode()


def as_pdf(one: Text) -> bytes:
    """Return ``one`` as a PDF file of Helvetica, with a running head, page numbers and a note in small print."""
    lines = [
        line for block in (one.title, *_numbered(one), *_lettered(one)) for line in (*textwrap.wrap(block, 88), "")
    ]
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    return pdf_of([_stream(page, number, one.note if number == 1 else "") for number, page in enumerate(pages, 1)])


FORMATS: dict[str, Callable[[Text], bytes]] = {
    "txt": as_text,
    "html": as_page,
    "docx": as_word,
    "akn": as_akoma_ntoso,
    "pdf": as_pdf,
}


def zipped(parts: dict[str, str]) -> bytes:
    """Return a ZIP container with ``parts``, by name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, words in parts.items():
            package.writestr(name, words)
    return out.getvalue()


def _numbered(one: Text) -> list[str]:
    return [f"{at}. {words}" for at, words in enumerate(one.paragraphs, 1)]


def _lettered(one: Text) -> list[str]:
    return [f"({letter}) {words}" for letter, words in zip("ab", one.items, strict=True)]


def _stream(lines: Iterable[str], number: int, note: str) -> bytes:
    out = [_show(72, 800, 9, "River Office, record of declarations"), _show(290, 30, 9, str(number))]
    out += [_show(72, 770 - 15 * at, 11, line) for at, line in enumerate(lines) if line]
    out += [_show(72, 60, 7, f"1 {note}")] if note else []
    return "\n".join(out).encode("latin-1")


def _show(x: int, y: int, size: int, words: str) -> str:
    safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({safe}) Tj ET"


def pdf_of(streams: list[bytes]) -> bytes:
    """Return a PDF file with a page for each content stream."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for at, stream in enumerate(streams):
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
        objects.append(f"{page}/Resources<</Font<</F1 3 0 R>>>>>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return bytes(out) + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
