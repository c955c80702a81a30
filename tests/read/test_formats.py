"""One invented declaration in every format gives one tree and one catalogue; bad files give one clear line."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn
from followthrough.read import FORMATS

TITLE = "Greyport Declaration on Quiet Rivers"
OPENING = (
    "We, the Ministers of the Upper and Lower Reaches, met on 4 May 2031 in Greyport, on the occasion of the first "
    "gathering of the keepers of weirs;"
)
CLAUSES = (
    "Recalling the Lantern Accord and the long friendship of those who live along the water;",
    "Mindful that a river which is not looked after by everyone will sooner or later be looked after by no one;",
)
FORMULA = "Have agreed as follows:"
SECTIONS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "Keeping the Water",
        (
            (
                "We will mend every weir of the two reaches by 2035, and establish a fund for the keepers in which "
                "each town of the valley takes a part.",
                (),
            ),
            (
                "We commit to train keepers, with particular care for:",
                ("the reading of gauges at night and in fog;", "the rescue of barges whose crews have lost their way."),
            ),
        ),
    ),
    (
        "Moving Goods",
        (
            ("We will publish one tariff for timber, grain and stone, and review it every second year.", ()),
            (
                "We call upon the ferry companies to lower their fares for pupils, and to report on this to the "
                "Council of Ferries, while continuing to serve the islands in winter.",
                (),
            ),
        ),
    ),
)
ROMAN = ("I", "II")


def as_text() -> bytes:
    blocks = [TITLE, OPENING, *CLAUSES, FORMULA]
    number = 0
    for roman, (heading, paragraphs) in zip(ROMAN, SECTIONS, strict=True):
        blocks.append(f"{roman}. {heading}")
        for words, items in paragraphs:
            number += 1
            blocks.append(f"{number}. {words}")
            blocks += [f"({letter}) {item}" for letter, item in zip("ab", items, strict=False)]
    return "\n\n".join(textwrap.fill(block, 88) for block in blocks).encode()


def as_markdown() -> bytes:
    text = as_text().decode().replace(TITLE, f"# {TITLE}")
    for roman, (heading, _) in zip(ROMAN, SECTIONS, strict=True):
        text = text.replace(f"{roman}. {heading}", f"## {roman}. {heading}")
    return text.encode()


def as_page() -> bytes:
    out = [f"<h1>{TITLE}</h1>", *(f"<p>{escape(words)}</p>" for words in (OPENING, *CLAUSES, FORMULA))]
    number = 0
    for roman, (heading, paragraphs) in zip(ROMAN, SECTIONS, strict=True):
        out += [f"<h2>{roman}. {heading}</h2>", f'<ol start="{number + 1}">']
        for words, items in paragraphs:
            number += 1
            below = "".join(f"<p>({letter}) {escape(item)}</p>" for letter, item in zip("ab", items, strict=False))
            out.append(f"<li>{escape(words)}{below}</li>")
        out.append("</ol>")
    menu = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
    foot = "<footer>© 2031 Reaches Press. All rights reserved.</footer>"
    main = "\n".join(out)
    head = f"<!DOCTYPE html><html><head><title>{TITLE}</title></head>"
    return f"{head}<body>{menu}<main>{main}</main>{foot}</body></html>".encode()


_NUMBERING = """<w:abstractNum {ns} w:abstractNumId="{id}">{levels}</w:abstractNum>"""
_LEVEL = """<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>"""


def as_word() -> bytes:
    book = docx.Document()
    numbering = book.part.numbering_part.element
    roman = _LEVEL.format(at=0, form="upperRoman", text="%1.")
    paragraphs = _LEVEL.format(at=0, form="decimal", text="%1.") + _LEVEL.format(at=1, form="lowerLetter", text="(%2)")
    for number, levels in ((91, roman), (92, paragraphs)):
        numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"), id=number, levels=levels)))
        link = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        numbering.append(parse_xml(link))

    def add(words: str, style: str | None = None, number: int = 0, level: int = 0) -> None:
        added = book.add_paragraph(words, style)
        if number:
            inner = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
            added._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{inner}</w:numPr>"))

    add(TITLE, "Title")
    for words in (OPENING, *CLAUSES, FORMULA):
        add(words)
    for heading, listed in SECTIONS:
        add(heading, "Heading 1", 91)
        for words, items in listed:
            add(words, None, 92)
            for item in items:
                add(item, None, 92, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_TYPST = """#set page(width: 148mm, height: 105mm, columns: {columns}, header: [A/9/L.2 #h(1fr) Quiet Rivers],
  footer: context align(center)[Page #counter(page).display() of 9], margin: 2cm)
#set text(size: 10pt, hyphenate: true, lang: "en")
#set par(justify: true)
#set heading(numbering: "I.")
#set enum(full: true, numbering: (..n) => numbering(if n.pos().len() == 1 {{ "1." }} else {{ "(a)" }}, n.pos().last()))
#align(center, text(size: 16pt, weight: "bold")[{title}])
"""


def as_pdf(columns: int = 1) -> bytes:
    out = [_TYPST.format(columns=columns, title=TITLE), *(f"{words}\n" for words in (OPENING, *CLAUSES, FORMULA))]
    number = 0
    for heading, paragraphs in SECTIONS:
        out.append(f"= {heading}\n")
        for words, items in paragraphs:
            number += 1
            out.append(f"#enum(start: {number})[{words}" + "".join(f"\n + {item}" for item in items) + "\n]\n")
    return typst.compile("\n".join(out).encode())


def as_akn() -> bytes:
    return to_akn(register_bytes(as_text(), "x"))


MADE: dict[str, Callable[[], bytes]] = {
    "md": as_markdown,
    "html": as_page,
    "docx": as_word,
    "pdf": as_pdf,
    "pdf, two columns": lambda: as_pdf(2),
    "akn": as_akn,
}


def flat(text: str) -> str:
    return " ".join(text.split())


def tree(reading: Reading) -> list[tuple[Any, ...]]:
    text = reading.document.text
    return [
        (made.eid, made.num, made.kind, made.heading, made.parent, flat(text[made.body : made.end]))
        for made in reading.document.provisions
    ]


def register(reading: Reading) -> list[tuple[Any, ...]]:
    text = reading.document.text
    return [
        (
            made.id, made.num, flat(text[made.start : made.end]), made.verb, made.kind, made.strength, made.instruments,
            made.deadline, made.missing, made.actors, made.addressees, dict(made.why),
        )
        for made in reading.commitments
    ]  # fmt: skip


def test_the_declaration_has_the_tree_that_it_shows() -> None:
    reading = register_bytes(as_text(), "x")
    assert [(made.kind, made.num) for made in reading.document.provisions] == [
        *[("preamble", None)] * 3,
        ("other", None),
        ("section", "I"),
        ("paragraph", "1"),
        ("paragraph", "2"),
        ("item", "(a)"),
        ("item", "(b)"),
        ("section", "II"),
        ("paragraph", "3"),
        ("paragraph", "4"),
    ]
    assert len(reading.commitments) >= 6


@pytest.mark.parametrize("made", MADE)
def test_every_format_gives_the_same_tree_and_catalogue(made: str) -> None:
    expected, reading = register_bytes(as_text(), "x"), register_bytes(MADE[made](), "x")
    assert tree(reading) == tree(expected)
    assert register(reading) == register(expected)
    facts = (reading.document.title, reading.document.date, reading.document.place)
    assert facts == (TITLE, "2031-05-04", "Greyport")


def test_every_format_that_is_known_is_tried_here_or_beside() -> None:
    beside = {"odt", "rtf", "epub", "eml"}  # tests/read/test_more_formats.py
    assert {*FORMATS} == {"txt", *beside, *(made.split(",")[0] for made in MADE)}


def test_the_same_words_in_korean_and_in_utf_16_without_a_mark() -> None:
    korean = "조용한 강 선언\n\n1. 우리는 모든 보를 고친다.\n"
    for encoding in ("euc_kr", "utf-8", "utf-16"):
        assert register_bytes(korean.encode(encoding), "x").document.text == korean
    for encoding in ("utf-16-le", "utf-16-be"):
        assert tree(register_bytes(as_text().decode().encode(encoding), "x")) == tree(register_bytes(as_text(), "x"))


def locked_pdf() -> bytes:
    """Return a PDF file whose password nobody knows."""
    key = "<" + "5a" * 32 + ">"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<{'00' * 16}> <{'00' * 16}>] >>"
    out += f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(out)}\n%%EOF\n"
    return out.encode()


def picture_pdf() -> bytes:
    """Return a PDF file of one page that shows a picture and no words."""
    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\0\xff" * 2)), (b"IEND", b""))
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    listed = ", ".join(str(byte) for byte in picture)
    return typst.compile(f"#image(bytes(({listed})), width: 5cm)".encode())


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b"<w>" + b" " * (60 * 1024 * 1024))
    return out.getvalue()


AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "binary": (lambda: bytes(range(256)) * 8, "binary"),
    "encrypted PDF": (locked_pdf, "is encrypted; save a copy without a password"),
    "PDF of pictures": (picture_pdf, "holds pictures only; it needs text recognition (OCR) first"),
    "broken PDF": (lambda: b"%PDF-1.7 ...", "broken"),
    "zip bomb": (bomb, "unpacks"),
    "broken Word file": (lambda: as_word()[:-900], "broken"),
    "other ZIP": (lambda: b"PK\x03\x04....", "ZIP"),
    "document type": (lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + AKN.encode(), "document type"),
    "broken XML": ((AKN + "<statement><mainBody><p>Weir</mainBody>").encode, "XML"),
    "no structure": (lambda: b"weir\n", "no operative paragraph"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_clear_line_and_exit_code_1(kind: str, tmp_path: Path) -> None:
    make, says = BAD[kind]
    path = tmp_path / "weir.txt"
    path.write_bytes(make())
    command = [sys.executable, "-m", "followthrough", "read", str(path), "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=20)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith(f"followthrough: {path}")
    assert says.casefold() in done.stderr.casefold()
