"""Whatever a file holds is in its text, or set aside by name and with its count: nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.read import inner, read_bytes
from followthrough.verify import verify
from read.makers_office import package, para
from read.test_more_formats import OFFICE, zipped

MADE_UP = re.compile(r"\bzq\w+")
"""Words of no language, one for each construct, so that each is found again."""
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats'
    '.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:m="http://schemas'
    '.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
CHUNK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
PLEDGE = "A Pledge of the Weir Towns"


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def box(words: str) -> str:
    return f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"


def with_parts(body: str, chunks: dict[str, bytes], more: dict[str, str] | None = None) -> bytes:
    """Return a Word file whose body takes in ``chunks``, by the name of each, where it says ``{name}``."""
    links = "".join(
        f'<Relationship Id="r{at}" Type="{CHUNK}" Target="{name}"/>' for at, name in enumerate(chunks, start=1)
    )
    for at, name in enumerate(chunks, start=1):
        body = body.replace(f"{{{name}}}", f'<w:altChunk r:id="r{at}"/>')
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **{f"word/{name}": data for name, data in chunks.items()},
        **(more or {}),
    }
    return package(parts)


def word_with_everything() -> bytes:
    """Return a Word file with one of each thing that may hold words."""
    alternate = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box('zqboxnew')}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box('zqboxnew')}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    ruby = f"<w:ruby><w:rt>{run('zqruby')}</w:rt><w:rubyBase>{run('zqbase')}</w:rubyBase></w:ruby>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("zqresult")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = "".join(
        [
            para(PLEDGE, style="Title"),
            para("1. We will mend the weirs by 2030."),
            f"<w:p>{run('2. We will ')}<w:sdt><w:sdtContent>{run('zqcontrol ')}</w:sdtContent></w:sdt>",
            f"<w:hyperlink>{run('zqlink ')}</w:hyperlink><w:fldSimple>{run('zqsimple ')}</w:fldSimple>{field}",
            f"<m:oMath><m:r><m:t> zqmath </m:t></m:r></m:oMath><w:smartTag>{run('zqsmart ')}</w:smartTag>{ruby}",
            f"<w:r>{alternate}</w:r><w:r><w:pict>{box('zqboxold')}</w:pict></w:r></w:p>",
            f"<w:sdt><w:sdtContent>{para('3. We will sow zqblock.')}</w:sdtContent></w:sdt>",
            '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>zqhidden</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
            "</w:p>",
            f"<w:p>{run('4. We will keep it.')}<w:del><w:r><w:delText>zqdeleted</w:delText></w:r></w:del></w:p>",
        ]
    )
    notes = (
        f'<w:footnote w:id="2"><w:p>{run("zqnote")}</w:p></w:footnote><w:footnote w:id="3"><w:p>{run("zqlost")}</w:p>'
    )
    comment = f"<w:comment><w:p>{run('zqcomment')}</w:p></w:comment>"
    path = '<w:p><w:r><w:pict><v:shape><v:textpath string="zqwater"/></v:shape></w:pict></w:r></w:p>'
    chart = (
        "<a:p><a:r><a:t>zqcharttitle</a:t></a:r></a:p><c:strCache><c:pt><c:v>zqseries</c:v></c:pt></c:strCache>"
        "<c:numCache><c:pt><c:v>4.25</c:v></c:pt></c:numCache>"
    )
    return with_parts(
        body,
        {},
        {
            "word/footnotes.xml": f"<w:footnotes {NAMES}>{notes}</w:footnote></w:footnotes>",
            "word/header1.xml": f"<w:hdr {NAMES}><w:p>{run('zqhead')}</w:p>{path}</w:hdr>",
            "word/footer2.xml": f"<w:ftr {NAMES}><w:p>{run('zqfoot')}</w:p></w:ftr>",
            "word/comments.xml": f"<w:comments {NAMES}>{comment}</w:comments>",
            "word/diagrams/data1.xml": f"<a:dgm {NAMES}><a:p><a:r><a:t>zqdiagram</a:t></a:r></a:p></a:dgm>",
            "word/charts/chart1.xml": f"<c:chart {NAMES}>{chart}</c:chart>",
            "word/embeddings/Sheet1.xlsx": "PK",
        },
    )


def open_text_with_everything() -> bytes:
    names = (
        f'{OFFICE} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:'
        'opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    hide = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    hide += '<style:style style:name="T2" style:parent-style-name="T1"/>'
    comment = "<office:annotation><dc:creator>zqauthor</dc:creator><text:p>zqcomment</text:p></office:annotation>"
    frame = "<draw:frame><draw:text-box><text:p>zqbox one</text:p><text:p>zqsecond</text:p></draw:text-box>"
    frame += "<svg:title>zqtitle</svg:title><svg:desc>zqdesc</svg:desc></draw:frame>"
    ruby = "<text:ruby><text:ruby-base>zqbase</text:ruby-base><text:ruby-text>zqruby</text:ruby-text></text:ruby>"
    body = (
        f'<text:h text:outline-level="1">{PLEDGE}</text:h><text:p>1. We will mend the weirs{comment} by 2030.</text:p>'
        f"<text:p>2. We will {frame}keep the zqafter {ruby} "
        '<text:span text:style-name="T2">zqhidden</text:span>.</text:p>'
        "<text:p>3. We will light <draw:custom-shape><text:p>zqshape</text:p></draw:custom-shape>it.</text:p>"
        '<text:section text:display="none"><text:p>zqsection</text:p></text:section>'
        "<text:section><text:p>4. We will show zqshown.</text:p></text:section>"
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{hide}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    pages = (
        f"<office:document-styles {names}><office:master-styles><style:master-page><style:header>"
        "<text:p>zqhead</text:p></style:header><style:footer><text:p>zqfoot</text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": pages,
            "Object 1/content.xml": "<math/>",
        }
    )


def rich_text_with_everything() -> bytes:
    older = r"{\shprslt{\*\do{\dptxbxtext \pard zqbox\par}}}"
    shape = rf"{{\shp{{\*\shpinst{{\sp{{\sn wzName}}{{\sv none}}}}{{\shptxt \pard zqbox\par}}}}{older}}}"
    old = r"{\*\do\dobxmargin{\dptxbxtext\pard zqolder\par}}"
    thing = r"{\object\objemb{\*\objclass Word}{\*\objdata 0105}{\result \pard zqresult}}"
    comment = r"{\*\atnid AB}{\*\atnauthor Some One}{\*\annotation{\*\atnref 1}\pard zqcomment\par}"
    formula = r"{\mmath{\*\moMath{\mf{\mfPr{\mctrlPr}}{\mnum{\mr zqmath}}}}}"
    mark = r"{\header{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv zqwater}}}}zqhead\par}"
    return (
        rf"{{\rtf1\ansi\ansicpg1252{mark}\pard {PLEDGE}\par\pard 1. We will mend{comment} the weirs by 2030.\par"
        rf"\pard 2. We will keep {shape}zqafter {old}{thing} and {formula}.\par"
        r"\pard 3. We will light it{\xe zqindex}{\v zqhidden}.\par\pard {\deleted zqdeleted}4. We will stay.\par}"
    ).encode()


def page_with_everything() -> bytes:
    return (
        f"<!doctype html><html lang=en><body><main><h1>{PLEDGE}</h1><p>1. We will mend the weirs by 2030, as the towns "
        "asked at the long meeting of last spring.</p><details><summary>zqsummary</summary><p>2. We will keep zqfolded."
        "</p></details><template><p>zqtemplate</p></template><noscript><p>zqnoscript</p></noscript>"
        '<p aria-hidden="true">zqaria</p><iframe srcdoc="&lt;p&gt;zqframe&lt;/p&gt;"></iframe><svg><text>zqsvg</text>'
        "</svg><math><mi>zqmath</mi></math><select><option>zqoption</option></select><textarea>zqarea</textarea>"
        '<p hidden>zqhidden</p><p style="display:none">zqnone</p><object>zqobject</object><p>3. We will light '
        "<ruby>zqbase<rt>zqruby</rt></ruby> it.</p></main><footer>zqfooter</footer></body></html>"
    ).encode()


def book_with_everything() -> bytes:
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>".format
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>",
            "c.opf": "<package><manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='a' href='a.xhtml'/>"
            "</manifest><spine><itemref idref='a'/></spine></package>",
            "nav.xhtml": page("<nav><p>zqcontents</p></nav>"),
            "a.xhtml": page(f"<h1>{PLEDGE}</h1><p>1. We will mend the zqread by 2030.</p>"),
            "old.xhtml": page("<p>zqorphan</p>"),
        }
    )


def letter_with_everything() -> bytes:
    inside = EmailMessage()
    inside["Subject"], inside["From"] = "The draft", "b@example.org"
    inside.set_content("2. We will keep zqforwarded.\n")
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = "Text", "a@example.org", "<1@example.org>"
    message.set_content(f"{PLEDGE}\n\n1. We will mend the weirs by 2030.\n")
    message.add_attachment(inside)
    message.add_attachment("3. We will light zqcaf\u00e9.\n", charset="latin-1", disposition="inline")
    message.add_attachment(
        b"\x78\x9f\x3e\x22\x00\x01rest", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    message.add_attachment(b"\x89PNG\r\n\x1a\n\x00\x00", maintype="image", subtype="png", filename="seal.png")
    return bytes(message)


EVERYTHING: dict[str, tuple[Callable[[], bytes], str]] = {
    "docx": (
        word_with_everything,
        "zqcontrol zqlink zqsimple zqresult zqmath zqsmart zqbase zqboxnew zqboxold zqblock zqnote",
    ),
    "odt": (open_text_with_everything, "zqbox zqsecond zqafter zqbase zqshape zqshown"),
    "rtf": (rich_text_with_everything, "zqbox zqafter zqolder zqresult zqmath"),
    "html": (page_with_everything, "zqsummary zqfolded zqbase"),
    "epub": (book_with_everything, "zqread"),
    "eml": (letter_with_everything, "zqforwarded zqcafé"),
}
"""A file of each format with one of each thing that it may hold, and the words of it that belong to the text."""


def kept(reading: Reading) -> set[str]:
    return set(MADE_UP.findall(reading.document.text))


@pytest.mark.parametrize("name", EVERYTHING)
def test_whatever_a_file_holds_is_read_or_named(name: str) -> None:
    make, inside = EVERYTHING[name]
    data = make()
    reading = register_bytes(data, f"x.{name}")
    aside = {word for piece in reading.set_aside for word in MADE_UP.findall(piece.words)}
    packed = data if name in {"rtf", "html"} else b""
    assert kept(reading) == set(inside.split())
    assert not kept(reading) & aside
    assert set(MADE_UP.findall(packed.decode())) - {"zqbox"} <= kept(reading) | aside
    assert reading.verification is not None
    assert reading.verification.ok, reading.verification.missing


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name != "eml"])
def test_what_is_set_aside_and_not_named_is_lost(name: str) -> None:
    data = EVERYTHING[name][0]()
    reading = register_bytes(data, f"x.{name}")
    for piece in reading.set_aside:
        if MADE_UP.search(piece.words):
            silent = replace(reading, set_aside=tuple(one for one in reading.set_aside if one is not piece))
            assert not verify(data, silent).ok, piece


def test_words_of_a_text_box_are_paragraphs_of_their_own() -> None:
    for name in ("docx", "odt", "rtf"):
        lines = read_bytes(EVERYTHING[name][0](), "x").document.text.split("\n")
        assert any(line.startswith(("zqbox", "zqboxnew")) for line in lines), name


def test_objects_and_attachments_that_are_not_read_are_named_with_their_count() -> None:
    told = {name: [one.message for one in read_bytes(make(), "x").warnings] for name, (make, _) in EVERYTHING.items()}
    assert "1 embedded object was not read: 'Sheet1.xlsx'" in told["docx"]
    assert "1 embedded object was not read: 'Object 1'" in told["odt"]
    assert any("'winmail.dat' was not read: it is in Outlook's own format" in one for one in told["eml"])
    assert any("'seal.png' was not read" in one for one in told["eml"])
    assert any("'The draft' stands behind" in one for one in told["eml"])


PAGE = b"<html><body><p>2. We will keep the zqpage clean.</p><ol start=3><li>We will sow reeds.</li></ol></body></html>"
CHUNKS = {
    "a.html": PAGE,
    "b.rtf": rb"{\rtf1\ansi\pard 4. We will light the zqrich road.\par}",
    "c.txt": b"5. We will count zqplain fish.\n",
    "d.mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html;"
    b" charset=utf-8\r\n\r\n<html><body><p>6. We will dredge zqarchive.</p></body></html>\r\n--x--\r\n",
    "e.docx": with_parts(para("7. We will open zqinner gates."), {}),
}


def test_parts_of_other_formats_are_read_in_their_place() -> None:
    places = "".join(f"{{{name}}}" for name in CHUNKS)
    data = with_parts(f"{para(PLEDGE)}{para('1. We will mend the weirs.')}{places}{para('8. We will rest.')}", CHUNKS)
    reading = register_bytes(data, "x.docx")
    assert [one.num for one in reading.document.provisions] == [str(at) for at in range(1, 9)]
    assert kept(reading) == {"zqpage", "zqrich", "zqplain", "zqarchive", "zqinner"}
    assert reading.verification is not None
    assert reading.verification.ok, reading.verification.summary()
    cut = replace(reading, document=replace(reading.document, text=reading.document.text.replace("zqrich", "rich")))
    assert not verify(data, cut).ok


def test_a_file_that_is_one_part_of_another_format_holds_words() -> None:
    data = with_parts("{a.html}", {"a.html": PAGE})
    assert kept(read_bytes(data, "x")) == {"zqpage"}


def test_a_part_that_nobody_can_read_is_named_and_makes_the_comparison_red() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    data = with_parts(f"{para(PLEDGE)}{para('1. We will mend.')}{{a.doc}}{{b.doc}}", {"a.doc": old, "b.doc": old})
    reading = register_bytes(data, "x.docx")
    said = next(one.message for one in reading.warnings if one.code == "not-read")
    assert said.startswith("2 parts of another format in the text not read: 'a.doc', 'b.doc'")
    assert reading.verification is not None
    assert "words nobody can read: 2 parts (a.doc, b.doc)" in reading.verification.summary()


def test_parts_within_parts_end_somewhere() -> None:
    data = with_parts(para("9. We will stop at zqdepth."), {})
    for _ in range(inner.DEEPEST + 3):
        data = with_parts(f"{para('1. We will go down.')}{{e.docx}}", {"e.docx": data})
    reading = register_bytes(data, "x.docx")
    assert "zqdepth" not in reading.document.text
    assert any("too deep" in one.message for one in reading.warnings)
    assert reading.verification is not None
    assert not reading.verification.ok


def test_one_part_taken_in_many_times_stays_within_the_bound() -> None:
    link = "{a.html}" * (inner.MOST_FILES + 50)
    reading = read_bytes(with_parts(f"{para('1. We will mend.')}{link}", {"a.html": PAGE}), "x")
    assert reading.document.text.count("zqpage") == inner.MOST_FILES
    assert any("there is too much inside this file" in one.message for one in reading.warnings)


def test_letters_within_letters_end_somewhere() -> None:
    message = EmailMessage()
    message["Subject"], message["Message-ID"] = "x", "<1@example.org>"
    message.set_content("9. We will stop at zqdepth.\n")
    for _ in range(inner.DEEPEST + 3):
        outer = EmailMessage()
        outer["Subject"], outer["Message-ID"] = "Fwd", "<1@example.org>"
        outer.set_content("1. We will pass it on.\n")
        outer.add_attachment(message)
        message = outer
    try:
        reading = read_bytes(bytes(message), "x")
    except InputRefused:
        return
    assert "zqdepth" not in reading.document.text
    assert any("too deep" in one.message for one in reading.warnings)
