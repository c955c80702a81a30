"""Citations in four forms: whatever the words are, a reader of each form reads them back as they were."""

from __future__ import annotations

import json
import re
import warnings

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from followthrough.publish.citations import FORMS, OURS, TYPES, Citation, bibtex, csl, plain, ris

LAKE = Citation(
    kind="commitment", id="lake-accord-2021/4.3a", title="Lake Accord", part="paragraph 4.3, commitment 4.3a",
    author="six Lake States", publisher="Lake Secretariat", original="https://lake.example/accord?x=1&y=2%20",
    published="2021-05-02", place="Port Alder", url="https://t.example/agreements/lake-accord-2021/4.3a@2026-11-28",
    as_of="2026-11-28", version="1.2.0", licence="CC-BY-4.0",
)  # fmt: skip
WORDS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('\\{}%$#_&~^"@,=\n\r\t-')), max_size=60)
CITED = st.builds(
    Citation,
    kind=st.sampled_from(sorted(TYPES)), id=st.from_regex(r"[a-z0-9-]{1,20}(/[a-z0-9.]{1,6})?", fullmatch=True),
    title=WORDS, part=WORDS, author=WORDS, publisher=WORDS, place=WORDS, version=WORDS, licence=WORDS,
    original=st.just("https://a.example/x_y?a=1&b=%7B2%7D#c"), url=st.just("https://t.example/a/b_c@2026-11-28?x=%20"),
    published=st.sampled_from(["", "2019", "2019-11", "2019-11-26"]), as_of=st.just("2026-11-28"),
)  # fmt: skip


def flat(text: str) -> str:
    """Return the words as one line, as a citation holds them."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def read_tex(text: str) -> str:
    """Return what TeX would print."""
    return str(LatexNodes2Text(keep_comments=True, strict_latex_spaces=True).latex_to_text(text))


def as_printed(text: str) -> str:
    """Return words with the two signs that this reader of TeX prints in another form of theirs."""
    return flat(text.translate(str.maketrans("ˆ˜", "^~")))


def test_each_form_names_both_publishers_version_licence_day_and_address() -> None:
    for ending, made in [*((ending, made) for ending, (_, made) in FORMS.items()), ("plain", plain)]:
        said = made(LAKE).replace(r"\_", "_")
        for words in ("Lake Secretariat", "Followthrough", "1.2.0", "CC-BY-4.0", LAKE.url, "lake-accord-2021/4.3a"):
            assert words in said, (ending, words)
        assert "2026-11-28" in said or "28 Nov 2026" in said, ending
    assert plain(LAKE) == (
        "six Lake States, Lake Accord, paragraph 4.3, commitment 4.3a, Port Alder, 2 May 2021. Published by Lake "
        "Secretariat, https://lake.example/accord?x=1&y=2%20. In: Followthrough, register of commitments, "
        "version 1.2.0, lake-accord-2021/4.3a, as of 28 Nov 2026, licence CC-BY-4.0, "
        "https://t.example/agreements/lake-accord-2021/4.3a@2026-11-28"
    )


@settings(max_examples=40)
@given(CITED)
def test_a_reader_of_bibtex_reads_one_entry_with_these_words(one: Citation) -> None:
    library = parse_string(bibtex(one))
    assert (len(library.entries), library.failed_blocks) == (1, [])
    fields = library.entries[0].fields_dict
    wanted = {"title": one.titled, "author": flat(one.author), "address": flat(one.place)}
    for name, words in wanted.items():
        value = fields[name].value if name in fields else ""
        assert as_printed(read_tex(value)) == as_printed(words), name
    assert fields["url"].value == one.url
    assert OURS in fields["howpublished"].value


@settings(max_examples=40)
@given(CITED)
def test_a_reader_of_ris_reads_one_record_with_these_words(one: Citation) -> None:
    (read,) = rispy.loads(ris(one))
    assert read.get("title", "") == one.titled
    assert read.get("authors", []) == ([flat(one.author)] if flat(one.author) else [])
    assert read.get("place_published", "") == flat(one.place)
    assert read["urls"] == [one.url]
    assert read.get("edition", "") == flat(one.version)


@settings(max_examples=40)
@given(CITED)
def test_csl_and_plain_text_hold_these_words_and_no_steering_sign(one: Citation) -> None:
    (item,) = json.loads(csl(one))
    assert item.get("title", "") == one.titled
    assert [name["literal"] for name in item.get("author", [])] == ([flat(one.author)] if flat(one.author) else [])
    assert item["URL"] == one.url
    assert item.get("issued", {}).get("date-parts", [[]])[0] == [int(part) for part in one.published.split("-") if part]
    said = plain(one)
    assert one.titled.rstrip(".") in said
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", said)


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_published_style_sets_every_kind(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the style asks for variables that this reader does not have
        from citeproc import Citation as Cited
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        (item,) = json.loads(csl(LAKE))
        source = CiteProcJSON([{**item, "type": TYPES[kind]}])
        listed = CitationStylesBibliography(
            CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
        )
        listed.register(Cited([CitationItem(item["id"])]))
        said = str(listed.bibliography()[0])
    assert "Lake Accord" in said
    assert "2021" in said
    assert "six Lake States" in said
