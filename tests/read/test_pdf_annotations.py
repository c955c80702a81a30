"""Words over the pages of a PDF file are set aside by name, and the second reader counts the same ones."""

from __future__ import annotations

import pytest
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject

from followthrough.errors import InputRefused
from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.read.pdf.annotations import unsaid
from followthrough.verify.pdf_words import pdf_words
from read.makers_annotated import HIDDEN, PAGE, Annotated, of, options, text

TEMPLATE = (
    '<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><field><caption><value><text>zqlabel <!-- no -->one'
    "</text></value></caption><event><script>zqcode()</script></event>zqtail</field></template>"
)
ANSWERS = '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><a>zqanswer</a></xfa:datasets>'
MULTIPLE, TYPED, PUSHED = NumberObject(1 << 21), NumberObject(1 << 17 | 1 << 18), NumberObject(1 << 16)


def read(made: Annotated) -> Reading:
    return register_bytes(made.file(), "form.pdf")


def aside(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for piece in reading.set_aside:
        found.setdefault(piece.what, []).append(piece.words)
    return found


def whole(reading: Reading) -> bool:
    """Say whether the second reader agrees, and counts each word that was set aside."""
    checked = reading.verification
    assert checked is not None
    assert checked.ok, checked.summary()
    counted = sum(len(piece.words.split()) for piece in reading.set_aside)
    return sum(count for _, count in checked.set_aside) == counted


def test_values_of_fields_are_set_aside_whether_they_are_painted_or_not() -> None:
    made = Annotated()
    field = NameObject("/Tx")
    made.add("Widget", "zqpainted Otter Fund", FT=field, T="a", V="zqpainted Otter Fund")
    made.add("Widget", FT=field, T="b", V="zqbare value")
    made.add("Widget", FT=field, T="c", V="zqunseen value", F=HIDDEN)
    made.field_with_kid("zqinherited مرحبا")
    reading = read(made)
    values = ["zqpainted Otter Fund", "zqbare value", "zqunseen value", "zqinherited مرحبا"]
    assert aside(reading) == {"form field": values}
    assert whole(reading)
    assert "zq" not in reading.document.text
    (told,) = [one.message for one in reading.warnings if one.code == "left-out"]
    assert told.startswith("form field left out of the text: 9 words in 4 places")


def test_every_option_of_a_choice_is_set_aside_once_and_what_is_stored_is_no_word() -> None:
    made = Annotated()
    choice = NameObject("/Ch")
    dykes = options(("zqn", "Northern dyke"), ("zqs", "Southern dyke"))
    made.add("Widget", "Southern dyke", FT=choice, T="a", Opt=dykes, V="zqs", Ff=NumberObject(1 << 17))
    made.add("Widget", FT=choice, T="b", Opt=dykes, V=ArrayObject([text("zqn"), text("zqs")]), Ff=MULTIPLE)
    made.add("Widget", FT=choice, T="c", Opt=ArrayObject([text("Reeds")]), V="Words of our own", Ff=TYPED)
    reading = read(made)
    both = ["Northern dyke", "Southern dyke"]
    assert aside(reading) == {"form field": [*both, *both, "Reeds", "Words of our own"]}
    assert whole(reading)


def test_remarks_and_stamps_are_set_aside_and_links_say_nothing() -> None:
    made = Annotated()
    made.add("FreeText", "zqfree typed on the page", Contents="zqfree typed on the page")
    made.add("FreeText", Contents="zqbare")
    made.add("Text", Contents="zqwhy 2031?")
    made.add("Text", Contents="zqhidden", F=HIDDEN)
    marked = ArrayObject([FloatObject(each) for each in (10, 120, 30, 120, 10, 100, 30, 100)])
    made.add("Highlight", Contents="zqhigh", QuadPoints=marked)
    made.add("Link", Contents="a link of words")
    made.add("Popup", Contents="zqwhy 2031?")
    made.add("Stamp", "ZQSTAMP APPROVED")
    made.add("Widget", "zqpush", FT=NameObject("/Btn"), T="d", Ff=PUSHED)
    reading = read(made)
    remarks = ["zqfree typed on the page", "zqbare", "zqwhy 2031?", "zqhidden", "zqhigh", "ZQSTAMP APPROVED zqpush"]
    assert aside(reading) == {"annotation": remarks}
    assert whole(reading)


@pytest.mark.parametrize(
    "packets",
    [
        [("config", "<config>zqsetting</config>"), ("template", TEMPLATE), ("datasets", ANSWERS)],
        [
            (
                "",
                f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><config>zqsetting</config>{TEMPLATE}{ANSWERS}</xdp:xdp>',
            )
        ],
    ],
)
def test_a_form_of_xfa_is_set_aside_without_its_code(packets: list[tuple[str, str]]) -> None:
    made = Annotated()
    made.xfa(*packets)
    reading = read(made)
    assert aside(reading) == {"XFA form": ["zqlabel one zqtail", "zqanswer"]}
    assert whole(reading)


def test_broken_xfa_never_stops_a_reading() -> None:
    made = Annotated()
    made.xfa(("template", "<!DOCTYPE a [<!ENTITY b 'zqentity'>]><a>&b;<"), ("datasets", "<a>zqanswer"))
    assert "We will mend" in read(made).document.text


def test_files_in_the_file_are_named() -> None:
    made = Annotated()
    made.attach("plan.txt", b"We will dig.")
    made.add("FileAttachment", Contents="zqsee", FS=of(Type=NameObject("/Filespec"), F=text("account.txt")))
    reading = read(made)
    assert [one.message for one in reading.warnings if one.code == "not-read"] == [
        "2 embedded objects were not read: 'plan.txt', 'account.txt'"
    ]
    assert aside(reading) == {"annotation": ["zqsee"]}


def test_more_words_than_a_document_holds_are_refused() -> None:
    made = Annotated()
    long = "zq word " * 100_000
    parent = made.writer._add_object(of(FT=NameObject("/Tx"), T=text("parent"), V=text(long)))
    for _ in range(20):
        made.add("Widget", Parent=parent)
    made.fields.append(parent)
    with pytest.raises(InputRefused, match="annotations hold more than 10,000,000 characters"):
        read(made)


def test_a_run_of_painted_words_is_taken_once_by_each_that_says_it() -> None:
    painted = ["one", "two", "one", "two", "onetwo", "three"]
    assert unsaid(painted, ["onetwo", "onetwo"]) == ["onetwo", "three"]
    assert unsaid(painted, ["netw", "three", ""]) == ["one", "two", "one", "two", "onetwo"]
    assert unsaid([], ["one"]) == []


def test_a_file_whose_words_are_all_over_its_page_is_refused_with_what_to_do() -> None:
    made = Annotated("#set page(width: 9cm, height: 9cm)\n#rect()")
    made.add("FreeText", Contents="We will mend three weirs.")
    with pytest.raises(InputRefused, match="form fields and annotations hold 5; print it into a PDF file"):
        read(made)


def test_the_second_reader_finds_a_value_that_the_first_would_lose() -> None:
    made = Annotated(PAGE)
    made.add("Widget", FT=NameObject("/Tx"), T="a", V="zqvalue")
    assert any("zqvalue" in piece for piece in pdf_words(made.file(), 60).pieces)
