"""Documents of our own writing, in every scheme of numbering that the reader knows."""

from __future__ import annotations

import pytest

from followthrough.model.document import Document, Provision
from followthrough.model.reading import Reading
from followthrough.read import read_bytes

HARBOUR = """Home | News | Contact
Joint Declaration on Calm Harbours

We, the Ministers of the Northern and Southern Isles, met on 3 March 2021 in Greyport, on the eve of spring;

Recalling the Lantern Accord;

Have agreed as follows:

1. Keeping the lights on
1.1 Repair every lighthouse of the strait.
1.2 Train keepers, with particular care for:
(a) night signals;
(b) fog.
2. Moving goods
2.1 Publish one tariff.

Share this page
© 2021 Isles Press. All rights reserved.
"""


def read(text: str, name: str = "isles.txt") -> Reading:
    return read_bytes(text.encode(), name)


def by_eid(document: Document) -> dict[str, Provision]:
    return {provision.eid: provision for provision in document.provisions}


def words(document: Document, eid: str) -> str:
    provision = by_eid(document)[eid]
    return " ".join(document.text[provision.body : provision.end].split())


def test_a_declaration_becomes_preamble_sections_paragraphs_and_items() -> None:
    document = read(HARBOUR).document
    assert [(p.eid, p.kind, p.num, p.parent) for p in document.provisions] == [
        ("preamble__p_1", "preamble", None, None),
        ("preamble__p_2", "preamble", None, None),
        ("preamble__formula_1", "other", None, None),
        ("sec_1", "section", "1", None),
        ("sec_1__para_1-1", "paragraph", "1.1", "sec_1"),
        ("sec_1__para_1-2", "paragraph", "1.2", "sec_1"),
        ("sec_1__para_1-2__item_a", "item", "(a)", "sec_1__para_1-2"),
        ("sec_1__para_1-2__item_b", "item", "(b)", "sec_1__para_1-2"),
        ("sec_2", "section", "2", None),
        ("sec_2__para_2-1", "paragraph", "2.1", "sec_2"),
    ]
    assert by_eid(document)["sec_1"].heading == "Keeping the lights on"


def test_title_date_and_place_come_from_the_text() -> None:
    document = read(HARBOUR).document
    assert (document.title, document.date, document.place) == (
        "Joint Declaration on Calm Harbours",
        "2021-03-03",
        "Greyport",
    )


def test_furniture_is_in_no_provision_and_is_reported_where_it_stands() -> None:
    reading = read(HARBOUR)
    text = reading.document.text
    starts = [notice.start for notice in reading.warnings if notice.code == "furniture"]
    assert [text[start:].split("\n")[0] for start in starts if start is not None] == [
        "Home | News | Contact",
        "Share this page",
        "© 2021 Isles Press. All rights reserved.",
    ]
    for provision in reading.document.provisions:
        assert not any(start is not None and provision.start <= start < provision.end for start in starts)


def test_wrapped_lines_without_blank_lines_stay_one_paragraph() -> None:
    document = read(
        "Statement of the River Council\n\n"
        "1. We will dredge the lower river in every season and keep\n"
        "the channel marked with lamps that burn from dusk to dawn,\n"
        "as promised in 2018. Work goes on.\n"
        "2. We will plant willows on both banks of the river and keep\n"
        "count of them.\n"
    ).document
    assert [p.eid for p in document.provisions] == ["para_1", "para_2"]
    assert words(document, "para_1").endswith("as promised in 2018. Work goes on.")


def test_a_year_at_the_start_of_a_wrapped_line_is_no_number() -> None:
    document = read(
        "Statement of the River Council\n\n"
        "1. We will dredge the lower river as was agreed in the spring of\n"
        "19. That season was wet.\n"
        "2. We will plant willows.\n"
    ).document
    assert [p.num for p in document.provisions] == ["1", "2"]


@pytest.mark.parametrize(
    ("first", "second", "nums"),
    [
        ("1. Mend the weir.", "2. Count the fish.", ["1", "2"]),
        ("1) Mend the weir.", "2) Count the fish.", ["1", "2"]),
        ("OP1. Mend the weir.", "OP2. Count the fish.", ["OP1", "OP2"]),
        ("1.\nMend the weir.", "2.\nCount the fish.", ["1", "2"]),
        ("Mend the weir, all of you.", "Count the fish, all of you.", [None, None]),
    ],
)
def test_paragraph_schemes(first: str, second: str, nums: list[str | None]) -> None:
    document = read(f"Pledge of the Weir Keepers\n\nHereby agree to:\n\n{first}\n\n{second}\n").document
    paragraphs = [p for p in document.provisions if p.kind == "paragraph"]
    assert [p.num for p in paragraphs] == nums
    assert document.text[paragraphs[0].body : paragraphs[0].end].startswith("Mend")


def test_letters_and_roman_numerals_nest_as_printed() -> None:
    document = read(
        "Pledge of the Weir Keepers\n\nHereby agree to:\n\n1. Mend:\n\n"
        "(a) the weir:\n\n(i) its gates;\n\n(ii) its sill;\n\n(b) the mill.\n\n2. Count the fish.\n"
    ).document
    assert [p.eid for p in document.provisions][1:] == [
        "para_1",
        "para_1__item_a",
        "para_1__item_a__item_i",
        "para_1__item_a__item_ii",
        "para_1__item_b",
        "para_2",
    ]


def test_i_after_h_is_a_letter() -> None:
    items = "".join(f"({letter}) thing {letter};\n\n" for letter in "abcdefghij")
    document = read(f"Pledge of the Weir Keepers\n\nHereby agree to:\n\n1. Mend:\n\n{items}").document
    assert {p.parent for p in document.provisions if p.kind == "item"} == {"para_1"}


def test_repeated_numbers_still_get_unique_names() -> None:
    document = read("A Pledge\n\nHereby agree to:\n\n1. Mend it.\n\n1. Count it.\n\n1. Keep it.\n").document
    eids = [p.eid for p in document.provisions]
    assert len(eids) == len(set(eids))


def test_a_resolution_keeps_preamble_and_operative_part_apart() -> None:
    document = read(
        "12/34. Care of the commons\n\nThe General Assembly,\n\nRecalling its earlier wishes,\n\n"
        "Deeply concerned about weeds,\n\n1. Calls upon all villages to weed;\n\n2. Decides to meet again.\n\n"
        "5th plenary meeting\n\n6 May 2020\n"
    ).document
    assert document.title == "Care of the commons"
    assert [p.kind for p in document.provisions] == [
        "other",
        "preamble",
        "preamble",
        "paragraph",
        "paragraph",
        "other",
        "other",
    ]


def test_markdown_is_read_without_its_markup() -> None:
    reading = read(
        "---\ntitle: \"The Orchard\\_Pledge\"\ndate: '2020-02-02'\n---\n\n"
        "**Growing together**\n\nWe will graft *old* trees on [young](https://example.org) stock, and\nwater them.\n\n"
        "-   prune in winter;\n-   pick in autumn.\n",
        "orchard.md",
    )
    document = reading.document
    assert (document.title, document.date) == ("The Orchard Pledge", "2020-02-02")
    assert "We will graft old trees on young stock, and water them." in document.text
    assert [p.kind for p in document.provisions] == ["section", "paragraph", "item", "item"]


def test_text_and_markdown_of_the_same_words_have_the_same_provisions() -> None:
    body = "Hereby agree to:\n\n1. Mend the weir.\n\n2. Count the fish.\n"
    plain = read(f"Pledge of the Weir Keepers\n\n{body}").document
    marked = read(f"# Pledge of the Weir Keepers\n\n{body}", "x.md").document
    assert [p.eid for p in plain.provisions] == [p.eid for p in marked.provisions]


WEIR = "We will mend the weir that keeps the mill at work through the winter."
BANKS = "We will raise the banks of the river where the meadows flood in spring."


def test_names_and_a_date_at_the_end_are_no_paragraph() -> None:
    signed = "Ada B. Reed, Jr.    Tom Willow\n\nOctober 29, 2021\n"
    text = f"Joint Statement of the Weir Keepers\n\n{WEIR}\n\n{BANKS}\n\n{signed}"
    document = read_bytes(text.encode(), "x.txt").document
    assert [one.kind for one in document.provisions] == ["paragraph", "paragraph", "other", "other"]


def test_a_last_heading_without_words_is_no_signature() -> None:
    text = f"Joint Statement\n\n1. {WEIR}\n\n2. {BANKS}\n\nANNEX\n"
    kinds = [one.kind for one in read_bytes(text.encode(), "x.txt").document.provisions]
    assert kinds[:2] == ["paragraph", "paragraph"]
    assert len(kinds) == 3


@pytest.mark.parametrize(
    ("line", "items", "kind"),
    [
        ("The council resolves", ("that the fund shall be kept open;", "that it shall report."), "paragraph"),
        ("The ministers agree", ("to keep the fund open;", "to report each year."), "paragraph"),
        ("Trade and Investment", ("to keep the fund open;", "to report each year."), "section"),
    ],
)
def test_a_line_that_its_items_go_on_with_is_no_heading(line: str, items: tuple[str, str], kind: str) -> None:
    text = f"DECLARATION OF THE RIVERS\n\n1. {line}\n(a) {items[0]}\n(b) {items[1]}\n\n2. Notes the loss of reeds;\n"
    found = read_bytes(text.encode(), "rivers.txt").document.provisions
    assert [one.kind for one in found][:3] == [kind, "item", "item"]


def test_a_row_of_a_table_heads_no_section() -> None:
    rows = "<tr><td>North Dyke</td><td>Raised</td></tr><tr><td>South Dyke</td><td>Ministry of Works</td></tr>"
    html = f"<h1>Declaration of the Rivers</h1><p>1. Mend the dykes.</p><h2>Annex</h2><table>{rows}</table>"
    found = read_bytes(html.encode(), "rivers.html").document.provisions
    assert [one.kind for one in found] == ["paragraph", "section", "paragraph", "paragraph"]
