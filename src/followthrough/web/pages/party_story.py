"""The part of one party in an agreement: what is reported of it, where it is silent, what is contested, what is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.assess.dates import Time, order, side
from followthrough.assess.implementation_stages import CoverageStage
from followthrough.assess.targets import OPEN
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows as register
from followthrough.web.agreements.rows import DocumentRow, ProvisionRow
from followthrough.web.evidence.conflicts import ConflictRow, conflicts_of
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, whole_claims
from followthrough.web.indicators.target_rows import targets_of
from followthrough.web.indicators.target_sentences import ShownTarget, shown_targets
from followthrough.web.links.scope import Scope
from followthrough.web.pages import agreement_overview as overview
from followthrough.web.pages import evidence_grid
from followthrough.web.pages.current_stage import read_today
from followthrough.web.pages.evidence_grid import Grid
from followthrough.web.pages.instrument_status import InstrumentRow, Tile, instruments_of
from followthrough.web.pages.party_tiles import PartyTile, party_tiles

SHOWN = 3
"""Adverse items and newest items that the story shows; the list below it has all."""


@dataclass(frozen=True, slots=True)
class PartyStory:
    """What an agreement's evidence since its adoption says of one party.

    ``silent`` are the paragraphs without an item that names it, each with the stage that all evidence suggests;
    ``alone`` is how many items name no other party; ``outputs`` in how many paragraphs anybody's output is on record.
    """

    document: DocumentRow
    grid: Grid
    commitments: int
    paragraphs: int
    outputs: int
    silent: list[tuple[ProvisionRow, CoverageStage]]
    items: list[ClaimSummary]
    alone: int
    adverse: int
    worst: list[ClaimRow]
    newest: list[ClaimRow]
    conflicts: list[ConflictRow]
    due: list[ShownTarget]
    treaties: list[tuple[InstrumentRow, Tile]]
    neighbours: list[PartyTile]

    @property
    def reported(self) -> int:
        """How many paragraphs have an item that names it."""
        return self.paragraphs - len(self.silent)

    @property
    def sources(self) -> int:
        """How many sources the items are from."""
        return len({one.source for one in self.items})

    def as_json(self) -> dict[str, Any]:
        """Return the figures of the story for the JSON twin."""
        return {
            "agreement": self.document.id,
            "since": self.document.adopted,
            "commitments": self.commitments,
            "paragraphs": self.paragraphs,
            "outputs": self.outputs,
            "reported": self.reported,
            "silent": [one.ref for one, _ in self.silent],
            "items": len(self.items),
            "sources": self.sources,
            "naming_it_alone": self.alone,
            "adverse": self.adverse,
            "contested": [one.topic for one in self.conflicts],
            "due": [{"id": one.row.id, "statement": one.row.statement, "due": one.row.due, "state": one.row.state}
                    for one in self.due],
            "treaties": {one.name: tile.step or "unknown" for one, tile in self.treaties},
        }  # fmt: skip


def story_of(key: str, signed: Collection[str], today: str, by: Actor, until: str = "") -> PartyStory | None:
    """Return the story of a party in the agreement it ``signed`` of which most evidence is on record, or nothing.

    With ``until``, treaty actions up to that day alone.
    """
    documents = register.document_rows(by, evidence=True, among=list(signed))
    held = [row for row in documents if row.commitments]
    doc = max(held, key=lambda row: (row.evidence, row.commitments, row.id), default=None)
    return _story(key, doc, today, by, until) if doc else None


def _story(key: str, doc: DocumentRow, today: str, by: Actor, until: str) -> PartyStory:
    provisions, commitments, _signed, adopted, found = read_today(doc, today, by)
    named = found.named
    since = [one for one in found.claims if side(one.date, adopted) is Time.SINCE]
    mine = [one for one in since if key in named.get(one.id, ())]
    of_party = overview.by_paragraph(mine, found.homes)
    stages = found.ladder.rungs
    adverse = [one for one in mine if one.unfavourable]
    worst, newest = _last(adverse), _last(mine)
    whole = {one.id: one for one in whole_claims({one.id: one for one in (*worst, *newest)}.values(), by, linked=False)}
    return PartyStory(
        document=doc,
        grid=evidence_grid.lay_out(provisions, of_party, stages, adopted, today),
        commitments=len(commitments),
        paragraphs=found.ladder.total,
        outputs=sum(stage >= CoverageStage.OUTPUT for stage in stages.values()),
        silent=[(one, stages[one.id]) for one in provisions if one.id in stages and one.id not in of_party],
        items=mine,
        alone=sum(len(named[one.id]) == 1 for one in mine),
        adverse=len(adverse),
        worst=[whole[one.id] for one in worst],
        newest=[whole[one.id] for one in newest],
        conflicts=conflicts_of([one.id for one in mine], by),
        due=_open(Scope(doc.id, by=by), today),
        treaties=[
            (one, tile) for one in instruments_of(doc.id, by, until) for tile in one.tiles if tile.party == key
        ],
        neighbours=party_tiles(
            register.signatories([doc.id])[doc.id],
            Counter(party for one in since for party in named.get(one.id, ())),
        ),
    )  # fmt: skip


def _open(scope: Scope, today: str) -> list[ShownTarget]:
    """Return the targets that are open: those whose day is to come first, then those that lack a figure or a day."""
    found = [one for one in shown_targets(targets_of(scope, today)) if one.row.state in OPEN]
    return sorted(found, key=lambda one: (OPEN.index(one.row.state), one.row.due or "9999", one.row.id))


def _last(items: Sequence[ClaimSummary]) -> list[ClaimSummary]:
    """Return the newest items, newest first."""
    return sorted(items, key=lambda one: (order(one.date), one.id), reverse=True)[:SHOWN]
