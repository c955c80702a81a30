"""The document under which linked things are found, and what events about links change."""

from __future__ import annotations

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.links.models import Link
from followthrough.web.search.entries import some
from followthrough.web.search.groups import Named, Some, groups_of_records, redirect_events


def home_documents(thing: str, ids: Some) -> dict[str, str]:
    """Return the document under which each thing is shown: of those it is tied to the first, a public one if any."""
    found: dict[str, tuple[bool, str]] = {}
    held = some(Link.objects.filter(**{f"{thing}__isnull": False}).order_by(), ids, thing)
    for place in ("commitment__provision", "provision"):
        cells = (f"{thing}_id", f"{place}__document_id", f"{place}__document__public")
        for key, document, public in held.filter(**{f"{place}__isnull": False}).values_list(*cells).iterator():
            rank = (not public, document)
            found[key] = min(found.get(key, rank), rank)
    return {key: document for key, (_, document) in found.items()}


def linked_records(links: list[str]) -> Named:
    """Return the kinds and ids of what links tie to commitments and provisions, as far as it can be found."""
    kinds = [kind for kind in LinkSubject if kind in groups_of_records()]
    rows = Link.objects.filter(pk__in=links).values(*kinds)
    return {(kind, row[kind]) for row in rows for kind in kinds if row[kind]}


def register() -> None:
    """Register what can be found: called once all models are loaded."""
    redirect_events("link", linked_records)
