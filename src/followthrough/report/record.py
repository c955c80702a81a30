"""What a paper is made of: what the pages of an agreement show, as plain values in the words of the pages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was published."""

    publisher: str
    date: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One evidence item: when, in which paragraphs, what it says, and whether it is adverse."""

    when: str
    at: tuple[str, ...]
    says: str
    adverse: bool
    origin: Origin
    delivered: bool = False
    """Whether something was done, agreed or paid by it."""


@dataclass(frozen=True, slots=True)
class Act:
    """One activity."""

    title: str
    state: str
    when: str
    budget: str
    at: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question on which sources disagree, and what each says."""

    topic: str
    at: tuple[str, ...]
    sides: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: its state and what the figures say of it; ``open`` while it can still be met or missed."""

    says: str
    announced: str
    due: str
    state: str
    figures: str
    at: tuple[str, ...]
    origin: Origin
    open: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a party said of a paragraph in a report: its stage in its words, what it did and what comes next."""

    party: str
    num: str
    stage: str
    did: str
    next: str


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph with all that the matrix says of it; ``years`` counts its evidence by the years of the paper.

    ``silence`` says for how long nothing dated is on record, where that is a year or more; ``noted`` how many
    evidence items, ``adverse`` how many of them are adverse.
    """

    num: str
    title: str
    stage: int
    stage_word: str
    commitments: tuple[str, ...]
    lead: tuple[str, ...]
    acts: tuple[Act, ...]
    budgets: str
    newest: Fact | None
    newest_date: str
    noted: int
    adverse: int
    silence: str
    disputes: int
    next: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its number and title."""
        return f"{self.num} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Part:
    """A section: what came of it in a sentence, which of its paragraphs are silent, and what is recorded of them."""

    num: str
    name: str
    finding: str
    silence: str
    places: tuple[Place, ...]
    facts: tuple[Fact, ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One implementation stage: which paragraphs stand on it, and n of N that have reached or passed it."""

    stage: int
    word: str
    on: int
    at: str
    total: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """A fund: what came in, as a sentence and as a picture, and every figure that was published."""

    name: str
    lead: str
    svg: str
    alt: str
    figures: tuple[tuple[str, str, str, str, Origin], ...]
    disputes: tuple[Dispute, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Targets of one series as a picture."""

    title: str
    says: str
    svg: str


@dataclass(frozen=True, slots=True)
class Answers:
    """How many reports of one party, or on one section, were asked for and are how far; ``late`` of them came late."""

    name: str
    asked: int
    accepted: int
    reviewed: int
    returned: int
    missing: int
    late: int


@dataclass(frozen=True, slots=True)
class Round:
    """A reporting cycle: what it asked by when, how many reports are in, and what parties said.

    Of an ``example`` all was made up, and every paper says so.
    """

    title: str
    period: str
    due: str
    sent: int
    asked: int
    closed: bool
    example: bool
    parties: tuple[Answers, ...]
    sections: tuple[Answers, ...]
    told: tuple[Told, ...]
    leads: tuple[tuple[str, str], ...] = ()
    """The bodies that answer for paragraphs, by number."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided earlier: where and when, what was last heard of it, and whose turn it is.

    ``group`` is ``unreported``, ``open`` or ``concluded``; ``order`` sorts within it, the longest silence first.
    """

    says: str
    where: str
    group: str
    state: str
    heard: str
    since: str
    turn: str
    ask: str
    order: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty action of a party: the instrument, its furthest step, and when."""

    name: str
    step: str
    date: str


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """One party in an agreement: what names it since the adoption, where it is silent, what is due, its treaties."""

    name: str
    headline: str
    lead: str
    noted: int
    adverse: int
    alone: int
    sources: int
    covered: int
    paragraphs: int
    sections: tuple[tuple[str, int, str, tuple[str, ...]], ...]
    facts: tuple[Fact, ...]
    adverse_facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    disputes: tuple[Dispute, ...]
    due: tuple[Goal, ...]
    treaties: tuple[Treaty, ...]
    answers: tuple[Answers, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All that the papers of one agreement say on one day, to one kind of reader."""

    document: str
    title: str
    short_title: str
    over: str
    as_of: str
    day: str
    internal: bool
    language: str
    finding: str
    gaps: str
    counts: tuple[tuple[str, str], ...]
    links: tuple[int, int]
    bar: str
    stages: tuple[Stage, ...]
    parts: tuple[Part, ...]
    years: tuple[str, ...]
    silent: int
    slots: int
    goals_finding: str
    goals: tuple[Goal, ...]
    trends: tuple[Trend, ...]
    money_finding: str
    money: tuple[Money, ...]
    round: Round | None = None
    meeting: str = ""
    decisions: tuple[Decision, ...] = ()
    party: PartyRecord | None = None
    words: dict[str, str] = field(default_factory=dict)
    """What the agreement's own pack says in place of the words of the papers, by their names."""

    @property
    def places(self) -> list[Place]:
        """All paragraphs, in order."""
        return [place for part in self.parts for place in part.places]
