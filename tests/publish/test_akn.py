"""Akoma Ntoso out: valid against the OASIS schema, the same tree when read again, the same bytes ever after."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Provision
from followthrough.model.reading import Reading
from followthrough.model.vocabulary import CommitmentKind
from followthrough.pipeline import register_bytes, register_file
from followthrough.publish.akn import to_akn
from followthrough.read import akn, read_bytes, read_file
from followthrough.read.akn.source import NAMESPACE
from support import shared

CHARTER = """# Charter of the Kite Makers

Adopted at Oldport on 3 May 2031

We, the kite makers, met in Oldport on 3 May 2031.

*Recalling* the windless years,

Noting with concern the price of string & <glue>,

Hereby agree to:

## I. Workshops

1. Share workshops and tools, in particular:

(a) to lend looms for:

(i) weaving tails;

(ii) mending sails;

(b) to train apprentices.

2. Publish one pattern a year.

## II. Winds

- measure the wind daily
- write it down

3.1 Meet again in 2033.
"""


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared("data/un_akn/schema") / "akomantoso30.xsd")))


def tree(reading: Reading) -> list[tuple[Any, ...]]:
    """Return what has to survive: every provision's name, number, kind, heading, place and words."""
    document = reading.document
    return [
        (each.eid, each.num, each.kind, each.heading, each.parent, document.slice(each).split())
        for each in document.provisions
    ]


def facts(reading: Reading) -> tuple[str | None, ...]:
    document = reading.document
    return document.title, document.date, document.place, document.sha256


def check_offsets(document: Document) -> None:
    last = 0
    for each in document.provisions:
        assert last <= each.start <= each.body <= each.end <= len(document.text)
        last = each.end
    assert len({each.eid for each in document.provisions}) == len(document.provisions)


def check_round_trip(reading: Reading) -> None:
    once = to_akn(reading)
    assert akn.recognises(once)
    again = akn.read(once, "again.xml")
    check_offsets(again.document)
    assert tree(again) == tree(reading)
    assert facts(again) == facts(reading)
    assert to_akn(again) == once


def by_hand(*provisions: tuple[str, str | None, str, str | None, str], **stated: str | None) -> Reading:
    """Return a reading of (eid, num, kind, parent, line) given by hand; the number is printed with a stop."""
    text, made = "", []
    for eid, num, kind, parent, words in provisions:
        lead = f"{num}. " if num else ""
        start = len(text)
        text += f"{lead}{words}\n"
        end = len(text) - 1
        made.append(Provision(eid, num, kind, None, start, end, parent, start + len(lead)))  # type: ignore[arg-type]
    title, day, place = stated.get("title"), stated.get("date"), stated.get("place")
    return Reading(Document(title, day, place, "0" * 64, text, tuple(made)), (), ())


def test_an_invented_charter_comes_back_as_it_was() -> None:
    reading = read_bytes(CHARTER.encode(), "charter.md")
    assert {each.kind for each in reading.document.provisions} == {"preamble", "other", "section", "paragraph", "item"}
    check_round_trip(reading)


def test_the_xml_states_names_numbers_headings_and_facts() -> None:
    root = etree.fromstring(to_akn(read_bytes(CHARTER.encode(), "charter.md")))
    names = {"a": NAMESPACE}
    assert root.xpath("string(//a:preface//a:docTitle)", namespaces=names) == "Charter of the Kite Makers"
    assert root.xpath("string(//a:FRBRWork/a:FRBRdate[@name='adoption']/@date)", namespaces=names) == "2031-05-03"
    assert root.xpath("string(//a:preface//a:location)", namespaces=names) == "Oldport"
    assert root.xpath("//a:section/a:num/text()", namespaces=names) == ["I.", "II."]
    assert root.xpath("//a:section/a:heading/text()", namespaces=names) == ["Workshops", "Winds"]
    item = "//a:section/a:paragraph[a:num='1.']/a:point[1]/a:point[2]"
    assert root.xpath(f"string({item}/@eId)", namespaces=names) == "sec_i__para_1__item_a__item_ii"
    assert root.xpath(f"string({item}/a:num)", namespaces=names) == "(ii)"
    assert root.xpath("count(//a:preamble/a:container)", namespaces=names) == 3


def test_an_invented_charter_is_valid() -> None:
    for reading in (read_bytes(CHARTER.encode(), "charter.md"), by_hand()):
        schema().assertValid(etree.fromstring(to_akn(reading)))


def quoted(reading: Reading) -> list[tuple[Any, ...]]:
    """Return of each commitment what has to survive: name, provision, what was found, and the words of its spans."""
    text = reading.document.text
    return [
        (one.id, one.provision, one.verb, one.kind, one.strength, [text[start:end].split() for start, end in one.spans])
        for one in reading.commitments
    ]


def words_of(xml: bytes) -> list[str]:
    return ["".join(map(str, one.itertext())) for one in etree.fromstring(xml).iter("{*}p", "{*}heading", "{*}num")]


def check_marks(reading: Reading) -> None:
    once = to_akn(reading)
    schema().assertValid(etree.fromstring(once))
    assert words_of(once) == words_of(to_akn(replace(reading, commitments=())))
    again = akn.read(once, "again.xml")
    assert quoted(again) == quoted(reading)
    assert (tree(again), to_akn(again)) == (tree(reading), once)


def test_commitments_are_marked_in_the_words_and_come_back() -> None:
    check_marks(register_bytes(CHARTER.encode(), "charter.md"))
    statement = register_file(shared("statements") / "asean-rok-joint-vision-statement-2019.txt")
    assert len(statement.commitments) == 46
    check_marks(statement)


def commitment(key: str, text: str, *words: str) -> Commitment:
    spans = tuple((text.index(one), text.index(one) + len(one)) for one in words)
    return Commitment(key, "para_1", "1", spans[0][0], spans[-1][1], spans, "share", CommitmentKind.ACTION, 4)


def test_words_of_two_commitments_refer_to_both_and_a_catalogue_is_kept_as_it_was_made() -> None:
    bare = by_hand(("para_1", "1", "paragraph", None, "The makers will share looms and train  apprentices."))
    bare = replace(bare, document=replace(bare.document, language="en"))
    text = bare.document.text
    both = "The makers will"
    made = (commitment("x/1a", text, both, "share looms"), commitment("x/1b", text, both, "train  apprentices"))
    reading = replace(bare, commitments=made)
    check_marks(reading)
    refers = etree.fromstring(to_akn(reading)).xpath("//a:inline/@refersTo", namespaces={"a": NAMESPACE})
    assert refers == ["#commitment-1 #commitment-2", "#commitment-1", "#commitment-2"]
    piped = register_bytes(to_akn(reading), "again.xml")
    assert [(one.id, one.verb, one.strength) for one in piped.commitments] == [
        ("x/1a", "share", 4),
        ("x/1b", "share", 4),
    ]


def test_a_mark_whose_words_or_facts_are_not_there_is_no_commitment() -> None:
    bare = by_hand(("para_1", "1", "paragraph", None, "The makers will share looms."))
    once = to_akn(replace(bare, commitments=(commitment("x/1a", bare.document.text, "share looms"),)))
    assert len(akn.read(once, "x.xml").commitments) == 1
    for old, new in (
        (b'strength="4"', b'strength="9"'), (b'kind="action"', b'kind="wish"'), (b'ft:id="x/1a"', b'ft:id=""'),
        (b"#commitment-1", b"#commitment-7"), (b'eId="para_1"', b""),
    ):  # fmt: skip
        assert old in once
        assert akn.read(once.replace(old, new), "x.xml").commitments == (), old


def test_furniture_stays_out_of_the_xml() -> None:
    page = "Back to top\n\nCharter of the Kite Makers\n\n1. Share looms.\n\nShare on Facebook\n\n2. Share sails.\n"
    reading = read_bytes(page.encode(), "page.txt")
    assert [notice.code for notice in reading.warnings].count("furniture") == 2
    assert b"Facebook" not in to_akn(reading)
    check_round_trip(reading)


def test_an_order_that_is_not_the_order_of_the_tree_is_kept() -> None:
    reading = by_hand(
        ("sec_1", "1", "section", None, "Kites"),
        ("para_1", None, "paragraph", "sec_1", "We share kites."),
        ("hcontainer_1", None, "other", None, "Done at Oldport."),
        ("preamble__p_1", None, "preamble", None, "Recalling the wind,"),
        ("para_2", "2 bis", "paragraph", "sec_1", "We share string."),
        ("para_3", None, "paragraph", "nowhere", "We share glue."),
    )
    once = to_akn(reading)
    again = akn.read(once, "again.xml")
    assert [each.eid for each in again.document.provisions] == [each.eid for each in reading.document.provisions]
    assert [each.parent for each in again.document.provisions][:5] == [None, "sec_1", None, None, "sec_1"]
    assert [each.num for each in again.document.provisions] == ["1", None, None, None, "2 bis", None]
    schema().assertValid(etree.fromstring(once))


def test_a_tree_of_any_depth_is_written_and_read() -> None:
    lines: list[tuple[str, str | None, str, str | None, str]] = [("item_0", None, "item", None, "Level 0")]
    lines += [(f"item_{at}", None, "item", f"item_{at - 1}", f"Level {at}") for at in range(1, 300)]
    check_round_trip(by_hand(*lines))


def test_words_that_xml_cannot_hold_are_replaced() -> None:
    once = to_akn(by_hand(("p_1", None, "paragraph", None, "Kites \x01 and\ufffe \ud800 string"), title="A\x0cB"))
    assert akn.read(once, "x.xml").document.text == "A B\nKites \ufffd and\ufffd \ufffd string"


def test_no_date_and_no_place_are_none_again() -> None:
    document = akn.read(to_akn(by_hand(("p_1", None, "paragraph", None, "Kites."))), "x.xml").document
    assert (document.title, document.date, document.place) == (None, None, None)


CHOICES = """
1. Share looms:
(a) weave;
(i) mend;
- fly
  - higher
# Charter
## II. Winds
**Tails**
Recalling the wind,
Hereby agree to:
OP1 Share sails.
PP2 Noting the sky,
1.1 Meet again.
Annex
Done at Oldport on 3 May 2031.
We share kites.
Home
4.
(c)
A. Tails
<b>&amp;</b> \xa0 string"""
LINES = st.sampled_from(CHOICES.splitlines())


@settings(max_examples=150)
@given(st.lists(LINES, min_size=1, max_size=25), st.sampled_from(["txt", "md"]))
def test_whatever_the_lines_the_tree_comes_back(lines: list[str], kind: str) -> None:
    text = "\n\n".join(["Kite talks", *lines])
    check_round_trip(read_bytes(text.encode(), "x", kind))


@pytest.mark.slow
def test_every_joint_statement_is_valid_and_comes_back() -> None:
    paths = sorted(shared("data/joint_statements").glob("2*.md"))
    assert len(paths) > 150
    for path in paths:
        reading = read_file(path)
        schema().assertValid(etree.fromstring(to_akn(reading)))
        check_round_trip(reading)


@pytest.mark.slow
def test_every_english_resolution_is_valid_and_comes_back() -> None:
    home = shared("data/un_akn")
    paths = sorted([*home.glob("ga_english/*.xml"), *home.glob("sc_english/*.xml"), *home.glob("sc_prst/*.xml")])
    assert len(paths) >= 130
    for path in paths:
        reading = akn.read(path.read_bytes(), path.name)
        once = to_akn(reading)
        schema().assertValid(etree.fromstring(once))
        again = akn.read(once, path.name)
        assert (tree(again), facts(again)) == (tree(reading), facts(reading)), path.name
        assert to_akn(again) == once
