"""What a page is about, and the links into it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.agreements.models import Commitment, Provision
from followthrough.web.agreements.subtree import under
from followthrough.web.links.models import Link


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is about: a document, some places, or all that ``by``, who reads it, may see.

    With ``section`` it is the place with that id and what is under it, at any depth.
    """

    document: str = ""
    places: tuple[str, ...] | None = None
    by: Actor = field(default_factory=AnonymousUser)
    section: str = ""

    def links(self, wanted: str | Q) -> tuple[QuerySet[Link], QuerySet[Link]]:
        """Return the links of a kind of thing, or the ``wanted`` ones, from its commitments and from its provisions."""
        return links_from(wanted, *self.places_of())

    def places_of(self) -> tuple[RawSQL, RawSQL]:
        """Return the ids of its commitments that stand and of its provisions, to stand in a query."""
        return self._places(_COMMITMENTS, "home.id"), self._places(_PROVISIONS, "place.id")

    def _places(self, sql: str, provision: str) -> RawSQL:
        """Return the ids of the places of one kind, each in a ``provision``, to stand in a query."""
        closed, params = hidden("document", self.by), list[str]()
        if self.document:
            sql, params = f"{sql} AND document_id = %s", [self.document]
        if self.places is not None:
            sql += f" AND place.id IN ({', '.join(['%s'] * len(self.places)) or 'NULL'})"
            params += self.places
        if self.section:
            below = under(self.section)
            sql, params = f"{sql} AND {provision} IN ({below.sql})", [*params, *below.params]
        if closed is not None:
            sql, params = f"{sql} AND document_id NOT IN ({closed.sql})", [*params, *closed.params]
        return RawSQL(sql, params)  # noqa: S611 - what is asked for goes in as parameters


def links_from(wanted: str | Q, commitments: RawSQL, provisions: RawSQL) -> tuple[QuerySet[Link], QuerySet[Link]]:
    """Return the links of a kind of thing, or the ``wanted`` ones, from ``commitments`` and from ``provisions``.

    The places are asked for as a list inside the query, and among the links that have a provision: else the databases
    read every link.
    """
    links = Link.objects.filter(Q(**{f"{wanted}__isnull": False}) if isinstance(wanted, str) else wanted).order_by()
    by_commitment = links.filter(commitment__in=commitments, commitment__withdrawn="")
    return by_commitment, links.filter(provision__in=provisions, provision__isnull=False)


_PROVISIONS = f"SELECT place.id FROM {Provision._meta.db_table} place WHERE 1 = 1"  # noqa: S608
_COMMITMENTS = (
    f"SELECT place.id FROM {Commitment._meta.db_table} place JOIN {Provision._meta.db_table} home"  # noqa: S608
    " ON home.id = place.provision_id WHERE place.withdrawn = ''"
)
