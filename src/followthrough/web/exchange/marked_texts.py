"""Documents of the register as Akoma Ntoso: the official words that are held, with the catalogue marked in them."""

from __future__ import annotations

from followthrough.model.commitment import Commitment as Marked
from followthrough.model.document import Document as Text
from followthrough.model.document import Provision as Place
from followthrough.model.reading import Reading
from followthrough.model.vocabulary import CommitmentKind, ProvisionKind
from followthrough.publish.akn import to_akn
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.agreements.policy import visible_commitments, visible_documents, visible_provisions


def texts_held(by: Actor) -> list[Document]:
    """Return the documents that ``by`` may see and whose official words are held."""
    return list(visible_documents(by).filter(official__isnull=False).order_by("pk"))


def marked_text(document: str, by: Actor) -> bytes | None:
    """Return a document as Akoma Ntoso; nothing where ``by`` may not see it, or no official words of it are held.

    A provision whose words were not verified stands there with its number alone.
    """
    found = visible_documents(by).select_related("official").filter(pk=document, official__isnull=False).first()
    if found is None:
        return None
    text, places, homes = _placed(list(visible_provisions(by).filter(document=document).order_by("position")))
    marked = []
    held = visible_commitments(by).filter(provision__document=document, withdrawn="")
    for one in held.order_by("provision__position", "position"):
        home = homes[one.provision_id]
        spans = tuple((home.body + start, home.body + end) for start, end in one.spans)
        if spans and spans[-1][1] <= home.end:
            kind = CommitmentKind(one.kind)
            marked.append(
                Marked(one.pk, home.eid, home.num or "", spans[0][0], spans[-1][1], spans, one.verb, kind, one.strength)
            )
    whole = Text(
        found.title, found.adopted if len(found.adopted) == len("2019-11-26") else None, found.place or None,
        found.official.sha256, text, tuple(places), language=found.language or None,
    )  # fmt: skip
    return to_akn(Reading(whole, tuple(marked), ()))


def _placed(provisions: list[Provision]) -> tuple[str, list[Place], dict[str, Place]]:
    """Return the words of all provisions as one text, a line each, and each provision's place in it, by id too."""
    eids = {one.pk: one.eid for one in provisions}
    lines, places, homes, at = list[str](), list[Place](), dict[str, Place](), 0
    for one in provisions:
        printed = f"{one.num}. " if one.num else ""
        line = f"{printed}{one.words}"
        place = Place(
            one.eid, one.num or None, ProvisionKind(one.kind), None, at, at + len(line), eids.get(one.parent_id or ""),
            at + len(printed),
        )  # fmt: skip
        places.append(place)
        homes[one.pk] = place
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), places, homes
