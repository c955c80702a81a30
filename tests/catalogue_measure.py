"""Measure a catalogue against another: the figures that the field reports, for tests and for bench/catalogue.py."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar
from xml.etree import ElementTree

from followthrough.pipeline import register_bytes
from support import shared

CATALOGUES = Path(__file__).parent / "catalogues"
NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


class Placed(Protocol):
    """What has a half-open range of code points."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


R = TypeVar("R", bound=Placed)


@dataclass(frozen=True)
class Entry:
    """One catalogued commitment: its place in the text, and what was said of it."""

    start: int
    end: int
    kind: str
    strength: int
    instruments: frozenset[str]
    defined: tuple[tuple[str, str], ...] = ()
    actor: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Figures:
    """How one catalogue agrees with another: shares of matched pairs, and F1 at IoU 0.5."""

    f1: float
    both_ends: float
    kind: float
    strength: float
    instruments: float
    named_rightly: int
    pairs: tuple[tuple[Entry, Entry], ...]


def catalogued(path: Path) -> list[Entry]:
    """Read a catalogue made by hand."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Entry(
                int(row.get("start") or row["span_start"]),
                int(row.get("end") or row["span_end"]),
                row["kind"],
                int(row["strength"]),
                frozenset(name.strip() for name in row["instruments"].split(";") if name.strip()),
                (),
                row.get("actor", ""),
                row.get("addressee", ""),
            )
            for row in csv.DictReader(file)
            if row.get("state") != "rejected"
        ]


def words_of(name: str) -> str:
    """Return the words of a document of the reference data, by its file's stem."""
    folder = shared("data")
    statement = folder / "joint_statements" / f"{name}.md"
    if statement.is_file():
        return statement.read_text(encoding="utf-8")
    return flattened(next(Path(folder / "un_akn").glob(f"*/{name}.xml")))


def read_entries(raw: str, name: str) -> list[Entry]:
    """Catalogue ``raw`` with the library; places count the characters of ``raw``."""
    reading = register_bytes(raw.encode(), name)
    back = places(raw, reading.document.text)
    return [
        Entry(
            back[c.start],
            back[c.end - 1] + 1,
            c.kind,
            c.strength,
            frozenset(c.instruments),
            (*c.defined.items(),),
            c.actor_classes[0],
            (*c.addressee_classes, "")[0],
        )
        for c in reading.commitments
    ]


def places(raw: str, text: str) -> list[int]:
    """Where each character of ``text`` stands in ``raw``; mark-up is stepped over."""
    places, at = [], 0
    for character in text:
        if not character.isspace():
            found = raw.find(character, at)
            at = found if found >= 0 else at
        places.append(min(at, len(raw) - 1))
        at += not character.isspace()
    return places


def one_to_one(truth: list[R], found: list[R]) -> list[tuple[R, R]]:
    """Pair what overlaps by at least half, each once, best overlap first."""
    overlaps = sorted(
        ((_iou(a, b), i, j) for i, a in enumerate(truth) for j, b in enumerate(found) if _iou(a, b) >= 0.5),
        reverse=True,
    )
    left, right, pairs = set[int](), set[int](), []
    for _, i, j in overlaps:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((truth[i], found[j]))
    return pairs


def compare(truth: list[Entry], found: list[Entry]) -> Figures:
    """Match entries one to one, best overlap first, and count."""
    pairs = one_to_one(truth, found)
    matched = len(pairs) or 1
    ends = sum(abs(a.start - b.start) <= 12 and abs(a.end - b.end) <= 12 for a, b in pairs)
    return Figures(
        2 * len(pairs) / (len(truth) + len(found)) if truth or found else 1.0,
        ends / matched,
        sum(a.kind == b.kind for a, b in pairs) / matched,
        sum(a.strength == b.strength for a, b in pairs) / matched,
        *_instruments(truth, found),
        tuple(pairs),
    )


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa of two coders' words for the same units (Cohen 1960)."""
    total = len(pairs)
    agreed = sum(a == b for a, b in pairs) / total
    words = {word for pair in pairs for word in pair}
    chance = sum(sum(a == w for a, _ in pairs) * sum(b == w for _, b in pairs) for w in words) / total**2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def _iou(a: Placed, b: Placed) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / (max(a.end, b.end) - min(a.start, b.start))


def _instruments(truth: list[Entry], found: list[Entry]) -> tuple[float, int]:
    """Return the F1 of names, and how many are right."""
    # C9: a printed acronym and the full name that the text defines for it are the same instrument
    full = {acronym: name for entry in found for acronym, name in entry.defined}
    wanted = [_plain(full.get(name, name)) for entry in truth for name in entry.instruments]
    given = [_plain(full.get(name, name)) for entry in found for name in entry.instruments]
    rest, right = list(wanted), 0
    for name in given:
        if name in rest:
            rest.remove(name)
            right += 1
    return (2 * right / (len(wanted) + len(given)) if wanted or given else 1.0), right


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"\s*\([^)]*\)", "", name.lower()).removeprefix("the ")).strip()


def flattened(path: Path) -> str:
    """The words of an Akoma Ntoso file as plain text: one block a paragraph, its number before it."""
    blocks: list[str] = []
    number = ""
    for tag, words in _blocks(ElementTree.parse(path).getroot()):  # noqa: S314 - reference files, read in tests only
        if tag == "num":
            number = words
        elif words:
            blocks.append(f"{number} {words}".strip())
            number = ""
    return "\n\n".join(blocks) + "\n"


def _blocks(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    tag = element.tag.removeprefix(NAMESPACE)
    if tag in ("meta", "attachments"):
        return
    if tag in ("p", "num", "heading", "crossHeading"):
        yield tag, " ".join("".join(_words(element)).split())
        return
    for child in element:
        yield from _blocks(child)


def _words(element: ElementTree.Element) -> Iterator[str]:
    if element.tag.removeprefix(NAMESPACE) in ("authorialNote", "noteRef"):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
