"""What somebody holds in their own name and a successor takes over: each app registers its own kind, by its owner.

What an office holds (reports and their drafts, catalogues) and what is on a list because of a role (to-dos) follows the
roles, which are a kind of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.roles import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of records that belong to one person.

    Attributes:
        key: what the record of a hand-over calls it.
        label: what pages call it.
        owner: the field with the person.
        held: the records of a person that go to a successor.
        said: a record in a line.
        twins: the names of the fields in which two records of one person are never alike.
    """

    key: str
    label: str | StrPromise
    owner: str
    held: Callable[[User], QuerySet[Any]]
    said: Callable[[Any], str]
    twins: tuple[str, ...] = ()

    def split(self, leaver: User, successor: User) -> tuple[list[Any], list[Any]]:
        """Return the records that go to ``successor``, and those of which they hold the same already."""
        moving, staying = list[Any](), list[Any]()
        for one in self.held(leaver):
            same = {name: getattr(one, name) for name in self.twins}
            model = type(one)._default_manager
            there = bool(same) and model.filter(**{self.owner: successor}, **same).exists()
            (staying if there else moving).append(one)
        return moving, staying


_HOLDINGS: list[Holding] = []


def register_holding(holding: Holding) -> None:
    """Register a kind of records that go to a successor."""
    _HOLDINGS.append(holding)


def holdings() -> tuple[Holding, ...]:
    """Return all kinds, roles first."""
    return (ROLES, *_HOLDINGS)


def _grants(leaver: User) -> QuerySet[Grant]:
    return Grant.objects.filter(user=leaver).select_related("document", "party").order_by("pk")


def _grant_in_words(one: Grant) -> str:
    """Return a role with what it is held over and for whom."""
    over = [str(getattr(one.document, "short_title", "")), str(getattr(one.party, "name", ""))]
    return ", ".join(filter(None, (Role(one.role).label.partition(":")[0], *over)))


ROLES = Holding("roles", _("Roles"), "user", _grants, _grant_in_words, ("role", "document_id", "party_id"))
