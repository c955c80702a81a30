"""What an answer is made of: one shape for every question, so that whoever reads one can read them all.

What is not on record is null and never zero or empty text; a list that is empty holds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where something was published: ``url`` is the publisher's address, ``page`` that of the source in the register.

    ``published`` is as far as the date is printed.
    """

    id: str
    title: str
    publisher: str
    publisher_kind: str
    published: str | None
    url: str
    page: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of an agreement, and where they stand in it.

    ``start`` and ``end`` count the code points of the provision's words from 0, half open; ``sha256`` is that of all
    its words. Both are of the folded words, as the pack format has them, with spaces and quotation marks made plain, so
    that whoever has the official text can check a quote. Where the register holds no verified copy ``text`` is null,
    and ``missing`` says so.
    """

    text: str | None
    document: str
    provision: str
    start: int | None
    end: int | None
    sha256: str | None
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a question on which sources disagree: ``record`` is the evidence item or figure that holds it."""

    says: str
    value: str | None
    unit: str | None
    record: str | None
    source: SourceRef


@dataclass(frozen=True, slots=True)
class Share:
    """A count: ``n`` of ``of``, by the rule that ``formula`` names, with the ids in it and those of the rest.

    Under the average of parties ``n`` is no whole number. Long lists are cut, and ``cut`` says how many ids they lack.
    """

    name: str
    n: int | float
    of: int
    formula: str
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One record: ``says`` is what the register says of it, in its own words and not in those of the source.

    ``value`` is a figure as it was printed, with its ``unit``; ``places`` are the ids of the provisions and commitments
    that it is linked to, ``parties`` the codes of those that it names, ``facts`` further cells by their names.
    """

    kind: str
    id: str
    says: str
    date: str | None = None
    value: str | None = None
    unit: str | None = None
    state: str | None = None
    places: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)
    sides: list[Voice] = field(default_factory=list)
    sources: list[SourceRef] = field(default_factory=list)
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says to a question, on the day ``as_of``.

    Where it is ``silent``, ``looked_at`` says what was looked at: that is no zero and no "no". ``count`` is how many
    records answer, of how many of that kind; ``items`` are those from the ``skip``-th on that was asked for, and
    ``next_skip`` asks for the rest. ``page`` is the page of the register that says the same.
    """

    as_of: str
    agreement: str | None
    says: str
    silent: bool
    looked_at: list[str]
    count: Share | None = None
    shares: list[Share] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    next_skip: int | None = None
    page: str | None = None
