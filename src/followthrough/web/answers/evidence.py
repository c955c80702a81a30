"""Evidence items, and what sources disagree on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from followthrough.packs.cells import plain
from followthrough.web.activities.rows import funds_of
from followthrough.web.agreements.rows import bodies_of, signatories, states_of
from followthrough.web.answers.asking import (
    Listed,
    Where,
    answered,
    facts_of,
    inside,
    one_of,
    share,
    site,
    source_ref,
    where,
    with_shares,
)
from followthrough.web.answers.asks import AskContested, AskEvidence
from followthrough.web.answers.shape import Answer, Item, Voice
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.evidence.conflicts import ConflictRow, Side, conflicts_of, conflicts_over
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.evidence.summaries import ClaimSummary, claims_at, whole_claims
from followthrough.web.kit.addresses import address
from followthrough.web.kit.findable import holds, words_of

ANY = "*"
FORMULA = "evidence items that answer, of all that are linked to the agreement and were not withdrawn"
UNQUOTED = "none on record: the statement is the register's, of what its source reports"
"""Stands for the quote of an item that was entered without one, so that no statement passes for the source's words."""


def evidence(ask: AskEvidence) -> Answer:
    """Find evidence items: what sources say of an agreement, a paragraph, a party, or who says a figure.

    An item is what the register says that a source says, in the register's own words. Its stance "unfavourable" speaks
    against the undertaking being kept. Conflicting items stand side by side: ask `contested` for them.
    """
    at = where(ask.agreement)
    every = claims_at(at.scope, words=bool(ask.words), stored=("value",) if ask.figure else ())
    named = parties_named(at.scope)
    one_of("kind", ask.kind, {one.kind for one in every})
    one_of(
        "stance", ask.stance, {one.stance for one in every} | {"favourable", "neutral", "unfavourable", "comparison"}
    )
    one_of("party", ask.party, parties_of(at))
    one_of("id", ask.id, {one.id for one in every})
    one_of("source", ask.source, {one.source for one in every})
    chosen = list(_narrowed(ask, every, _places(at, ask.place)))
    if ask.party:
        chosen = [one for one in chosen if ask.party in named.get(one.id, ())]
    page = at.page("claims")
    rows = {one.id: one for one in whole_claims(chosen[ask.skip : ask.skip + ask.limit], at.by, at.id)}

    def item(one: ClaimSummary) -> Item:
        return claim_item(rows[one.id], sorted(named.get(one.id, ())))

    found = answered(at, Listed("evidence items", FORMULA, page), every, chosen, item, ask.portion)
    adverse = [one.id for one in chosen if one.unfavourable]
    rest = [one.id for one in chosen if not one.unfavourable]
    formula = "of these, items whose stance is unfavourable"
    return (
        with_shares(found, [share("adverse", len(adverse), len(chosen), formula, adverse, rest)]) if chosen else found
    )


def _narrowed(ask: AskEvidence, every: Iterable[ClaimSummary], places: set[str] | None) -> Iterable[ClaimSummary]:
    words = words_of(ask.words)
    exact = {"id": ask.id, "kind": ask.kind, "stance": ask.stance, "source": ask.source}
    for one in every:
        if any(wanted and getattr(one, name) != wanted for name, wanted in exact.items()):
            continue
        if ask.period and not one.date.startswith(ask.period):
            continue
        if places is not None and not any(tie.place in places for tie in one.ties):
            continue
        if ask.figure and not _says(one, ask.figure):
            continue
        if not words or holds(one.words, words):
            yield one


def _says(one: ClaimSummary, figure: str) -> bool:
    """Tell whether an item holds a figure, as it was printed."""
    return one.sorting is not None and figure in (ANY, plain(one.sorting))


def _places(at: Where, place: str) -> set[str] | None:
    return inside(place, *at.places()) if place else None


def parties_of(at: Where) -> set[str]:
    """Return the codes of the parties that answers about an agreement may name."""
    signed = signatories([at.id])[at.id]
    return {*states_of(signed), *bodies_of(signed)}


def claim_item(one: ClaimRow, parties: Sequence[str] = ()) -> Item:
    """Return an evidence item."""
    cells = {
        "stance": one.stance, "grade": f"{one.source.grade} of 4",
        "checked_by_a_second_reader": "yes" if one.checked else "no",
        "underlying_list_published": "yes" if one.reproducible else "no", "recorded": one.recorded,
        "words_of_the_source": one.quote or UNQUOTED, "note": one.notes,
        "confirmed_links": f"{sum(bool(tie.confirmed) for tie in one.ties)} of {len(one.ties)}" if one.ties else "",
    }  # fmt: skip
    return Item(
        one.kind, one.id, one.statement, one.date or None, plain(one.value) if one.value is not None else None,
        one.unit or None, places=sorted({tie.place for tie in one.ties}), parties=list(parties), facts=facts_of(cells),
        sources=[source_ref(one.source)], page=site(address("claim", one.id)),
    )  # fmt: skip


def contested(ask: AskContested) -> Answer:
    """List the questions on which sources disagree, with every side: what it says, its figure and its source.

    None of the sides is chosen by the register. A figure that is contested should be quoted with all sides.
    """
    at = where(ask.agreement)
    held = claims_at(at.scope)
    disputes = {one.id: one for one in conflicts_of([one.id for one in held], at.by)}
    figures = [figure.id for fund in funds_of(at.id, at.by) for figure in fund.figures]
    disputes |= {one.id: one for one in conflicts_over(figures, at.by)}
    every = sorted(disputes.values(), key=lambda one: one.id)
    one_of("id", ask.id, disputes)
    linked = {one.id: {tie.place for tie in one.ties} for one in held}
    places, words = _places(at, ask.place), words_of(ask.words)

    def at_places(one: ConflictRow) -> set[str]:
        return {place for side in one.sides for place in linked.get(side.claim, ())}

    chosen = [
        one for one in every
        if ask.id in ("", one.id) and (places is None or at_places(one) & places)
        and (not words or holds(" ".join([one.topic, *(side.says for side in one.sides)]), words))
    ]  # fmt: skip
    told = Listed("contested questions", "questions that answer, of all about the agreement", at.page("document"))
    return answered(at, told, every, chosen, lambda one: _dispute(one, sorted(at_places(one))), ask.portion)


def _dispute(one: ConflictRow, places: list[str]) -> Item:
    gap = f"{one.gap:.1f} per cent from the highest to the lowest" if one.gap else ""
    return Item(
        "contested", one.id, one.topic, state="contested", places=places,
        facts=facts_of({"gap": gap, "note": one.note}),
        sides=[_side(side) for side in one.sides], sources=[source_ref(side.source) for side in one.sides],
    )  # fmt: skip


def _side(side: Side) -> Voice:
    value = plain(side.value) if side.value is not None else None
    return Voice(side.says, value, side.unit or None, side.claim or side.figure or None, source_ref(side.source))
