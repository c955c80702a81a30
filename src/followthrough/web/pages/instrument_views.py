"""The page of the instruments of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import joined, strung, tallied, tally
from followthrough.web.kit.list_columns import Column, natural
from followthrough.web.kit.lists import UNKNOWN, Filter, Table, dated, listed, or_unknown, outward
from followthrough.web.kit.wording import plain
from followthrough.web.pages import instrument_status
from followthrough.web.pages.instrument_status import InstrumentRow

INSTRUMENTS: Table[InstrumentRow] = Table(
    "instruments",
    lazy("Instruments"),
    "instrument",
    (
        Column("id", lazy("Id"), lambda one: one.id, extra=True),
        Column("name", lazy("Instrument"), lambda one: one.name),
        Column("kind", lazy("Kind"), lambda one: plain(one.kind)),
        Column("established", lazy("Established"), lambda one: one.established, lambda one: dated(one.established)),
        Column("custodian", lazy("Kept by"), lambda one: one.custodian, lambda one: or_unknown(one.custodian)),
        Column(
            "provisions", lazy("Paragraphs"), lambda one: "; ".join(one.places),
            lambda one: place_tags(one.places),
        ),
        Column("in_force", lazy("In force for"), lambda one: one.force, lambda one: or_unknown(one.force),
               order=lambda one: one.at("in_force") if one.force else None),
        Column("known", lazy("Status known of"), lambda one: f"{one.known} of {one.applicable}" if one.tiles else "",
               lambda one: f"{one.known} of {one.applicable}" if one.tiles else UNKNOWN,
               order=lambda one: one.known if one.tiles else None),
        Column("source", lazy("Source"), lambda one: one.source,
               lambda one: outward(one.source, one.publisher) if one.source else UNKNOWN,
               order=lambda one: natural(one.publisher)),
    ),
    (Filter("kind", lazy("Kind"), attrgetter("kind"), plain),),
    lambda one: f"{one.id} {one.name} {one.custodian}",
    "pages/instruments.html",
)  # fmt: skip


@require_safe
def instruments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the instruments that an agreement names or works by, with the standing of each party."""
    facts = document_or_404(request, doc)
    found = instrument_status.instruments_of(doc, request.user)
    held = [one for one in found if one.known]
    context = {
        "doc": facts,
        "here": "instruments",
        "finding": _in_force(doc, found, held),
        "held": held,
        "by_party": list(zip(*(one.tiles for one in held), strict=True)),
    }
    return listed(request, INSTRUMENTS, found, context, ext)


NAMED = 2
"""Instruments that the finding names, those in force for most parties."""


def _in_force(doc: str, found: Sequence[InstrumentRow], held: Sequence[InstrumentRow]) -> SafeString:
    """Say for whom the best known instruments are in force, then how much is known of all of them."""
    named = sorted((one for one in held if one.force), key=lambda one: (-one.at("in_force"), one.name))[:NAMED]
    said = [_said(one) for one in named]
    tiles = [tile for one in held for tile in one.tiles]
    counts = [
        (sum(tile.step in instrument_status.STEPS for tile in tiles), "known", "known"),
        (sum(tile.step == instrument_status.CONTESTED for tile in tiles), "s-contested", "contested"),
        (sum(not tile.step for tile in tiles), "open", "not known"),
        (sum(tile.step == instrument_status.NONE for tile in tiles), "s-not_applicable", "not applicable"),
    ]
    parts = [format_html("{} {}", tally(count, mark), word) for count, mark, word in counts if count]
    total = tallied(len(found), "instrument", twin=address("instruments", doc) + ".json")
    rest = format_html(_("Of {} the status of parties is on record for {}"), total, tally(len(held), "held"))
    entries = format_html(_("; of {} entries {}"), tally(len(tiles), "tile"), joined(parts)) if tiles else SafeString()
    first = format_html("<strong>{}</strong> ", strung(said, " ")) if said else SafeString()
    return format_html("{}{}{}.", first, rest, entries)


def _said(one: InstrumentRow) -> SafeString:
    count = tally(one.at("in_force"), f"i-{one.id}.s-in_force")
    of = tally(one.applicable, f"i-{one.id}.applies")
    more = [
        format_html(", {} {}", tally(n, ",".join(f"i-{one.id}.{mark}" for mark in marks)), word)
        for n, marks, word in (
            (one.at(instrument_status.CONTESTED), ("s-contested",), "contested"),
            (one.open, ("open", "s-signed", "s-ratified", "s-acceded"), "not known"),
        )
        if n
    ]
    return format_html(_("{}: in force for {} of {}{}."), one.name, count, of, strung(more, ""))
