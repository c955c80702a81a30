"""Plain rows of links, and of what is linked to the documents and places that a page is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.rows import tail
from followthrough.web.agreements.sources import SOURCE
from followthrough.web.kit.portions import portions
from followthrough.web.links.models import within
from followthrough.web.links.policy import visible_links
from followthrough.web.links.scope import Scope


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link of a subject, as the pages of the subject show it; ``place`` is a commitment or a provision."""

    id: str
    place: str
    role: str
    rationale: str
    origin: str
    confirmed: str
    share: Decimal | None = None


class Linked(Protocol):
    """A row of a claim or an activity, with its links."""

    @property
    def id(self) -> str: ...

    @property
    def ties(self) -> list[LinkRow]: ...


LINK = ("role", "rationale", "origin", "confirmed", "share", "id")
LINK_CELLS = 1 + len(LINK)
"""Cells of a row of ``linked_rows`` that are the link's own."""


def link_row(row: Sequence[Any]) -> LinkRow:
    """Return a link from its cells: the place, and those of ``LINK``."""
    place, role, rationale, origin, confirmed, share, key = row[:LINK_CELLS]
    return LinkRow(key, place, role, rationale, origin, confirmed, share)


def linked_rows(subject: str, columns: tuple[str, ...], scope: Scope) -> Iterable[Any]:
    """Return the links of one kind of subject to a scope: place, link, subject and source, cell by cell."""
    cells = (*(f"{subject}__{name}" for name in columns), *(f"{subject}__source__{name}" for name in SOURCE))
    by_commitment, by_provision = scope.links(subject)
    rows: Any = by_commitment.values_list("commitment_id", *LINK, *cells)
    yield from rows.union(by_provision.values_list("provision_id", *LINK, *cells), all=True)


def add_links(subject: str, found: Mapping[str, Linked], by: Actor, document: str = "") -> None:
    """Add to each row of ``found`` its links to ``document``, or to every document that ``by`` may read."""
    for some in portions(list(found)):
        for commitment, provision, *rest in _links_of(subject, some, by, document, *LINK, f"{subject}_id"):
            found[rest[-1]].ties.append(link_row([commitment or provision, *rest]))


def places_linked(subject: str, keys: Sequence[str], by: Actor) -> dict[str, list[str]]:
    """Return for each subject the places, of all that ``by`` may read, that it is linked to, with one query."""
    found: dict[str, list[str]] = {key: [] for key in keys}
    for commitment, provision, key in _links_of(subject, keys, by, "", f"{subject}_id"):
        found[key].append(commitment or provision)
    return {key: sorted(places) for key, places in found.items()}


def _links_of(subject: str, keys: Sequence[str], by: Actor, document: str, *cells: str) -> Iterable[Any]:
    """Return the links of subjects to places that stand: the commitment, the provision, and ``cells``.

    They are asked for by the ids of the subjects: among all that ``by`` may read the databases read every place.
    """
    links = visible_links(by).filter(**{f"{subject}__in": list(keys)})
    if document:
        links = links.filter(within([document]))
    stands = Q(commitment=None) | Q(commitment__withdrawn="")
    return links.filter(stands).order_by("commitment_id", "id").values_list("commitment_id", "provision_id", *cells)


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """A commitment or provision that a subject is linked to; ``title`` is the short title of its document."""

    link: LinkRow
    document: str
    title: str
    said: str

    @property
    def id(self) -> str:
        """The id of the commitment or provision."""
        return self.link.place

    @property
    def ref(self) -> str:
        """The last part of its id."""
        return tail(self.link.place)


def linked_places(subject: str, key: str, by: Actor) -> list[LinkedPlace]:
    """Return what a subject is linked to, of what ``by`` sees; commitments that were withdrawn are left out."""
    links = visible_links(by).filter(**{subject: key}).filter(Q(commitment=None) | Q(commitment__withdrawn=""))
    rows: Any = links.order_by("id").values_list(
        "commitment_id", "commitment__provision__document_id", "commitment__provision__document__short_title",
        "commitment__summary", "commitment__verb",
        "provision_id", "provision__document_id", "provision__document__short_title", "provision__title", *LINK,
    )  # fmt: skip
    found = []
    for commitment, its, its_name, summary, verb, provision, document, name, title, *rest in rows:
        said = (summary or f"{verb} …") if commitment else title
        found.append(LinkedPlace(link_row([commitment or provision, *rest]), its or document, its_name or name, said))
    return found


def parties_by_subject(
    scope: Scope, doors: Mapping[str, Callable[[Actor], QuerySet[Any]]]
) -> dict[str, frozenset[str]]:
    """Return the parties that each subject of a scope names, by its id, with one query.

    ``doors`` gives for each kind of subject what returns the visible records of its parties.
    """
    asked: list[Any] = []
    for subject, door in doors.items():
        linked = (Q(**{f"{subject}__in": links.values(f"{subject}_id")}) for links in scope.links(subject))
        asked.append(door(scope.by).filter(reduce(or_, linked)).order_by().values_list(f"{subject}_id", "party_id"))
    named: dict[str, set[str]] = {}
    for key, party in asked[0].union(*asked[1:]):
        named.setdefault(key, set()).add(party)
    return {key: frozenset(parties) for key, parties in named.items()}
