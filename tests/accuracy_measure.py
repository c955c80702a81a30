"""Measure every catalogue and every set of sentences made by hand, and say it by genre: the accuracy card."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

import catalogue_measure as measure
import sentence_measure as sentences
from followthrough.pipeline import register_bytes
from followthrough.register.accuracy import COUNTS, Accuracy
from support import shared

FIRST_LOOKS = measure.CATALOGUES / "first_looks.csv"
"""The counts of texts as they were when they were first looked at: a first look counts once, and is not taken again."""
GROUPS = {"chair": "chairs_statement"}


def card() -> list[Accuracy]:
    """Return the counts of every genre, all texts together first."""
    counts: dict[str, Counter[str]] = {}
    for genre, found in [*_documents(), *_sentences()]:
        for name in ("all", genre):
            counts.setdefault(name, Counter()).update(found)
    developed = [Accuracy(genre, "developed on", **_full(found)) for genre, found in sorted(counts.items())]
    return developed + first_looks()


def first_looks() -> list[Accuracy]:
    """Return what was counted at first looks, of every genre, all together first."""
    counts: dict[str, Counter[str]] = {}
    with FIRST_LOOKS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("all", row["genre"]):
                counts.setdefault(name, Counter()).update({count: int(row[count] or 0) for count in COUNTS})
    return [Accuracy(genre, "first look", **_full(found)) for genre, found in sorted(counts.items())]


def documents() -> dict[str, tuple[str, list[measure.Entry]]]:
    """Return the words and the catalogue of every document catalogued by hand, by name."""
    found: dict[str, tuple[str, list[measure.Entry]]] = {}
    for path in sorted(shared("catalogues").glob("*.csv")):
        found[f"c:{path.stem}"] = (path.with_suffix(".txt").read_text(encoding="utf-8"), measure.catalogued(path))
    statement = shared("statements") / "asean-rok-joint-vision-statement-2019"
    words = statement.with_suffix(".txt").read_text(encoding="utf-8")
    found["s:busan"] = (words, measure.catalogued(statement.with_suffix(".commitments.csv")))
    for path in sorted((measure.CATALOGUES / "first").glob("*.csv")):
        found[f"o:{path.stem}"] = (measure.words_of(path.stem), measure.catalogued(path))
    for path in sorted((measure.CATALOGUES / "looked").glob("*.csv")):
        found[f"o:{path.stem}"] = (measure.words_of(path.stem), measure.catalogued(path))
    return found


def sets() -> dict[str, list[sentences.Example]]:
    """Return every set of sentences, by name."""
    found = {"review": sentences.reviewed(shared("review") / "sentences.md")}
    return found | {path.stem: sentences.examples(path) for path in sorted(sentences.SENTENCES.glob("*.txt"))}


def counted(words: str, truth: list[measure.Entry], name: str) -> Counter[str]:
    """Return the counts of one document."""
    found = measure.read_entries(words, name)
    seen = measure.compare(truth, found)
    who = [(a, b) for a, b in seen.pairs if a.actor]
    asked = [(a, b) for a, b in who if a.addressee or b.addressee]
    return Counter(
        documents=1,
        wanted=len(truth),
        found=len(found),
        matched=len(seen.pairs),
        ends=sum(abs(a.start - b.start) <= 12 and abs(a.end - b.end) <= 12 for a, b in seen.pairs),
        kinds=sum(a.kind == b.kind for a, b in seen.pairs),
        named=sum(len(entry.instruments) for entry in truth),
        given=sum(len(entry.instruments) for entry in found),
        right=seen.named_rightly,
        actors=len(who),
        actors_right=sum(a.actor == b.actor for a, b in who),
        asked=len(asked),
        asked_right=sum(a.addressee == b.addressee for a, b in asked),
    )


def _documents() -> Iterator[tuple[str, Counter[str]]]:
    for name, (words, truth) in documents().items():
        file = "document.md" if name.startswith("o:20") else "document.txt"
        genre = register_bytes(words.encode(), file).document.genre or "unknown"
        yield str(genre), counted(words, truth, file)


def _sentences() -> Iterator[tuple[str, Counter[str]]]:
    for name, examples in sets().items():
        for example in examples if name != "review" else ():
            right = sentences.outcome(example).right
            group = GROUPS.get(example.group, example.group)
            yield group, Counter(sentences=1, sentences_right=int(right))


def _full(found: Counter[str]) -> dict[str, int]:
    return {name: found[name] for name in COUNTS}
