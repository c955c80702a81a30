"""Stamps of links as pages show them: a form that was overtaken by another is refused; see ``audit.stamps``."""

from __future__ import annotations

from collections.abc import Iterable

from followthrough.web.audit import stamps
from followthrough.web.links.models import Link
from followthrough.web.links.rows import LinkRow


def stamp_of(links: Iterable[Link | LinkRow]) -> str:
    """Return the stamp of links as a page shows them."""
    return stamps.stamp(sorted((one.id, one.role, one.confirmed) for one in links))


def links_stamp(subject: str, key: str) -> str:
    """Return the stamp of all links of a subject."""
    return stamp_of(Link.objects.filter(**{subject: key}))
