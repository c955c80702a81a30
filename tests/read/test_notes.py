"""Footnotes and endnotes: words kept behind the text, in no provision and no commitment; marks left out."""

from __future__ import annotations

import pytest
import typst

from followthrough.model.reading import Reading
from followthrough.pipeline import register_bytes
from followthrough.publish.akn import to_akn
from followthrough.read import read_bytes
from read.makers_office import package, page

BEFORE = "We will mend every weir"
AFTER = " of the two reaches by 2035."
NOTE = "We will publish the list of weirs in the annals."
SECOND = "We call upon the ferry companies to lower their fares."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file() -> bytes:
    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{run('1. ' + BEFORE)}{mark}{run(AFTER)}</w:p><w:p>{run('2. ' + SECOND)}{end}</w:p>"
    note = f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>{run(NOTE)}</w:p></w:footnote>'
    rule = f'<w:footnote w:type="separator" w:id="0"><w:p>{run("rule")}</w:p></w:footnote>'
    last = f'<w:endnote w:id="2"><w:p>{run("See the tariff.")}</w:p></w:endnote>'
    return package(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {W}>{rule}{note}</w:footnotes>",
            "word/endnotes.xml": f"<w:endnotes {W}>{last}</w:endnotes>",
        }
    )


FILES: dict[str, bytes] = {
    "docx": word_file(),
    "html, pandoc": page(
        f'<p>1. {BEFORE}<a href="#fn1" id="r1" role="doc-noteref"><sup>1</sup></a>{AFTER}</p>'
        f'<p>2. {SECOND}<a href="#fn2"><sup>2</sup></a></p>'
        f'<section class="footnotes" role="doc-endnotes"><ol><li id="fn1"><p>{NOTE} <a href="#r1">↩︎</a></p></li>'
        '<li id="fn2"><p>See the tariff.<a href="#r2">↩</a></p></li></ol></section>'
    ).encode(),
    "html, plain": page(
        f"<p>1. {BEFORE}<sup><a href='#n1'>[1]</a></sup>{AFTER}</p><p>2. {SECOND}<sup><a href='#n2'>[2]</a></sup></p>"
        f"<ol class='footnotes'><li id='n1'>{NOTE}</li><li id='n2'>See the tariff.</li></ol>"
    ).encode(),
    "md": (
        f"# A Pledge\n\n1. {BEFORE}[^a]{AFTER}\n\n2. {SECOND}[^b]\n\n[^a]: {NOTE}\n[^b]: See the tariff.\n"
    ).encode(),
    "pdf": bytes(typst.compile(
        f"1. {BEFORE}#footnote[{NOTE}]{AFTER}\n\n2. {SECOND}#footnote[See the tariff.]".encode())
    ),
}  # fmt: skip


def bare(reading: Reading) -> list[tuple[str | None, str]]:
    document = reading.document
    return [(one.num, " ".join(document.text[one.start : one.end].split())) for one in document.provisions]


@pytest.mark.parametrize("name", FILES)
def test_a_note_is_kept_beside_the_text(name: str) -> None:
    reading = read_bytes(FILES[name], f"pledge.{name[:4].strip(',')}")
    assert [words for _, words in bare(reading)] == [f"1. {BEFORE}{AFTER}", f"2. {SECOND}"]
    notes = [notice for notice in reading.warnings if notice.code == "note"]
    assert len(notes) == 2
    text = reading.document.text
    assert NOTE in text and "See the tariff." in text
    for notice in notes:
        assert notice.start is not None
        assert all(not one.start <= notice.start < one.end for one in reading.document.provisions)


@pytest.mark.parametrize("name", FILES)
def test_a_note_is_no_commitment_and_no_part_of_the_tree(name: str) -> None:
    register = register_bytes(FILES[name], f"pledge.{name[:4].strip(',')}")
    text = register.document.text
    assert [text[one.start : one.end] for one in register.commitments] == [
        "will mend every weir of the two reaches by 2035",
        "call upon the ferry companies to lower their fares",
    ]
    again = read_bytes(to_akn(read_bytes(FILES[name], "pledge")), "again.xml")
    assert [words for _, words in bare(again)] == [f"1. {BEFORE}{AFTER}", f"2. {SECOND}"]
