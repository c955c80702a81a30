"""Evidence items, called claims, and what links records to agreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from followthrough.model.vocabulary import LinkSubject
from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import SYSTEM, Actor
from followthrough.web.agreements.policy import visible_sources
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.api.collection import (
    NEWLY,
    SECTION,
    Collection,
    Filter,
    Row,
    Said,
    begins,
    equal,
    linked,
    yes_or_no,
)
from followthrough.web.api.collections.activities import SOURCED
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import CLAIM, ClaimRow
from followthrough.web.evidence.views import claim_table
from followthrough.web.links.policy import visible_links
from followthrough.web.links.rows import add_links
from followthrough.web.links.scope import Scope


class Claim(Row):
    """An evidence item: what a source says, in our words; places in ``commitments`` are separated by ``; ``."""

    id: str
    date: str
    statement: str
    kind: str
    value: str
    stance: str
    commitments: str
    grade: int
    source: str
    source_id: str
    checked: str
    check_note: str
    recorded: str
    quote: str
    reproducible: bool


class Link(Row):
    """What links a record to a paragraph or commitment; a proposal until somebody confirmed it."""

    id: str
    subject: str
    subject_id: str
    place: str
    role: str
    rationale: str
    share: str | None
    origin: str
    confirmed: str | None


_TABLE = claim_table("", AnonymousUser())


def _claims(cells: Sequence[Any], by: Actor) -> list[Said]:
    width = len(CLAIM)
    rows = {row[0]: ClaimRow(*[*row[:width], SourceRow(*row[width:])]) for row in cells}
    add_links("claim", rows, by)
    return [
        {**_TABLE.as_json(one), "quote": one.quote, "reproducible": one.reproducible} for one in rows.values()
    ]  # fmt: skip


_LINK = ("id", "commitment_id", "provision_id", "role", "rationale", "share", "origin", "confirmed")
_THINGS = tuple(f"{kind}_id" for kind in LinkSubject)


def _links(cells: Sequence[Any], _by: Actor) -> list[Said]:
    found = []
    for key, commitment, provision, role, rationale, share, origin, confirmed, *things in cells:
        kind, thing = next((kind, one) for kind, one in zip(LinkSubject, things, strict=True) if one)
        found.append({
            "id": key, "subject": str(kind), "subject_id": thing, "place": commitment or provision, "role": role,
            "rationale": rationale, "share": None if share is None else plain(share), "origin": origin,
            "confirmed": confirmed or None,
        })  # fmt: skip
    return found


def _in_scope(scope: Scope) -> Q:
    # one list of ids: with two conditions, of which either will do, PostgreSQL goes through all links
    by_commitment, by_provision = (links.values("pk") for links in scope.links(Q()))
    return Q(pk__in=by_commitment.union(by_provision, all=True))


def _of_kind(value: str, _by: Actor) -> Q:
    return Q(**{f"{value}__isnull": False}) if value in tuple(LinkSubject) else Q(pk__in=[])


def _of_thing(value: str, _by: Actor) -> Q:
    condition = Q()
    for kind in LinkSubject:
        condition |= Q(**{f"{kind}": value})
    return condition


COLLECTIONS: tuple[Collection[Any], ...] = (
    Collection(
        "claims", "evidence item", "Evidence: what sources say was done, each with its source.", Claim,
        visible_claims, (*CLAIM, *SOURCED), _claims,
        (
            *linked("claim"), equal("kind", "policy, funding, output, outcome, statistic ..."),
            equal("stance", "favourable, neutral or unfavourable."),
            begins("date", "Of when it speaks: 2021, 2021-05.", "date"),
            NEWLY,
            equal("publisher", "The kind of the publisher.", "source__publisher_kind"),
            equal("source", "The id of the source."),
            equal("party", "The id of a party that it speaks of.", "parties__party"),
            yes_or_no("checked", "Whether a second reader compared it with its source: yes or no.", Q(checked=True)),
        ),
        Q(withdrawn=""), ("statement", "source__publisher", "unit"), {"date": "date", "recorded": "recorded"},
        beside={"source": visible_sources(SYSTEM)},
    ),
    Collection(
        "links", "link", "What links records to the paragraphs and commitments that they are about.", Link,
        visible_links, (*_LINK, *_THINGS), _links,
        (
            Filter("document", "The id of the agreement.", lambda value, by: _in_scope(Scope(value, by=by))),
            Filter("section", SECTION, lambda value, by: _in_scope(Scope(section=value, by=by))),
            Filter("place", "The id of the paragraph or commitment.",
                   lambda value, _by: Q(commitment=value) | Q(provision=value)),
            Filter("subject", "The kind of record: claim, activity, indicator, instrument ...", _of_kind),
            Filter("subject_id", "The id of the record.", _of_thing),
            equal("role", "main, contributory or context."),
            yes_or_no("confirmed", "Whether somebody confirmed it: yes or no.", ~Q(confirmed="")),
        ),
        Q(commitment=None) | Q(commitment__withdrawn=""), ("rationale",),
    ),
)  # fmt: skip
