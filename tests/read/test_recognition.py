"""Pages that are pictures: refused with what to do, or recognised by an extra with a confidence for each paragraph."""

from __future__ import annotations

import json
import socket
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
import typst

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.pipeline.parts import reading_of, recognised_parts_of
from followthrough.read import read_bytes
from followthrough.read.pdf import recognition
from followthrough.web.agreements.comparison import kept, told

extra = pytest.mark.skipif(
    find_spec(recognition.PACKAGE) is None, reason="the extra followthrough[recognition] is not installed"
)
WORDS = [
    "1. We will mend the weirs of the lower river by 2031 and publish a yearly account of the work done there.",
    "2. We will train two hundred engineers before the rains of 2029.",
]
PAGE = '#set page(width: 15cm, height: 12cm, margin: 1.5cm)\n#set text(11pt, lang: "en")\n'


def printed(*pages: str) -> bytes:
    return bytes(typst.compile((PAGE + "\n#pagebreak()\n".join(pages)).encode()))


def declaration() -> str:
    paragraphs = "\n\n".join(f"#[{one[:2]}]{one[2:]}" for one in WORDS)
    return f"#text(16pt)[Declaration of the Weir Towns]\n\n{paragraphs}"


def scanned(data: bytes, pages: set[int] | None = None) -> bytes:
    """Return the PDF file ``data`` with its pages (or those named) as pictures alone."""
    source, out = pdfium.PdfDocument(data), pdfium.PdfDocument.new()
    for at, page in enumerate(source):
        if pages is not None and at not in pages:
            out.import_pages(source, [at])
            continue
        picture: Any = pdfium.PdfImage.new(out)
        picture.set_bitmap(page.render(scale=150 / 72))
        picture.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
        made = out.new_page(*page.get_size())
        made.insert_obj(picture)
        made.gen_content()
    written = BytesIO()
    out.save(written)
    return written.getvalue()


def texts(reading: Reading) -> list[str]:
    return [reading.document.text[one.start : one.end] for one in reading.document.provisions]


@pytest.mark.parametrize("there", [True, False])
def test_a_scan_is_refused_with_what_to_do(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_spec", lambda _: object() if there else None)
    with pytest.raises(InputRefused) as refused:
        read_bytes(scanned(printed(declaration())), "x.pdf")
    assert ("pip install 'followthrough[recognition]'" in refused.value.do) is not there
    assert refused.value.do.endswith("give --recognise")


def test_pages_of_pictures_beside_text_are_counted() -> None:
    data = scanned(printed(declaration(), declaration(), declaration()), {1, 2})
    notice = next(one for one in read_bytes(data, "x.pdf").warnings if one.code == "needs-recognition")
    assert notice.message.startswith("2 pages hold a picture and no word (2, 3); it needs text recognition")


@extra
def test_a_scan_is_recognised_with_its_confidence_and_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> None:
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", closed)
    data = scanned(printed(declaration()))
    reading = register_bytes(data, "x.pdf", recognise=True)
    assert reading.document.title == "Declaration of the Weir Towns"
    assert texts(reading) == WORDS
    assert [one.verb for one in reading.commitments] == ["mend", "publish", "train"]
    assert [reading.document.text[one.start : one.end] for one in reading.recognised][1:] == WORDS
    assert all(0.8 < one.confidence <= 1 for one in reading.recognised)
    said = json.loads(json.dumps(reading.to_dict()))
    assert len(said["recognised"]) == 3
    assert any(one["code"] == "recognised" and "% confidence" in one["message"] for one in said["warnings"])
    page = told(kept(reading.verification))
    assert "words were recognised from pictures of pages, with" in page["recognised"]


@extra
def test_recognised_pages_stand_among_those_with_text() -> None:
    data = scanned(printed(declaration(), "#[3.] We will rest."), {0})
    reading = reading_of(recognised_parts_of(data, "x.pdf"))
    assert texts(reading) == [*WORDS, "3. We will rest."]
    assert len(reading.recognised) == 3
    assert not reading.verification or not reading.verification.ok


def test_a_text_that_the_file_states_is_not_recognised() -> None:
    if find_spec(recognition.PACKAGE) is None:
        with pytest.raises(InputRefused, match="recognition"):
            read_bytes(printed(declaration()), "x.pdf", recognise=True)
        return
    assert read_bytes(printed(declaration()), "x.pdf", recognise=True).recognised == ()
