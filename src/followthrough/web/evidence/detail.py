"""One claim with everything that stands around it: its ties, its parties, the questions it is part of, its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import tail
from followthrough.web.evidence.models import Claim, ClaimParty, ConflictSide, Link
from followthrough.web.evidence.rows import CLAIM, SOURCE, ClaimRow, Conflict, SourceRow, Tie, conflicts_with


@dataclass(frozen=True, slots=True)
class Tied:
    """A place that a claim is tied to, with the words that name it."""

    tie: Tie
    document: str
    said: str

    @property
    def ref(self) -> str:
        """The last part of its id."""
        return tail(self.tie.place)


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that the page of a claim shows; ``corrects`` are the claims that it took the place of."""

    row: ClaimRow
    tied: list[Tied]
    parties: list[tuple[str, str]]
    conflicts: list[Conflict]
    corrects: list[str]


def detail(key: str, visible: QuerySet[Document]) -> Detail | None:
    """Return a claim that is tied to a document of ``visible``, or to nothing at all; else nothing."""
    cells = (*CLAIM, *(f"source__{name}" for name in SOURCE))
    found: Any = Claim.objects.filter(pk=key).values_list(*cells).first()
    tied, hidden = _tied(key, visible)
    if found is None or (hidden and not tied):
        return None
    source = SourceRow(*found[len(CLAIM) :])
    row = ClaimRow(*[*found[: len(CLAIM)], source, [one.tie for one in tied]])
    parties = ClaimParty.objects.filter(claim=key).order_by("party__name").values_list("party_id", "party__name")
    questions = ConflictSide.objects.filter(claim=key).values("conflict_id")
    corrects = Claim.objects.filter(replaced_by=key).order_by("id").values_list("id", flat=True)
    return Detail(row, tied, list(parties), conflicts_with(questions), list(corrects))


def _tied(key: str, visible: QuerySet[Document]) -> tuple[list[Tied], bool]:
    """Return the visible places that a claim is tied to, and whether there are others."""
    shown = set(visible.order_by().values_list("id", flat=True))
    rows: Any = Link.objects.filter(claim=key).exclude(commitment__withdrawn__gt="").order_by("id").values_list(
        "id", "role", "rationale", "origin", "confirmed", "commitment_id", "commitment__provision__document_id",
        "commitment__summary", "commitment__verb", "provision_id", "provision__document_id", "provision__title",
    )  # fmt: skip
    found = []
    for key_, role, rationale, origin, confirmed, commitment, its, summary, verb, provision, document, title in rows:
        said = (summary or f"{verb} …") if commitment else title
        one = Tie(key_, commitment or provision, role, rationale, origin, confirmed)
        found.append(Tied(one, its or document, said))
    return [one for one in found if one.document in shown], any(one.document not in shown for one in found)
