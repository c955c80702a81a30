"""Claims in brief: what filters, counts and the coverage ladder need of many, without their words and sources.

A page that stands on thousands of claims reads summaries, chooses from them, and reads whole rows of the chosen alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from followthrough.assess.dates import order
from followthrough.assess.implementation_stages import known_since
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.evidence import rows
from followthrough.web.evidence.models import Claim
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import CLAIM, ClaimRow
from followthrough.web.kit.portions import portions
from followthrough.web.links.rows import add_links
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import (
    MANY,
    Anchor,
    add_anchor,
    anchored_rows,
    in_order,
    search_words,
    subject_columns,
)


@dataclass(slots=True)
class ClaimSummary:
    """A claim in brief; ``words`` is filled only for a search, ``sorting`` for a list in the order of another field."""

    id: str
    kind: str
    date: str
    stance: str
    checked: bool
    recorded: str
    source: str
    publisher_kind: str
    published: str
    words: str = ""
    ties: list[Anchor] = field(default_factory=list)
    sorting: Any = None

    @property
    def when(self) -> str:
        """The date that puts it in order."""
        return self.date

    @property
    def unfavourable(self) -> bool:
        """Whether it speaks against the undertaking being kept."""
        return self.stance == "unfavourable"

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.published, self.date, self.recorded)


SUMMARY = (
    "id", "kind", "date", "stance", "checked", "recorded", "source_id", "source__publisher_kind", "source__published",
)  # fmt: skip
"""The columns of ``ClaimSummary``, in its order."""
CURRENT = Q(claim__isnull=False, claim__withdrawn="")
"""The links of claims that were not withdrawn."""
_FILTERED = ("id", "kind", "date", "stance", "checked", "source__publisher_kind")
_CLAIM_WORDS = ("statement", "source__publisher", "value", "unit")


def claims_at(scope: Scope, *, words: bool = False, stored: Sequence[str] = ()) -> list[ClaimSummary]:
    """Return the claims that are linked to a scope and were not withdrawn, oldest first, undated last.

    ``stored`` is the field that their list is sorted by, where a summary does not hold it.
    """
    columns = (*SUMMARY, *(_CLAIM_WORDS if words else ()), *stored)
    found: dict[str, ClaimSummary] = {}
    for anchor, cells in anchored_rows(subject_columns("claim", columns), scope, CURRENT):
        add_anchor(found, partial(claim_summary, stored=len(stored)), cells, anchor)
    return in_order(found)


def claim_summary(cells: Sequence[Any], stored: int = 0) -> ClaimSummary:
    """Return a claim in brief from the cells of ``SUMMARY``, for a search of its words, and of what is ``stored``."""
    words, sorting = cells[9 : len(cells) - stored], cells[len(cells) - stored :]
    found = ClaimSummary(*[*cells[:9], search_words(cells[0], words)])
    found.sorting = next(iter(sorting), None)
    return found


class ListedClaim(NamedTuple):
    """A claim as a list of thousands needs it to be filtered: tuples, which cost a third of what objects do."""

    id: str
    kind: str
    date: str
    stance: str
    checked: bool
    publisher_kind: str = ""
    words: str = ""
    sorting: Any = None


def claims_in(
    asked: QuerySet[Claim], *, words: bool = False, newest: int | None = None, stored: Sequence[str] = ()
) -> list[ListedClaim]:
    """Return the claims that ``asked`` selects and that stand, oldest first and undated last, to be filtered.

    With ``newest`` no more than so many, those of the latest dates; ``stored`` as in ``claims_at``.
    """
    columns = (*_FILTERED, *(_CLAIM_WORDS if words else ()), *stored)
    standing = asked.filter(withdrawn="").order_by(*(("-date", "-id") if newest else ()))
    rows: Any = standing.values_list(*columns)[:newest]
    size = len(_FILTERED)
    last = len(columns) - len(stored)
    cells = (
        (*row[:size], search_words(row[0], row[size:last]) if words else "", row[last] if stored else None)
        for row in rows
    )
    return sorted(map(ListedClaim._make, cells), key=lambda one: (order(one.date), one.id))


def whole_claims(
    summaries: Iterable[ClaimSummary | ListedClaim], by: Actor, document: str = "", *, linked: bool = True
) -> list[ClaimRow]:
    """Return the whole rows of ``summaries`` in order, ``linked`` within ``document`` or wherever ``by`` may read."""
    ids = [one.id for one in summaries]
    if document and len(ids) > MANY:
        whole = {one.id: one for one in rows.claims_of(Scope(document, by=by))}
        return [whole[key] for key in ids]
    cells = (*CLAIM, *(f"source__{name}" for name in SOURCE))
    found = {
        row[0]: ClaimRow(*[*row[: len(CLAIM)], SourceRow(*row[len(CLAIM) :])])
        for some in portions(ids)
        for row in visible_claims(by).filter(pk__in=some).order_by().values_list(*cells)
    }
    if linked:
        add_links("claim", found, by, document)
    return [found[key] for key in ids]
