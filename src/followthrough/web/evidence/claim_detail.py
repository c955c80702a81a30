"""One claim with everything that stands around it: its ties, its parties, the questions it is part of, its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.rows import tail
from followthrough.web.evidence.policy import visible_claim_parties, visible_claims
from followthrough.web.evidence.rows import CLAIM, SOURCE, ClaimRow, Conflict, SourceRow, Tie, conflicts_of
from followthrough.web.links.policy import visible_links


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


def detail(key: str, by: Actor) -> Detail | None:
    """Return a claim, or nothing where ``by`` sees none."""
    cells = (*CLAIM, *(f"source__{name}" for name in SOURCE))
    found: Any = visible_claims(by).filter(pk=key).values_list(*cells).first()
    if found is None:
        return None
    tied = _tied(key, by)
    source = SourceRow(*found[len(CLAIM) :])
    row = ClaimRow(*[*found[: len(CLAIM)], source, [one.tie for one in tied]])
    parties = visible_claim_parties(by).filter(claim=key).order_by("party__name").values_list("party_id", "party__name")
    corrects = visible_claims(by).filter(replaced_by=key).order_by("id").values_list("id", flat=True)
    return Detail(row, tied, list(parties), conflicts_of([key], by), list(corrects))


def _tied(key: str, by: Actor) -> list[Tied]:
    """Return the places that a claim is tied to, of those that ``by`` sees."""
    rows: Any = visible_links(by).filter(claim=key).exclude(commitment__withdrawn__gt="").order_by("id").values_list(
        "id", "role", "rationale", "origin", "confirmed", "commitment_id", "commitment__provision__document_id",
        "commitment__summary", "commitment__verb", "provision_id", "provision__document_id", "provision__title",
    )  # fmt: skip
    found = []
    for key_, role, rationale, origin, confirmed, commitment, its, summary, verb, provision, document, title in rows:
        said = (summary or f"{verb} …") if commitment else title
        one = Tie(key_, commitment or provision, role, rationale, origin, confirmed)
        found.append(Tied(one, its or document, said))
    return found
