"""Where a text begins: its title, its first paragraph, its first heading, and the preamble of each decision in it."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from followthrough.model.document import Document
from followthrough.read import read_bytes


def read(words: str | bytes) -> Document:
    return read_bytes(words if isinstance(words, bytes) else words.encode(), "x").document


@pytest.mark.parametrize(
    "first",
    [
        "We, the keepers, commit to mend the weirs by 2031 and to publish an account.",
        "The Ministers of the Tarn met in Greyport and agreed to open a school of pilots.",
        "The leaders reaffirm their support for the keepers of the upper weirs.",
        "Both sides welcomed the new ferry and will share what it costs.",
        "The towns have decided to count the otters every spring.",
    ],
)
def test_a_sentence_is_no_title_and_is_not_lost(first: str) -> None:
    document = read(f"{first}\n\nWe will train two hundred pilots.\n\nWe will light the jetties.\n")
    assert document.title is None
    assert next(document.slice(one) for one in document.provisions) == first


@pytest.mark.parametrize(
    "title", ["Joint Statement on the Weirs", "A Vision for Rivers.", "Declaration of the Tarn on Otters and Eels"]
)
def test_a_title_stays_one(title: str) -> None:
    assert read(f"{title}\n\n1. We will mend weirs.\n\n2. We will light jetties.\n").title == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("JOINT STATEMENT OF THE KEEPERS OF", "THE UPPER WEIRS"), "JOINT STATEMENT OF THE KEEPERS OF THE UPPER WEIRS"),
        (
            ("Joint Statement of the Keepers", "on the Mending of Weirs"),
            "Joint Statement of the Keepers on the Mending of Weirs",
        ),
        (("Declaration on Rivers and", "Lakes"), "Declaration on Rivers and Lakes"),
        (("Declaration on Rivers", "Greyport, 4 May 2031"), "Declaration on Rivers"),
    ],
)
def test_a_title_over_two_lines_is_whole(lines: tuple[str, ...], title: str) -> None:
    assert read("\n\n".join((*lines, "1. We will mend weirs.", "2. We will light jetties."))).title == title


@pytest.mark.parametrize("clauses", [("WE, the keepers, gathered in Arun", "RECALLING the accord of 2019")])
@pytest.mark.parametrize("formula", ["DO HEREBY DECLARE OUR INTENT TO:", "HEREBY AGREE TO:", "DECIDE TO:"])
def test_bare_numbers_before_capitals_count(clauses: tuple[str, str], formula: str) -> None:
    document = read(
        f"STATEMENT\n\n1 {clauses[0]};\n\n2 {clauses[1]};\n\n{formula}\n\n3 PLANT reeds;\n\n4 MEND weirs.\n"
    )
    assert [(one.num, one.kind) for one in document.provisions] == [
        ("1", "preamble"),
        ("2", "preamble"),
        (None, "other"),
        ("3", "paragraph"),
        ("4", "paragraph"),
    ]


def test_an_amount_before_capitals_is_no_number() -> None:
    document = read("Statement\n\nWe met.\n\n12 ASEAN weirs were mended by us.\n\n40 UN weirs were not.\n")
    assert [one.num for one in document.provisions] == [None] * len(document.provisions)


@pytest.mark.parametrize("names", [("Water", "Roads"), ("Quiet Rivers", "Ferries and Jetties", "Otters")])
def test_the_first_heading_is_a_section_as_the_others_are(names: tuple[str, ...]) -> None:
    parts = "\n\n".join(f"{name}\n\n1. We will mend weirs.\n\n2. We will light jetties." for name in names)
    document = read(f"Joint Declaration of the Keepers\n\n{parts}\n")
    assert document.title == "Joint Declaration of the Keepers"
    assert [one.heading for one in document.provisions if one.kind == "section"] == list(names)


def test_each_decision_of_a_file_has_its_own_preamble() -> None:
    one = (
        "Decision {}/R.4\n\nThe Conference of the Parties,\n\nRecalling the accord,\n\nMindful of otters,\n\n"
        "1. Decides to mend the weirs;\n\n2. Requests the keepers to count the eels.\n\n"
    )
    document = read("Report of the Keepers\n\n" + one.format(1) + one.format(2))
    assert sum(place.kind == "preamble" for place in document.provisions) == 4


@pytest.mark.parametrize("name", ["Navigation and service", "Main menu", "Context sidebar", "Site navigation"])
def test_a_heading_that_leads_past_the_navigation_is_no_title(name: str) -> None:
    page = f'<html><body><h1>{name}</h1><ul><li><a href="#c">Skip to content</a></li></ul><div id="c"><h1>A Declaration'
    document = read(f"{page}</h1><p>1. We will mend weirs.</p><p>2. We will light jetties.</p></div></body></html>")
    assert document.title == "A Declaration"
    assert [one.num for one in document.provisions] == ["1", "2"]


def test_a_drop_cap_belongs_to_its_word() -> None:
    book = docx.Document()
    book.add_paragraph("A Declaration of the Keepers")
    cap = book.add_paragraph("W")
    cap._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {nsdecls("w")} w:dropCap="drop" w:lines="3"/>'))
    book.add_paragraph("e will mend the weirs of the Tarn.")
    book.save(out := BytesIO())
    assert "We will mend" in read(out.getvalue()).text
