"""What an IATI activity says, as plain values: money, dates and codes as reported, nothing added up or interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

GOALS, TARGETS = ("2", "7"), ("3", "8")
"""Vocabularies of Sustainable Development Goals and of their targets: of tags the first, of sectors the second."""


class Narrative(NamedTuple):
    """Words in a language; ``language`` is empty where neither they nor the activity state one."""

    language: str
    text: str


class Organisation(NamedTuple):
    """An organisation as a file names it; ``role`` and ``activity`` are of participating ones alone."""

    ref: str
    type: str
    name: str
    role: str = ""
    activity: str = ""


class Code(NamedTuple):
    """A code of a vocabulary, with the share of the activity in per cent where one is given."""

    vocabulary: str
    code: str
    percentage: Decimal | None = None
    name: str = ""


class ActivityDate(NamedTuple):
    """A day; ``type`` is 1 planned start, 2 actual start, 3 planned end, 4 actual end."""

    type: str
    day: str
    says: str = ""


class Money(NamedTuple):
    """An amount in units of ``currency``, which is empty where neither it nor the activity states one."""

    amount: Decimal
    currency: str
    value_date: str


class Budget(NamedTuple):
    """A budget (``type`` 1 original, 2 revised; ``status`` 1 indicative, 2 committed) or a planned disbursement."""

    type: str
    status: str
    start: str
    end: str
    money: Money


class Transaction(NamedTuple):
    """Money that moved or was promised; ``type`` is the code of the standard, such as 3 for a disbursement."""

    type: str
    day: str
    money: Money
    provider: Organisation | None
    receiver: Organisation | None
    sectors: tuple[Code, ...]
    words: str


class Identifier(NamedTuple):
    """Another identifier of an activity, or a related one, with the type that the standard gives it."""

    type: str
    ref: str
    owner: str = ""


class DocumentLink(NamedTuple):
    """A document about an activity."""

    url: str
    format: str
    title: str
    categories: tuple[str, ...]


UNKNOWN = Organisation("", "", "")


OURS = "urn:followthrough:register"
"""The namespace of what an export of a register adds to its activities: the standard leaves room for it."""
OWN = ("id", "parent", "kind", "state", "status", "budget", "currency")
"""The attributes of that namespace: columns of the row that the standard has no place for."""


@dataclass(slots=True)
class IatiActivity:
    """One activity as one organisation reported it.

    ``own`` holds what an export of a register added: some of ``OWN``.
    ``odd_periods`` are the periods of its results that end before they begin, all that is taken of results.
    """

    identifier: str = ""
    language: str = ""
    updated: str = ""
    hierarchy: str = ""
    titles: tuple[Narrative, ...] = ()
    descriptions: tuple[Narrative, ...] = ()
    reporting: Organisation = UNKNOWN
    secondary: bool = False
    participating: tuple[Organisation, ...] = ()
    other_identifiers: tuple[Identifier, ...] = ()
    related: tuple[Identifier, ...] = ()
    status: str = ""
    dates: tuple[ActivityDate, ...] = ()
    countries: tuple[Code, ...] = ()
    regions: tuple[Code, ...] = ()
    sectors: tuple[Code, ...] = ()
    tags: tuple[Code, ...] = ()
    budgets: tuple[Budget, ...] = ()
    planned: tuple[Budget, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    documents: tuple[DocumentLink, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    odd_periods: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The title in the language of the activity, else the first."""
        return first_words(self.titles, self.language)

    @property
    def all_sectors(self) -> tuple[Code, ...]:
        """The sectors of the activity and of its transactions, each once."""
        found = dict.fromkeys(self.sectors)
        for one in self.transactions:
            found.update(dict.fromkeys(one.sectors))
        return tuple(found)


def first_words(narratives: tuple[Narrative, ...], language: str) -> str:
    """Return the words in ``language``, or else the first."""
    return next((one.text for one in narratives if one.language == language), narratives[0].text if narratives else "")
