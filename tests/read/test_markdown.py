"""Markdown by the CommonMark standard, line by line: what is printed, and what the reader is told of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from followthrough.read import read_bytes
from followthrough.read.md import recognises, source


def lines(text: str) -> list[tuple[str, int, str]]:
    """Return hint, level and words of every line that prints something."""
    read = source(text)
    assert "\n".join(read.text[line.start : line.end] for line in read.lines) == read.text
    return [(line.hint, line.level, read.text[line.start : line.end]) for line in read.lines if not line.blank]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Mend [the (old) weir](https://example.org/a_(b)) now.", "Mend the (old) weir now."),
        ('Mend [the [inner] weir](<https://example.org/a b> "a title") now.', "Mend the [inner] weir now."),
        ("See [the weir][w] and [w].\n\n[w]: https://example.org 'Weir'", "See the weir and w."),
        ("![A weir](weir.png) of stone", "A weir of stone"),
        (
            "Write to <https://example.org/weir> or <mailto:a@example.org>.",
            "Write to example.org/weir or a@example.org.",
        ),
        ("Keep `a * b * c` and ``a ` b``.", "Keep a * b * c and a ` b."),
        (
            "We *shall* **mend** ***it***, __all__ of _it_, snake_case_name too.",
            "We shall mend it, all of it, snake_case_name too.",
        ),
        ("5 \\* 3 \\_and\\_ \\[not a link\\](x)", "5 * 3 _and_ [not a link](x)"),
        ("Fish &amp; chips &copy; 2020 &#8211; &nbsp;now", "Fish & chips © 2020 – now"),
        ("H<sub>2</sub>O<br>and <span class='x'>more</span>, <insert name> here", "H2O and more, <insert name> here"),
        ("Signed[^1] and sealed.", "Signed and sealed."),
        ("A line that\nwraps\nover three.", "A line that wraps over three."),
        ("> Quoted words\n> go on.", "Quoted words go on."),
        ("Before <!-- a\ncomment --> after.", "Before after."),
        ("** Loose bold ** words and a stray** mark", "Loose bold words and a stray mark"),
    ],
)
def test_words_are_printed_without_their_markup(raw: str, words: str) -> None:
    assert [line[2] for line in lines(raw)] == [words]


def test_headings_by_hashes_by_underlines_and_by_bold_lines() -> None:
    assert lines(
        "# One #\n\n### *Three*\n\nTitle\n=====\n\nPart\n----\n\n**Bold line:**\n\n**Bold line**:\n\n**<u>Under</u>**\n"
    ) == [
        ("heading", 1, "One"),
        ("heading", 3, "Three"),
        ("heading", 1, "Title"),
        ("heading", 2, "Part"),
        ("heading", 3, "Bold line:"),
        ("heading", 3, "Bold line"),
        ("heading", 3, "Under"),
    ]
    assert [
        hint for hint, *_ in lines("We will mend the weir.\n---\n\n**Weir.** We mend it.\n\n1. **All of it is bold.**")
    ] == ["whole"] * 3


def test_lists_keep_their_markers_and_their_depth() -> None:
    assert lines(
        "1. Mend the weir:\n    - in spring,\n      with stone;\n    - in autumn.\n2) Count the fish.\n\n   And eels.\n"
    ) == [
        ("whole", 0, "1. Mend the weir:"),
        ("bullet", 4, "- in spring, with stone;"),
        ("bullet", 4, "- in autumn."),
        ("whole", 0, "2) Count the fish."),
        ("whole", 0, "And eels."),
    ]
    assert lines("* one\n+ two\n") == [("bullet", 0, "* one"), ("bullet", 0, "+ two")]


def test_numbers_and_hard_breaks_begin_a_block_and_wrapped_numbers_do_not() -> None:
    assert [line[2] for line in lines("1.1 Mend the weir;\n1.2 Count the fish, by\n2030 and\n(a) in spring.\n")] == [
        "1.1 Mend the weir;",
        "1.2 Count the fish, by 2030 and",
        "(a) in spring.",
    ]
    assert [line[2] for line in lines("Ada Reed  \nTom Willow\\\nMill Town\n")] == [
        "Ada Reed",
        "Tom Willow",
        "Mill Town",
    ]


def test_a_table_is_a_line_for_each_row_and_code_a_line_for_each_line() -> None:
    assert lines("| Weir | Year |\n|---|---:|\n| *Old* | 2030 |\n\n```text\na  *b*\nc\n```\n") == [
        ("whole", 0, "Weir  Year"),
        ("whole", 0, "Old  2030"),
        ("whole", 0, "a *b*"),
        ("whole", 0, "c"),
    ]
    assert lines("    (a) indented words are words\n") == [("whole", 0, "(a) indented words are words")]


def test_blocks_of_tags_are_read_as_words() -> None:
    assert [
        line[2]
        for line in lines(
            "<div align='center'>\n\n**Joint *Pledge***\n\n</div>\n\n<table><tr><td>a</td><td>b</td></tr></table>\n"
        )
    ] == [
        "Joint Pledge",
        "a b",
    ]


def test_notes_are_told_from_the_text() -> None:
    assert lines("We mend[^a] it.\n\n[^a]: See the *Weir Book*.\n[^b]: https://example.org\n") == [
        ("whole", 0, "We mend it."),
        ("note", 0, "a See the Weir Book."),
        ("note", 0, "b https://example.org"),
    ]


def test_every_line_of_the_file_that_prints_nothing_is_a_blank_line() -> None:
    assert source("# A\n\n\nB\n***\nC\n").text == "A\n\n\nB\n\nC\n"
    assert source("B\n\u00a0\nC").text == "B\n\nC"


def test_front_matter_gives_title_and_date() -> None:
    read = source("---\ntitle: 'Weir Pledge'\ndate: 2030-01-02\nother: [a, b]\n---\nText.\n")
    assert (dict(read.metadata), read.text) == ({"title": "Weir Pledge", "date": "2030-01-02"}, "Text.\n")
    assert recognises("---\ntitle: Weir Pledge\n---\nText.\n") and recognises("# A\n") and not recognises("A # b\n")


def test_offsets_count_the_words_that_remain() -> None:
    document = read_bytes(
        "# Pledge of *the* Weir\n\nHereby agree to:\n\n1. Mend [it](x).\n\n2. Count 한 fish.\n".encode(), "x"
    ).document
    told = [document.text[one.start : one.end] for one in document.provisions if one.num]
    assert told == ["1. Mend it.", "2. Count 한 fish."]


def test_other_formats_do_not_wait_for_the_markdown_library() -> None:
    code = (
        "import sys, followthrough.read as r; r.read_bytes(b'1. We mend it.', 'x'); print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
