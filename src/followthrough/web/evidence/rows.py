"""Plain rows of claims and of what ties them to an agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from followthrough.assess.coverage import Evidence, known_since, rung_of_activity, rung_of_claim
from followthrough.assess.grading import grade
from followthrough.packs.cells import plain
from followthrough.web.activities.models import ActivityParty
from followthrough.web.evidence.models import Claim, ClaimParty, ConflictSide, Link, Source

CLAIM = (
    "id", "kind", "date", "statement", "value", "unit", "stance", "reproducible", "checked", "check_note", "notes",
    "quote", "recorded", "withdrawn",
)  # fmt: skip
SOURCE = ("id", "title", "publisher", "publisher_kind", "url", "published", "language")
ACTIVITY = (
    "id", "title", "kind", "state", "status", "start", "end", "budget", "currency", "lead_body", "statement",
    "parent_id", "recorded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, as every page names it."""

    id: str
    title: str
    publisher: str
    publisher_kind: str
    url: str
    published: str
    language: str

    @property
    def grade(self) -> int:
        """Its suggested grade, 0 to 4."""
        return grade(self.publisher_kind)


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a thing to a place: the commitment or provision, the role, why, who said so, and whether confirmed."""

    id: str
    place: str
    role: str
    rationale: str
    origin: str
    confirmed: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its source and its ties to the agreement that a page is about."""

    id: str
    kind: str
    date: str
    statement: str
    value: Decimal | None
    unit: str
    stance: str
    reproducible: bool
    checked: bool
    check_note: str
    notes: str
    quote: str
    recorded: str
    withdrawn: str
    source: SourceRow
    ties: list[Tie] = field(default_factory=list)

    @property
    def unfavourable(self) -> bool:
        """Whether it speaks against the undertaking being kept."""
        return self.stance == "unfavourable"

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.source.published, self.date, self.recorded)

    @property
    def figure(self) -> str:
        """Its value with its unit, or nothing."""
        return f"{plain(self.value)} {self.unit}".strip() if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its source and its ties to the agreement that a page is about."""

    id: str
    title: str
    kind: str
    state: str
    status: str
    start: str
    end: str
    budget: Decimal | None
    currency: str
    lead_body: str
    statement: str
    parent: str
    recorded: str
    source: SourceRow
    ties: list[Tie] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is about: a whole document, or some places of it."""

    document: str = ""
    places: tuple[str, ...] = ()

    def queries(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the conditions on links from commitments and on links from provisions."""
        if self.document:
            return {"commitment__provision__document": self.document}, {"provision__document": self.document}
        return {"commitment__in": self.places}, {"provision__in": self.places}


def _tied(thing: str, columns: tuple[str, ...], scope: Scope) -> Iterable[Any]:
    """Return the links of one kind of thing to a scope: place, tie, thing and source, cell by cell."""
    tie = ("role", "rationale", "origin", "confirmed", "share", "id")
    cells = (*(f"{thing}__{name}" for name in columns), *(f"{thing}__source__{name}" for name in SOURCE))
    held = Link.objects.filter(**{f"{thing}__isnull": False}).order_by()
    commitments, provisions = scope.queries()
    by_commitment = held.filter(commitment__withdrawn="", **commitments)
    by_provision = held.filter(**provisions)
    yield from by_commitment.values_list("commitment_id", *tie, *cells)
    yield from by_provision.values_list("provision_id", *tie, *cells)


def _tie(row: Any) -> Tie:
    place, role, rationale, origin, confirmed, share, key = row[:7]
    return Tie(key, place, role, rationale, origin, confirmed, share)


def claims_of(scope: Scope) -> list[ClaimRow]:
    """Return the claims that are tied to a scope and stand, oldest first, undated last."""
    found: dict[str, ClaimRow] = {}
    for row in _tied("claim", CLAIM, scope):
        cells, source = row[7 : 7 + len(CLAIM)], row[7 + len(CLAIM) :]
        claim = found.setdefault(cells[0], ClaimRow(*[*cells, SourceRow(*source)]))
        claim.ties.append(_tie(row))
    kept = (claim for claim in found.values() if not claim.withdrawn)
    return sorted(kept, key=lambda claim: (claim.date or "9", claim.id))


def activities_of(scope: Scope) -> list[ActivityRow]:
    """Return the activities that are tied to a scope, oldest first, undated last."""
    found: dict[str, ActivityRow] = {}
    for row in _tied("activity", ACTIVITY, scope):
        cells, source = row[7 : 7 + len(ACTIVITY)], row[7 + len(ACTIVITY) :]
        cells = [*cells[:11], cells[11] or "", cells[12]]
        activity = found.setdefault(cells[0], ActivityRow(*[*cells, SourceRow(*source)]))
        activity.ties.append(_tie(row))
    return sorted(found.values(), key=lambda one: (one.start or one.end or "9", one.id))


def parties_named(scope: Scope) -> dict[str, frozenset[str]]:
    """Return the parties that each claim and activity of a scope names, by its id."""
    commitments, _ = scope.queries()
    named: dict[str, set[str]] = defaultdict(set)
    for model, thing in ((ClaimParty, "claim"), (ActivityParty, "activity")):
        asked: Any = model._default_manager.filter(
            **{f"{thing}__links__{key}": value for key, value in commitments.items()}
        )
        for key, party in asked.values_list(f"{thing}_id", "party_id").distinct().order_by():
            named[key].add(party)
    return {key: frozenset(parties) for key, parties in named.items()}


def evidence_from(
    claims: Iterable[ClaimRow], activities: Iterable[ActivityRow], named: dict[str, frozenset[str]]
) -> list[Evidence]:
    """Return rows as the ladder takes them: one piece of evidence for each tie."""
    found = [
        Evidence(
            tie.place, one.id, rung_of_claim(one.kind, one.stance, tie.role), one.date, one.known,
            named.get(one.id, frozenset()), bool(tie.confirmed),
        )
        for one in claims
        for tie in one.ties
    ]  # fmt: skip
    found += [
        Evidence(
            tie.place, one.id, rung_of_activity(one.state, tie.role), one.end or one.start,
            known_since(one.source.published, one.start, one.recorded), named.get(one.id, frozenset()),
            bool(tie.confirmed),
        )
        for one in activities
        for tie in one.ties
    ]  # fmt: skip
    return found


def targets_at(scope: Scope) -> list[tuple[str, str, str, str]]:
    """Return the targets that are tied to a scope: id, statement, due date, announcement."""
    cells = ("target_id", "target__statement", "target__due", "target__announced")
    commitments, provisions = scope.queries()
    held = Link.objects.filter(target__isnull=False)
    rows: set[Any] = {*held.filter(**commitments).values_list(*cells), *held.filter(**provisions).values_list(*cells)}
    return sorted(rows, key=lambda row: (row[3] or "9", row[0]))


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says, and where."""

    says: str
    value: Decimal | None
    unit: str
    claim: str
    figure: str
    source: SourceRow

    @property
    def amount(self) -> str:
        """Its value in plain form, or nothing."""
        return plain(self.value) if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question with what each side says; ``gap`` is how far the lowest is below the highest, in per cent."""

    id: str
    topic: str
    note: str
    sides: list[Side]

    @property
    def gap(self) -> float | None:
        """The distance of the figures, where every side has one in the same unit."""
        values = [float(side.value) for side in self.sides if side.value is not None]
        comparable = len(values) == len(self.sides) and len({side.unit for side in self.sides}) == 1
        return 100 * (max(values) - min(values)) / max(values) if comparable and max(values) > 0 else None


def conflicts(claims: Iterable[str] | None = None) -> list[Conflict]:
    """Return the conflicts, widest gap first; with ``claims``, only those that one of these claims takes part in."""
    asked = ConflictSide.objects.order_by("id")
    if claims is not None:
        asked = asked.filter(conflict__sides__claim__in=list(claims)).distinct()
    cells = ("conflict_id", "conflict__topic", "conflict__note", "says", "value", "unit", "claim_id", "fund_figure_id")
    found: dict[str, Conflict] = {}
    rows: Any = asked.values_list(*cells, *(f"source__{name}" for name in SOURCE))
    for key, topic, note, says, value, unit, claim, figure, *source in rows:
        one = found.setdefault(key, Conflict(key, topic, note, []))
        one.sides.append(Side(says, value, unit, claim or "", figure or "", SourceRow(*source)))
    return sorted(found.values(), key=lambda one: (-(one.gap or 0), one.topic))


def source_with_claims(key: str) -> tuple[SourceRow, list[ClaimRow]] | None:
    """Return a source and the claims that rest on it, tied to nothing in particular; or nothing where there is none."""
    about: Any = Source.objects.filter(pk=key).values_list(*SOURCE).first()
    if about is None:
        return None
    source = SourceRow(*about)
    cells: Any = Claim.objects.filter(source=key, withdrawn="").order_by("date", "id").values_list(*CLAIM)
    found = {row[0]: ClaimRow(*[*row, source]) for row in cells}
    _tie_to_public(found)
    return source, list(found.values())


def claims_naming(party: str) -> list[ClaimRow]:
    """Return the claims that name a party and stand, oldest first, with their ties to public documents."""
    named = Claim.objects.filter(parties__party=party, withdrawn="").order_by("date", "id")
    cells: Any = named.values_list(*CLAIM, *(f"source__{name}" for name in SOURCE))
    found = {row[0]: ClaimRow(*[*row[: len(CLAIM)], SourceRow(*row[len(CLAIM) :])]) for row in cells}
    _tie_to_public(found)
    return list(found.values())


def _tie_to_public(found: dict[str, ClaimRow]) -> None:
    ties: Any = Link.objects.filter(claim__in=list(found), commitment__provision__document__public=True)
    names = ("commitment_id", "role", "rationale", "origin", "confirmed", "share", "id", "claim_id")
    for row in ties.values_list(*names):
        found[row[7]].ties.append(_tie(row))
