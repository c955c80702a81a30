"""Stamps of links as pages show them: a form that was overtaken by another is refused; see ``audit.edit_conflicts``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from followthrough.web.audit import edit_conflicts
from followthrough.web.links.models import Link


class Stamped(Protocol):
    """What a stamp of a link is made of: a link, or a row of one."""

    @property
    def id(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def confirmed(self) -> str: ...


def stamp_of(links: Iterable[Link | Stamped]) -> str:
    """Return the stamp of links as a page shows them."""
    return edit_conflicts.stamp(sorted((one.id, one.role, one.confirmed) for one in links))


def links_stamp(subject: str, key: str) -> str:
    """Return the stamp of all links of a subject."""
    return stamp_of(Link.objects.filter(**{subject: key}))
