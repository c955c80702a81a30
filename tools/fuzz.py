"""Feeds damaged files to every reader for a while and says what it found: crashes, slow files, wrong offsets.

.venv/bin/python tools/fuzz.py [MINUTES] [SEED]

Where the extra ``recognition`` is installed, pictures of pages are recognised too.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn

TEXT = """Pledge of the Weir Keepers

Adopted in Harbour Town on 3 May 2024

We, the keepers, recalling the Reed Accord (RA) of 1999,

Hereby agree to:

I. Water

1. Mend the weirs by 2030, in particular:

(a) raise 30 per cent of the banks through the River Fund;

(b) call upon villages to share seed, to report floods and to keep the peace, noting that rain returns.

2. Reaffirm the need to count otters; promote and utilise rowing, while continuing to dredge.
"""
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)
BOOK = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"'
    ' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECONDS_A_100_KB = 2.0
SECONDS_RECOGNISING = 20.0
PICTURE = "pdf-picture"
"""The seed that is recognised: rarely, for it takes seconds where the others take milliseconds."""
SPLICES = (
    b"(",
    b"<",
    b"&",
    b"\n\n",
    b"1. ",
    b"(a) ",
    b"\x00",
    b"\xff",
    b"\xe2\x80\x8e",
    b"%",
    b"]]>",
    b"/" * 40,
    b"A" * 400,
)


def seeds() -> dict[str, bytes]:
    """Return one whole file of each format."""
    import docx
    import typst

    word, out = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n\n"):
        word.add_paragraph(line, style="Heading 1" if line.startswith("I.") else None)
    word.save(out)
    html = "<html><body><nav>Home</nav>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")) + "</body></html>"
    return {
        "txt": TEXT.encode(),
        "utf-16": TEXT.encode("utf-16"),
        "md": ("# " + TEXT.replace("I. Water", "## Water")).encode(),
        "html": html.encode(),
        "docx": out.getvalue(),
        "pdf": bytes(typst.compile(TEXT.replace("(", "\\(").encode())),
        "akn": to_akn(register_bytes(TEXT.encode(), "seed")),
        "rtf": ("{\\rtf1\\ansi " + TEXT.replace("\n\n", "\\par ").replace("\n", " ") + "}").encode(),
        "eml": f"From: a@example.org\nSubject: Pledge\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}".encode(),
        "odt": _zipped("application/vnd.oasis.opendocument.text", {"content.xml": _opened()}),
        "epub": _zipped("application/epub+zip", {"META-INF/container.xml": CONTAINER, "b.opf": BOOK, "a.xhtml": html}),
        "docx-chunk": _chunked(html.encode(), out.getvalue()),
        "pdf-form": _form(bytes(typst.compile(TEXT.replace("(", "\\(").encode()))),
        PICTURE: _picture(bytes(typst.compile(TEXT.replace("(", "\\(").encode()))),
    }


def _chunked(*inner: bytes) -> bytes:
    """Return a Word file that takes in other files (altChunk)."""
    chunks = "".join(f'<w:p><w:r><w:t>{at}. We will.</w:t></w:r></w:p><w:altChunk r:id="r{at}"/>' for at in range(3))
    links = "".join(f'<Relationship Id="r{at}" Type="{CHUNK}/aFChunk" Target="{at}.x"/>' for at in range(len(inner)))
    body = f'<w:document xmlns:w="{WORD}" xmlns:r="{CHUNK}"><w:body>{chunks}</w:body></w:document>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": body,
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"word/{at}.x": data for at, data in enumerate(inner)},
    }
    return _zipped("", parts)


def _form(printed: bytes) -> bytes:
    """Return a PDF file with remarks, a field and a form of XFA over its pages."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import FreeText, Text
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

    book, out = PdfWriter(clone_from=PdfReader(io.BytesIO(printed))), io.BytesIO()
    book.add_annotation(0, FreeText(text="We will sow reeds.", rect=(10, 10, 200, 60)))
    field = book.add_annotation(0, Text(text="Why 2030?", rect=(10, 10, 30, 30)))
    names = {"/Subtype": "/Widget", "/FT": "/Tx"}
    field.update({NameObject(key): NameObject(name) for key, name in names.items()})
    field.update({NameObject("/T"): TextStringObject("a"), NameObject("/V"): TextStringObject("The Weir Council")})
    packet, form = StreamObject(), DictionaryObject()
    packet.set_data(b"<template><field><value><text>Weirs</text></value><script>x()</script></field></template>")
    form[NameObject("/Fields")] = ArrayObject([field.indirect_reference])
    form[NameObject("/XFA")] = ArrayObject([TextStringObject("template"), book._add_object(packet)])
    book.root_object[NameObject("/AcroForm")] = form
    book.write(out)
    return out.getvalue()


def _picture(printed: bytes) -> bytes:
    """Return the first page of the PDF file ``printed`` as a picture alone."""
    import pypdfium2 as pdfium

    source, made, out = pdfium.PdfDocument(printed), pdfium.PdfDocument.new(), io.BytesIO()
    picture: Any = pdfium.PdfImage.new(made)
    picture.set_bitmap(source[0].render(scale=1.5))
    picture.set_matrix(pdfium.PdfMatrix().scale(*source[0].get_size()))
    page = made.new_page(*source[0].get_size())
    page.insert_obj(picture)
    page.gen_content()
    made.save(out)
    return out.getvalue()


def _opened() -> str:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<text:p>{line}</text:p>" for line in TEXT.split("\n\n"))
    return (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )


def _zipped(kind: str, parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in {**({"mimetype": kind} if kind else {}), **parts}.items():
            packed.writestr(name, part)
    return out.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with a few bytes changed, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1) if found else 0
        deed = chance.randrange(6)
        if deed == 0 and found:
            found[at % len(found)] = chance.randrange(256)
        elif deed == 1:
            found[at:at] = chance.choice(SPLICES)
        elif deed == 2:
            del found[at : at + chance.randrange(1, 200)]
        elif deed == 3:
            found[at:at] = found[at : at + chance.randrange(1, 2_000)] * chance.randrange(1, 4)
        elif deed == 4:
            del found[at:]
        else:
            found[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20)))
    return bytes(found[:300_000])


def tried(data: bytes, recognise: bool = False) -> str:
    """Read and catalogue ``data``; return what is wrong with that, or nothing."""
    start = time.process_time()
    try:
        reading = register_bytes(data, "fuzz", recognise=recognise)
    except InputRefused as refused:
        return "" if "\n" not in str(refused) else "a refusal of more than one line"
    except Exception:  # noqa: BLE001 - finding these is what this is for
        return traceback.format_exc(limit=-3)
    spent = time.process_time() - start
    if spent > SECONDS_A_100_KB * max(1, len(data) / 100_000) + SECONDS_RECOGNISING * recognise:
        return f"{spent:.1f} s for {len(data):,} bytes"
    return _places(reading)


def _places(reading: Reading) -> str:
    length, last = len(reading.document.text), 0
    for one in reading.document.provisions:
        if not last <= one.start <= one.body <= one.end <= length:
            return "a provision overlaps another or leaves the text"
        last = one.end
    homes = {one.eid: one for one in reading.document.provisions}
    for made in reading.commitments:
        home = homes[made.provision]
        if not home.start <= made.start < made.end <= home.end:
            return "a commitment leaves its provision"
    return ""


def main(minutes: float, seed: int) -> int:
    """Fuzz for so long; print each kind of finding once, with the seed and the number of the run that shows it."""
    chance, whole = random.Random(seed), seeds()  # noqa: S311 - damage, not secrets
    recognises = find_spec("rapidocr") is not None
    runs, found = Counter[str](), Counter[str]()
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        name = chance.choice([each for each in whole if each != PICTURE or chance.random() < 0.1])
        data = damaged(whole[name], chance)
        runs[name] += 1
        wrong = tried(data, recognise=recognises and name == PICTURE)
        if wrong and not found[wrong]:
            sys.stdout.write(f"seed {seed}, run {runs.total()}, {name}, {len(data):,} bytes: {wrong}\n")
        found[wrong] += bool(wrong)
    said = ", ".join(f"{name} {count:,}" for name, count in sorted(runs.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{runs.total():,} runs in {minutes:g} minutes ({said}), at most {peak:,.0f} MiB: ")
    sys.stdout.write(f"{sum(found.values()):,} findings\n")
    return 1 if sum(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
