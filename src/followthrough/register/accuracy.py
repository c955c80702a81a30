"""How well texts are catalogued, by genre: the counts of ``accuracy.csv`` and the figures they give.

The file is written by ``python bench/accuracy.py`` from the catalogues made by hand; a test measures anew and fails
where the file is stale. Every text in it has been looked at while rules were written ("developed on"), unless ``seen``
says that it was a first look.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import sqrt

from followthrough.io.csv import package_rows

FIRST_LOOK, DEVELOPED_ON = "first look", "developed on"
"""What ``seen`` says of a text."""
_Z = 1.96
"""Standard normal deviate of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count among others, with its 95 % interval (Wilson 1927); ``value`` is ``None`` of nothing."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.count / self.total if self.total else None

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._bounds()[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._bounds()[1]

    def _bounds(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        share, n = self.count / self.total, self.total
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The counts of one genre.

    Attributes:
        genre: of ``DocumentGenre``, or "all".
        seen: "developed on", or "first look" for texts that nobody had looked at.
        documents: how many texts.
        wanted, found, matched: rows of the catalogue made by hand, of the library, and of both (IoU 0.5, one to one).
        ends, kinds: matched rows with both ends within 12 characters, and with the same kind.
        named, given, right: instruments wanted, given, and given rightly.
        actors, actors_right: matched rows of which the class of who undertakes is catalogued, and those given rightly.
        asked, asked_right: of them those that ask somebody, by either, and those whose class of addressee is the same.
        sentences, sentences_right: invented sentences of the genre, and those with every row, end and kind right.
    """

    genre: str
    seen: str
    documents: int
    wanted: int
    found: int
    matched: int
    ends: int
    kinds: int
    named: int
    given: int
    right: int
    actors: int
    actors_right: int
    asked: int
    asked_right: int
    sentences: int
    sentences_right: int

    @property
    def shares(self) -> dict[str, Share]:
        """The figures by name, each with what it is counted from."""
        return {
            "precision": Share(self.matched, self.found),
            "recall": Share(self.matched, self.wanted),
            "f1": Share(2 * self.matched, self.wanted + self.found),
            "both_ends": Share(self.ends, self.matched),
            "kind": Share(self.kinds, self.matched),
            "instruments": Share(2 * self.right, self.named + self.given),
            "actor": Share(self.actors_right, self.actors),
            "addressee": Share(self.asked_right, self.asked),
            "sentences": Share(self.sentences_right, self.sentences),
        }


@cache
def accuracy_card() -> tuple[Accuracy, ...]:
    """Return the published counts, one row a genre and kind of look."""
    rows = package_rows(__package__, "accuracy.csv")
    return tuple(Accuracy(row["genre"], row["seen"], **{name: int(row[name]) for name in COUNTS}) for row in rows)


COUNTS = (
    "documents",
    "wanted",
    "found",
    "matched",
    "ends",
    "kinds",
    "named",
    "given",
    "right",
    "actors",
    "actors_right",
    "asked",
    "asked_right",
    "sentences",
    "sentences_right",
)
"""The columns of ``accuracy.csv`` that are counts."""
