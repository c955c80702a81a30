"""Commitments as a file of ours marks them: concepts of its references, and the words that refer to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Provision
from followthrough.model.vocabulary import CommitmentKind
from followthrough.read.akn.source import COMMITMENT, HEADINGS, OWN, every, local, tidy

_STRENGTHS = frozenset("12345")
_Place: TypeAlias = tuple[Provision, int, int]


def marked_commitments(root: etree._Element, document: Document) -> tuple[Commitment, ...]:
    """Return the commitments that are marked in the document of ``root``, which was read as ``document``.

    One whose words do not stand where its marks do is left out, with none of its spans; and so is a concept that does
    not say what we say of a commitment.
    """
    concepts = {one.get("eId"): one for one in every(root, "TLCConcept") if _is_commitment(one)}
    if not concepts:
        return ()
    homes = {one.eid: one for one in document.provisions}
    spans: dict[str, list[_Place | None]] = {}
    for inline in every(root, "inline"):
        if inline.get("name") != COMMITMENT:
            continue
        place = _place(inline, homes, document.text)
        for key in (inline.get("refersTo") or "").split():
            spans.setdefault(key.removeprefix("#"), []).append(place)
    placed = ((concept, spans.get(str(key), [None])) for key, concept in concepts.items())
    return tuple(_commitment(concept, [one for one in found if one]) for concept, found in placed if all(found))


def _is_commitment(concept: etree._Element) -> bool:
    named, kind, strength = (concept.get(f"{{{OWN}}}{name}") for name in ("id", "kind", "strength"))
    return bool(named) and kind in set(CommitmentKind) and strength in _STRENGTHS


def _place(inline: etree._Element, homes: dict[str, Provision], text: str) -> _Place | None:
    """Return the provision of an inline and the offsets of its words; nothing where they do not stand there."""
    block = inline.getparent()
    above = block
    while above is not None and above.get("eId") not in homes:
        above = above.getparent()
    if block is None or above is None:
        return None
    home, words = homes[str(above.get("eId"))], "".join(map(str, inline.itertext()))
    start = home.body + _before(above, block) + len("".join(_texts_before(block, inline)).lstrip())
    end = start + len(words)
    return (home, start, end) if text[start:end].split() == words.split() and end <= home.end else None


def _before(above: etree._Element, block: etree._Element) -> int:
    """Return how many characters of a provision stand before a block: its heading, where the block is none."""
    headings = [one for one in above if isinstance(one.tag, str) and local(one) in HEADINGS]
    return 0 if block in headings else sum(len(tidy("".join(map(str, one.itertext())))) + 1 for one in headings)


def _texts_before(block: etree._Element, inline: etree._Element) -> Iterator[str]:
    """Yield the words of a block before one of its inlines, without its printed number."""
    yield block.text or ""
    for one in block:
        if one is inline:
            return
        if one.get("name") != "num":
            yield "".join(map(str, one.itertext()))
        yield one.tail or ""


def _commitment(concept: etree._Element, found: list[_Place]) -> Commitment:
    own = {name: concept.get(f"{{{OWN}}}{name}") or "" for name in ("id", "kind", "strength")}
    joined = _joined(sorted((start, end) for _, start, end in found))
    home = found[-1][0]
    return Commitment(
        own["id"], home.eid, home.num or "", joined[0][0], joined[-1][1], joined, concept.get("showAs") or "",
        CommitmentKind(own["kind"]), int(own["strength"]),
    )  # fmt: skip


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans with those joined that the marks of another commitment cut."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start == found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
