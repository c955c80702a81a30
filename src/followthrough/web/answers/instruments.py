"""Instruments with the status of each party, and what parties reported of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_instruments, visible_party_events
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.answers.asking import (
    Listed,
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
from followthrough.web.answers.asks import AskInstruments, AskReports
from followthrough.web.answers.evidence import parties_of
from followthrough.web.answers.shape import Answer, Item, Share
from followthrough.web.followup.answers import Answers, text_of
from followthrough.web.followup.policy import visible_submissions
from followthrough.web.followup.published_reports import PublishedReport, published_at
from followthrough.web.kit.addresses import address
from followthrough.web.pages.instrument_status import InstrumentRow, Tile, instruments_of

STATUS = {"": "not known", "not_applicable": "not applicable"}
"""What a status is called that is none."""


def instruments(ask: AskInstruments) -> Answer:
    """Find the instruments that an agreement names or works by, with the treaty status of each party.

    The status is the furthest step on record: signed, acceded, ratified, in_force, denounced; contested where sources
    disagree; not applicable where it is open to an organisation that the party never was a member of; else not known,
    which does not mean that the party stands outside.
    """
    at = where(ask.agreement, ask.as_of)
    every = instruments_of(at.id, at.by, ask.as_of and at.as_of)
    one_of("instrument", ask.instrument, {one.id for one in every})
    one_of("kind", ask.kind, {one.kind for one in every})
    one_of("party", ask.party, parties_of(at))
    places = inside(ask.place, *at.places()) if ask.place else None
    chosen = [
        one for one in every
        if ask.instrument in ("", one.id) and ask.kind in ("", one.kind)
        and (places is None or places & set(one.places)) and (not ask.party or _status(one, ask.party))
    ]  # fmt: skip
    told = Listed("instruments", "instruments that answer, of all that the agreement names or works by",
                  at.page("instruments"))  # fmt: skip
    sources = _sources(chosen[ask.skip : ask.skip + ask.limit], ask.party, at.by)
    found = answered(at, told, every, chosen, lambda one: _instrument(one, ask.party, sources, told.page), ask.portion)
    return with_shares(found, _steps(chosen[0])) if ask.instrument and chosen else found


def _status(one: InstrumentRow, party: str) -> Tile | None:
    """Return the status of a party, where any step of it is on record, or that it is contested or does not apply."""
    return next((tile for tile in one.tiles if tile.party == party and tile.step), None)


def _steps(one: InstrumentRow) -> list[Share]:
    """Return for each status how many of the parties that the instrument is open to have it, with both lists."""
    states = dict.fromkeys(tile.step for tile in one.tiles)
    open_to = [tile for tile in one.tiles if tile.step != "not_applicable"]
    formula = "parties whose furthest step it is, of those that the instrument is open to"
    return [
        share(
            STATUS.get(step, step), sum(tile.step == step for tile in open_to), len(open_to), formula,
            [tile.party for tile in open_to if tile.step == step],
            [tile.party for tile in open_to if tile.step != step],
        )
        for step in states if step != "not_applicable"
    ]  # fmt: skip


def _instrument(one: InstrumentRow, party: str, sources: Mapping[str, list[SourceRow]], page: str) -> Item:
    tiles = {tile.party: tile for tile in one.tiles}
    cells: dict[str, Any] = {"kind": one.kind, "custodian": one.custodian, "in_force_for": one.force}
    cells |= {
        f"status_{tile.party}": " ".join(filter(None, (STATUS.get(tile.step, tile.step), tile.date)))
        for tile in one.tiles
        if party in ("", tile.party)
    }
    asked = tiles.get(party)
    return Item(
        one.kind, one.id, one.name, (asked.date or None) if asked else one.established or None,
        state=STATUS.get(asked.step, asked.step) if asked else None, places=one.places,
        parties=[tile.party for tile in one.tiles if tile.step == "in_force"], facts=facts_of(cells),
        sources=[source_ref(source) for source in sources.get(one.id, ())], page=page,
    )  # fmt: skip


def _sources(found: Sequence[InstrumentRow], party: str, by: Actor) -> dict[str, list[SourceRow]]:
    """Return where the instruments are published and, of each, where the steps of its parties are, or of ``party``."""
    keys = [one.id for one in found]
    held: dict[str, dict[str, SourceRow]] = {key: {} for key in keys}
    names = [f"source__{name}" for name in SOURCE]
    own: Any = visible_instruments(by).filter(pk__in=keys, source__isnull=False).values_list("id", *names)
    steps = visible_party_events(by).filter(instrument__in=keys, source__isnull=False)
    steps = steps.filter(party=party) if party else steps
    told: Any = steps.order_by("date", "id").values_list("instrument_id", *names)
    for key, *cells in [*own, *told]:
        row = SourceRow(*cells)
        held[key].setdefault(row.id, row)
    return {key: list(rows.values()) for key, rows in held.items()}


def reports(ask: AskReports) -> Answer:
    """Find what parties reported of themselves and the secretariat published: their own words, not the register's.

    A party without a published report has not said "no": it is not heard.
    """
    at = where(ask.agreement)
    one_of("party", ask.party, parties_of(at))
    provisions, commitments = at.places()
    places = inside(ask.place, provisions, commitments) if ask.place else {one.id for one in provisions}
    homes = {one.provision for one in commitments if one.id in places} | places
    heard = visible_submissions(at.by).filter(published__isnull=False, report__provision__document=at.id)
    told_of = set(heard.values_list("report__provision", flat=True))
    every = [(one.id, said) for one in provisions if one.id in told_of for said in published_at(one.id, at.by)]
    chosen = [(key, said) for key, said in every if key in homes and ask.party in ("", said.party)]
    told = Listed("published reports", "newest published report of each party on each place, of all of the agreement",
                  at.page("document"))  # fmt: skip
    some = [said.report for _, said in chosen[ask.skip : ask.skip + ask.limit]]
    newest = heard.filter(report__in=some).order_by("number")
    answers: dict[int, Answers] = dict(newest.values_list("report", "answers"))
    return answered(at, told, every, chosen, lambda pair: _report(*pair, answers[pair[1].report]), ask.portion)


def _report(place: str, one: PublishedReport, said: Answers) -> Item:
    cells = {
        "did": text_of(said, "done.text") or text_of(said, "answer.because"), "next": text_of(said, "next.text"),
        "cycle": one.cycle, "late": "yes" if one.late else "no",
        "example": "invented for the demonstration" if one.example else "",
    }  # fmt: skip
    return Item(
        "report", f"report-{one.report}", one.said, one.sent.date().isoformat(), places=[place], parties=[one.party],
        facts=facts_of(cells), page=site(address("published-report", one.report)),
    )  # fmt: skip
