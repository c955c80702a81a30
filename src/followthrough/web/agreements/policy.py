"""Who may see which documents, and with them provisions, commitments, instruments and sources.

- An agreement that is published is read by everybody; one that is not, by those whose role over it says so.
- What belongs to an agreement (provisions, commitments, notes, citations) is seen with it; an edge with both its ends.
- An instrument is seen by who sees one of the agreements that name it or are linked to it, or where none ever was.
- A source is hidden where something hidden rests on it and nothing that is seen: each app registers its own records.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from followthrough.web.accounts.policy import Actor, documents_over, require
from followthrough.web.accounts.record_registry import (
    Part,
    Reference,
    ids,
    register_parts,
    register_references,
    register_root,
    without_hidden,
)
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    Edge,
    Instrument,
    InterpretiveNote,
    Membership,
    PaperWords,
    PartyEvent,
    Provision,
    Source,
)


def visible_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents that ``by`` may read."""
    return Document.objects.filter(Q(public=True) | documents_over(by, Permission.READ_DRAFTS))


def hidden_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents that ``by`` may not read: few, beside all that there are."""
    return Document.objects.exclude(Q(public=True) | documents_over(by, Permission.READ_DRAFTS))


def documents_where(by: Actor, permission: Permission) -> QuerySet[Document]:
    """Return the documents to which ``by`` may do ``permission``."""
    return Document.objects.filter(documents_over(by, permission))


def editable_documents(by: Actor) -> QuerySet[Document]:
    """Return the documents whose catalogue ``by`` may edit."""
    return documents_where(by, Permission.EDIT)


def document_to(by: Actor, permission: Permission, key: str) -> Document:
    """Return the document with this id, to which ``by`` may do ``permission``.

    Raises ``NotAllowed`` where ``by`` may read it and not do this; ``Http404`` where there is nothing for them to read.
    """
    document = get_object_or_404(visible_documents(by), pk=key)
    require(by, permission, document)
    return document


def require_somewhere(by: Actor, permission: Permission) -> None:
    """Raise ``NotAllowed`` for who may do ``permission`` nowhere, before anything is read of what they sent."""
    if not documents_where(by, permission).exists():
        require(by, permission)


def visible_provisions(by: Actor) -> QuerySet[Provision]:
    """Return the provisions that ``by`` may see."""
    return Provision.objects.filter(document__in=ids(visible_documents(by)))


def visible_commitments(by: Actor) -> QuerySet[Commitment]:
    """Return the commitments that ``by`` may see, withdrawn ones too."""
    return Commitment.objects.filter(provision__document__in=ids(visible_documents(by)))


def visible_notes(by: Actor) -> QuerySet[InterpretiveNote]:
    """Return the interpretive notes that ``by`` may see."""
    return InterpretiveNote.objects.filter(commitment__provision__document__in=ids(visible_documents(by)))


def visible_citations(by: Actor) -> QuerySet[Citation]:
    """Return where commitments that ``by`` may see, and that stand, name instruments."""
    shown = ids(visible_documents(by))
    return Citation.objects.filter(commitment__withdrawn="", commitment__provision__document__in=shown)


def visible_paper_words(by: Actor) -> QuerySet[PaperWords]:
    """Return what the papers of the agreements that ``by`` may read say in place of our words."""
    return PaperWords.objects.filter(document__in=ids(visible_documents(by)))


def visible_edges(by: Actor) -> QuerySet[Edge]:
    """Return the edges both of whose commitments ``by`` may see."""
    shown = ids(visible_documents(by))
    return Edge.objects.filter(later__provision__document__in=shown, earlier__provision__document__in=shown)


def visible_instruments(by: Actor) -> QuerySet[Instrument]:
    """Return the instruments that ``by`` may see."""
    return without_hidden(Instrument, "instrument", by)


def visible_party_events(by: Actor) -> QuerySet[PartyEvent]:
    """Return what parties did with the instruments that ``by`` may see."""
    return without_hidden(PartyEvent, "instrument", by, "instrument")


def visible_sources(by: Actor) -> QuerySet[Source]:
    """Return the sources that ``by`` may see."""
    return without_hidden(Source, "source", by)


def register() -> None:
    """Register what is hidden with a document: called once all models are loaded."""
    register_root("document", hidden_documents)
    register_parts("provision", Part(Provision, "document_id", "document"))
    register_parts("commitment", Part(Commitment, "provision_id", "provision"))
    register_references("instrument", Reference(Citation, "instrument_id", "commitment_id", "commitment"))
    register_references(
        "source",
        Reference(Document, "source_id", "id", "document"),
        Reference(Instrument, "source_id", "id", "instrument"),
        Reference(PartyEvent, "source_id", "instrument_id", "instrument"),
        Reference(Membership, "source_id"),  # seen by everybody
    )
