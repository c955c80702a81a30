"""PDF: columns, tables, contents, watermarks, hidden and sideways words, right-to-left, and what is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from followthrough.errors import InputRefused
from followthrough.model.vocabulary import AsideKind
from followthrough.read import pdf, read_bytes
from followthrough.read.lines import Source
from support import shared_folder

PAGE = '#set page(width: 12cm, height: 14cm, margin: 2cm)\n#set text(size: 10pt, lang: "en")\n'
REED = (
    "The reeds along the lower bank are cut once a year, after the young birds have left, and never on a day of rain. "
)
PRIVATE = {chr(0xF8D0 + digit) for digit in range(10)}


def read(source: str) -> Source:
    return pdf.source(typst.compile((PAGE + source).encode()), "x")


def blocks(source: Source) -> list[str]:
    return [source.text[line.start : line.end] for line in source.lines if not line.blank]


def aside(source: Source) -> list[tuple[AsideKind, str]]:
    return [(piece.what, piece.words) for piece in source.set_aside]


def numbered(count: int) -> list[str]:
    """Return numbered paragraphs of one sentence each: where a ragged column ends with one, nobody can tell."""
    words = REED.split()
    return [
        f"{at}. Reed {at} stands, " + ", ".join(" ".join(words[:-1]) for _ in range(1 + at % 3)) + f" at {at}."
        for at in range(1, count + 1)
    ]


@pytest.mark.parametrize("columns", [2, 3, 4])
@pytest.mark.parametrize("justify", ["true", "false"])
def test_columns_are_read_one_after_the_other(columns: int, justify: str) -> None:
    words = numbered(14)
    page = f"#set page(width: {columns * 7}cm, height: 18cm, columns: {columns})\n#set par(justify: {justify})\n"
    title = '#place(top + center, scope: "parent", float: true, text(16pt)[A Pledge for Every River and Its Reeds])\n'
    listed = "\n\n".join(f"#[{one.split(' ', 1)[0]}] {one.split(' ', 1)[1]}" for one in words)
    assert blocks(read(page + title + listed)) == ["A Pledge for Every River and Its Reeds", *words]


def test_a_wide_page_does_not_cut_the_lines_of_the_others() -> None:
    words = (REED * 3).strip()
    found = blocks(read(f"{words}\n\n#page(width: 30cm, height: 14cm)[{REED * 8}]"))
    assert found == [words, (REED * 8).strip()]


def test_small_print_set_tightly_does_not_cut_the_lines_of_the_text() -> None:
    words = (REED * 4).strip()
    small = "\n\n".join(["#text(7pt)[#par(leading: 0.2em)[" + REED * 2 + "]]"] * 6)
    assert words in blocks(read(f"#set page(height: 30cm)\n#set par(leading: 1.1em)\n{words}\n\n{small}"))


def test_two_languages_side_by_side_are_two_texts() -> None:
    french = "Les roseaux de la rive basse sont coupés une fois par an, après le départ des oiseaux. "
    left, right = (
        [f"{at}. {REED * 4}".strip() for at in range(1, 9)],
        [f"{at}. {french * 4}".strip() for at in range(1, 9)],
    )
    cells = ",".join(f"[#[{a[:2]}]{a[2:]}],[#[{b[:2]}]{b[2:]}]" for a, b in zip(left, right, strict=True))
    page = "#set page(width: 21cm, height: 20cm)\n#set text(hyphenate: false)\n"
    assert blocks(read(f"{page}#grid(columns: 2, gutter: 1cm, {cells})")) == [*left, *right]


def test_a_table_is_read_row_by_row() -> None:
    cells = "[Dyke], [Work], [Keeper], [North], [half a metre], [Otters], [South], [none], [Eels]"
    table = f"#table(columns: (1fr, 1fr, 1fr), {cells})"
    assert blocks(read(f"{REED * 2}\n\n{table}"))[1:] == [
        "Dyke | Work | Keeper", "North | half a metre | Otters", "South | none | Eels",
    ]  # fmt: skip


def test_a_list_of_contents_is_set_aside() -> None:
    lines = "\n\n".join(f"{at}. Reed {at} #box(width: 1fr, repeat[.]) {at + 2}" for at in range(1, 4))
    found = read(f"Contents\n\n{lines}\n\n#pagebreak()\n{REED * 2}")
    assert blocks(found) == [(REED * 2).strip()]
    assert {what for what, _ in aside(found)} == {AsideKind.CONTENTS}
    assert len(found.set_aside) == 4


def test_a_word_drawn_aslant_behind_the_text_is_a_watermark() -> None:
    found = read(f"#set page(background: rotate(-45deg, text(60pt, fill: silver)[DRAFT]))\n{REED * 2}")
    assert blocks(found) == [(REED * 2).strip()]
    assert aside(found) == [(AsideKind.WATERMARK, "DRAFT")]


def test_words_in_white_on_white_are_hidden_and_on_a_colour_they_are_not() -> None:
    found = read(f"{REED}\n\n#text(white)[We sell it.]\n\n#block(fill: navy, inset: 4pt)[#text(white)[We keep it.]]")
    assert blocks(found) == [REED.strip(), "We keep it."]
    assert aside(found) == [(AsideKind.HIDDEN, "We sell it.")]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_words_drawn_sideways_are_read_in_their_direction(angle: int) -> None:
    sideways = f"#rotate({angle}deg, reflow: true)[#box(width: 8cm)[{REED}]]"
    assert blocks(read(f"{REED * 3}\n\n{sideways}")) == [(REED * 3).strip(), REED.strip()]


def test_a_line_that_recurs_in_a_sentence_is_no_running_head() -> None:
    page = "#set page(height: 6cm, margin: 1cm)\n"
    found = read(
        page + "#pagebreak()\n".join(f"The weir of place {at} is kept by the \\\n council." for at in "abcdef")
    )
    assert blocks(found) == [f"The weir of place {at} is kept by the council." for at in "abcdef"]
    assert not found.set_aside


def test_articles_that_begin_pages_are_no_running_heads() -> None:
    found = read("#pagebreak()\n".join(f"Article {at}\n\n{REED * at}" for at in range(1, 5)))
    assert [block for block in blocks(found) if block.startswith("Article")] == [f"Article {at}" for at in range(1, 5)]


def test_a_running_head_of_two_pages_is_set_aside() -> None:
    found = read(f"#set page(header: [A/9/L.2 Weirs])\n{REED * 2}\n#pagebreak()\nBoats wait. {REED}")
    assert [what for what, _ in aside(found)] == [AsideKind.RUNNING_HEAD] * 2
    assert len(blocks(found)) == 2


def test_raised_digits_leave_as_digits_alone() -> None:
    found = read(
        "#set page(header: [Weirs#super[2]])\nWe keep 40 m#super[2]#footnote[Some m#super[3] more.].\n#pagebreak()\n"
        "#table(columns: (1fr, 1fr, 1fr), [a#super[1]], [b], [c], [d], [e#super[9]], [f])"
    )
    said = found.text + "".join(piece.words for piece in found.set_aside)
    assert not PRIVATE & set(said)
    assert "m3 more" in found.text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("Each basin has a sub-", "basin of its own.", "Each basin has a sub-basin of its own."),
        ("On a mission: the sub-", "mission of accounts.", "On a mission: the submission of accounts."),
        ("Ties are people-to-", "people at last.", "Ties are people-to-people at last."),
        ("Ties are people-", "to-people at last.", "Ties are people-to-people at last."),
        ("It is led well: the U.S.-", "led talks.", "It is led well: the U.S.-led talks."),
        ("As told in A/RES/", "70/1 of old.", "As told in A/RES/70/1 of old."),
        ("In the years 2031–", "2035 we mend it.", "In the years 2031–2035 we mend it."),
    ],
)
def test_what_belongs_together_over_two_lines_is_joined(first: str, second: str, joined: str) -> None:
    assert blocks(read(f"{first}\\\n{second}")) == [joined]


def test_marks_of_symbol_and_other_fonts_begin_items() -> None:
    for mark in "\uf0b7\uf0a7\uf0d8\uf0fc➢✓❖⁃":
        reading = read_bytes(f"A Pledge\n\n1. We will:\n\n{mark} plant reeds;\n{mark} mend weirs.\n".encode(), "x")
        kinds = [(one.kind, reading.document.text[one.body : one.end]) for one in reading.document.provisions]
        assert kinds[1:] == [("item", "plant reeds;"), ("item", "mend weirs.")], mark


def test_words_from_right_to_left_are_read_in_their_order() -> None:
    words = "نلتزم بحماية النهر بحلول عام 2030 وننشر تقريرا كل ربيع عن العمل في القرى"
    source = f'#set text(dir: rtl, lang: "ar", font: ("Noto Sans Arabic", "DejaVu Sans"))\n{words} {words}'
    assert blocks(read(source)) == [f"{words} {words}"]


def test_damage_to_the_index_and_to_the_tree_of_pages_is_read_or_refused() -> None:
    whole = typst.compile((PAGE + REED * 3).encode())
    looped = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    counted = looped.replace(b"/Kids[2 0 R 2 0 R]/Count 9", b"/Kids[]/Count 2147483647")
    without_index = whole[: whole.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF"
    for data in (looped, counted, without_index, whole[: len(whole) // 2]):
        try:
            assert pdf.source(data, "x").text
        except InputRefused as refusal:
            assert "\n" not in str(refusal)


def test_lines_that_could_not_be_joined_are_counted() -> None:
    cut = "#v(3em)\n".join(f"the weir of place {at} stands and\n\n" for at in "abcdefgh")
    assert [notice.code for notice in read(f"{REED}\n\n{cut}").notices] == ["lines-unjoined"]


@pytest.mark.parametrize("path", sorted((shared_folder() / "cases/read").glob("pdf-*.pdf")), ids=lambda path: path.stem)
def test_kept_cases_hold_no_private_character_and_no_cut_paragraph(path: Path) -> None:
    found = pdf.source(path.read_bytes(), path.name)
    assert not PRIVATE & set(found.text)
    assert not found.notices
