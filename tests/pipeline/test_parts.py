"""Read, then register: both steps joined, and a reading in parts is the reading itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from followthrough.errors import InputRefused
from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.pipeline import parts, register_bytes, register_file
from followthrough.pipeline.parts import parts_of, reading_of

TEXT = (
    b"Pledge of the Weir Keepers\n\n1. We will mend the weir by 2030 and protect the otters, by raising the banks.\n\n"
    b"2. We call upon the millers to give 5 million dollars to the Ferry Fund.\n"
)


def test_a_file_and_its_bytes_give_the_same_reading(tmp_path: Path) -> None:
    path = tmp_path / "pledge.txt"
    path.write_bytes(TEXT)
    reading = register_file(path)
    assert reading == register_bytes(TEXT, "pledge.txt")
    said = [reading.document.text[one.start : one.end] for one in reading.commitments]
    assert said[:2] == ["will mend the weir by 2030", "protect the otters, by raising the banks"]
    assert len(said) == 3


def test_a_reading_that_went_through_json_in_parts_is_the_same() -> None:
    sent = json.loads(json.dumps(list(parts_of(TEXT, "pledge.txt"))))
    assert reading_of(sent) == register_bytes(TEXT, "pledge.txt")


def test_what_was_set_aside_goes_through_json_too(monkeypatch: pytest.MonkeyPatch) -> None:
    aside = (SetAside(AsideKind.RUNNING_HEAD, "A/9/L.2", 3), SetAside(AsideKind.NAVIGATION, "Back to top"))
    reading = replace(register_bytes(TEXT, "pledge.txt"), set_aside=aside)
    monkeypatch.setattr(parts, "register_bytes", lambda *_: reading)
    assert reading_of(json.loads(json.dumps(list(parts_of(TEXT, "pledge.txt"))))) == reading


def test_no_part_of_the_text_is_larger_than_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PIECE", 50)
    pieces = [part["text"] for part in parts_of(TEXT, "pledge.txt") if "text" in part]
    assert len(pieces) > 2
    assert {len(piece) for piece in pieces[:-1]} == {50}
    assert "".join(pieces) == register_bytes(TEXT, "pledge.txt").document.text


def test_every_part_says_one_thing_and_the_document_repeats_neither_text_nor_places() -> None:
    found = list(parts_of(TEXT, "pledge.txt"))
    assert {len(part) for part in found} == {1}
    (document,) = (part["document"] for part in found if "document" in part)
    assert (document["text"], document["provisions"]) == ("", [])


def test_what_cannot_be_read_is_refused_before_any_part_is_given(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        register_file(tmp_path / "absent.txt")
    with pytest.raises(InputRefused):
        next(parts_of(b"", "empty.txt"))
