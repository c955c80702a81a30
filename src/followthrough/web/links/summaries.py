"""Links in brief: what filters, counts and the coverage ladder need of the many links of an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db.models import Q

from followthrough.assess.dates import order
from followthrough.web.kit.list_columns import natural
from followthrough.web.links.scope import Scope

MANY = 500
"""Chosen subjects above which those of a whole agreement are read rather than each by its id."""


class Anchor(NamedTuple):
    """Where a subject is linked, in which role, and whether somebody confirmed it."""

    place: str
    role: str
    confirmed: bool


class Summary(Protocol):
    """A claim or an activity in brief, with its links."""

    @property
    def id(self) -> str: ...

    @property
    def when(self) -> str: ...

    @property
    def ties(self) -> list[Anchor]: ...


S = TypeVar("S", bound=Summary)


def subject_columns(subject: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names under which a link gives ``columns`` of its subject."""
    return tuple(f"{subject}__{name}" for name in columns)


def anchored_rows(columns: tuple[str, ...], scope: Scope, wanted: Q) -> Iterable[tuple[Anchor, list[Any]]]:
    """Yield the ``wanted`` links to a scope, each with the cells of ``columns``."""
    cells = ("role", "confirmed", *columns)
    by_commitment, by_provision = scope.links(wanted)
    first, then = by_commitment.values_list("commitment_id", *cells), by_provision.values_list("provision_id", *cells)
    for place, role, confirmed, *rest in first.union(then, all=True):
        yield Anchor(place, role, bool(confirmed)), rest


def add_anchor(found: dict[str, S], make: Callable[[Sequence[Any]], S], cells: Sequence[Any], anchor: Anchor) -> None:
    """Add a link to the summary with the id ``cells[0]``, made where ``found`` has none."""
    summary = found.get(cells[0]) or found.setdefault(cells[0], make(cells))
    summary.ties.append(anchor)


def in_order(found: Mapping[str, S]) -> list[S]:
    """Return summaries, oldest first, undated last."""
    return sorted(found.values(), key=lambda one: (order(one.when), one.id))


def first_place(summary: Summary) -> Any:
    """Return what a list is sorted by where it is sorted by what its records are linked to: the first of the places."""
    return min([natural(anchor.place) for anchor in summary.ties] or [[]])


def search_words(key: str, cells: Sequence[Any]) -> str:
    """Return what a search looks at: the id and the words of ``cells``; nothing where no words were read."""
    return " ".join([key, *(str(cell) for cell in cells if cell is not None)]) if cells else ""
