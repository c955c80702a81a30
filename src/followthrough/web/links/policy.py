"""Who may see which links, and what they hide.

A link is seen by who may read the document that it leads into. What was ever linked to an agreement that somebody may
not see, and to none that they may, is hidden from them: a link that was withdrawn shows nothing more, and still hides.
What was never linked is seen by all. Who changes a subject has to hold the permission in every document that it is
linked to.
"""

from __future__ import annotations

from django.db.models import QuerySet

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.accounts.policy import Actor, may, require
from followthrough.web.accounts.record_registry import Part, Reference, ids, register_parts, register_references
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.links.models import Link, within


def visible_links(by: Actor) -> QuerySet[Link]:
    """Return the links that were not withdrawn, into documents that ``by`` may read."""
    return Link.objects.filter(within(ids(visible_documents(by))))


def documents_of(subject: str, key: str) -> list[Document]:
    """Return the documents that a subject is linked to, by a commitment or by a provision."""
    links = Link.objects.filter(**{subject: key})
    ids = {*links.values_list("commitment__provision__document", flat=True)}
    ids |= {*links.values_list("provision__document", flat=True)}
    return list(Document.objects.filter(pk__in=[one for one in ids if one]))


def require_in_all(by: Actor, permission: Permission, subject: str, key: str) -> None:
    """Raise ``NotAllowed`` unless ``by`` has ``permission`` in every document that the subject is linked to."""
    documents = documents_of(subject, key)
    for document in documents:
        require(by, permission, document)
    if not documents:
        require(by, permission)


def may_in_all(by: Actor, permission: Permission, subject: str, key: str) -> bool:
    """Say whether ``by`` has ``permission`` in every document that the subject is linked to."""
    documents = documents_of(subject, key)
    return all(may(by, permission, one) for one in documents) if documents else may(by, permission)


def register() -> None:
    """Register what links hide: called once all models are loaded."""
    register_parts("link", Part(Link, "commitment_id", "commitment"), Part(Link, "provision_id", "provision"))
    for thing in LinkSubject:
        register_references(thing, Reference(Link, f"{thing}_id", "id", "link", "one.withdrawn = ''"))
