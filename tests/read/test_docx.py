"""Word files of our own making: numbers that only Word would print, changes, bombs, and the same tree as plain text."""

from __future__ import annotations

from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.model.document import Document
from followthrough.read import docx, html, txt
from followthrough.read.lines import Source
from followthrough.read.package import MOST_ENTRIES
from followthrough.read.structure import structure
from followthrough.register import catalogue
from read.makers_office import W, level, lists, package, para, plain_as_page, word
from support import shared

DECLARATION = """Joint Declaration on Calm Harbours

We, the Ministers of the Northern and Southern Isles, met on 3 March 2021 in Greyport, on the eve of spring;

Recalling the Lantern Accord;

Have agreed as follows:

1. Keeping the Lights On

1.1 Repair every lighthouse of the strait and publish one chart of it by 2024.

1.2 Train keepers, with particular care for:

(a) promote night signals;

(b) support the fog bells.

2. Moving Goods

2.1 Establish a Harbour Fund and continue to exchange tariffs.
"""
OUTLINE = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter")


def shown(data: bytes) -> list[str]:
    source = docx.source(data, "isles.docx")
    return [source.text[line.start : line.end] for line in source.lines if not line.blank]


def numbered(text: str) -> bytes:
    """Return ``text`` as a Word file that numbers its paragraphs by itself."""
    body = []
    for block in text.split("\n\n"):
        head, _, rest = " ".join(block.split()).partition(" ")
        depth = 2 if head[:1] == "(" else 1 if head.count(".") == 1 and not head.endswith(".") else 0
        if head[:1].isdigit() or head[:1] == "(":
            body.append(para(rest, 1, depth))
        elif head:
            body.append(para(f"{head} {rest}"))
    return word("".join(body), lists(OUTLINE))


def tree(source: Source) -> tuple[Document, list[object], list[object]]:
    document, _ = structure(source, "0" * 64)
    nodes: list[object] = [(p.eid, p.num, p.kind, p.heading) for p in document.provisions]
    found: list[object] = [
        (c.verb, c.kind, " ".join(document.text[c.start : c.end].split())) for c in catalogue(document)
    ]
    return document, nodes, found


def same(text: str) -> None:
    plain, nodes, found = tree(txt.source(text))
    assert nodes and found
    for source in (html.source(plain_as_page(text), "a.html"), docx.source(numbered(text), "a.docx")):
        document, its_nodes, its_found = tree(source)
        assert (document.title, document.date, document.place) == (plain.title, plain.date, plain.place)
        assert its_nodes == nodes
        assert its_found == found


def test_a_declaration_is_the_same_as_text_page_and_word_file() -> None:
    same(DECLARATION)


def test_a_real_statement_is_the_same_as_text_page_and_word_file() -> None:
    text = shared("statements/asean-rok-joint-vision-statement-2019.txt").read_text("utf-8")
    same(text.removeprefix("Back To Top").lstrip())


def test_heading_styles_and_tags_make_the_same_tree() -> None:
    _, nodes, found = tree(txt.source(DECLARATION))
    styles = '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    body = ""
    for block in DECLARATION.strip().split("\n\n"):
        head, _, rest = block.partition(" ")
        depth = 2 if head[0] == "(" else 1 if head[-1].isdigit() else 0
        auto = head[0].isdigit() or head[0] == "("
        body += para(rest, 1, depth, style="" if depth else "Kop1") if auto else para(block)
    made = docx.source(word(body, lists(OUTLINE), styles), "a.docx")
    assert any(line.hint == "heading" for line in made.lines)
    web = plain_as_page(DECLARATION).replace(b"<p>1. Keeping the Lights On</p>", b"<h2>1. Keeping the Lights On</h2>")
    web = web.replace(b"<p>2. Moving Goods</p>", b"<h2>2. Moving Goods</h2>")
    for source in (made, html.source(web, "a.html")):
        assert tree(source)[1:] == (nodes, found)


def test_python_docx_headings_tables_and_list_styles() -> None:
    made = python_docx.Document()
    made.add_heading("Joint Declaration", 0)
    made.add_heading("Lamps", 1)
    made.add_paragraph("Light the strait.", style="List Number")
    made.add_paragraph("Train the keepers.", style="List Number")
    made.add_paragraph("Oil", style="List Bullet")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Isle", "Keeper"
    out = BytesIO()
    made.save(out)
    assert docx.recognises(out.getvalue())
    source = docx.source(out.getvalue(), "isles.docx")
    lines = [(source.text[li.start : li.end], li.hint, li.level) for li in source.lines if not li.blank]
    assert lines == [
        ("Joint Declaration", "heading", 1),
        ("Lamps", "heading", 1),
        ("1. Light the strait.", "whole", 0),
        ("2. Train the keepers.", "whole", 0),
        ("• Oil", "bullet", 0),
        ("Isle | Keeper", "whole", 0),
    ]


def test_levels_restart_below_a_new_number_and_legal_numbers_are_arabic() -> None:
    levels = level(0, "%1.", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>") + level(2, "(%3)", "lowerRoman")
    body = "".join(para("x", 1, depth) for depth in (0, 1, 2, 2, 1, 2, 0, 1))
    assert shown(word(body, lists(levels))) == [
        "I. x", "1.1 x", "(i) x", "(ii) x", "1.2 x", "(i) x", "II. x", "2.1 x",
    ]  # fmt: skip


def test_lists_of_one_kind_count_on_unless_they_start_again() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(para("x", num) for num in (1, 2, 3, 3))
    assert shown(word(body, lists(level(0, "%1."), ("", "", override)))) == ["1. x", "2. x", "5. x", "6. x"]


def test_a_level_that_never_restarts_counts_on() -> None:
    levels = level(0, "%1.") + level(1, "(%2)", "lowerLetter", '<w:lvlRestart w:val="0"/>')
    body = "".join(para("x", 1, depth) for depth in (0, 1, 0, 1))
    assert shown(word(body, lists(levels))) == ["1. x", "(a) x", "2. x", "(b) x"]


def test_numbers_come_through_styles_and_what_they_are_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    levels = level(0, "%1.") + level(1, "%1.%2", more='<w:pStyle w:val="Sub"/>')
    body = para("x", style="Child") + para("y", style="Sub") + para("z", 0, style="Child") + para("w", style="Loop")
    assert shown(word(body, lists(levels), styles)) == ["1. x", "1.1 y", "z", "w"]


def test_changes_fields_and_hidden_text() -> None:
    body = (
        "<w:p><w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t>will</w:t>"
        "</w:r></w:ins><w:r><w:br/><w:t>li\u00adght</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:footnoteReference/><w:t>it.</w:t></w:r></w:p>"
    )
    assert shown(word(body)) == ["We will light it."]


BAD = {
    "empty": b"",
    "not a zip": b"PK\x03\x04 word/document.xml",
    "old or encrypted": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "no document": package({"word/other.xml": "<a/>"}),
    "broken xml": package({"word/document.xml": "<w:document"}),
    "doctype": package({"word/document.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]><a {W}>&b;</a>"}),
    "doctype in UTF-16": package(
        {"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a><body/></a>".encode("utf-16")}
    ),
    "bomb": package({"word/document.xml": b" " * 45_000_000}),
    "ratio": package({"word/document.xml": b"a" * 3_000_000}),
    "many entries": package({f"{at}": "" for at in range(MOST_ENTRIES + 1)}),
    "no words": word(para(" ")),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_files_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as refused:
        docx.source(data, "isles.docx")
    assert "\n" not in str(refused.value)


def test_other_formats_are_not_recognised() -> None:
    for data in (b"", b"plain", b"<html>", package({"xl/workbook.xml": "<a/>"})):
        assert not docx.recognises(data)


VALID = numbered(DECLARATION)
DEEP = f"<w:document {W}><w:body>{{}}{para('x', 1)}</w:body></w:document>"


@settings(max_examples=150)
@given(st.binary(max_size=300), st.integers(0, len(VALID)), st.integers(0, 30), st.integers(0, 200))
def test_nothing_but_a_refusal_escapes(noise: bytes, at: int, cut: int, into: int) -> None:
    inner = DEEP.format("").encode()
    for data in (
        noise,
        b"PK\x03\x04" + noise,
        VALID[:at] + noise[:8] + VALID[at + cut :],
        package({"word/document.xml": inner[:into] + noise[:20] + inner[into:]}),
    ):
        docx.recognises(data)
        try:
            source = docx.source(data, "isles.docx")
        except InputRefused:
            continue
        assert all(0 <= line.start <= line.end <= len(source.text) for line in source.lines)


@pytest.mark.parametrize("name", ["tbl", "sdt", "ins", "p", "txbxContent"])
def test_deep_nesting_is_read_or_refused(name: str) -> None:
    for depth in (100, 240, 5_000):
        try:
            docx.source(word(f"<w:{name}>" * depth + para("x") + f"</w:{name}>" * depth), "isles.docx")
        except InputRefused:
            continue
