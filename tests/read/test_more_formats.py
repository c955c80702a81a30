"""OpenDocument, RTF, EPUB, e-mail and the older Akoma Ntoso: read with their numbers and notes, and never trusted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.pipeline.controls.files import as_akoma_ntoso, as_pdf, as_text
from followthrough.pipeline.controls.texts import Text, text
from followthrough.read import read_bytes

OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)


def zipped(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, words in parts.items():
            package.writestr(name, words)
    return out.getvalue()


def as_odt(one: Text, entity: str = "") -> bytes:
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{escape(one.note)}</text:p>"
    items = "".join(
        f"<text:list-item><text:p>{escape(words)}{note + '</text:note-body></text:note>' if at == 0 else ''}</text:p>"
        + ("".join(_lettered(one)) if at == len(one.paragraphs) - 1 else "")
        + "</text:list-item>"
        for at, words in enumerate(one.paragraphs)
    )
    level = '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-prefix="{}"'.format
    levels = f'{level(1, 1, "")} style:num-suffix="."/>{level(2, "a", "(")} style:num-suffix=")"/>'
    style = f'<text:list-style style:name="L1">{levels}</text:list-style>'
    head = f'<text:h text:outline-level="1">{escape(one.title)}</text:h>'
    body = f'{head}<text:list text:style-name="L1">{items}</text:list>'
    content = (
        f"{entity}<office:document-content {OFFICE}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _lettered(one: Text) -> list[str]:
    return [
        "<text:list>",
        *(f"<text:list-item><text:p>{escape(w)}</text:p></text:list-item>" for w in one.items),
        "</text:list>",
    ]


def as_rtf(one: Text) -> bytes:
    paras = [f"{at}. {words}" for at, words in enumerate(one.paragraphs, 1)]
    paras += [f"({letter}) {words}" for letter, words in zip("ab", one.items, strict=True)]
    note = f"{{\\super 1}}{{\\footnote\\pard {one.note}\\par}}"
    paras[0] = paras[0].replace(", ", f", {note}", 1)
    body = "".join(f"\\pard {words}\\par\n" for words in paras).replace("S", "\\u83?")
    head = "{\\fonttbl{\\f0 Times;}}{\\*\\generator none}{\\header River Office\\par}{\\info{\\title x}}"
    return f"{{\\rtf1\\ansi\\ansicpg1252{head}\\pard\\qc\\b {one.title}\\b0\\par\n{body}}}".encode()


def as_epub(one: Text) -> bytes:
    paras = [f"<p>{at}. {escape(words)}</p>" for at, words in enumerate(one.paragraphs, 1)]
    items = [f"<p>({letter}) {escape(words)}</p>" for letter, words in zip("ab", one.items, strict=True)]
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>".format
    opf = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>"
        f"{escape(one.title)}</dc:title><dc:language>en</dc:language></metadata><manifest><item id='n' href='nav.xhtml'"
        " properties='nav'/><item id='b' href='b.xhtml'/><item id='a' href='a%20a.xhtml'/></manifest>"
        "<spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='x/c.opf'/></rootfiles></container>",
            "x/c.opf": opf,
            "x/nav.xhtml": page(f"<p>{escape(one.title)}</p>"),
            "x/a a.xhtml": page(f"<h1>{escape(one.title)}</h1>{''.join(paras[:3])}"),
            "x/b.xhtml": page("".join((*paras[3:], *items))),
        }
    )


def as_mail(one: Text) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "The text",
        "a@example.org",
        "Mon, 05 May 2031 10:00:00 +0000",
    )
    message["Message-ID"] = "<1@example.org>"
    message.set_content(as_text(one).decode(), cte="quoted-printable")
    return bytes(message)


MADE: dict[str, Callable[[Text], bytes]] = {"odt": as_odt, "rtf": as_rtf, "epub": as_epub, "eml": as_mail}


def codes(reading: Reading) -> list[str]:
    return [one.code for one in reading.warnings]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("format", MADE)
def test_a_declaration_is_read_with_its_numbers_and_verified(format: str, seed: int) -> None:
    one = text(seed)
    reading = register_bytes(MADE[format](one), f"x.{format}")
    plain = register_bytes(as_text(one), "x.txt")
    assert reading.document.title == one.title
    assert [place.num for place in reading.document.provisions if place.num] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "(a)",
        "(b)",
    ]
    assert [place.parent for place in reading.document.provisions][-1] == "para_7" or format == "eml"
    numbered = [[one.num for one in each.commitments if one.num] for each in (reading, plain)]
    assert numbered[0] == numbered[1]  # the note is a paragraph of the plain text alone
    assert reading.verification is not None
    assert reading.verification.ok, reading.verification.to_dict()


def test_notes_stand_behind_the_text_and_running_heads_aside() -> None:
    one = text(1)
    for format in ("odt", "rtf"):
        reading = register_bytes(MADE[format](one), "x")
        assert reading.document.text.endswith(f"1 {one.note}"), format
        assert "note" in codes(reading)
    reading = register_bytes(as_rtf(one), "x")
    assert {(piece.what, piece.words) for piece in reading.set_aside} == {
        ("running head", "River Office"),
        ("note mark", "1"),
    }
    area = register_bytes(rb"{\rtf1 A Title\par 1. We will mend 40 km{\super 2} of weirs.\par}", "x")
    assert "40 km2 of weirs" in area.document.text


def test_a_letter_is_read_with_its_attachment() -> None:
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "The text", "<1@example.org>"
    message.set_content("Please find the declaration attached.")
    message.add_attachment(as_pdf(text(2)), maintype="application", subtype="pdf", filename="d.pdf")
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="seal.png")
    reading = register_bytes(bytes(message), "x.eml")
    assert "Please find the declaration attached." in reading.document.text
    assert len(reading.commitments) == len(register_bytes(as_pdf(text(2)), "x.pdf").commitments)
    said = [one.message for one in reading.warnings if one.code == "attachment"]
    assert "'d.pdf' stands behind" in said[0]
    assert "'seal.png' was not read: this is a picture" in said[1]


def test_hidden_and_deleted_text_of_rtf_is_set_aside_and_told() -> None:
    reading = register_bytes(rb"{\rtf1 A Title\par 1. We will {\v secretly }mend {\deleted no }weirs.\par}", "x")
    assert "1. We will mend weirs." in reading.document.text
    assert [piece.what for piece in reading.set_aside] == ["hidden text", "deleted text"]
    assert {"tracked-changes", "left-out"} <= set(codes(reading))


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_older_akoma_ntoso_is_read_by_its_ids(version: str) -> None:
    new = as_akoma_ntoso(text(3)).replace(b"<paragraph><num>1.", b'<paragraph eId="p1"><num>1.')
    old = new.replace(
        b"http://docs.oasis-open.org/legaldocml/ns/akn/3.0", f"http://www.akomantoso.org/{version}".encode()
    )
    now, then = register_bytes(new, "x"), register_bytes(old.replace(b"eId=", b"id="), "x")
    assert then.document.provisions == now.document.provisions
    assert then.document.text.endswith(f"1 {text(3).note}")


@pytest.mark.parametrize(
    "data",
    [
        as_odt(text(0), '<!DOCTYPE x [<!ENTITY a "b">]>'),
        as_odt(text(0))[:300],
        b"{\\rtf1 " + b"{" * 100_000 + b"words",
        b"{\\rtf1 }",
        zipped({"mimetype": "application/epub+zip"}),
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\n",
        b"\xd0\xcf\x11\xe0 an old file",
    ],
    ids=["entity", "cut", "nested", "empty", "no pages", "no words", "doc"],
)
def test_what_is_broken_or_hostile_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as refused:
        read_bytes(data, "x")
    assert "\n" not in str(refused.value)
    assert refused.value.do


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(MADE)), st.data())
def test_any_damage_is_read_or_refused(format: str, data: st.DataObject) -> None:
    made = bytearray(MADE[format](text(4)))
    for _ in range(data.draw(st.integers(1, 8))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = register_bytes(bytes(made), "x")
    except InputRefused:
        return
    assert all(
        0 <= one.start <= one.body <= one.end <= len(reading.document.text) for one in reading.document.provisions
    )
