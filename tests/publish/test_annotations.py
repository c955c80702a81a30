"""Annotations out and back: each stands where its words stand, and in a text that looks alike it stands nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from followthrough.errors import InputRefused
from followthrough.pipeline import register_bytes
from followthrough.publish.annotations import anchored, to_annotations

TEXT = """Joint Statement of the Otter Council

Adopted at Weirton on 3 May 2031

We, the members of the Otter Council, hereby agree to:

1. Build three weirs on the river Ash by 2035.

2. Build three weirs on the river Elm, and share their keys with our neighbours.

3. Support \U0001f9a6 research on the river Ash.
"""


def page(text: str = TEXT) -> bytes:
    return to_annotations(register_bytes(text.encode(), "statement.txt"))


def text_of(text: str) -> str:
    return register_bytes(text.encode(), "statement.txt").document.text


def test_every_commitment_stands_where_it_was_written_and_comes_back_there() -> None:
    reading = register_bytes(TEXT.encode(), "statement.txt")
    assert len(reading.commitments) >= 3
    found = anchored(to_annotations(reading), "a.jsonld", reading.document.text)
    assert not [one for one in found if one.orphan]
    assert [one.spans for one in found] == [one.spans or ((one.start, one.end),) for one in reading.commitments]
    held = json.loads(page())
    assert held["@context"] == "http://www.w3.org/ns/anno.jsonld" and held["type"] == "AnnotationPage"
    for item in held["items"]:
        for target in item["target"]:
            place, quote = target["selector"]
            assert reading.document.text[place["start"] : place["end"]] == quote["exact"]
    assert page() == page()


@pytest.mark.parametrize(
    ("change", "orphans"),
    [
        (lambda text: text.replace("Build three weirs on the river Ash", "Build three weirs on the river Oak"), "1"),
        (lambda text: text.replace("1. Build", "0. Sing.\n\n1. Build"), "123"),  # the same words, further down
        (lambda text: text.replace("by 2035", "by 2036"), "1"),  # the words around it differ, or its own
        (lambda text: text.replace("Ash by 2035", "Elm by 2035").replace("river Elm, and", "river Ash, and"), "12"),
        (lambda _text: "Build three weirs on the river Ash by 2035. " * 3, "123"),  # nothing but lookalikes
        (lambda _text: "", "123"),
    ],
)
def test_in_a_text_that_looks_alike_it_is_an_orphan_and_never_moves(change: Any, orphans: str) -> None:
    text = text_of(TEXT)
    changed = change(text)
    for one, before in zip(anchored(page(), "a.jsonld", changed), anchored(page(), "a.jsonld", text), strict=True):
        if not one.orphan:
            assert one.spans == before.spans
            assert all(changed[start:end] == text[start:end] for start, end in one.spans)
    numbers = {one.id.rpartition("#")[2] for one in anchored(page(), "a.jsonld", changed) if one.orphan}
    for number in orphans:
        assert any(number in name for name in numbers), (number, numbers)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{", b"[" * 5000, b'{"type": "AnnotationPage"}', b'{"type": "AnnotationPage", "items": [1]}',
        b'{"type": "AnnotationPage", "items": [{"id": "a", "target": {"selector": []}}]}',
        b'{"type": "AnnotationPage", "items": [{"id": "a", "target": null}]}',
        b'{"type": "AnnotationPage", "items": [{"id": "a", "target": {"selector": [{"type": "TextPositionSelector", '
        b'"start": "0", "end": 1}, {"type": "TextQuoteSelector", "exact": "a"}]}}]}',
    ],
)  # fmt: skip
def test_what_is_no_page_of_annotations_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        anchored(data, "a.jsonld", TEXT)


def test_a_place_before_the_text_or_behind_it_is_an_orphan() -> None:
    held = json.loads(page())
    for start, end in ((-5, 4), (0, 0), (10, 3), (10**9, 10**9 + 4)):
        place, quote = held["items"][0]["target"][0]["selector"]
        place.update(start=start, end=end)
        quote.update(prefix="", suffix="")
        assert anchored(json.dumps(held).encode(), "a.jsonld", text_of(TEXT))[0].orphan
