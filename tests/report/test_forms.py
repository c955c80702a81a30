"""One paper in four forms: each says the same words, none runs or hides any, and machines can read each."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject, TextStringObject
from python_calamine import CalamineWorkbook

from followthrough.report.document import (
    Block,
    Cell,
    Column,
    Counts,
    Heading,
    Items,
    Note,
    Paper,
    Paragraph,
    Picture,
    Run,
    Source,
    Sources,
    Table,
    Turn,
    cell,
    plain,
)
from followthrough.report.rendering import FORMS
from followthrough.report.wording import Wording, problem, standard
from pdf_rules import RULES, elements_of, problems
from support import REPOSITORY

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><style>.a{fill:#123}</style>'
    '<rect class="a" width="9" height="9"/></svg>'
)
HOSTILE = (
    '#set text(red) *bold* _it_ $x^2$ @cite <label> #read("/etc/passwd") \\u{41} -- "quoted"',
    "=HYPERLINK(\"https://evil.example\",\"click\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1",
    "<script>alert(1)</script>&amp; ]]> {{ 7*7 }} {% x %}",
    "\u202eright to left\u202c שלום مرحبا", "word " * 900, "x" * 300, "control \x07\x00 signs \x1b[31m",
    "한국어 ไทย ភាសាខ្មែរ 日本", "\U0001f600 emoji and \ue000 private",
)  # fmt: skip


def paper(texts: tuple[str, ...] = ("A plain sentence.",), *, wide: bool = False, repeats: int = 1) -> Paper:
    rows = tuple(
        (cell(text), cell(at), Cell((plain(text), (Run("two", "dim", (1, 2)),)))) for at, text in enumerate(texts)
    )
    shades = tuple(tuple(cell(n, shade=n) for n in range(5)) for _ in range(2))
    columns = (Column("First"), Column("Number", numeric=True), Column("Words", 3))
    blocks: list[Block] = [
        Paragraph(plain("A finding."), "finding"), Picture(SVG, "A caption", "A picture of a bar"),
        Counts((("25", "paragraphs"), ("3", "silent"))), Heading("One"), Heading("Deeper", 3),
        *(Paragraph((Run(text, "strong"), Run("then", "missing", (1,), "stage-2"))) for text in texts),
        Items(tuple(plain(text) for text in texts)), Note("Mind:", plain("a note")),
        Table("Rows", columns, rows * repeats),
        Turn(wide=True), Heading("Two"), Table("Grid", tuple(Column(str(n), numeric=True) for n in range(5)), shades),
        Turn(wide=False), Heading("Sources"),
        Sources((Source(1, "Office", "2 May 2031", texts[0][:300], "https://example.org/a?b=1&c=2"),)),
    ]  # fmt: skip
    return Paper(f"Title {texts[0][:80]}", "Over", "About", "As of 1 May 2031", "Public edition", ("Page", "of"), "en",
                 "stem", tuple(blocks), wide)  # fmt: skip


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def html_text(data: bytes) -> str:
    root: Any = html.fromstring(data.decode())
    for gone in [*root.iter("style"), *root.iter("title"), *root.iter("header")]:
        gone.getparent().remove(gone)
    return "\n".join(root.itertext())


def docx_text(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def xlsx_text(data: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return "\n".join(str(int(one)) if isinstance(one, float) else str(one) for row in rows for one in row)


READ = {"pdf": pdf_text, "html": html_text, "docx": docx_text, "xlsx": xlsx_text}


def letters(text: str) -> str:
    """The letters, figures and signs of a text, without blanks, order marks and the look of ligatures."""
    folded = unicodedata.normalize("NFKC", re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text))
    return re.sub(r"\s", "", folded)


def missing(one: Paper, form: str) -> list[str]:
    """What the paper says and its file does not."""
    held = letters(READ[form](FORMS[form](one)))
    return [words[:60] for words in one.words() if letters(words) not in held]


@pytest.mark.parametrize("form", list(FORMS))
def test_each_form_says_every_word_of_the_paper(form: str) -> None:
    assert missing(paper(("A plain sentence.", "Another with naïve façade – “quoted” €5 ≥ 3.")), form) == []


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_hostile_words_come_out_as_they_are(form: str) -> None:
    assert missing(paper(HOSTILE), form) == []


@pytest.mark.slow
def test_hostile_words_come_out_of_a_pdf_as_they_are_and_what_no_font_has_by_its_number() -> None:
    ours = tuple(text for text in HOSTILE if all(ord(one) < 0x250 for one in text))
    assert len(ours) > 6
    assert [words for words in missing(paper(ours), "pdf") if not words.startswith("word word")] == []
    long = paper(("word " * 900,), repeats=3)
    said = sum(words.count("word") for words in long.words())
    assert pdf_text(FORMS["pdf"](long)).count("word") >= said > 900 * 6
    found = letters(pdf_text(FORMS["pdf"](paper(("\ue000 private \U000f1234 signs",)))))
    assert "[U+E000]private[U+F1234]signs" in found
    assert FORMS["pdf"](paper(HOSTILE)).startswith(b"%PDF")


def test_no_text_is_a_formula_and_numbers_are_numbers() -> None:
    with ZipFile(io.BytesIO(FORMS["xlsx"](paper(HOSTILE)))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not [name for name in book.namelist() if "externalLink" in name]
    assert not [one for one in sheets if "<f>" in one or "<f " in one or "<hyperlink" in one]
    assert any(re.search(r'<c r="B3"[^>]*><v>1</v>', one) for one in sheets)
    cut = CalamineWorkbook.from_filelike(io.BytesIO(FORMS["xlsx"](paper(("y" * 40_000,)))))
    longest = max(len(str(one)) for row in cut.get_sheet_by_index(0).to_python() for one in row)
    assert 32_000 < longest < 32_767


def test_html_is_one_file_that_runs_and_fetches_nothing() -> None:
    data = FORMS["html"](paper(HOSTILE)).decode()
    root: Any = html.fromstring(data)
    assert not root.xpath("//script|//link|//iframe|//object|//*[@onclick]|//*[@style]")
    assert {one.get("src")[:26] for one in root.iter("img")} == {"data:image/svg+xml;base64,"}
    assert root.get("lang") == "en"
    assert [one.tag for one in root.iter("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2", "h2"]
    assert len(root.xpath("//table/caption")) == len(root.xpath("//table")) == 2
    assert root.xpath("//th[@scope='row']") and root.xpath("//img[@alt='A picture of a bar']")
    assert "@media print" in data and "@page" in data


def test_word_opens_it_with_headings_repeated_header_rows_language_and_alternative_texts() -> None:
    book = docx.Document(io.BytesIO(FORMS["docx"](paper(("One.", "Two.")))))
    styles = [(p.style.name, p.text) for p in book.paragraphs if p.style and p.style.name]
    assert [text for name, text in styles if name.startswith(("Title", "Heading"))] == [
        "Title One.", "One", "Deeper", "Two", "Sources",
    ]  # fmt: skip
    assert ("List Bullet", "One.") in styles and ("Heading 2", "Deeper") in styles
    for table in book.tables:
        first, *others = table.rows
        assert first._tr.trPr is not None and first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
    assert [one.get("descr") for one in book.element.body.iter(qn("wp:docPr"))] == ["A picture of a bar"]
    assert book.core_properties.title == "Title One., About"
    assert {one.get(qn("w:val")) for one in book.styles.element.iter(qn("w:lang"))} == {"en"}
    assert [one.orientation for one in book.sections] == [0, 1, 0]


def tree(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every element of the structure tree of a PDF file, in reading order, with its kind."""
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    waiting: list[Any] = [root["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if "/S" in one:
                yield str(one["/S"]), one
            waiting += [one["/K"]] if "/K" in one else []


def test_a_pdf_is_tagged_by_the_rules_of_pdf_ua() -> None:
    data = FORMS["pdf"](paper(("One.", "Two."), wide=True, repeats=30))
    assert problems(data) == []
    book = PdfReader(io.BytesIO(data))
    assert book.metadata and book.metadata.title == "Title One., About"
    found = list(tree(data))
    assert [kind for kind, _ in found if re.fullmatch(r"/H\d", kind)] == ["/H1", "/H2", "/H3", "/H2", "/H2"]
    assert [str(one["/Alt"]) for kind, one in found if kind == "/Figure" and "/Alt" in one] != []
    assert sum(kind == "/Table" for kind, _ in found) == sum(kind == "/THead" for kind, _ in found) == 2
    assert sum(kind == "/TH" for kind, _ in found) == 8
    header = [page.extract_text() for page in book.pages]
    assert sum("First" in text and "Number" in text for text in header) > 1


def elements(root: Any, kind: str) -> list[Any]:
    """Return the elements of a kind, to be damaged."""
    return [one for found, one, _ in elements_of(root) if found == kind]


def without(held: Any, *names: str) -> object:
    for name in names:
        del held[NameObject(name)]
    return held


def renamed(one: Any, kind: str) -> object:
    one[NameObject("/S")] = NameObject(kind)
    return one


def painted_beside(book: PdfWriter, _root: Any) -> None:
    stream = StreamObject()
    stream.set_data(b"BT (untold) Tj ET")
    page: Any = book.pages[0]
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), book._add_object(stream)])


def font(book: PdfWriter) -> Any:
    page: Any = book.pages[0]
    return next(iter(page["/Resources"]["/Font"].values())).get_object()


def not_embedded(book: PdfWriter, _root: Any) -> None:
    kept = font(book)["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    without(kept, *({"/FontFile", "/FontFile2", "/FontFile3"} & set(kept)))


def links(book: PdfWriter) -> list[Any]:
    pages: list[Any] = list(book.pages)
    return [one.get_object() for page in pages for one in page.get("/Annots") or []]


def scripted(_book: PdfWriter, root: Any) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    root[NameObject("/OpenAction")] = DictionaryObject(script)


DAMAGE: dict[str, tuple[str, Callable[[PdfWriter, Any], object]]] = {
    "not marked": ("tagged", lambda _, root: without(root, "/MarkInfo")),
    "no structure": ("tagged", lambda _, root: without(root, "/StructTreeRoot")),
    "no way back": ("tagged", lambda _, root: without(root["/StructTreeRoot"], "/ParentTree")),
    "not declared": ("declared", lambda _, root: without(root, "/Metadata")),
    "title not shown": ("declared", lambda _, root: without(root, "/ViewerPreferences")),
    "no language": ("language", lambda _, root: without(root, "/Lang")),
    "no alternative": ("figures", lambda _, root: without(elements(root, "Figure")[0], "/Alt")),
    "no scope": ("tables", lambda _, root: without(elements(root, "TH")[0], "/A")),
    "no headings": ("tables", lambda _, root: [renamed(one, "/TD") for one in elements(root, "TH")]),
    "cells in no row": ("tables", lambda _, root: renamed(elements(root, "TR")[0], "/Div")),
    "rows in no table": ("tables", lambda _, root: renamed(elements(root, "TBody")[0], "/Div")),
    "an unknown kind": ("kinds", lambda _, root: renamed(elements(root, "P")[0], "/Invented")),
    "items in no list": ("kinds", lambda _, root: renamed(elements(root, "L")[0], "/Div")),
    "a level left out": ("kinds", lambda _, root: renamed(elements(root, "H3")[0], "/H5")),
    "no first level": ("kinds", lambda _, root: renamed(elements(root, "H1")[0], "/P")),
    "painted beside": ("content", painted_beside),
    "a page of no element": ("content", lambda book, _: without(book.pages[0], "/StructParents")),
    "not embedded": ("fonts", not_embedded),
    "no letters": ("fonts", lambda book, _: without(font(book), "/ToUnicode")),
    "any order": ("order", lambda book, _: [without(page, "/Tabs") for page in book.pages]),
    "a link of no element": ("links", lambda book, _: without(links(book)[0], "/StructParent")),
    "a link to nowhere": ("links", lambda book, _: without(links(book)[0], "/Contents")),
    "links left out": ("links", lambda _, root: [renamed(one, "/Span") for one in elements(root, "Link")]),
    "no bookmarks": ("bookmarks", lambda _, root: without(root, "/Outlines")),
    "a script": ("open", scripted),
}
"""What can be wrong with a file, the rule that has to tell it, and how a file is broken so."""


def test_every_rule_is_broken_by_some_damage() -> None:
    assert {rule for rule, _ in DAMAGE.values()} == set(RULES)


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_told_by_the_rule_that_it_breaks(what: str) -> None:
    rule, damage = DAMAGE[what]
    book = PdfWriter(clone_from=io.BytesIO(whole_pdf()))
    damage(book, book.root_object)
    out = io.BytesIO()
    book.write(out)
    assert rule in {one.partition(":")[0] for one in problems(out.getvalue())}


@cache
def whole_pdf() -> bytes:
    return FORMS["pdf"](paper(("One.", "Two."), wide=True))


def test_words_of_a_pack_take_the_place_of_ours_and_run_nothing() -> None:
    say = Wording("matters", {"matters.title": "Items of $nothing {0.__class__} $$5", "all.public": "For all"})
    assert say("title") == "Items of $nothing {0.__class__} $5"
    assert say("public") == "For all"
    assert problem("matters.title", "Old business") == ""
    assert "no words of the papers" in problem("matters.nonsense", "x")
    assert "is none of" in problem("matrix.columns", "num; secret")
    assert "stands for nothing" in problem("matters.finding", "$total and $secret")
    assert all(problem(name, words) == "" for name, words in standard().items())


def test_the_reference_lists_every_name_with_its_words() -> None:
    told = (REPOSITORY / "docs" / "reference" / "papers.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z]+\.[a-z_]+)` \| (.*) \|$", told, re.MULTILINE) == list(standard().items())
