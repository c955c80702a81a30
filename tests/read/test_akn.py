"""Akoma Ntoso in: the tree as marked up, notes left out of the words, and every broken or hostile file refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.model.document import Document, Provision
from followthrough.publish.akn import to_akn
from followthrough.read import akn, read_bytes
from followthrough.read.akn.source import MAX_DEPTH, NAMESPACE
from support import cpu_of, shared

RESOLUTION = f"""<akomaNtoso xmlns="{NAMESPACE}">
  <statement name="resolution">
    <meta>
      <identification source="#makers">
        <FRBRWork>
          <FRBRdate date="2031-06-01" name="publication"/>
          <FRBRdate date="2031-05-03" name="adoption"/>
        </FRBRWork>
      </identification>
    </meta>
    <coverPage><p><docStatus>Distr.: Kites</docStatus></p><p><docDate date="2031-06-01">1 June</docDate></p></coverPage>
    <preface><p><docNumber>9/2.</docNumber> <docTitle>Strings <span>and</span> tails</docTitle></p></preface>
    <preamble>
      <formula name="enactingFormula" eId="formula_1"><p><span>The Kite Assembly</span>,</p></formula>
      <container name="Recalling" eId="container_2"><p>
          <span>Recalling</span> its resolution 8/1,<authorialNote marker="1"><p>K/8/1.</p></authorialNote> on glue,</p>
      </container>
      <container name="Noting" eId="container_3"><blockList>
        <listIntroduction>Noting:</listIntroduction>
        <item><num>(a)</num><p>The wind,</p></item>
      </blockList></container>
    </preamble>
    <mainBody>
      <paragraph eId="para_4" class="H1"><num>I.</num></paragraph>
      <paragraph eId="para_5" class="H1"><heading>I.\tWorkshops</heading></paragraph>
      <paragraph eId="para_6"><num>1.</num><content><p>\t<i>Calls upon</i> makers to share:</p></content></paragraph>
      <paragraph eId="para_7"><content><p>\t(a)\tLooms;</p></content></paragraph>
      <paragraph eId="para_8"><content><p>\t(i)\tOf wood;</p></content></paragraph>
      <paragraph eId="para_9"><content><p>\t(b)\tSails.</p></content></paragraph>
      <paragraph eId="para_10"><num>2.</num>
        <list eId="para_10_list"><intro><p>Requests a report on:</p></intro>
          <point eId="para_10_list_a"><num>(a)</num><content><p>Winds;</p></content></point>
          <wrapUp><p>every spring.</p></wrapUp>
        </list>
      </paragraph>
    </mainBody>
    <conclusions><p><location>Oldport</location><eol/><docDate date="2031-05-03">3 May 2031</docDate></p></conclusions>
  </statement>
</akomaNtoso>
"""


def read(text: str) -> Document:
    return akn.read(text.encode(), "kites.xml").document


def one(document: Document, eid: str) -> Provision:
    (found,) = [each for each in document.provisions if each.eid == eid]
    return found


def check_offsets(document: Document) -> None:
    last = 0
    for each in document.provisions:
        assert last <= each.start <= each.body <= each.end <= len(document.text)
        last = each.end
    assert len({each.eid for each in document.provisions}) == len(document.provisions)


def test_a_resolution_gives_its_tree_in_the_order_of_the_text() -> None:
    document = read(RESOLUTION)
    check_offsets(document)
    assert [(each.eid, each.kind, each.num, each.parent) for each in document.provisions] == [
        ("formula_1", "other", None, None),
        ("container_2", "preamble", None, None),
        ("container_3", "preamble", None, None),
        ("container_3__item_a", "item", "(a)", "container_3"),
        ("para_4", "section", "I", None),
        ("para_6", "paragraph", "1", "para_4"),
        ("para_7", "item", "(a)", "para_6"),
        ("para_8", "item", "(i)", "para_7"),
        ("para_9", "item", "(b)", "para_6"),
        ("para_10", "paragraph", "2", "para_4"),
        ("para_10_list_a", "item", "(a)", "para_10"),
        ("para_10__other_1", "other", None, "para_10"),
    ]


def test_the_text_is_the_blocks_line_by_line_the_notes_behind_and_no_cover() -> None:
    document = read(RESOLUTION)
    assert document.text.split("\n") == [
        "9/2. Strings and tails",
        "The Kite Assembly,",
        "Recalling its resolution 8/1, on glue,",
        "Noting:",
        "(a) The wind,",
        "I. Workshops",
        "1. Calls upon makers to share:",
        "(a) Looms;",
        "(i) Of wood;",
        "(b) Sails.",
        "2. Requests a report on:",
        "(a) Winds;",
        "every spring.",
        "Oldport 3 May 2031",
        "1 K/8/1.",
    ]
    assert document.slice(one(document, "para_7")) == "(a) Looms;"
    assert document.text[one(document, "para_6").body :].startswith("Calls upon")
    assert one(document, "para_4").heading == "Workshops"


def test_the_facts_are_the_title_the_day_of_adoption_and_the_place() -> None:
    reading = akn.read(RESOLUTION.encode(), "kites.xml")
    document = reading.document
    assert (document.title, document.date, document.place) == ("Strings and tails", "2031-05-03", "Oldport")
    assert [notice.code for notice in reading.warnings] == ["left-out", "left-out", "note"]


def test_a_law_with_articles_is_read_too() -> None:
    document = read(
        f'<akomaNtoso xmlns="{NAMESPACE}"><act name="act"><body><chapter eId="chp_1"><num>Chapter 1</num>'
        '<heading>Kites</heading><article eId="art_1"><num>1</num><heading>Strings</heading><content>'
        "<p>Strings are long.</p><p>Tails too.</p></content></article></chapter></body></act></akomaNtoso>"
    )
    assert [(each.eid, each.kind, each.num, each.heading, each.parent) for each in document.provisions] == [
        ("chp_1", "section", "1", "Kites", None),
        ("art_1", "section", "1", "Strings", "chp_1"),
    ]
    assert document.slice(document.provisions[1]) == "1 Strings\nStrings are long.\nTails too."


def test_it_recognises_xml_by_content() -> None:
    assert akn.recognises(RESOLUTION.encode())
    assert akn.recognises(RESOLUTION.encode("utf-16"))
    assert akn.recognises(b'\xef\xbb\xbf<?xml version="1.0"?>\n<a:akomaNtoso xmlns:a="x"/>')
    assert akn.recognises(b'<!DOCTYPE lolz [<!ENTITY a "b">]><lolz/>')
    for other in (
        b"",
        b"1. Share kites.",
        b"See `<akomaNtoso>`.",
        b"<!DOCTYPE html><p>x",
        b'<?xml version="1.0"?><html><p/></html>',
    ):
        assert not akn.recognises(other)


def test_utf_16_and_latin_1_are_read_alike() -> None:
    plain = RESOLUTION.replace("glue", "pâté")
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        data = f'<?xml version="1.0" encoding="{encoding}"?>\n{plain}'.encode(encoding)
        assert "on pâté," in akn.read(data, "kites.xml").document.text


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE akomaNtoso SYSTEM "http://127.0.0.1:9/akn.dtd">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, REMOTE, "\n<!-- kites -->\n" + LAUGHS])
def test_a_document_type_declaration_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    data = (doctype + RESOLUTION.replace("glue", "&c;")).encode(encoding)
    with pytest.raises(InputRefused, match="document type declaration"):
        akn.read(data, "kites.xml")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "iso-2022-jp"])
def test_an_encoding_that_could_hide_a_declaration_is_refused(encoding: str) -> None:
    data = (f'<?xml version="1.0" encoding="{encoding}"?>' + LAUGHS + RESOLUTION).encode(encoding)
    with pytest.raises(InputRefused):
        akn.read(data, "kites.xml")
    with pytest.raises(InputRefused):
        akn.read(f'<?xml version="1.0" encoding="{encoding}"?>{RESOLUTION}'.encode(), "kites.xml")


def nested(depth: int) -> str:
    inside = "<section>" * depth + "<p>x</p>" + "</section>" * depth
    return f'<akomaNtoso xmlns="{NAMESPACE}"><doc>{inside}</doc></akomaNtoso>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words",
        "<a/>",
        "<akomaNtoso/>",
        f'<akomaNtoso xmlns="{NAMESPACE}"/>',
        RESOLUTION.replace("glue", "&glue;"),
        RESOLUTION.replace("</preamble>", ""),
        RESOLUTION[:900],
        nested(MAX_DEPTH),
        nested(5000),
        '<?xml version="1.0" encoding="klingon"?><a/>',
    ],
)
def test_what_is_no_sound_document_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(text)
    assert str(refusal.value).startswith("kites.xml")
    assert "\n" not in str(refusal.value)


def test_broken_xml_names_its_line() -> None:
    with pytest.raises(InputRefused, match=r"kites\.xml, line \d+: the XML is broken"):
        read(RESOLUTION.replace("</mainBody>", ""))


def test_a_tree_of_the_greatest_depth_is_read() -> None:
    assert len(read(nested(MAX_DEPTH - 3)).provisions) == MAX_DEPTH - 3


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(InputRefused, match="50 MB"):
        akn.read(RESOLUTION.encode() + b" " * (50 * 1024 * 1024), "kites.xml")


def checked(data: bytes) -> None:
    try:
        reading = akn.read(data, "kites.xml")
    except InputRefused as refusal:
        assert "\n" not in str(refusal)
    else:
        check_offsets(reading.document)


CHOICES = """<p>
</p>
<num>
</num>
<paragraph>
</paragraph>
<heading>Sky</heading>
<crossHeading>Sky</crossHeading>
&lt;
&x;
<!DOCTYPE a>
<![CDATA[<p>]]>
<?pi?>
<!-- -->
(a) kites
\x00
é
<point>
</point>
<list>
</list>
<hcontainer name="other" eId="para_4"/>
<paragraph eId="para_6"><num/></paragraph>"""
PIECES = st.sampled_from(CHOICES.splitlines())


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(RESOLUTION)), st.integers(0, 30), PIECES), max_size=6))
def test_mutated_xml_is_read_or_refused(changes: list[tuple[int, int, str]]) -> None:
    text = RESOLUTION
    for at, cut, piece in changes:
        text = text[:at] + piece + text[at + cut :]
    checked(text.encode())


BLOCKS = ["p", "num", "heading", "crossHeading", "content", "intro", "table", "eol", "authorialNote"]
PARTS = ["section", "paragraph", "hcontainer", "list", "point", "blockList", "item"]
TAGS = st.sampled_from([*BLOCKS, *PARTS, "container", "formula", "preamble", "preface", "mainBody"])
TREES = st.recursive(
    st.sampled_from(["", "1.", "(a) sails", "kites &amp; strings"]),
    lambda inner: st.builds(
        lambda tag, parts: f'<{tag} name="other">{"".join(parts)}</{tag}>', TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=300)
@given(TREES)
@pytest.mark.slow
def test_any_tree_of_elements_is_read_and_comes_back(inside: str) -> None:
    data = f'<akomaNtoso xmlns="{NAMESPACE}"><doc>{inside}</doc></akomaNtoso>'.encode()
    checked(data)
    try:
        reading = akn.read(data, "kites.xml")
    except InputRefused:
        return
    again = akn.read(to_akn(reading), "again.xml")
    for one_of, other in zip(reading.document.provisions, again.document.provisions, strict=True):
        assert (one_of.eid, one_of.num, one_of.kind) == (other.eid, other.num, other.kind)
        assert (one_of.heading, one_of.parent) == (other.heading, other.parent)
        assert reading.document.slice(one_of).split() == again.document.slice(other).split()
    assert to_akn(again) == to_akn(reading)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    akn.recognises(data)
    checked(data)


@pytest.mark.budget
def test_a_large_document_is_read_in_bounded_time() -> None:
    line = "<paragraph><num>1.</num><content><p>Share <b>kites</b> and strings.</p></content></paragraph>"
    data = RESOLUTION.replace("<mainBody>", "<mainBody>" + line * 4_000).encode()
    assert cpu_of(lambda: akn.read(data, "kites.xml")) < 2 * len(data) / 100_000
    assert len(akn.read(data, "kites.xml").document.provisions) > 4_000


def test_a_name_of_any_length_is_not_multiplied() -> None:
    name, inside = "n" * 1_000_000, "<p>Kites.</p><point><num>(a)</num></point>" * 2_000
    text = f'<akomaNtoso xmlns="{NAMESPACE}"><doc><section eId="{name}">{inside}</section></doc></akomaNtoso>'
    document = read(text)
    assert len(document.provisions) == 4_000
    assert max(len(each.eid) for each in document.provisions[1:]) < 100


def test_the_malformed_statements_are_refused_with_their_line() -> None:
    paths = sorted(shared("data/un_akn/malformed").glob("*.xml"))
    assert len(paths) == 2
    for path, line in zip(paths, (90, 110), strict=True):
        with pytest.raises(InputRefused, match=rf"line {line}: the XML is broken"):
            akn.read(path.read_bytes(), path.name)


def resolutions() -> list[Path]:
    home = shared("data/un_akn")
    paths = sorted([*home.glob("ga_english/*.xml"), *home.glob("sc_english/*.xml")])
    assert len(paths) == 130
    return paths


@pytest.mark.slow
def test_every_resolution_in_every_language_has_its_facts_and_sound_offsets() -> None:
    paths = [*resolutions(), *sorted(shared("data/un_akn").glob("ga_multilingual/*/*.xml"))]
    for path in paths:
        document = akn.read(path.read_bytes(), path.name).document
        check_offsets(document)
        assert document.title, path.name
        assert document.date, path.name
        kinds = {each.kind for each in document.provisions}
        assert kinds & {"paragraph", "section"}, path.name
        assert not any(mark in document.text for mark in ("\t", "Distr.", "authorialNote")), path.name


def same_place(truth: Provision, found: Provision | None, shift: int) -> bool:
    """Tell whether a line of flattened text was read at its place, on its side of the preamble, with its number."""
    if found is None or (found.start, found.end, found.num) != (truth.start + shift, truth.end + shift, truth.num):
        return False
    openings = {"preamble", "other"}
    return (found.kind in openings) == (truth.kind in openings)


@pytest.mark.slow
@pytest.mark.parametrize(("gap", "floor"), [("\n\n", 0.97), ("\n", 0.70)])
def test_structure_of_flattened_resolutions_reaches_its_floor(gap: str, floor: float) -> None:
    right = lines = 0
    for path in resolutions():
        truth = akn.read(path.read_bytes(), path.name).document
        flat = read_bytes(truth.text.replace("\n", gap).encode(), "flat.txt", "txt").document
        starts = {each.start: each for each in flat.provisions}
        for each in truth.provisions:
            if each.start < each.end:
                shift = truth.text.count("\n", 0, each.start) * (len(gap) - 1)
                right += same_place(each, starts.get(each.start + shift), shift)
                lines += 1
    print(f"{right} of {lines} lines right, {right / lines:.4f}")
    assert right / lines >= floor
