"""Documents, provisions, commitments, lineage, parties, instruments, treaty actions and sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from followthrough.assess.life import LifeState
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.agreements.document_facts import document_facts
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import (
    visible_citations,
    visible_commitments,
    visible_documents,
    visible_edges,
    visible_instruments,
    visible_party_events,
    visible_provisions,
    visible_sources,
)
from followthrough.web.agreements.rows import (
    CommitmentRow,
    ProvisionRow,
    commitment_rows,
    document_rows,
    provision_rows,
    tail,
)
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.agreements.subtree import under
from followthrough.web.api.collection import SECTION, Collection, Row, Said, Told, begins, equal, plain_rows
from followthrough.web.api.collection import Filter as Where
from followthrough.web.followup.lives import lives_of
from followthrough.web.pages.agreement_json import commitment_json, provision_json
from followthrough.web.pages.document_list_views import listed_json

_OF = "The id of the agreement."


class Document(Row):
    """An agreement: what is not known of it is null."""

    id: str
    title: str
    short_title: str
    kind: str
    adopted: str | None
    place: str | None
    period_start: str | None
    period_end: str | None
    implements: str | None
    succeeds: str | None
    commitments: int
    publisher: str | None
    source: str | None
    evidence: int


class Provision(Row):
    """A numbered place in an agreement; its words are null until a verified copy of the text is attached."""

    id: str
    document: str
    parent: str | None
    eid: str
    kind: str
    num: str | None
    title: str
    summary: str
    political: bool
    words: str | None


class Named(Row):
    """A record by its id, with its name."""

    id: str
    name: str


class Commitment(Row):
    """One undertaking: where its words stand in the text, in code points, and our summary of it."""

    id: str
    document: str
    provision: str
    num: str
    spans: list[list[int]]
    verb: str
    kind: str
    strength: int
    summary: str
    actors: str
    instruments: list[Named]
    goals: list[str]
    deadline: str | None
    quantity: str | None
    missing: list[str]


class Edge(Row):
    """What a later commitment does to an earlier one."""

    id: str
    later: str
    earlier: str
    kind: str
    rationale: str
    origin: str
    confirmed: str | None


class PartyOut(Row):
    """A state or an organisation."""

    id: str
    name: str
    short_name: str
    kind: str


class Instrument(Row):
    """A treaty, fund, plan, network or institution that agreements name."""

    id: str
    name: str
    kind: str
    established: str | None
    custodian: str | None
    open_to: str | None
    source: str | None


class TreatyAction(Row):
    """What a party did with an instrument, and when."""

    id: str
    instrument: str
    party: str
    event: str
    date: str
    source: str


class Source(Row):
    """A published page or file; its grade, from 0 to 4, is suggested by the kind of its publisher."""

    id: str
    title: str
    publisher: str
    publisher_kind: str
    url: str
    published: str | None
    language: str
    grade: int


def _documents(cells: Sequence[Any], by: Actor) -> list[Said]:
    rows = {row.id: listed_json(row) for row in document_rows(by, evidence=True, among=[row[0] for row in cells])}
    named = {key for row in cells for key in row[1:] if key}
    seen = set(visible_documents(by).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    return [
        {**rows[key], "implements": implements if implements in seen else None,
         "succeeds": succeeds if succeeds in seen else None}
        for key, implements, succeeds in cells
    ]  # fmt: skip


def _provisions(cells: Sequence[Any], _by: Actor) -> list[Said]:
    found = []
    for key, document, parent, *rest in cells:
        row = provision_json(ProvisionRow(key, tail(key), parent or "", *rest))
        found.append({"id": key, "document": document, **row})
    return found


COMMITMENT = ("verb", "kind", "strength", "summary", "actors", "deadline", "quantity", "missing", "spans", "goals")


def _commitments(cells: Sequence[Any], by: Actor) -> list[Said]:
    rows = {}
    for key, document, provision, num, title, *about in cells:
        where = (provision, tail(provision), num, title, "")
        rows[key] = (document, CommitmentRow(key, tail(key), *where, *about))
    named = visible_citations(by).filter(commitment__in=list(rows)).order_by("instrument__name")
    for key, instrument, name in named.values_list("commitment_id", "instrument_id", "instrument__name"):
        rows[key][1].instruments.append((instrument, name))
    return [{"id": key, "document": document, **commitment_json(row)} for key, (document, row) in rows.items()]


def _lives(document: str, by: Actor) -> dict[str, str]:
    """Return where the commitments of one agreement are in their life today, by id."""
    facts = document_facts(document, hidden("document", by))
    if facts is None:
        return {}
    held = commitment_rows([document], provision_rows([document]), full=False)
    return {key: one.state for key, one in lives_of(facts, held, by, timezone.localdate().isoformat()).items()}


def _sources(cells: Sequence[Any], _by: Actor) -> list[Said]:
    rows = [SourceRow(*row) for row in cells]
    return [
        {**{name: getattr(row, name) for name in SOURCE}, "published": row.published or None, "grade": row.grade}
        for row in rows
    ]


COLLECTIONS: tuple[Collection[Any], ...] = (
    Collection(
        "documents", "document", "Agreements: declarations, statements and plans of action.", Document,
        visible_documents, ("id", "implements_id", "succeeds_id"), _documents,
        (
            equal("kind", "The kind of document."),
            equal("party", "The id of a party that signed it.", "signatories__party"),
            begins("adopted", "When it was adopted: 2019, 2019-11 or 2019-11-26.", "adopted"),
        ),
        words=("id", "title", "short_title", "place"), sorts={"adopted": "adopted", "title": "title"},
    ),
    Collection(
        "provisions", "provision", "The numbered places of agreements: sections, paragraphs, items.", Provision,
        visible_provisions, ("id", "document_id", "parent_id", "kind", "num", "title", "eid", "summary", "political",
                             "words"),
        _provisions,
        (equal("document", _OF), equal("kind", "section, paragraph, item ..."),
         equal("parent", "The id of the place that it stands in."),
         Where("section", SECTION, lambda value, _by: Q(pk__in=under(value)))),
        words=("title", "summary", "words"),
    ),
    Collection(
        "commitments", "commitment", "What was undertaken: each commitment that stands.", Commitment,
        visible_commitments,
        ("id", "provision__document_id", "provision_id", "provision__num", "provision__title", *COMMITMENT),
        _commitments,
        (
            equal("document", _OF, "provision__document"), equal("provision", "The id of the paragraph."),
            Where("section", SECTION, lambda value, _by: Q(provision__in=under(value))),
            equal("kind", "action, support, principle, reaffirmation or call."),
            Where("strength", "From 1, the weakest, to 5.",
                  lambda value, _by: Q(strength=int(value)) if value in "12345" else Q(pk__in=[])),
            equal("instrument", "The id of an instrument that it names.", "citations__instrument"),
        ),
        Q(withdrawn=""), ("summary", "verb", "actors", "provision__title"), {"strength": "strength"},
        told=(
            Told("life", "Where it is in its life today; together with ``document``.",
                 tuple(one.value for one in LifeState), _lives, "document"),
        ),
    ),
    Collection(
        "lineage", "edge", "What later commitments do to earlier ones: implement, continue, supersede.", Edge,
        visible_edges, ("id", "later_id", "earlier_id", "kind", "rationale", "origin", "confirmed"),
        plain_rows(tuple(Edge.model_fields), frozenset({"confirmed"})),
        (
            equal("kind", "What the later one does."), equal("later", "The id of the later commitment."),
            equal("earlier", "The id of the earlier commitment."),
        ),
    ),
    Collection(
        "parties", "party", "States and organisations.", PartyOut,
        lambda _by: Party.objects.all(), ("id", "name", "short_name", "kind"),
        plain_rows(tuple(PartyOut.model_fields)),
        (equal("kind", "state or organisation."),), words=("id", "name", "short_name"), sorts={"name": "name"},
    ),
    Collection(
        "instruments", "instrument", "Treaties, funds, plans and institutions that agreements name.", Instrument,
        visible_instruments, ("id", "name", "kind", "established", "custodian", "open_to_id", "source__url"),
        plain_rows(tuple(Instrument.model_fields), frozenset({"established", "custodian", "open_to", "source"})),
        (equal("kind", "The kind of instrument."),),
        words=("id", "name", "custodian"), sorts={"name": "name", "established": "established"},
    ),
    Collection(
        "treaty-actions", "treaty action", "What parties did with instruments: signed, ratified, in force.",
        TreatyAction,
        visible_party_events, ("id", "instrument_id", "party_id", "event", "date", "source__url"),
        plain_rows(tuple(TreatyAction.model_fields)),
        (equal("instrument", "The id of the instrument."), equal("party", "The id of the party."),
         equal("event", "signed, ratified, acceded, in_force, denounced.")),
        sorts={"date": "date"},
    ),
    Collection(
        "sources", "source", "The published pages and files that facts rest on.", Source,
        visible_sources, SOURCE, _sources,
        (
            equal("publisher_kind", "The kind of the publisher."), equal("language", "A BCP 47 tag."),
            begins("published", "When it was published: 2021, 2021-05.", "published"),
        ),
        words=("title", "publisher", "url"), sorts={"published": "published"},
    ),
)  # fmt: skip
