"""Encodings, refusals, and whatever bytes may come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.pipeline import register_bytes
from followthrough.read import MAX_BYTES, read_bytes, read_file

PLEDGE = "Pledge of the Café Keepers\n\nHereby agree to:\n\n1. Brew “strong” coffee.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_same_words_are_read_in_every_encoding(encoding: str) -> None:
    assert read_bytes(PLEDGE.encode(encoding), "x.txt").document.text == PLEDGE


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_are_normalised(newline: str) -> None:
    assert read_bytes(PLEDGE.replace("\n", newline).encode(), "x.txt").document.text == PLEDGE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"%PDF-1.7 ...",
        b"PK\x03\x04....",
        b"abc\x00def",
        bytes(range(1, 32)) * 20,
        b"\xff\xfea",
        b"caf\x81\xe9",
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_bytes(data, "x.txt")
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith("x.txt")


def test_paths_that_hold_no_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.txt"):
        with pytest.raises(InputRefused):
            read_file(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputRefused, match="50 MB"):
        read_file(path)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputRefused, match="not known"):
        read_bytes(b"words", "x.txt", "papyrus")


_PIECES = st.sampled_from(
    [
        "\n", "\n\n", "1. ", "1.1 ", "(a) ", "(i) ", "II. ", "- ", "OP1 ", "We will ", "Calls upon States to ", "and ",
        "promote ", "trade, ", "; ", ": ", "noting ", "while continuing to ", "the need to ", "Hereby agree to:\n",
        "Recalling peace,\n", "by 2030 ", "the Reed Treaty ", "“", "”", "Back to top\n", "# ", "**", "é", "𝄞", ".",
        "30 per cent ", "The General Assembly,\n", "\t", "support ", "to ",
    ]
)  # fmt: skip


def check(data: bytes) -> None:
    try:
        reading = register_bytes(data, "x")
    except InputRefused:
        return
    document, last = reading.document, 0
    provisions = {provision.eid: provision for provision in document.provisions}
    assert len(provisions) == len(document.provisions)
    for provision in document.provisions:
        assert last <= provision.start <= provision.body <= provision.end <= len(document.text)
        assert provision.parent is None or provision.parent in provisions
        last = provision.end
    ends: dict[str, int] = {}
    for commitment in reading.commitments:
        home = provisions[commitment.provision]
        assert home.body <= commitment.start < commitment.end <= home.end
        assert commitment.start >= ends.get(home.eid, 0)
        assert 1 <= commitment.strength <= 5
        ends[home.eid] = commitment.end
        for adjunct in commitment.adjuncts:
            assert commitment.start <= adjunct.start < adjunct.end <= commitment.end
    for notice in reading.warnings:
        assert notice.start is None or 0 <= notice.start < len(document.text)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    check(data)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_arrangement_of_words_breaks_offsets_or_overlaps_spans(text: str) -> None:
    check(text.encode())


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_no_text_breaks_offsets(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))
