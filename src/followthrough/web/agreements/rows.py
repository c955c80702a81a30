"""Plain rows of the register for its pages and files. No model instance leaves or enters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.accounts.shown import shown_names
from followthrough.web.agreements.document_facts import DocumentFacts, all_but
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    DocumentParty,
    InterpretiveNote,
    Provision,
)
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.compiled_queries import compiled
from followthrough.web.kit.wording import capital


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as lists and the lineage show it."""

    id: str
    title: str
    short_title: str
    kind: str
    adopted: str
    place: str
    period_start: str
    period_end: str
    implements: str
    succeeds: str
    public: bool
    publisher: str
    url: str
    commitments: int
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """A place in a document; ``ref`` is the last part of its id and of its address."""

    id: str
    ref: str
    parent: str
    kind: str
    num: str
    title: str
    eid: str = ""
    summary: str = ""
    political: bool = False
    words: str = ""

    @property
    def name(self) -> str:
        """``paragraph 4.3``, or the kind alone where the text prints no number."""
        return f"{self.kind} {self.num}".strip()

    @property
    def heading(self) -> str:
        """``4.3 Air services``; ``Paragraph 4.3`` where the text gives no heading and the title repeats its words."""
        repeated = self.words.startswith(self.title.removesuffix(" …"))
        return capital(self.name) if repeated and self.kind != "section" else f"{self.num} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One undertaking, with the section it stands in and the instruments it names."""

    id: str
    ref: str
    provision: str
    provision_ref: str
    num: str
    title: str
    section: str
    verb: str
    kind: str
    strength: int
    summary: str
    actors: str
    deadline: str
    quantity: str
    missing: list[str]
    spans: list[list[int]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    instruments: list[tuple[str, str]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Our summary or, where nobody has written one, the verb and that it is missing."""
        return self.summary or _("%(verb)s … (not summarised yet)") % {"verb": self.verb}

    @property
    def shade(self) -> int:
        """The step of the colour ramp for its strength; 3 and 4 share one."""
        return shade(self.strength)


def shade(strength: int) -> int:
    """Return the step of the colour ramp for a strength; 3 and 4 share one, 0 is none."""
    return (0, 1, 2, 3, 3, 4)[strength]


def tail(full_id: str) -> str:
    """Return the part of an id that follows its document: ``4.3a`` of ``some-agreement/4.3a``."""
    return full_id.partition("/")[2] or full_id


def document_rows(by: Actor, *, evidence: bool = False, among: list[str] | None = None) -> list[DocumentRow]:
    """Return every document that ``by`` may see, or those of ``among``, oldest first.

    With ``evidence`` each says how many claims its commitments are linked to.
    """
    rows = [] if among == [] else _documents(hidden("document", by), evidence, among)
    seen = {None: "", **{row[0]: row[0] for row in rows}}
    kept = [
        DocumentRow(*map(_known, (*row[:8], seen.get(row[8], ""), seen.get(row[9], ""), *row[10:]))) for row in rows
    ]
    return sorted(kept, key=lambda row: (row.adopted or row.period_start, row.id))


@compiled
def _documents(hidden_ids: RawSQL | None, evidence: bool, among: list[str] | None) -> QuerySet[Document, Any]:
    shown = all_but(hidden_ids)
    held = Commitment.objects.filter(provision__document=OuterRef("pk"), withdrawn="").order_by()
    counts = {"n": _counted(held, "pk")}
    if evidence:
        # few claims are withdrawn: PostgreSQL keeps those in mind and looks up no other; SQLite is faster with a join
        withdrawn = _claims().filter(withdrawn__gt="", pk=OuterRef("links__claim"))
        stands = ~Exists(withdrawn) if connection.vendor == "postgresql" else Q(links__claim__withdrawn="")
        standing = held.filter(stands, links__withdrawn="", links__claim__isnull=False)
        counts["claims"] = _counted(standing, "links__claim", distinct=True)
    wanted = (shown if among is None else shown.filter(pk__in=among)).annotate(**counts).order_by("adopted", "id")
    return wanted.values_list(
        "id", "title", "short_title", "kind", "adopted", "place", "period_start", "period_end",
        "implements_id", "succeeds_id", "public", "source__publisher", "source__url", *counts,
    )  # fmt: skip


def _claims() -> QuerySet[Any]:
    """Return all claims, whose model stands in an app above this one."""
    related: Any = Commitment._meta.get_field("links").related_model
    found: QuerySet[Any] = related._meta.get_field("claim").related_model.objects.all()
    return found


def _counted(held: QuerySet[Commitment], field: str, *, distinct: bool = False) -> Coalesce:
    """Count in a question of its own for each document: one join of all of them would multiply their rows."""
    counted = held.values("provision__document").annotate(counted=Count(field, distinct=distinct))
    return Coalesce(Subquery(counted.values("counted")), 0)


def _known(cell: Any) -> Any:
    return "" if cell is None else cell


def neighbours(visible: QuerySet[Document], facts: DocumentFacts) -> list[tuple[str, dict[str, Any]]]:
    """Return the documents one step away in the lineage, each with the words that say how."""
    named = [key for key in (facts.implements_id, facts.succeeds_id) if key]
    around = visible.filter(Q(pk__in=named) | Q(implements=facts.id) | Q(succeeds=facts.id))
    found: list[tuple[str, dict[str, Any]]] = []
    nearby: Any = around.values("id", "short_title", "adopted", "period_start", "implements_id", "succeeds_id")
    for row in nearby:
        row["date"] = row["adopted"] or row["period_start"]
        edges = {
            _("this document implements it"): row["id"] == facts.implements_id,
            _("this document succeeds it"): row["id"] == facts.succeeds_id,
            _("implements this document"): row["implements_id"] == facts.id,
            _("succeeds this document"): row["succeeds_id"] == facts.id,
        }
        found += [(words, row) for words, holds in edges.items() if holds]
    return sorted(found, key=lambda edge: (edge[1]["date"], edge[1]["id"]))


def signatories(documents: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the parties of each document, an organisation once for each member it ever had."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _signatories(documents):
        found[row[0]].append(dict(zip(SIGNATORY, row, strict=True)))
    return found


def states_of(signed: list[dict[str, Any]]) -> list[str]:
    """Return the states that stand behind signatories: themselves, or the members that an organisation ever had."""
    members = [row["party__members__party"] for row in signed if row["party__members__party"]]
    alone = [row["party__id"] for row in signed if not row["party__members__party"]]
    return sorted({*members, *alone})


TILE = ("id", "short_name", "tile_x", "tile_y")
"""What the tile of a state in a grid is made of."""


def tiles_of(signed: list[dict[str, Any]]) -> list[tuple[str, str, int | None, int | None]]:
    """Return ``TILE`` of the states behind signatories (``states_of``), by their ids."""
    found: set[Any] = set()
    for row in signed:
        member = row["party__members__party"]
        who = "party__members__party" if member else "party"
        found.add((member or row["party__id"], *(row[f"{who}__{one}"] for one in TILE[1:])))
    return sorted(found, key=itemgetter(0))


def bodies_of(signed: list[dict[str, Any]]) -> list[str]:
    """Return the organisations among signatories."""
    return sorted({row["party__id"] for row in signed if row["party__members__party"]})


SIGNATORY = (
    "document_id", "party__id", "party__name", "party__short_name", "party__members__party", "party__members__since",
    "party__members__until", *(f"{who}__{one}" for who in ("party", "party__members__party") for one in TILE[2:]),
    "party__members__party__short_name",
)  # fmt: skip
"""What ``signatories`` returns of each party."""


@compiled
def _signatories(documents: list[str]) -> QuerySet[DocumentParty, Any]:
    return DocumentParty.objects.filter(document__in=documents).order_by("id").values_list(*SIGNATORY)


@compiled
def _provisions(documents: list[str], full: bool) -> QuerySet[Provision, Any]:
    more = ["eid", "summary", "political", "words"] if full else []
    asked = Provision.objects.filter(document__in=documents).order_by("document", "position")
    return asked.values_list("id", "parent_id", "kind", "num", "title", *more)


@compiled
def _commitments(documents: list[str], full: bool) -> QuerySet[Commitment, Any]:
    columns = ["verb", "kind", "strength", "summary", "actors", "deadline", "quantity", "missing"]
    more = ["spans", "goals"] if full else []
    held = Commitment.objects.filter(withdrawn="", provision__document__in=documents)
    return held.order_by("position").values_list("id", "provision_id", *columns, *more)


@compiled
def _citations(documents: list[str]) -> QuerySet[Citation, Any]:
    named = Citation.objects.filter(commitment__withdrawn="", commitment__provision__document__in=documents)
    return named.order_by("instrument__name").values_list("commitment_id", "instrument_id", "instrument__name")


def provision_rows(documents: list[str], *, full: bool = False) -> list[ProvisionRow]:
    """Return the provisions of ``documents`` in order; ``full`` adds summaries and official words."""
    found = _provisions(documents, full)
    return [ProvisionRow(row[0], tail(row[0]), row[1] or "", *row[2:]) for row in found]


def commitment_rows(documents: list[str], provisions: list[ProvisionRow], *, full: bool = True) -> list[CommitmentRow]:
    """Return the commitments of ``documents`` in the order of their ``provisions``, without their instruments.

    Without ``full`` they come without spans and goals, which take longer to read than all the rest.
    """
    homes = {one.id: one for one in provisions}
    sections = {one.id: _section_of(one, homes) for one in provisions}
    places = {one.id: at for at, one in enumerate(provisions)}
    asked = _commitments(documents, full)
    found = []
    for key, provision, *cells in sorted(asked, key=lambda row: places[row[1]]):
        home = homes[provision]
        where = (home.id, home.ref, home.num, home.title, sections[home.id])
        found.append(CommitmentRow(key, tail(key), *where, *cells))
    return found


def _section_of(one: ProvisionRow, homes: dict[str, ProvisionRow]) -> str:
    """Return the reference of the section that a provision stands in, at any depth, or nothing."""
    while one.kind != "section" and one.parent in homes:
        one = homes[one.parent]
    return one.ref if one.kind == "section" else ""


def with_instruments(rows: list[CommitmentRow], documents: list[str]) -> list[CommitmentRow]:
    """Fill in the instruments that each of ``rows`` names; returns ``rows``."""
    by_id = {row.id: row for row in rows}
    for commitment, instrument, name in _citations(documents):
        if commitment in by_id:
            by_id[commitment].instruments.append((instrument, name))
    return rows


def political(document: str) -> list[str]:
    """Return the numbers of the political paragraphs, which get milestones and never a score."""
    found = Provision.objects.filter(document=document, political=True).order_by("position")
    return list(found.values_list("num", flat=True))


def withdrawn(commitment: str) -> str:
    """Return why a commitment was withdrawn, or nothing."""
    return Commitment.objects.filter(pk=commitment).values_list("withdrawn", flat=True).first() or ""


def latest_note(commitment: str) -> dict[str, Any] | None:
    """Return the interpretive note that holds now."""
    notes: Any = InterpretiveNote.objects.filter(commitment=commitment).order_by("-version")
    return next(iter(notes.values("version", "full", "partial", "none", "agreed")[:1]), None)


def history(commitment: str) -> list[dict[str, Any]]:
    """Return what happened to a commitment, oldest first."""
    return history_of("commitment", commitment)


def history_of(kind: str, key: str) -> list[dict[str, Any]]:
    """Return what happened to a record of any kind, oldest first; by whom, as readers may know them."""
    found: Any = AuditEvent.objects.filter(kind=kind, target=key).order_by("id").values("at", "by", "verb", "detail")
    events = list(found)
    names = shown_names(event["by"] for event in events)
    return [{**event, "by": names[event["by"]]} for event in events]


def instrument_details(commitments: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the instruments of each commitment with who keeps them and where that is written."""
    cited = Citation.objects.filter(commitment__in=commitments).order_by("instrument__name")
    names = ("id", "name", "kind", "established", "custodian", "url", "publisher")
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for commitment, *cells in cited.values_list(
        "commitment_id", "instrument_id", "instrument__name", "instrument__kind", "instrument__established",
        "instrument__custodian", "instrument__source__url", "instrument__source__publisher",
    ):  # fmt: skip
        found[commitment].append(dict(zip(names, cells, strict=True)))
    return found
