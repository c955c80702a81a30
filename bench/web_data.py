"""A large register, made from numbers: the same one each time, written to the database that Django is set up for."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from followthrough.web.activities.models import Activity, ActivityParty, FundFigure, Meeting
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    DocumentParty,
    Instrument,
    Party,
    PartyEvent,
    Provision,
    Source,
)
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.models import Claim, ClaimParty, Conflict, ConflictSide
from followthrough.web.indicators.models import Observation, Series, Target
from followthrough.web.links.models import Link

VERBS = ("strengthen", "establish", "promote", "support", "reaffirm", "explore", "convene", "implement")
KINDS = ("action", "action", "support", "principle", "reaffirmation", "call")
WORDS = (  # noqa: SIM905 - a text is easier to read than a list
    "fisheries customs aviation youth scholarships biodiversity broadband ports rail standards health nursing heritage "
    "film tourism digital statistics forestry energy grids seeds rivers labour migration safety cyber audits museums"
).split()
SYLLABLES = [first + vowel + last for first in "bdkmprt" for vowel in "aeou" for last in "ns"][:31]
CLAIM_KINDS = ("policy", "agreement", "meeting", "activity", "funding", "output", "outcome", "statistic")
PUBLISHERS = ("government", "secretariat", "news_media", "research", "international_organisation")
STATES = ("proposed", "approved", "running", "implemented", "completed", "cancelled", "unknown")
PARTIES, SECTIONS, PARAGRAPHS, EACH = 11, 5, 50, 2
"""Of one agreement: parties, sections, paragraphs, and commitments in a paragraph."""
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: commitments, and of claims and of activities as many each."""

    commitments: int
    things: int

    @property
    def documents(self) -> int:
        """How many agreements hold the commitments."""
        return max(1, self.commitments // (PARAGRAPHS * EACH))


def document_id(number: int) -> str:
    """Return the id of an agreement."""
    return f"agreement-{number:03}"


def commitment_id(document: int, number: int) -> str:
    """Return the id of a commitment: ``agreement-001/3.10b``."""
    paragraph, at = divmod(number % (PARAGRAPHS * EACH), EACH)
    return f"{_paragraph(document, paragraph)}{'ab'[at]}"


def _paragraph(document: int, paragraph: int) -> str:
    section, within = divmod(paragraph, PARAGRAPHS // SECTIONS)
    return f"{document_id(document)}/{section + 1}.{within + 1}"


def fill(size: Size) -> None:
    """Write the register in one transaction, with its audit event."""
    chance = random.Random(2019)  # noqa: S311 - the same register each time
    with transaction.atomic():
        for rows in _tables(size, chance):
            _write(rows)
        record("the benchmark", EventType.PACK_IMPORTED, "pack", "generated", {"commitments": size.commitments})


def _write(rows: Iterable[models.Model]) -> None:
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            type(row)._default_manager.bulk_create(batch)
            batch = []
    if batch:
        type(batch[0])._default_manager.bulk_create(batch)


def _tables(size: Size, chance: random.Random) -> Iterator[Iterable[models.Model]]:
    yield (_source(number, chance) for number in range(max(10, size.things // 5)))
    yield (
        Party(id=f"P{n:02}", name=f"Party {n}", short_name=f"Party {n}", kind="state", tile_x=n % 4, tile_y=n // 4)
        for n in range(PARTIES)
    )
    yield (_document(number) for number in range(size.documents))
    yield (
        DocumentParty(id=f"{document_id(d)}~P{n:02}", document_id=document_id(d), party_id=f"P{n:02}")
        for d in range(size.documents)
        for n in range(PARTIES)
    )
    yield (_instrument(number, chance) for number in range(size.documents * 12))
    yield (row for document in range(size.documents) for row in _sections(document))
    yield (row for document in range(size.documents) for row in _paragraphs(document, chance))
    yield (row for document in range(size.documents) for row in _commitments(document, chance))
    yield (row for document in range(size.documents) for row in _citations(document, chance))
    yield from _evidence(size, chance)
    yield from _around(size, chance)


def rare_word(number: int) -> str:
    """Return one of thirty thousand invented words: a register is full of words that are in few of its texts."""
    syllables = []
    for _ in range(3):
        number, at = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[at])
    return "".join(syllables)


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def _date(chance: random.Random) -> str:
    return f"{chance.randint(2015, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _source(number: int, chance: random.Random) -> Source:
    return Source(
        id=f"s-{number}", url=f"https://example.org/{number}", title=f"Report on {_phrase(chance, 6)}",
        publisher=f"Office of {_phrase(chance, 2)}", publisher_kind=chance.choice(PUBLISHERS),
        published=_date(chance), language="en",
    )  # fmt: skip


def _document(number: int) -> Document:
    return Document(
        id=document_id(number), title=f"Joint declaration number {number}", short_title=f"Declaration {number}",
        kind="statement", adopted=f"{2016 + number % 8}-06-01", place="Somewhere", language="en",
    )  # fmt: skip


def _instrument(number: int, chance: random.Random) -> Instrument:
    kind = "fund" if number % 12 == 0 else "agreement"
    return Instrument(id=f"i-{number}", name=f"{kind} on {_phrase(chance, 3)} {number}", kind=kind, custodian="")


def _sections(document: int) -> Iterator[Provision]:
    for at in range(SECTIONS):
        yield Provision(
            id=f"{document_id(document)}/{at + 1}", document_id=document_id(document), eid=f"sec_{at + 1}",
            kind="section", num=str(at + 1), position=at * 100, title=f"Section {at + 1}",
        )  # fmt: skip


def _paragraphs(document: int, chance: random.Random) -> Iterator[Provision]:
    for at in range(PARAGRAPHS):
        key = _paragraph(document, at)
        section, number = divmod(at, PARAGRAPHS // SECTIONS)
        yield Provision(
            id=key, document_id=document_id(document), parent_id=f"{document_id(document)}/{section + 1}",
            eid=f"sec_{section + 1}__para_{number + 1}", kind="paragraph", num=key.partition("/")[2],
            position=section * 100 + number + 1, title=_phrase(chance, 3), summary=_phrase(chance, 20),
            political=at % 10 == 0,
        )  # fmt: skip


def _commitments(document: int, chance: random.Random) -> Iterator[Commitment]:
    for number in range(PARAGRAPHS * EACH):
        key = commitment_id(document, number)
        yield Commitment(
            id=key, provision_id=key[:-1], position=number % EACH, verb=chance.choice(VERBS),
            kind=chance.choice(KINDS), strength=chance.randint(1, 5), summary=f"Do more for {_phrase(chance, 8)}",
            actors="the parties", goals=["8", "17"], missing=["deadline"],
        )  # fmt: skip


def _citations(document: int, chance: random.Random) -> Iterator[Citation]:
    for number in range(0, PARAGRAPHS * EACH, 3):
        commitment, instrument = commitment_id(document, number), f"i-{document * 12 + chance.randrange(12)}"
        yield Citation(id=f"{commitment}~{instrument}", commitment_id=commitment, instrument_id=instrument)


def _place(number: int, size: Size, chance: random.Random) -> str:
    return commitment_id(number % size.documents, chance.randrange(PARAGRAPHS * EACH))


def _evidence(size: Size, chance: random.Random) -> Iterator[Iterable[models.Model]]:
    things, sources = range(size.things), max(10, size.things // 5)
    yield (_claim(number, sources, chance) for number in things)
    yield (ClaimParty(id=f"c-{n}~P", claim_id=f"c-{n}", party_id=f"P{n % PARTIES:02}") for n in things)
    yield (_activity(number, size, sources, chance) for number in things)
    yield (ActivityParty(id=f"a-{n}~P", activity_id=f"a-{n}", party_id=f"P{n % PARTIES:02}") for n in things)
    yield (_link(n, "claim", f"c-{n}", _place(n, size, chance)) for n in things)
    yield (_link(n, "activity", f"a-{n}", _place(n, size, chance)) for n in things)


def _claim(number: int, sources: int, chance: random.Random) -> Claim:
    return Claim(
        id=f"c-{number}", source_id=f"s-{chance.randrange(sources)}", kind=chance.choice(CLAIM_KINDS),
        date=_date(chance), statement=f"{_phrase(chance, 14)} {rare_word(number)} {number}",
        stance=chance.choice(("supportive", "supportive", "neutral", "unfavourable")),
        checked=bool(number % 3), recorded="2026-06-01",
    )  # fmt: skip


def _activity(number: int, size: Size, sources: int, chance: random.Random) -> Activity:
    fund = f"i-{number % size.documents * 12}" if number % 10 == 0 else None
    return Activity(
        id=f"a-{number}", title=f"Project on {_phrase(chance, 5)}", kind="project", fund_id=fund,
        state=chance.choice(STATES), start=_date(chance), budget=chance.randrange(1_000, 900_000), currency="USD",
        statement=_phrase(chance, 12), source_id=f"s-{chance.randrange(sources)}", recorded="2026-06-01",
    )  # fmt: skip


def _link(number: int, thing: str, key: str, place: str, *, provision: bool = False) -> Link:
    where: dict[str, Any] = {"provision_id" if provision else "commitment_id": place, f"{thing}_id": key}
    confirmed = {"confirmed": "2026-06-02", "confirmed_by": "somebody"} if number % 2 else {}
    return Link(
        id=f"l-{thing}-{number}", role="main", rationale="It speaks of the same thing.", origin="suggestion",
        **where, **confirmed,
    )  # fmt: skip


def _around(size: Size, chance: random.Random) -> Iterator[Iterable[models.Model]]:
    many = range(size.documents * 12)

    def paragraph(number: int) -> str:
        return _paragraph(number // 12, chance.randrange(PARAGRAPHS))

    def source() -> str:
        return f"s-{chance.randrange(10)}"

    yield (
        PartyEvent(id=f"e-{n}-{p}-{event}", instrument_id=f"i-{n}", party_id=f"P{p:02}", event=event,
                   date=_date(chance), source_id=source())
        for n in many for p in range(PARTIES) for event in ("signed", "in_force")
    )  # fmt: skip
    yield (_link(n, "instrument", f"i-{n}", paragraph(n), provision=True) for n in many)
    yield (
        FundFigure(id=f"f-{d}-{year}", fund_id=f"i-{d * 12}", period=str(year), kind="contribution", amount=7_000_000,
                   currency="USD", source_id=source(), recorded="2026-06-01")
        for d in range(size.documents) for year in range(2016, 2026)
    )  # fmt: skip
    yield (Series(id=f"series-{n}", title=f"Series {n}", unit="USD") for n in many)
    yield (
        Observation(id=f"o-{n}-{year}", series_id=f"series-{n}", area="ASEAN", period=str(year), value=str(100 + year),
                    source_id=source(), recorded="2026-06-01")
        for n in many for year in range(2015, 2026)
    )  # fmt: skip
    yield (
        Target(id=f"t-{n}", statement=f"Reach {n}", series_id=f"series-{n}", value=2_120, unit="USD", due="2020",
               announced="2016", source_id=source())
        for n in many
    )  # fmt: skip
    yield (_link(n, "target", f"t-{n}", paragraph(n), provision=True) for n in many)
    yield (
        Meeting(id=f"m-{n}", date=_date(chance), body="Joint Cooperation Committee", number=str(n), source_id=source())
        for n in many
    )  # fmt: skip
    yield (_link(n, "meeting", f"m-{n}", paragraph(n), provision=True) for n in many)
    yield (Conflict(id=f"x-{n}", topic=f"How much was it in case {n}?") for n in many)
    yield (
        ConflictSide(id=f"x-{n}-{side}", conflict_id=f"x-{n}", says=f"It was {side + 1}", value=side + 1, unit="USD",
                     source_id=source(), claim_id=f"c-{(2 * n + side) % size.things}")
        for n in many for side in range(2)
    )  # fmt: skip
