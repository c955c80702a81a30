"""The pages of instruments and of parties."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.rows import tail
from followthrough.web.evidence import summaries
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.summaries import Named
from followthrough.web.evidence.views import claim_table
from followthrough.web.kit.counted_sentences import joined, strung, tallied, tally
from followthrough.web.kit.lists import UNKNOWN, Column, Filter, Table, dated, link, listed, or_unknown, outward
from followthrough.web.kit.wording import plain, plural, with_article
from followthrough.web.pages import instrument_status as standing
from followthrough.web.pages.agreement_views import facts_of
from followthrough.web.pages.instrument_status import InstrumentRow, PartyRow

INSTRUMENTS: Table[InstrumentRow] = Table(
    "instruments",
    "Instruments",
    "instrument",
    (
        Column("id", "", lambda one: one.id),
        Column("name", "Instrument", lambda one: one.name),
        Column("kind", "Kind", lambda one: plain(one.kind)),
        Column("established", "Established", lambda one: one.established, lambda one: dated(one.established)),
        Column("custodian", "Kept by", lambda one: one.custodian, lambda one: or_unknown(one.custodian)),
        Column(
            "provisions", "Paragraphs", lambda one: "; ".join(one.places),
            lambda one: format_html(
                "{}" * len(one.places),
                *[format_html('<a class="tag" href="/agreements/{}">{}</a> ', at, tail(at)) for at in one.places],
            ),
        ),
        Column("in_force", "In force for", lambda one: one.force, lambda one: or_unknown(one.force)),
        Column("known", "Status known of", lambda one: f"{one.known} of {one.applicable}" if one.tiles else "",
               lambda one: f"{one.known} of {one.applicable}" if one.tiles else UNKNOWN),
        Column("source", "Source", lambda one: one.source,
               lambda one: outward(one.source, one.publisher) if one.source else UNKNOWN),
    ),
    (Filter("kind", "Kind", attrgetter("kind"), plain),),
    lambda one: f"{one.id} {one.name} {one.custodian}",
    "pages/instruments.html",
)  # fmt: skip


@require_safe
def instruments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the instruments that an agreement names or works by, with the standing of each party."""
    facts = facts_of(request, doc)
    found = standing.instruments_of(doc, request.user)
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
        (sum(tile.step in standing.STEPS for tile in tiles), "known", "known"),
        (sum(tile.step == standing.CONTESTED for tile in tiles), "s-contested", "contested"),
        (sum(not tile.step for tile in tiles), "open", "not known"),
        (sum(tile.step == standing.NONE for tile in tiles), "s-not_applicable", "not applicable"),
    ]
    parts = [format_html("{} {}", tally(count, mark), word) for count, mark, word in counts if count]
    total = tallied(len(found), "instrument", twin=f"/agreements/{doc}/instruments.json")
    rest = format_html("Of {} the status of parties is on record for {}", total, tally(len(held), "held"))
    entries = format_html("; of {} entries {}", tally(len(tiles), "tile"), joined(parts)) if tiles else SafeString()
    first = format_html("<strong>{}</strong> ", strung(said, " ")) if said else SafeString()
    return format_html("{}{}{}.", first, rest, entries)


def _said(one: InstrumentRow) -> SafeString:
    count = tally(one.at("in_force"), f"i-{one.id}.s-in_force")
    of = tally(one.applicable, f"i-{one.id}.applies")
    more = [
        format_html(", {} {}", tally(n, ",".join(f"i-{one.id}.{mark}" for mark in marks)), word)
        for n, marks, word in (
            (one.at(standing.CONTESTED), ("s-contested",), "contested"),
            (one.open, ("open", "s-signed", "s-ratified", "s-acceded"), "not known"),
        )
        if n
    ]
    return format_html("{}: in force for {} of {}{}.", one.name, count, of, strung(more, ""))


NEWEST = 2_000
"""Claims of one party that its page lists before anybody filters them."""
TWIN = "/parties.json"
PARTIES: Table[PartyRow] = Table(
    "parties",
    "Parties",
    "party",
    (
        Column("id", "Code", lambda one: one.id),
        Column("name", "Party", lambda one: one.name, lambda one: link(f"/parties/{one.id}", one.name)),
        Column("kind", "Kind", lambda one: one.kind),
        Column("claims", "Evidence items", lambda one: one.claims, numeric=True),
        Column("activities", "Activities", lambda one: one.activities, numeric=True),
        Column("events", "Treaty actions", lambda one: one.events, numeric=True),
    ),
    (Filter("kind", "Kind", attrgetter("kind")),),
    lambda one: f"{one.id} {one.name}",
)


@require_safe
def parties(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the parties, with how much of the register speaks of each."""
    found = standing.party_rows(request.user)
    named = [one for one in found if one.claims]
    most = max(named, key=lambda one: (one.claims, one.id), default=None)
    finding = format_html(
        "<strong>Evidence names {} of {}{}.</strong>",
        tally(len(named), twin=TWIN, path="parties/*/claims", equals="!0"),
        tallied(len(found), "party", twin=TWIN),
        format_html(", most often {}: {}", with_article(most.name), plural(most.claims, "time")) if most else "",
    )  # fmt: skip
    return listed(request, PARTIES, found, {"finding": finding}, ext)


@require_safe
def party(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one party: what it signed, where it stands with instruments, and the claims that name it."""
    facts = standing.party_facts(key, request.user)
    if facts is None:
        raise Http404(f"The register holds no party “{key}”.")
    table = claim_table(facts["name"], request.user, template="pages/party.html")
    everything = ext or any(request.GET.get(name) for name in ("q", *(one.name for one in table.filters)))
    naming = visible_claims(request.user).filter(parties__party=key)
    claims = summaries.claims_in(naming, words="q" in request.GET, newest=None if everything else NEWEST)
    said, against = _counted(key, claims, request.user)
    finding = format_html(
        "<strong>{} of {} adverse</strong>{}; {} on record.",
        tally(against, twin=f"/parties/{key}.json", path="claims/*/stance", equals="unfavourable"),
        format_html("{} that name it {}", said, "is" if against == 1 else "are"),
        f" (the newest {NEWEST:,} are listed; filters and files look at all)" if len(claims) >= NEWEST else "",
        plural(facts["count"], "treaty action"),
    )  # fmt: skip
    context = {
        "party": facts,
        "finding": finding,
        "signed": standing.documents_signed(key, request.user),
    }
    return listed(request, table, claims, context, ext)


def _counted(key: str, claims: Sequence[Named], by: Actor) -> tuple[SafeString, int]:
    """Say how many claims name a party, and count the adverse ones; both of all claims, also of those not listed."""
    count, against = len(claims), sum(claim.stance == "unfavourable" for claim in claims)
    if len(claims) >= NEWEST:
        count, against = standing.claims_naming(key, by)
    return tallied(count, "evidence item", twin=f"/parties/{key}.json"), against
