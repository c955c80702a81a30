"""Who may see which links, and what they hide.

A link is seen by who may read the document that it leads into. What was ever linked to an agreement that somebody may
not see, and to none that they may, is hidden from them: a link that was withdrawn shows nothing more, and still hides.
What was never linked is seen by all.
"""

from __future__ import annotations

from django.db.models import QuerySet

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.visibility import Part, Reference, ids, register_parts, register_references
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.links.models import Link, within


def visible_links(by: Actor) -> QuerySet[Link]:
    """Return the links that stand, into documents that ``by`` may read."""
    return Link.objects.filter(within(ids(visible_documents(by))))


def register() -> None:
    """Register what links hide: called once all models are loaded."""
    register_parts("link", Part(Link, "commitment_id", "commitment"), Part(Link, "provision_id", "provision"))
    for thing in LinkSubject:
        register_references(thing, Reference(Link, f"{thing}_id", "id", "link", "one.withdrawn = ''"))
