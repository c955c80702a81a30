"""Sources as pages show them, and which of them may be the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from followthrough.assess.grading import grade
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_sources

SOURCE = ("id", "title", "publisher", "publisher_kind", "url", "published", "language")
"""The columns of ``SourceRow``, in its order."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, as every page names it."""

    id: str
    title: str
    publisher: str
    publisher_kind: str
    url: str
    published: str
    language: str

    @property
    def grade(self) -> int:
        """Its suggested grade, 0 to 4."""
        return grade(self.publisher_kind)


def source_row(key: str, by: Actor) -> SourceRow | None:
    """Return a source, or nothing where ``by`` sees none."""
    about: Any = visible_sources(by).filter(pk=key).values_list(*SOURCE).first()
    return None if about is None else SourceRow(*about)


def find_sources(words: str, by: Actor) -> list[SourceRow]:
    """Return the newest sources that have each of ``words`` in their title, publisher or address; a dozen at most."""
    found = visible_sources(by)
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(url__icontains=word))
    rows: Any = found.order_by("-published", "id").values_list(*SOURCE)[:12]
    return [SourceRow(*row) for row in rows]


def find_possible_duplicates(source: Mapping[str, Any], by: Actor) -> list[str]:
    """Return a sentence for each source, of those ``by`` sees, with the title and date of ``source`` elsewhere."""
    twins = visible_sources(by).filter(title__iexact=source["title"], published=source.get("published", ""))
    if twins.filter(url=source["url"]).exists():
        return []
    others = twins[:3]
    return [f"a source with this title and date is here under another address: {twin.url}" for twin in others]
