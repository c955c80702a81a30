"""The structure of real documents, read in place."""

from __future__ import annotations

import hashlib
import textwrap

import pytest

from followthrough.read import read_bytes, read_file
from support import shared

STATEMENT = "statements/asean-rok-joint-vision-statement-2019.txt"


def test_the_busan_statement_has_six_sections_and_twenty_five_paragraphs() -> None:
    path = shared(STATEMENT)
    reading = read_file(path)
    document = reading.document
    sections = [p for p in document.provisions if p.kind == "section"]
    assert [p.num for p in sections] == ["1", "2", "3", "4", "5", "6"]
    paragraphs = [p for p in document.provisions if p.kind == "paragraph"]
    assert [sum(p.parent == s.eid for p in paragraphs) for s in sections] == [4, 5, 4, 4, 4, 4]
    assert sum(p.kind == "preamble" for p in document.provisions) == 5
    assert (document.date, document.place) == ("2019-11-26", "Busan")
    assert document.text == path.read_text(encoding="utf-8")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(notice.code, notice.start) for notice in reading.warnings] == [("furniture", 0)]


@pytest.mark.slow
def test_every_joint_statement_has_unique_names_and_slices_in_order() -> None:
    for path in sorted(shared("data/joint_statements").glob("2*.md")):
        document = read_file(path).document
        assert document.title, path.name
        assert len({p.eid for p in document.provisions}) == len(document.provisions)
        last = 0
        for provision in document.provisions:
            assert last <= provision.start <= provision.body <= provision.end
            last = provision.end


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_wrapped_copy_of_the_busan_statement_has_the_same_provisions(width: int, gap: str) -> None:
    text = shared(STATEMENT).read_text(encoding="utf-8")
    printed = [line.strip() for line in text.split("\n") if line.strip()]
    copy = gap.join(textwrap.fill(line, width, break_on_hyphens=False) for line in printed)
    expected, found = read_file(shared(STATEMENT)).document, read_bytes(copy.encode(), "copy.txt").document
    assert [p.eid for p in found.provisions] == [p.eid for p in expected.provisions]
    for one, other in zip(expected.provisions, found.provisions, strict=True):
        assert expected.slice(one).split() == found.slice(other).split()
