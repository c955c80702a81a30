"""Commitments as W3C Web Annotations, and back: an annotation stands where its words stand, or nowhere.

Each span is a target with two selectors: its place in code points, and its words with those around them. Read back, a
span holds only where all of them agree. Words that look alike elsewhere, or that moved, leave it an orphan: whether
they are the same undertaking is for a person to say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from followthrough.errors import InputRefused
from followthrough.model.commitment import Commitment
from followthrough.model.reading import Reading

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after a span that its quotation holds."""
LARGEST = 64 * 1024 * 1024
"""Bytes that a file of annotations may have."""
MOST = 100_000
"""Annotations that one file may hold."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an annotation stands in a text; an orphan stands nowhere, and ``why`` says what was looked for."""

    id: str
    spans: tuple[tuple[int, int], ...]
    why: str = ""

    @property
    def orphan(self) -> bool:
        """Whether it stands nowhere."""
        return bool(self.why)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of an anchor."""
        return {"id": self.id, "orphan": self.orphan, "spans": [list(one) for one in self.spans], "why": self.why}


def to_annotations(reading: Reading) -> bytes:
    """Return the commitments of a reading as one annotation page in JSON-LD; the same reading gives the same bytes."""
    text = reading.document.text
    source = f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    page = {
        "@context": CONTEXT, "id": f"{source}#commitments", "type": "AnnotationPage",
        "items": [_annotation(one, text, source) for one in reading.commitments],
    }  # fmt: skip
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(one: Commitment, text: str, source: str) -> dict[str, Any]:
    tags = (one.verb, str(one.kind), f"strength {one.strength} of 5")
    return {
        "id": f"{source}#{one.id}", "type": "Annotation", "motivation": "classifying",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag, "language": "en"} for tag in tags],
        "target": [
            {"source": source, "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start],
                 "suffix": text[end : end + AROUND]},
            ]}
            for start, end in one.spans or ((one.start, one.end),)
        ],
    }  # fmt: skip


def anchored(data: bytes, file: str, text: str) -> list[Anchor]:
    """Return where each annotation of a page stands in ``text``. Raises ``InputRefused`` for what is no such page."""
    try:
        page: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputRefused(file, f"is not JSON ({error})", "give a page of annotations in JSON-LD") from None
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list) or len(items) > MOST or page.get("type") != "AnnotationPage":
        raise InputRefused(file, "holds no page of annotations", "give one that `read --out FILE.jsonld` wrote")
    return [_anchor(file, number, one, text) for number, one in enumerate(items, start=1)]


def _anchor(file: str, number: int, one: Any, text: str) -> Anchor:
    where = f"item {number}"
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        raise InputRefused(file, "has no id", "mend it", where)
    targets = one.get("target")
    spans = []
    for start, end, quoted in _selected(file, where, targets if isinstance(targets, list) else [targets]):
        if why := _missing(text, start, end, quoted):
            return Anchor(one["id"], (), why)
        spans.append((start, end))
    return Anchor(one["id"], tuple(spans))


def _selected(file: str, where: str, targets: list[Any]) -> Iterator[tuple[int, int, tuple[str, str, str]]]:
    """Yield place and quotation of each target: words before, its own, and words after."""
    for target in targets:
        selectors = target.get("selector") if isinstance(target, dict) else None
        held = {str(one.get("type")): one for one in selectors or () if isinstance(one, dict)}
        place, quote = held.get("TextPositionSelector"), held.get("TextQuoteSelector")
        if place is None or quote is None:
            what = "has a target without both its place and its words"
            raise InputRefused(file, what, "give TextPositionSelector and TextQuoteSelector", where)
        ends: list[Any] = [place.get("start"), place.get("end")]
        quoted: list[Any] = [quote.get(name, "") for name in ("prefix", "exact", "suffix")]
        if not all(type(one) is int for one in ends) or not all(isinstance(one, str) for one in quoted):
            raise InputRefused(file, "has a place that is no number, or words that are no text", "mend it", where)
        yield ends[0], ends[1], (quoted[0], quoted[1], quoted[2])


def _missing(text: str, start: int, end: int, quoted: tuple[str, str, str]) -> str:
    """Say why a span does not stand at its place, or nothing where it does."""
    before, words, after = quoted
    whole = before + words + after
    if words and 0 <= start < end and start >= len(before) and text[start - len(before) : end + len(after)] == whole:
        return ""
    if words and words in text:
        return "its words stand elsewhere, or among other words"
    return "its words are not in this text"
