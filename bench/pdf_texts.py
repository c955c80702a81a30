"""Invented declarations for PDF files: what each paragraph must read as, and how the pages are to look."""

from __future__ import annotations

import random
from dataclasses import dataclass

ACTORS = (
    "the ministers of the five river states", "the Weir Council", "every town along the lower bank",
    "the Reed Network (RN)", "the secretariat", "the keepers of the harbour", "the Otter Fund", "member states",
)  # fmt: skip
VERBS = (
    "restore", "protect", "publish", "strengthen", "co-finance", "inspect", "re-open", "harmonise", "promote",
    "gradually widen", "establish", "count", "rebuild", "monitor", "jointly maintain", "internationalise",
)  # fmt: skip
THINGS = (
    "the wetlands of the lower basin", "two hundred early-warning gauges", "a cross-border register of ferries",
    "the long-term plan for reed-cutting", "low-lying roads and bridges", "water-related skills of young people",
    "the accounts of all intergovernmental works", "a well-equipped laboratory", "30 per cent of the marshes",
    "the so-called “quiet evenings”", "environmentally responsible transportation", "the 1998–2004 survey of eels",
)  # fmt: skip
TAILS = (
    "by 2031", "before the rains of 2029", "with a view to cleaner water", "in line with Article 7 of the Reed Treaty",
    "so that every village can see how far the promise has been kept", "subject to available resources",
    "at a cost of 4.5 million crowns a year", "as set out in the annex to document A/9/L.2", "without delay",
)  # fmt: skip
HEADS = (
    "Wetlands and reeds", "Engineers of the valley", "Boats, ferries and harbours", "Clean water for all",
    "Follow-up and review", "Means of implementation", "Partnership with the upper river", "Money and accounts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed paragraph: its kind, its number or mark as printed, and its words; ``note`` is a footnote to it."""

    kind: str
    mark: str
    words: str
    note: str = ""

    @property
    def printed(self) -> str:
        """The paragraph as a reader should have it."""
        return f"{self.mark} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Look:
    """How the pages look: columns, size in points, and which of the things of ``extras`` they have."""

    columns: int
    size: float
    extras: frozenset[str]

    def has(self, extra: str) -> bool:
        """Say whether the pages have ``extra``."""
        return extra in self.extras


LOOKS = (
    (10.0, "justified hyphens heads"),
    (11.0, "heads notes"),
    (10.0, "justified hyphens indents numbers"),
    (9.0, "contents wide heads numbers"),
    (12.0, "justified hyphens table watermark heads numbers"),
)
"""Five looks that every maker gives to every number of columns."""


def look(at: int, columns: int) -> Look:
    """Return the look number ``at`` in so many columns."""
    size, extras = LOOKS[at % len(LOOKS)]
    return Look(columns, size, frozenset(extras.split()))


def text(seed: int, notes: bool = False, paragraphs: int = 26) -> list[Piece]:
    """Return an invented declaration; the same ``seed`` gives the same words."""
    say = random.Random(seed)  # noqa: S311 - words for a bench
    made = [Piece("title", "", f"Joint Declaration of the River Ministers on {say.choice(HEADS)}")]
    number = 0
    while number < paragraphs:
        if number % 6 == 0:
            made.append(Piece("heading", "", say.choice(HEADS)))
            made.append(Piece("plain", "", _sentence(say, say.randint(1, 3))))
        number += 1
        note = f"See volume {number} of the annals of {say.choice(ACTORS)}." if notes and number % 7 == 3 else ""
        made.append(Piece("paragraph", f"{number}.", _sentence(say, say.randint(1, 4)), note))
        if say.random() < 0.25:
            made[-1] = Piece("paragraph", f"{number}.", f"{_opening(say)} will:")
            made += [Piece("item", f"({letter})", _clause(say) + end) for letter, end in zip("abc", ";;.", strict=True)]
        elif say.random() < 0.15:
            made += [Piece("bullet", "•", _clause(say).capitalize() + ".") for _ in range(3)]
    return made


def _opening(say: random.Random) -> str:
    actor = say.choice(ACTORS)
    return actor[0].upper() + actor[1:]


def _clause(say: random.Random) -> str:
    return f"{say.choice(VERBS)} {say.choice(THINGS)} {say.choice(TAILS)}"


def _sentence(say: random.Random, count: int) -> str:
    made = []
    for _ in range(count):
        clauses = [f"will {_clause(say)}" for _ in range(say.randint(1, 3))]
        made.append(f"{_opening(say)} {', and '.join(clauses)}.")
    return " ".join(made)
