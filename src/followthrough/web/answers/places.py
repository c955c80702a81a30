"""The agreements on record, a provision or commitment with what came of it, and the life of commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from followthrough.assess.life import METHOD
from followthrough.errors import InputRefused
from followthrough.web.activities.summaries import activities_at
from followthrough.web.agreements import rows
from followthrough.web.agreements.edges import edges_of
from followthrough.web.agreements.policy import visible_provisions
from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.answers.asking import (
    SILENT,
    Listed,
    Where,
    answered,
    facts_of,
    inside,
    one_of,
    sentence,
    share,
    site,
    strung,
    today,
    where,
    with_shares,
)
from followthrough.web.answers.asks import MOST, AskAgreements, AskLife, AskPlace
from followthrough.web.answers.evidence import claim_item
from followthrough.web.answers.quoting import quotes_of
from followthrough.web.answers.shape import Answer, Item, Share, SourceRef
from followthrough.web.evidence.summaries import claims_at
from followthrough.web.followup.lives import STATES, Lived, lives_of
from followthrough.web.indicators.target_rows import targets_of
from followthrough.web.kit.addresses import address, place_address
from followthrough.web.kit.findable import holds, words_of
from followthrough.web.pages.provision_record import about_place

NEWEST = 10
"""Evidence items that the answer about a place holds, the newest; `evidence` lists all."""
NOTHING = lazy("The register is silent on what came of it: nothing is linked to it. That is not zero, and not no.")
ADVERSE, SINCE = "of these, items whose stance is unfavourable", "of these, items dated since the adoption (rule C6)"
AT_PLACE = "evidence items linked to the place, of all linked to the agreement and not withdrawn"


def agreements(ask: AskAgreements) -> Answer:
    """List the agreements and other documents on record: where to begin: other tools take their ids.

    Only a document with commitments is catalogued, and can be asked about.
    """
    every = rows.document_rows(AnonymousUser())
    words = words_of(ask.words)
    chosen = [one for one in every if not words or holds(f"{one.id} {one.title} {one.short_title} {one.place}", words)]
    some = chosen[ask.skip : ask.skip + ask.limit]
    after = ask.skip + len(some)
    said = _("%(n)s of %(of)s documents on record answer.") % {"n": len(chosen), "of": len(every)}
    formula = "documents that answer, of all that are public"
    catalogued = [one.id for one in every if one.commitments]
    rest = [one.id for one in every if not one.commitments]
    return Answer(
        today(), None, said if chosen else str(SILENT), silent=not chosen, looked_at=[f"documents: {len(every)}"],
        count=Share("documents", len(chosen), len(every), formula) if chosen else None,
        shares=[share("catalogued", len(catalogued), len(every), "documents with commitments", catalogued, rest)],
        items=[_document(one) for one in some], next_skip=after if after < len(chosen) else None,
        page=site(address("documents")),
    )  # fmt: skip


def _document(one: DocumentRow) -> Item:
    cells = {
        "short_title": one.short_title, "place": one.place, "period_start": one.period_start,
        "period_end": one.period_end, "implements": one.implements, "succeeds": one.succeeds,
        "commitments": one.commitments or "", "publisher": one.publisher, "source_url": one.url,
    }  # fmt: skip
    return Item(
        one.kind, one.id, one.title, one.adopted or None, facts=facts_of(cells), page=site(place_address(one.id))
    )


def place(ask: AskPlace) -> Answer:
    """Say what one provision or commitment undertakes, in the exact words, and what came of it.

    It holds the quotation with its span, what the text does not state, the implementation stage, how much evidence is
    on record and how much of it is adverse, the newest items, targets, and what is contested.
    """
    at = where(ask.agreement)
    provisions, commitments = at.places()
    row, home = _found(ask.place, provisions, commitments)
    shown = [row] if row else [one for one in commitments if one.provision == home.id]
    if home.kind == "section":
        return _section(at, home, provisions, commitments)
    details = rows.instrument_details([one.id for one in shown])
    record = about_place(at.facts, rows.signatories([at.id])[at.id], home, shown, details, at.by)
    hashes = dict(visible_provisions(at.by).filter(pk=home.id).values_list("id", "sha256"))
    own = _place_item(at, home, row, record, hashes[home.id])
    of_commitments = [] if row else [_commitment(one, record, home, hashes[home.id], details) for one in shown]
    return _told(at, record, [own, *of_commitments], site(place_address(own.id)))


def _found(
    ref: str, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]
) -> tuple[CommitmentRow | None, ProvisionRow]:
    inside(ref, provisions, commitments)  # refuses what is not there
    row = next((one for one in commitments if ref in (one.ref, one.id)), None)
    key = row.provision if row else next(one.id for one in provisions if ref in (one.ref, one.id, one.num))
    return row, next(one for one in provisions if one.id == key)


def _section(
    at: Where, home: ProvisionRow, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]
) -> Answer:
    held = [one for one in provisions if one.parent == home.id]
    mine = inside(home.ref, provisions, commitments) - {home.id}
    own = [one.id for one in commitments if one.id in mine]
    rest = [one.id for one in commitments if one.id not in mine]
    items = [Item(one.kind, one.id, f"{one.num} {one.title}".strip(), page=site(place_address(one.id))) for one in held]
    said = _("%(section)s holds %(n)s of %(of)s commitments. Ask `coverage` or a paragraph for what came of it.") % {
        "section": f"{home.num} {home.title}".strip(), "n": len(own), "of": len(commitments),
    }  # fmt: skip
    return Answer(
        at.as_of, at.id, said, silent=False,
        looked_at=[f"provisions: {len(provisions)}"],
        count=share("commitments", len(own), len(commitments), "commitments in the section", own, rest),
        items=items[:MOST], page=site(place_address(home.id)),
    )  # fmt: skip


def _told(at: Where, record: Mapping[str, Any], items: list[Item], page: str) -> Answer:
    """Return the answer about a place: its answer, its counts, its records."""
    claims = record["claims"]
    every = len(claims_at(at.scope))
    adverse = [one.id for one in claims if one.unfavourable]
    others = [one.id for one in claims if not one.unfavourable]
    newest = sorted(claims, key=lambda one: (one.date, one.id), reverse=True)[:NEWEST]
    recorded = claims or record["activities"] or record["targets"] or record["reports"]
    targets = [
        Item("target", one.row.id, one.row.statement, one.row.due or None, state=one.row.state)
        for one in record["targets"]
    ]
    disputes = [Item("contested", one.id, one.topic, state="contested") for one in record["conflicts"]]
    said = sentence(f"{record['answer']} {record['also']} {record['weight']}") if recorded else str(NOTHING)
    looked_at = [f"{name}: {of}, of which {len(record[key])} at this place" for name, key, of in (
        ("evidence items", "claims", every), ("activities", "activities", len(activities_at(at.scope))),
        ("targets", "targets", len(targets_of(at.scope, at.as_of))))]  # fmt: skip
    return Answer(
        at.as_of, at.id, said, silent=not recorded, looked_at=looked_at,
        count=Share("evidence items", len(claims), every, AT_PLACE),
        shares=[
            share("adverse", len(adverse), len(claims), ADVERSE, adverse, others),
            share("since the adoption", record["since"], len(claims), SINCE, [], []),
        ],
        items=[*items[:MOST], *targets[:NEWEST], *disputes[:NEWEST], *(claim_item(one) for one in newest)], page=page,
    )  # fmt: skip


def _place_item(
    at: Where, home: ProvisionRow, row: CommitmentRow | None, record: Mapping[str, Any], sha256: str
) -> Item:
    stage = record["stages"].get(row.id, record["rung"]) if row else record["rung"]
    if row:
        return _commitment(row, record, home, sha256, rows.instrument_details([row.id]))
    cells = {
        "title": home.title, "number": home.num, "political": "yes, never scored" if home.political else "no",
        "activities": strung([one.id for one in record["activities"]]),
        "evidence_by_party": strung([f"{one.party} {one.items}" for one in record["parties"]]),
        "reports_published": strung([f"{one.party}: {one.said}" for one in record["reports"]]),
        "source_title": at.facts.source_title,
    }  # fmt: skip
    return Item(
        home.kind, home.id, home.summary or home.title, at.facts.adopted or None, state=stage.label,
        facts=facts_of(cells), quotes=quotes_of(home, None, sha256), sources=_official(at),
        page=site(place_address(home.id)),
    )  # fmt: skip


def _official(at: Where) -> list[SourceRef]:
    """Return where the agreement itself was published."""
    facts = at.facts
    if not facts.source_url:
        return []
    publisher, title = facts.source_publisher or "", facts.source_title or ""
    return [SourceRef("", title, publisher, "", None, facts.source_url, site(place_address(facts.id)))]


def _commitment(
    row: CommitmentRow, record: Mapping[str, Any], home: ProvisionRow, sha256: str, details: Mapping[str, Any]
) -> Item:
    life = next((one for one in record["lives"] if one.id == row.id), None)
    cells = {
        "verb": row.verb, "kind": row.kind, "strength": f"{row.strength} of 5", "actors": row.actors,
        "deadline": row.deadline, "quantity": row.quantity, "not_stated_in_the_text": "; ".join(row.missing),
        "goals": "; ".join(row.goals), "instruments": "; ".join(one["id"] for one in details.get(row.id, ())),
        "life": life.state if life else "", "life_because": life.because if life else "",
        "later_and_earlier_commitments": "; ".join(_edges(row.id)),
    }  # fmt: skip
    return Item(
        "commitment", row.id, row.said, state=record["stages"][row.id].label, facts=facts_of(cells),
        quotes=quotes_of(home, row, sha256), page=site(place_address(row.id)),
    )  # fmt: skip


def _edges(key: str) -> list[str]:
    return [f"{one.later.id} {one.kind} {one.earlier.id}" for one in edges_of(AnonymousUser(), today(), key)]


def life(ask: AskLife) -> Answer:
    """Say where commitments are in their life: active, due for review, implemented, superseded or retired, and why.

    The state follows from published rules; "implemented" is what parties say of themselves.
    """
    at = where(ask.agreement, ask.as_of)
    provisions, commitments = at.places()
    one_of("state", ask.state, [one.value for one in STATES])
    mine = inside(ask.place, provisions, commitments) if ask.place else None
    lives = list(lives_of(at.facts, commitments, at.by, at.as_of).values()) if commitments else []
    among = [one for one in lives if mine is None or one.id in mine]
    if ask.place and not among:
        raise InputRefused("place", f"“{ask.place}” holds no commitment", "name one that does")
    chosen = [one for one in among if ask.state in ("", one.state)]
    formula = f"commitments in this state by {METHOD}, of all of the agreement"
    found = answered(at, Listed("commitments", formula, at.page("life")), lives, chosen, _lived, ask.portion)
    count = Counter(one.state for one in lives)
    ids = {state: [one.id for one in lives if one.state == state] for state in count}
    rest = {state: [one.id for one in lives if one.state != state] for state in count}
    return with_shares(found, [share(s, count[s], len(lives), METHOD, ids[s], rest[s]) for s in sorted(count)])


def _lived(one: Lived) -> Item:
    cells = {
        "because": one.because, "rule": f"{one.life.rule} of {METHOD}", "newest_evidence": one.facts.newest,
        "decided_by": one.decided_by,
    }  # fmt: skip
    document, _, ref = one.id.partition("/")
    page = site(address("life-of", document, ref))
    return Item("commitment", one.id, one.said, one.day, state=one.state, facts=facts_of(cells), page=page)
