"""What every answer begins from: the reader, the agreement, the day; and how a list becomes an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from followthrough.assess.dates import end_of
from followthrough.errors import InputRefused
from followthrough.model.typed_dates import typed_date
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.agreements import rows
from followthrough.web.agreements.document_facts import DocumentFacts, document_facts
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow
from followthrough.web.agreements.sources import SourceRow
from followthrough.web.answers.shape import Answer, Item, Share, SourceRef
from followthrough.web.kit.addresses import address
from followthrough.web.links.scope import Scope
from followthrough.web.pages.home import featured

Row = TypeVar("Row")
MOST_IDS = 200
"""Ids that a list behind a count holds; the rest are counted."""
SILENT = lazy("The register is silent: nothing on record answers this. That is not zero, and not no.")
NAMED = 12
"""What an error names of what can be asked for."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a question is about: an agreement as a stranger sees it, on a day."""

    facts: DocumentFacts
    as_of: str
    by: Actor

    @property
    def id(self) -> str:
        """The id of the agreement."""
        return self.facts.id

    @property
    def scope(self) -> Scope:
        """All of the agreement."""
        return Scope(self.id, by=self.by)

    def places(self) -> tuple[list[ProvisionRow], list[CommitmentRow]]:
        """Return the provisions with their words, and the commitments."""
        provisions = rows.provision_rows([self.id], full=True)
        return provisions, rows.commitment_rows([self.id], provisions)

    def page(self, name: str, *values: str) -> str:
        """Return the address of one of its pages."""
        return site(address(name, self.id, *values))


@dataclass(frozen=True, slots=True)
class Portion:
    """Which part of a list is asked for."""

    limit: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """How a list is told: what is counted, among what, by which rule, and where a page says the same."""

    noun: str
    formula: str
    page: str
    says: str = ""


def where(agreement: str, as_of: str = "") -> Where:
    """Return the agreement with this id, or the one that the home page shows first, on a day or today.

    Raises ``InputRefused`` for one that is not there or not public, and where nothing is catalogued.
    """
    by = AnonymousUser()
    day = end_of(typed_date("as_of", as_of) or today())
    first = None if agreement else featured(rows.document_rows(by, evidence=True))
    key = agreement or (first.id if first else "")
    facts = document_facts(key, hidden("document", by)) if key else None
    if facts is None:
        known = ", ".join(one.id for one in rows.document_rows(by) if one.commitments) or "none is catalogued yet"
        what = f"“{agreement}” is no agreement of this register, or it is not public" if agreement else "is needed"
        raise InputRefused("agreement", what, f"name one of: {known[:400]}")
    return Where(facts, day, by)


def today() -> str:
    """Return today's date."""
    return timezone.localdate().isoformat()


def one_of(name: str, asked: str, known: Collection[str]) -> str:
    """Return what is asked for. Raises ``InputRefused`` where the register knows no such thing."""
    if asked and asked not in known:
        some = sorted(known)
        more = f" and {len(some) - NAMED} more" if len(some) > NAMED else ""
        named = f"name one of: {', '.join(some[:NAMED])}{more}" if some else "there is none"
        raise InputRefused(name, f"the register knows no “{asked}” here", named)
    return asked


def answered(
    at: Where, told: Listed, every: Collection[object], chosen: Sequence[Row], item: Callable[[Row], Item],
    portion: Portion,
) -> Answer:  # fmt: skip
    """Return the ``chosen`` rows of ``every`` as an answer; where none is, the register is silent."""
    some = chosen[portion.skip : portion.skip + portion.limit]
    after = portion.skip + len(some)
    if not chosen:
        return silent(at, [f"{told.noun}: {len(every)}"], told.page)
    said = told.says or _("%(n)s of %(of)s on record answer.") % {"n": len(chosen), "of": len(every)}
    return Answer(
        at.as_of, at.id, said, silent=False, looked_at=[f"{told.noun}: {len(every)}"],
        count=Share(told.noun, len(chosen), len(every), told.formula),
        items=[item(one) for one in some], next_skip=after if after < len(chosen) else None, page=told.page,
    )  # fmt: skip


def silent(at: Where, looked_at: Iterable[str], page: str) -> Answer:
    """Return that the register is silent, and what was looked at."""
    return Answer(at.as_of, at.id, str(SILENT), silent=True, looked_at=list(looked_at), page=page)


def with_shares(answer: Answer, shares: Iterable[Share], says: str = "") -> Answer:
    """Return an answer with further counts, and with a sentence of a page."""
    return replace(answer, shares=list(shares), says=sentence(says) or answer.says)


def share(
    name: str, n: int | float, of: int, formula: str, inside: Sequence[str], outside: Sequence[str],
    most: int = MOST_IDS,
) -> Share:  # fmt: skip
    """Return a count with both lists behind it, each cut after ``most`` ids."""
    cut = max(0, len(inside) - most) + max(0, len(outside) - most)
    return Share(name, n, of, formula, list(inside[:most]), list(outside[:most]), cut)


def strung(parts: Sequence[str], most: int = 50) -> str:
    """Return parts in one cell, and how many more there are after ``most``."""
    more = f"; and {len(parts) - most} more" if len(parts) > most else ""
    return "; ".join(parts[:most]) + more


def source_ref(one: SourceRow) -> SourceRef:
    """Return a source as answers name it."""
    page = site(address("source", one.id))
    return SourceRef(one.id, one.title, one.publisher, one.publisher_kind, one.published or None, one.url, page)


def facts_of(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that hold something, as text; what is missing is left out and never written as zero."""
    return {name: str(cell) for name, cell in cells.items() if cell not in (None, "")}


def sentence(said: str) -> str:
    """Return a sentence of a page as plain text."""
    return " ".join(strip_tags(said).split())


def site(path: str) -> str:
    """Return the whole address of a page."""
    return f"{settings.SITE.rstrip('/')}{path}"


def inside(ref: str, provisions: Sequence[ProvisionRow], commitments: Sequence[CommitmentRow]) -> set[str]:
    """Return the ids of a place and of all that stands in it.

    ``ref`` is the number of a section or paragraph, or the reference of a commitment, as pages and answers print them.
    Raises ``InputRefused`` for what the agreement does not have.
    """
    row = next((one for one in commitments if ref in (one.ref, one.id)), None)
    if row:
        return {row.id}
    home = next((one for one in provisions if ref in (one.ref, one.id, one.num)), None)
    if home is None:
        known = ", ".join(one.ref for one in provisions[:NAMED])
        raise InputRefused("place", f"the agreement has nothing numbered “{ref}”", f"name one such as: {known}")
    found = {home.id}
    for one in provisions:
        if one.parent in found:
            found.add(one.id)
    return found | {one.id for one in commitments if one.provision in found}
