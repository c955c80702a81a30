"""From a cell to a commitment: by its number, by its words, and through the lineage of documents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from followthrough.spreadsheets.folding import words_of
from followthrough.spreadsheets.known import KnownRegister

_LABEL = re.compile(
    r"(?:action\s*line|commitment|operative\s*paragraph|paragraphs?|paras?|articles?|arts?|sections?|sec|clauses?|items?|"
    r"no|nos|number|op|§|¶|#)\.?\s*(?=[\d(])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})\.?(?:\s*+\(?([a-z]{1,2}|[ivx]{1,4})\)?)?(?:\s*+\((\w{1,4})\))?\s*+")
ENOUGH = 0.34
"""Share of the weight of the words of a cell that a commitment must have to be proposed."""


@dataclass(frozen=True, slots=True)
class CommitmentMatch:
    """What a cell names: a commitment, a provision where it has several, or a question between ``choices``.

    ``how`` is ``number``, ``words`` or ``lineage``.
    """

    commitment: str = ""
    provision: str = ""
    how: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()


def number_in(text: str) -> str:
    """Return ``4.3b`` of ``4.3 (b)``, ``para 4.3(b)`` and ``Art. 4.3 b``; nothing where a cell is no number."""
    plain = _LABEL.sub("", " ".join(text.split()).lower().strip(" .:;"))
    found = _NUMBER.fullmatch(plain)
    return "".join(part for part in found.groups() if part) if found else ""


@dataclass(slots=True)
class CommitmentFinder:
    """Finds commitments of ``document``, or of any where it is empty."""

    known: KnownRegister
    document: str = ""
    _numbers: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _bags: dict[str, Counter[str]] = field(default_factory=dict)
    _weight: dict[str, float] = field(default_factory=dict)
    _of: dict[str, str] = field(default_factory=dict)
    _under: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        document_of = {one.id: one.document for one in self.known.provisions}
        titles = {one.id: one.title for one in self.known.provisions}
        for provision in self.known.provisions:
            if number := number_in(provision.num):
                self._numbers[provision.document].setdefault(number, provision.id)
        for one in self.known.commitments:
            document = document_of.get(one.provision, "")
            self._of[one.id] = document
            self._under[one.provision].append(one.id)
            if number := number_in(one.id.rpartition("/")[2]):
                self._numbers[document][number] = one.id
            if document == self.document or not self.document:
                self._bags[one.id] = Counter(_stems(f"{one.summary} {one.verb} {titles.get(one.provision, '')}"))
        seen = Counter(word for bag in self._bags.values() for word in bag)
        self._weight = {word: log(1 + len(self._bags) / times) for word, times in seen.items()}

    def has_number(self, text: str) -> bool:
        """Say whether a cell is the number of a place of the document."""
        number = number_in(text)
        return bool(number) and any(number in self._numbers[document] for document in self._documents())

    def commitments_of(self, provision: str) -> tuple[str, ...]:
        """Return the ids of the commitments of a provision."""
        return tuple(self._under.get(provision, ()))

    def _documents(self) -> Iterable[str]:
        return [self.document] if self.document else list(self._numbers)

    def find(self, number: str, words: str = "") -> CommitmentMatch:
        """Return the commitment that the cell ``number`` names, or that the cell ``words`` is about."""
        if number.strip():
            by_number = self._by_number(number)
            if by_number.how or by_number.question:
                return by_number
        best = self.by_words(words or ("" if number_in(number) else number))
        if best.how or not number.strip():
            return best
        where = f"of {self.document}" if self.document else "of any agreement of the register"
        return CommitmentMatch(question=f"“{number.strip()}” is no paragraph {where}: which one is meant?")

    def _by_number(self, text: str) -> CommitmentMatch:
        number = number_in(text)
        documents = self._documents()
        found = [self._numbers[one][number] for one in documents if number in self._numbers[one]] if number else []
        own = next((one.id for one in self.known.commitments if one.id == text.strip()), "")
        if own or len(found) == 1:
            return self._placed(own or found[0], "number")
        if found:
            return CommitmentMatch(question=f"“{text.strip()}”: of which agreement?", choices=tuple(found))
        return self._by_lineage(number)

    def _placed(self, key: str, how: str) -> CommitmentMatch:
        if key in self._of:
            return CommitmentMatch(commitment=key, how=how)
        under = self._under.get(key, [])
        return (
            CommitmentMatch(commitment=under[0], how=how)
            if len(under) == 1
            else CommitmentMatch(provision=key, how=how)
        )

    def _by_lineage(self, number: str) -> CommitmentMatch:
        """Take a number of another document whose commitment leads to exactly one of this document."""
        if not number or not self.document:
            return CommitmentMatch()
        starts = {ids[number] for ids in self._numbers.values() if number in ids}
        starts |= {under for key in starts for under in self._under.get(key, ())}
        ends = {
            other
            for later, earlier in self.known.edges
            for one, other in ((later, earlier), (earlier, later))
            if one in starts and self._of.get(other) == self.document
        }
        return self._placed(ends.pop(), "lineage") if len(ends) == 1 else CommitmentMatch(choices=tuple(sorted(ends)))

    def by_words(self, text: str) -> CommitmentMatch:
        """Return the commitment whose summary shares most words with ``text``; a close second makes a question."""
        stems = set(_stems(text))
        rarest = max(self._weight.values(), default=1.0)
        whole = sum(self._weight.get(stem, rarest) for stem in stems)
        if not stems or not whole:
            return CommitmentMatch()
        scores = sorted(
            ((sum(self._weight[stem] for stem in stems & bag.keys()) / whole, key) for key, bag in self._bags.items()),
            key=lambda one: (-one[0], one[1]),
        )
        if not scores or scores[0][0] < ENOUGH:
            return CommitmentMatch()
        close = tuple(key for score, key in scores[:5] if score >= scores[0][0] * 0.9)
        if len(close) > 1:
            return CommitmentMatch(
                question=f"“{text.strip()[:80]}” is like several commitments: which one?", choices=close
            )
        return CommitmentMatch(commitment=scores[0][1], how="words")


_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "into",
        "that",
        "this",
        "their",
        "its",
        "our",
        "will",
        "are",
        "has",
        "have",
        "been",
        "through",
        "between",
        "among",
    ]
)


def _stems(text: str) -> list[str]:
    """Return the words of ``text`` without endings, the common ones left out."""
    return [_stem(word) for word in words_of(text) if (len(word) > 2 and word not in _COMMON) or not word.isascii()]


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word
