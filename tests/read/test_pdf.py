"""PDF: reading order, furniture of pages, hyphens at line ends, notes, paragraphs over pages, and refusals."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.model.vocabulary import AsideKind
from followthrough.pipeline import register_bytes
from followthrough.read import pdf, read_bytes
from followthrough.read.pdf import pages
from followthrough.read.pdf.glyphs import Glyph
from followthrough.read.pdf.page import CELL, IN_CELL, rows_of
from support import cpu_of

PLAIN = '#set page(width: 12cm, height: 14cm, margin: 2cm)\n#set text(size: 10pt, lang: "en")\n'
REED = (
    "The reeds along the lower bank are cut once a year, after the young birds have left, and never on a day of rain. "
)


def made(source: str, setting: str = PLAIN) -> bytes:
    return typst.compile((setting + source).encode())


def told(names: Iterable[str]) -> list[str]:
    """Return one paragraph for each name, none with a line that another has too."""
    words = REED.split()
    return [f"Pledge {name}. " + " ".join(f"{word}{name}" for word in words) + "." for name in names]


def blocks(data: bytes) -> list[str]:
    source = pdf.source(data, "x")
    return [source.text[line.start : line.end] for line in source.lines if not line.blank]


def hints(data: bytes) -> list[tuple[str, int]]:
    return [(line.hint, line.level) for line in pdf.source(data, "x").lines if not line.blank]


def test_a_pdf_file_is_told_by_its_content() -> None:
    assert pdf.recognises(made("Weir"))
    assert pdf.recognises(b"\n%PDF-1.7")
    assert not pdf.recognises(b"Such a file begins with %PDF-1.7, and this one does not.")


@pytest.mark.parametrize("justify", ["true", "false"])
def test_paragraphs_are_whole_and_parted_at_gaps(justify: str) -> None:
    first, second = (REED * 3).strip(), ("Boats wait. " + REED).strip()
    assert blocks(made(f"#set par(justify: {justify})\n{first}\n\n{second}")) == [first, second]


def test_paragraphs_without_gaps_are_parted_at_indents() -> None:
    words = [(REED * 2).strip(), ("Boats wait. " + REED * 2).strip(), ("Nets dry. " + REED).strip()]
    setting = PLAIN + "#set par(justify: true, spacing: 0.65em, first-line-indent: (amount: 1.5em, all: true))\n"
    assert blocks(made("\n\n".join(words), setting)) == words


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    setting = PLAIN + (
        "#set page(header: [A/9/L.2 #h(1fr) 3 May 2031], footer: context align(center)[– #counter(page).display() –])\n"
    )
    found = blocks(made("\n\n".join(told("abcdefgh")), setting))
    assert found == told("abcdefgh")


def test_what_stands_in_the_margins_is_set_aside_by_name_with_its_count() -> None:
    setting = PLAIN + '#set page(header: [A/9/L.2], numbering: "1")\n'
    reading = read_bytes(made("#pagebreak()\n".join(told("abcd")), setting), "x")
    assert [(one.what, one.words, one.page) for one in reading.set_aside] == [
        piece
        for page in range(1, 5)
        for piece in ((AsideKind.RUNNING_HEAD, "A/9/L.2", page), (AsideKind.PAGE_NUMBER, str(page), page))
    ]
    assert [one.message for one in reading.warnings if one.code == "left-out"] == [
        "running head left out of the text: 4 words in 4 places, such as 'A/9/L.2'",
        "page number left out of the text: 4 words in 4 places, such as '1'",
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    words = " ".join(told("abcdefghijklmnopqrst"))
    assert blocks(made(words, PLAIN + '#set page(numbering: "1")\n')) == [words]


def test_two_columns_are_read_one_after_the_other_below_a_title_over_both() -> None:
    words = [f"{count}. {REED * 3}".strip() for count in range(1, 9)]
    setting = PLAIN + "#set page(width: 18cm, height: 20cm, columns: 2)\n"
    title = '#place(top + center, scope: "parent", float: true, text(16pt)[A Pledge for Every River and Its Reeds])\n'
    listed = "\n".join(f"+ {REED * 3}" for _ in words)
    found = blocks(made(title + listed, setting))
    assert found == ["A Pledge for Every River and Its Reeds", *words]


def test_compounds_stay_whole_in_narrow_columns() -> None:
    words = "The Reed-Weir partnership takes a long-term view of one-way traffic and the North-South accord. " * 12
    setting = PLAIN + "#set page(columns: 2)\n#set par(justify: true)\n#set text(hyphenate: true)\n"
    assert " ".join(blocks(made(words, setting))) == words.strip()


def test_a_page_with_more_letters_than_a_page_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE_CHARS", 10)
    with pytest.raises(InputRefused, match="page 1 holds more than 10 characters"):
        pdf.source(made("We mend the weirs of the river."), "a.pdf")


def test_numbers_with_wide_gaps_are_no_column() -> None:
    words = [f"{count}. {REED * 2}".strip() for count in range(1, 7)]
    listed = "\n".join(f"+ {REED * 2}" for _ in words)
    assert blocks(made(listed, PLAIN + "#set enum(body-indent: 4em)\n")) == words


def test_a_word_broken_at_the_end_of_a_line_is_joined() -> None:
    words = "Intergovernmental representatives internationalise extraordinarily complicated responsibilities. " * 6
    data = made(
        words, PLAIN + "#set page(width: 9cm, height: 24cm)\n#set par(justify: true)\n#set text(hyphenate: true)\n"
    )
    assert blocks(data) == [words.strip()]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("We keep the river-", "side clean.", "We keep the riverside clean."),
        ("We take a long-", "term view.", "We take a long-term view."),
        ("We sign the Reed-", "Weir Accord.", "We sign the Reed-Weir Accord."),
        ("From 2031-", "2035 we mend it.", "From 2031-2035 we mend it."),
        ("We renew the U.S.-", "Mexico pledge.", "We renew the U.S.-Mexico pledge."),
        ("On rights-", "based ways of work.", "On rights-based ways of work."),
        ("We keep the chair-", "manship for a year.", "We keep the chairmanship for a year."),
        ("On mutually-deter-", "mined terms of trade.", "On mutually-determined terms of trade."),
        ("Boat and keeper: a boat-", "keeper sleeps.", "Boat and keeper: a boat-keeper sleeps."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_belongs(first: str, second: str, joined: str) -> None:
    assert blocks(made(f"{first}\\\n{second}")) == [joined]


def test_footnotes_stand_behind_the_text_without_their_marks_and_other_raised_words_stay() -> None:
    words = (
        "We keep the reeds#footnote[See the second volume of the annals.] and the 2#super[nd] weir of 40 m#super[2]."
    )
    assert blocks(made(words)) == [
        "We keep the reeds and the 2nd weir of 40 m2.",
        "1 See the second volume of the annals.",
    ]
    assert hints(made(words))[-1][0] == "note"


def test_headings_and_bullets_are_hinted() -> None:
    data = made(
        "= A Pledge\n\n== Reeds\n\nWe keep them:\n\n- all of the reeds;\n  - the old ones.\n\n*Boats*\n\nWe wait."
    )
    found = hints(data)
    assert [hint for hint, _ in found] == [
        "heading", "heading", "whole", "bullet", "bullet", "heading", "whole",
    ]  # fmt: skip
    assert found[0][1] < found[1][1] < found[5][1]
    assert found[3][1] < found[4][1]


def test_a_missing_package_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made("Weir")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(InputRefused, match=r"pip install 'followthrough\[pdf\]'"):
        pdf.source(data, "x")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_PAGES", 1)
    with pytest.raises(InputRefused, match="2 pages"):
        pdf.source(made("Weir\n#pagebreak()\nReed"), "x")


def test_too_long_a_reading_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_SECONDS", -1.0)
    with pytest.raises(InputRefused, match="too long"):
        pdf.source(made("Weir"), "x")


@pytest.mark.budget
def test_a_hundred_pages_take_a_few_seconds() -> None:
    data = made("\n\n".join(told([f"{at:b}".translate({48: "m", 49: "w"}) for at in range(300)])))
    assert cpu_of(lambda: blocks(data)) < 5
    assert len(blocks(data)) == 300


_WHOLE = made(f"= A Pledge\n\n+ {REED}\n+ {REED}")


@pytest.mark.slow
@settings(max_examples=60)
@given(st.integers(0, len(_WHOLE)), st.binary(max_size=12))
def test_damage_is_read_or_refused(at: int, change: bytes) -> None:
    try:
        register_bytes(_WHOLE[:at] + change + _WHOLE[at + len(change) :], "x", "pdf")
    except InputRefused as refusal:
        assert "\n" not in str(refusal)


_PLACES = st.floats(-50, 900, allow_nan=False)
_GLYPHS = st.builds(
    lambda char, left, width, bottom, size: Glyph(char, left, left + width, bottom, size),
    st.sampled_from("ab1 -•."),
    _PLACES,
    st.floats(0, 30),
    _PLACES,
    st.floats(0.1, 40),
)


@settings(max_examples=150)
@given(st.lists(_GLYPHS, max_size=60))
def test_characters_in_any_place_keep_every_letter(glyphs: list[Glyph]) -> None:
    rows = rows_of(glyphs, 0, (0.0, 0.0, 595.0, 842.0), [])
    printed = "".join(row.text.replace(CELL, "").replace(IN_CELL, "").replace(" ", "") for row in rows)
    assert len(printed) == sum(1 for glyph in glyphs if glyph.char != " ")
