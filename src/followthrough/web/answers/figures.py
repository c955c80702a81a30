"""Targets, each judged by the figure of its due year alone, and indicators, which show the world around."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from followthrough.assess.targets import STATES
from followthrough.packs.cells import plain
from followthrough.web.agreements.rows import signatories, states_of
from followthrough.web.answers.asking import (
    Listed,
    Where,
    answered,
    facts_of,
    inside,
    one_of,
    share,
    silent,
    site,
    source_ref,
    where,
    with_shares,
)
from followthrough.web.answers.asks import AskIndicators, AskTargets
from followthrough.web.answers.evidence import parties_of
from followthrough.web.answers.shape import Answer, Item, SourceRef
from followthrough.web.indicators.indicator_rows import TOGETHER, IndicatorRow, figures_for
from followthrough.web.indicators.indicator_rows import indicators as rows_of
from followthrough.web.indicators.target_rows import TargetRow, targets_of
from followthrough.web.indicators.target_sentences import figures as figures_say
from followthrough.web.indicators.vintages import Areas, VintageRow
from followthrough.web.kit.addresses import address

JUDGED = "targets that answer, of all of the agreement (rule T1: the figure of the due year decides, and no other)"


def targets(ask: AskTargets) -> Answer:
    """Find targets: the number to reach, by when, who announced it, and whether figures say it was met or missed.

    Only a figure of the due year decides. Nothing is interpolated, and a target without that figure is neither met nor
    missed.
    """
    at = where(ask.agreement, ask.as_of)
    listed = targets_of(at.scope, at.as_of, superseded=True)
    every = [one for one in listed if not one.withdrawn]
    one_of("state", ask.state, {*STATES, "superseded"})
    one_of("id", ask.id, {one.id for one in listed})
    places = inside(ask.place, *at.places()) if ask.place else None
    among = listed if ask.id or ask.state == "superseded" else every
    chosen = [
        one for one in among
        if ask.id in ("", one.id) and ask.state in ("", one.state) and one.due.startswith(ask.due)
        and (places is None or places & set(one.places))
    ]  # fmt: skip
    told = Listed("targets", JUDGED, at.page("targets"))
    found = answered(at, told, among, chosen, _target, ask.portion)
    count = Counter(one.state for one in every)
    ids = {state: [one.id for one in every if one.state == state] for state in STATES}
    rest = {state: [one.id for one in every if one.state != state] for state in STATES}
    return with_shares(found, [share(s, count[s], len(every), JUDGED, ids[s], rest[s]) for s in STATES if count[s]])


def _target(one: TargetRow) -> Item:
    cells = {
        "due": one.due, "announced": one.announced, "what_the_figures_say": figures_say(one), "series": one.series,
        "repeats_or_raises": one.repeats, "replaced_by": one.replaced_by, "superseded_because": one.withdrawn,
        "checked_by_a_second_reader": "yes" if one.checked else "no",
        "figures_of_the_due_year": "; ".join(f"{seen.period}: {seen.value}" for seen in one.judgement.due_year),
        "newest_figures": "; ".join(f"{seen.period}: {seen.value}" for seen in one.judgement.latest),
    }  # fmt: skip
    return Item(
        "target", one.id, one.statement, one.due or None, plain(one.value) if one.value is not None else None,
        one.unit or None, one.state, one.places, facts=facts_of(cells), sources=[source_ref(one.source)],
    )  # fmt: skip


def indicators(ask: AskIndicators) -> Answer:
    """Find indicators around an agreement, or the figures of one: by party and year, as its provider published them.

    They show trends around the undertakings and never whether they are kept. A value such as "<2.5" is censored: quote
    it as it is. A year without a figure is unknown.
    """
    at = where(ask.agreement)
    every = rows_of(at.scope)
    one_of("indicator", ask.indicator, {one.id for one in every})
    one_of("party", ask.party, parties_of(at) | {TOGETHER})
    if ask.indicator:
        return _figures(ask, at, next(one for one in every if one.id == ask.indicator))
    places = inside(ask.place, *at.places()) if ask.place else None
    chosen = [one for one in every if places is None or any(place in places for place, _why in one.places)]
    held, vintages = figures_for(chosen)
    with_figures = [one.id for one in chosen if held[one.id]]
    without = [one.id for one in chosen if not held[one.id]]
    told = Listed("indicators", "indicators that answer, of all around the agreement", at.page("indicators"))
    found = answered(at, told, every, chosen, lambda one: _indicator(one, vintages.get(one.id)), ask.portion)
    formula = "of these, indicators with a figure on record"
    shares = [share("with figures", len(with_figures), len(chosen), formula, with_figures, without)]
    return with_shares(found, shares) if chosen else found


def _indicator(one: IndicatorRow, vintage: VintageRow | None) -> Item:
    cells = {
        "definition": one.definition, "direction": one.direction, "scored": "yes" if one.scored else "no, context",
        "target_says": one.target_says, "target_year": one.target_year, "note": one.note,
        "derived_from": one.derived_from,
        "why_here": "; ".join(f"{place}: {why}" for place, why in one.places), **_provided(vintage),
    }  # fmt: skip
    return Item(
        "indicator", one.id, one.title, unit=one.unit or None, places=sorted(place for place, _why in one.places),
        facts=facts_of(cells), sources=_provider(vintage), page=site(address("indicator", one.id)),
    )  # fmt: skip


def _provided(vintage: VintageRow | None) -> dict[str, str]:
    if vintage is None:
        return {}
    return {
        "vintage": vintage.id, "fetched": str(vintage.fetched), "code": vintage.code, "provider_notes": vintage.notes,
    }  # fmt: skip


def _provider(vintage: VintageRow | None) -> list[SourceRef]:
    """Return who published the figures, as a source: the address is that of the table they were fetched from."""
    if vintage is None:
        return []
    title, fetched = f"{vintage.code}, fetched {str(vintage.fetched)[:10]}", str(vintage.fetched)[:10]
    page = site(address("indicator", vintage.indicator))
    return [SourceRef(vintage.id, title, vintage.publisher, "provider", fetched, vintage.url, page)]


def _figures(ask: AskIndicators, at: Where, one: IndicatorRow) -> Answer:
    """Return the figures of one indicator."""
    held, vintages = figures_for([one])
    areas, vintage = held[one.id], vintages.get(one.id)
    every = [(area, year) for area, figures in sorted(areas.items()) for year in sorted(figures)]
    chosen = [
        (area, year) for area, year in every if ask.party in ("", area) and (not ask.year or str(year) == ask.year)
    ]
    page = site(address("indicator", one.id))
    if not chosen:
        return silent(at, [f"figures of {one.id}: {len(every)}"], page)
    told = Listed(f"figures of {one.id}", "figures that answer, of all of the vintage that is shown", page)
    found = answered(at, told, every, chosen, lambda pair: _figure(one, areas, pair, vintage), ask.portion)
    states = states_of(signatories([at.id])[at.id])
    covered = [state for state in states if areas.get(state)]
    lacking = [state for state in states if not areas.get(state)]
    formula = "parties with at least one figure, of the states of the agreement"
    return replace(found, shares=[share("parties with figures", len(covered), len(states), formula, covered, lacking)])


def _figure(one: IndicatorRow, areas: Areas, pair: tuple[str, int], vintage: VintageRow | None) -> Item:
    area, year = pair
    parties: Sequence[str] = [] if area == TOGETHER else [area]
    return Item(
        "figure", f"{one.id}/{area}/{year}", f"{one.title}, {area}, {year}", str(year), areas[area][year],
        one.unit or None, parties=list(parties), facts=facts_of(_provided(vintage)), sources=_provider(vintage),
        page=site(address("indicator", one.id)),
    )  # fmt: skip
