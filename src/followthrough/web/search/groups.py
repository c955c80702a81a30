"""The kinds of things that can be found: each app registers its own, so that the search knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from followthrough.web.search.models import Entry

Some = Sequence[str] | None
"""The ids of some records, or all of them."""
Maker = Callable[[Some], Iterator[Entry]]
Named = set[tuple[str, str]]
"""What audit events name: kinds and ids of records."""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that can be found.

    Attributes:
        number: the place of the group among the results; the index stores it, so it never changes.
        name: its heading.
        record: the kind of record that audit events name; empty for what is read anew with its document.
        hidden: whether the policy hides such records by themselves; others are hidden with their document.
        own_page: whether they have pages of their own, and are seen whatever document they are shown under.
        weight: what a thing of this kind counts beside one that matches as well, for the best match of all.
    """

    number: int
    name: str
    record: str = ""
    hidden: bool = True
    own_page: bool = False
    weight: float = 0.0


_MAKERS: dict[Group, Maker] = {}
_REDIRECTS: dict[str, Callable[[list[str]], Named]] = {}


def register_group(group: Group, make: Maker) -> None:
    """Register a group and what makes its entries, of all records or of those with the ids it is given.

    The ids are those of documents where the group has no kind of record.
    """
    _MAKERS[group] = make


def redirect_events(kind: str, follow: Callable[[list[str]], Named]) -> None:
    """Register a kind of record that is not found itself: ``follow`` gives the records that its ids change."""
    _REDIRECTS[kind] = follow


def makers() -> dict[Group, Maker]:
    """Return every group with what makes its entries, in the order of the results."""
    return dict(sorted(_MAKERS.items(), key=lambda item: item[0].number))


def groups_of_records() -> dict[str, Group]:
    """Return the groups by the kind of record that events name."""
    return {group.record: group for group in makers() if group.record}


def redirects() -> dict[str, Callable[[list[str]], Named]]:
    """Return the kinds of records whose events change others, with what finds these."""
    return _REDIRECTS
