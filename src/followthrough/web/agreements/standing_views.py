"""The pages of instruments and of parties."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from followthrough.web.accounts.policy import visible_documents
from followthrough.web.agreements import rows, standing
from followthrough.web.agreements.rows import tail
from followthrough.web.agreements.standing import InstrumentRow, PartyRow
from followthrough.web.agreements.views import facts_of
from followthrough.web.evidence import briefs
from followthrough.web.evidence.briefs import Named
from followthrough.web.evidence.models import Claim
from followthrough.web.evidence.views import claim_table
from followthrough.web.site.lists import UNKNOWN, Column, Filter, Table, dated, link, listed, or_unknown, outward
from followthrough.web.site.wording import plain, plural

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
        Column("in_force", "In force for", lambda one: f"{one.at('in_force')} of {len(one.tiles)}" if one.tiles else "",
               lambda one: f"{one.at('in_force')}/{len(one.tiles)}" if one.tiles else UNKNOWN),
        Column("known", "Parties known", lambda one: f"{one.known} of {len(one.tiles)}" if one.tiles else "",
               lambda one: f"{one.known}/{len(one.tiles)}" if one.tiles else UNKNOWN),
        Column("source", "Source", lambda one: one.source,
               lambda one: outward(one.source, one.publisher) if one.source else UNKNOWN),
    ),
    (Filter("kind", "Kind", attrgetter("kind"), plain),),
    lambda one: f"{one.id} {one.name} {one.custodian}",
    "agreements/instruments.html",
)  # fmt: skip


@require_safe
def instruments(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the instruments that an agreement names or works by, with the standing of each party."""
    facts = facts_of(request, doc)
    states = rows.states_of(rows.signatories([doc])[doc])
    found = standing.instruments_of(doc, states)
    held = [one for one in found if one.known]
    known, slots = sum(one.known for one in held), sum(len(one.tiles) for one in held)
    finding = format_html(
        "<strong>{}</strong>. For {} of them the standing of parties is on record: {} of {} entries are known.",
        plural(len(found), "instrument"), len(held), known, slots,
    )  # fmt: skip
    context = {"doc": facts, "here": "instruments", "finding": finding, "held": held}
    return listed(request, INSTRUMENTS, found, context, ext)


NEWEST = 2_000
"""Claims of one party that its page lists before anybody filters them."""
PARTIES: Table[PartyRow] = Table(
    "parties",
    "Parties",
    "party",
    (
        Column("id", "Code", lambda one: one.id),
        Column("name", "Party", lambda one: one.name, lambda one: link(f"/parties/{one.id}", one.name)),
        Column("kind", "Kind", lambda one: one.kind),
        Column("claims", "Claims", lambda one: one.claims, numeric=True),
        Column("activities", "Activities", lambda one: one.activities, numeric=True),
        Column("events", "Steps with instruments", lambda one: one.events, numeric=True),
    ),
    (Filter("kind", "Kind", attrgetter("kind")),),
    lambda one: f"{one.id} {one.name}",
)


@require_safe
def parties(request: HttpRequest, ext: str = "") -> HttpResponse:
    """List the parties, with how much of the register speaks of each."""
    found = standing.party_rows()
    silent = sum(not (one.claims or one.activities) for one in found)
    finding = format_html(
        "<strong>{}</strong>. {} of them are named by no claim and no activity.",
        plural(len(found), "party"), silent or "None",
    )  # fmt: skip
    return listed(request, PARTIES, found, {"finding": finding}, ext)


@require_safe
def party(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one party: what it signed, where it stands with instruments, and the claims that name it."""
    facts = standing.party_facts(key)
    if facts is None:
        raise Http404(f"The register holds no party “{key}”.")
    table = claim_table(facts["name"], template="agreements/party.html")
    everything = ext or any(request.GET.get(name) for name in ("q", *(one.name for one in table.filters)))
    naming = Claim.objects.filter(parties__party=key)
    claims = briefs.claims_in(naming, words="q" in request.GET, newest=None if everything else NEWEST)
    said, against = _counted(key, claims)
    finding = format_html(
        "<strong>{} name it</strong>, {} of them unfavourable; {} with instruments on record.",
        said, against, plural(facts["count"], "treaty action"),
    )  # fmt: skip
    context = {
        "party": facts,
        "finding": finding,
        "signed": standing.documents_signed(key, visible_documents(request.user)),
    }
    return listed(request, table, claims, context, ext)


def _counted(key: str, claims: Sequence[Named]) -> tuple[str, int]:
    """Say how many claims name a party, and count the unfavourable ones; both of all claims, also of those not listed.

    Of a long list it is said that the newest are listed, and how to reach the others.
    """
    if len(claims) < NEWEST:
        return plural(len(claims), "evidence item"), sum(claim.stance == "unfavourable" for claim in claims)
    count, against = standing.claims_naming(key)
    return f"{count:,} claims (the newest {NEWEST:,} are listed; filters and files look at all)", against
