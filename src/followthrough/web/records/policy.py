"""Which records of a kind an agreement has, of those that a person may see, and what a picker of them offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from followthrough.web.accounts.policy import Actor, require
from followthrough.web.activities.policy import visible_figures, visible_meetings
from followthrough.web.agreements.models import Citation, Document, Instrument, Membership
from followthrough.web.agreements.policy import (
    visible_commitments,
    visible_documents,
    visible_edges,
    visible_instruments,
    visible_party_events,
)
from followthrough.web.agreements.rows import tail
from followthrough.web.indicators.policy import visible_indicators, visible_series, visible_targets
from followthrough.web.links.policy import documents_of, require_in_all
from followthrough.web.records.kinds import RecordKind
from followthrough.web.records.pickers import Option, Picker, organisation_picker, party_picker


def visible_memberships(by: Actor) -> QuerySet[Membership]:
    """Return all memberships: everybody sees them, whoever ``by`` is."""
    return Membership.objects.all() if by else Membership.objects.none()


VISIBLE: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "document": visible_documents,
    "lineage-edge": visible_edges,
    "membership": visible_memberships,
    "target": visible_targets,
    "meeting": visible_meetings,
    "instrument": visible_instruments,
    "treaty-action": visible_party_events,
    "fund-figure": visible_figures,
    "indicator": visible_indicators,
}


def _linked(document: str) -> Q:
    within = Q(links__commitment__provision__document=document) | Q(links__provision__document=document)
    return within & Q(links__withdrawn="")


def _instruments(document: str, by: Actor) -> QuerySet[Instrument]:
    cited = Q(citations__commitment__provision__document=document, citations__commitment__withdrawn="")
    return visible_instruments(by).filter(cited | _linked(document)).distinct()


def records_of(kind: RecordKind, document: str, by: Actor) -> QuerySet[Any]:
    """Return the records of a kind that belong to an agreement, of those that ``by`` may see; withdrawn ones not."""
    held = VISIBLE[kind.noun](by)
    if kind.noun == "document":
        return held.filter(pk=document)
    if kind.noun == "instrument":
        return _instruments(document, by)
    if kind.noun in ("treaty-action", "fund-figure"):
        name = "instrument" if kind.noun == "treaty-action" else "fund"
        return held.filter(**{f"{name}__in": _instruments(document, by).values("pk")})
    if kind.noun == "lineage-edge":
        home = "provision__document"
        return held.filter(Q(**{f"later__{home}": document}) | Q(**{f"earlier__{home}": document}))
    if kind.noun == "membership":
        return held.filter(Q(organisation__signed__document=document) | Q(party__signed__document=document)).distinct()
    return held.filter(_linked(document), **({"withdrawn": ""} if kind.supersedes else {})).distinct()


def require_correction(kind: RecordKind, record: Any, by: Actor) -> None:
    """Raise ``NotAllowed`` unless ``by`` may correct a record: in every agreement that it belongs to.

    A membership belongs to none and shows in all: who keeps the whole register corrects it.
    """
    if kind.noun == "document":
        require(by, kind.permission, record)
    elif kind.noun == "lineage-edge":
        require(by, kind.permission, record.later.provision.document)
    elif kind.noun == "membership":
        require(by, kind.permission)
    elif kind.noun in ("treaty-action", "fund-figure", "instrument"):
        name = {"treaty-action": "instrument_id", "fund-figure": "fund_id"}.get(kind.noun, "pk")
        _require_of_instrument(kind, getattr(record, name), by)
    else:
        require_in_all(by, kind.permission, kind.subject, record.pk)


def _require_of_instrument(kind: RecordKind, instrument: str, by: Actor) -> None:
    cited = Citation.objects.filter(instrument=instrument, commitment__withdrawn="")
    homes = set(cited.values_list("commitment__provision__document", flat=True))
    documents = [*documents_of("instrument", instrument), *Document.objects.filter(pk__in=homes)]
    for one in documents:
        require(by, kind.permission, one)
    if not documents:
        require(by, kind.permission)


def picker(name: str, by: Actor) -> Picker:
    """Return the picker of records that ``by`` may see: parties, organisations, documents, commitments ..."""
    if name == "parties":
        return party_picker()
    if name == "organisations":
        return organisation_picker()
    return Picker(f"all-{name}", tuple(_OPTIONS[name](by)))


def _named(held: QuerySet[Any], column: str) -> list[Option]:
    rows = held.order_by(column).values_list("pk", column)
    return [Option(key, words if len(words) < 120 else f"{words[:120]}…", (words,)) for key, words in rows]


def _commitments(by: Actor) -> list[Option]:
    held = (
        visible_commitments(by).filter(withdrawn="").order_by("provision__document", "provision__position", "position")
    )
    rows = held.values_list("pk", "summary", "verb", "provision__document__short_title")
    return [
        Option(key, f"{tail(key)} {(summary or verb)[:80]}, {title}", (summary, tail(key)))
        for key, summary, verb, title in rows
    ]


_OPTIONS: dict[str, Callable[[Actor], list[Option]]] = {
    "documents": lambda by: _named(visible_documents(by), "short_title"),
    "commitments": _commitments,
    "instruments": lambda by: _named(visible_instruments(by), "name"),
    "funds": lambda by: _named(visible_instruments(by).filter(kind="fund"), "name"),
    "series": lambda by: _named(visible_series(by), "title"),
    "targets": lambda by: _named(visible_targets(by).filter(withdrawn=""), "statement"),
}
