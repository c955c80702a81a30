"""A file in: read, catalogued by the machine, and laid on the workbench as a draft that nobody else sees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from followthrough.errors import InputRefused
from followthrough.model.document import Document as Text
from followthrough.model.reading import Reading
from followthrough.packs.folding import digest, squeeze
from followthrough.pipeline.layout import number_of, places_of, references, title_of
from followthrough.pipeline.parts import register_apart
from followthrough.register.editing import Item, drafted, proposed
from followthrough.register.titles import in_title_case
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements import comparison
from followthrough.web.agreements.models import (
    Commitment,
    Document,
    DocumentParty,
    InterpretiveNote,
    OfficialText,
    Party,
    Provision,
)
from followthrough.web.agreements.policy import editable_documents
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.workbench.models import Draft, ProvisionDraft, stored
from followthrough.web.workbench.notes import note_of

PARAGRAPHS_A_PAGE, COMMITMENTS_A_PAGE = 12, 40
LONGEST_UPLOAD = 25_000_000
BATCH = 200
SAME = 0.8
"""The share of its paragraphs from which on a text counts as one that is here already."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that has the text of a file: ``drafted`` where it stands on the workbench."""

    id: str
    title: str
    drafted: bool


class Alike(Exception):
    """The register holds this text already, or nearly: ``documents`` are those that have it. Nothing was made."""

    def __init__(self, documents: Sequence[Twin]) -> None:
        self.documents = list(documents)
        super().__init__(f"this text is here already: {', '.join(one.title for one in documents)}")


def take_in(data: bytes, filename: str, address: str = "", *, by: Actor, anyway: bool = False) -> Draft:
    """Read an uploaded file and lay it on the workbench; returns the draft.

    ``address`` is the last part of its future address; without it the title gives one. Raises ``NotAllowed``;
    ``InputRefused`` for a file that cannot be read or that holds no numbered text; and, unless ``anyway``, ``Alike``
    for a text that the person may edit a document of already, in whatever form it came.
    """
    require(by, Permission.EDIT)
    filename = filename[-255:]
    if len(data) > LONGEST_UPLOAD:
        what = f"is larger than {LONGEST_UPLOAD // 1_000_000} MB"
        raise InputRefused(filename, what, "save the text alone, without pictures")
    reading = register_apart(data, filename)
    if not reading.document.provisions:
        raise InputRefused(filename, "no paragraph was found in it", "check that it is the text of an agreement")
    if not anyway and (alike := same_texts(reading.document, by)):
        raise Alike(alike)
    name = _address(address, reading.document, filename)
    # The file is kept before its draft is: a draft never lacks the file it was read from.
    if not default_storage.exists(path := f"texts/{reading.document.sha256}"):
        default_storage.save(path, ContentFile(data))
    try:
        with transaction.atomic():
            draft = _lay_out(name, reading, filename, name_of(by))
            record(name_of(by), EventType.DRAFT_OPENED, "document", name, {"file": filename, "sha256": draft.sha256})
    except IntegrityError:
        if not Document.objects.filter(pk=name).exists():
            raise
        raise InputRefused(filename, f"somebody took the address “{name}” just now", "send it again") from None
    return draft


def same_texts(text: Text, by: Actor) -> list[Twin]:
    """Return each document that ``by`` may edit and that has most paragraphs of ``text``."""
    words = (squeeze(text.text[place.body : place.end]) for place in text.provisions)
    hashes = {digest(one) for one in words if one}
    mine = editable_documents(by).order_by().values("pk")
    held = Provision.objects.filter(document__in=mine, sha256__in=hashes).values_list("document", "sha256").distinct()
    shared = Counter(document for document, _ in held)
    alike = [key for key, count in shared.items() if count >= max(1, SAME * len(hashes))]
    found = Document.objects.filter(pk__in=alike).order_by("pk").values_list("pk", "title", "draft")
    return [Twin(key, title, draft is not None) for key, title, draft in found]


def _address(wanted: str, text: Text, filename: str) -> str:
    year = (text.date or "")[:4]
    base = slugify(wanted)[:70] or "-".join(part for part in (slugify(text.title or "")[:60].strip("-"), year) if part)
    base = base or slugify(filename.rpartition(".")[0])[:60] or "text"
    taken = set(Document.objects.filter(id__startswith=base).values_list("id", flat=True))
    if wanted and base in taken:
        raise InputRefused(filename, f"the address “{base}” is taken", "choose another")
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if name not in taken)


@dataclass(slots=True)
class _Layout:
    """The records of one draft while they are made."""

    provisions: list[Provision] = field(default_factory=list)
    parts: list[ProvisionDraft] = field(default_factory=list)


def _lay_out(name: str, reading: Reading, filename: str, by: str) -> Draft:
    text = reading.document
    title = (in_title_case(text.title or "", text.text) or filename.rpartition(".")[0] or filename)[:500]
    document = Document.objects.create(
        id=name,
        title=title,
        short_title=title[:120],
        kind=text.kind or "statement",
        adopted=text.date or "",
        place=(text.place or "")[:120],
        public=False,
    )
    draft = Draft.objects.create(
        document=document,
        filename=filename,
        sha256=text.sha256,
        opened=timezone.now(),
        opened_by=by,
        warnings=[notice.to_dict() for notice in reading.warnings][:200],
    )
    DocumentParty.objects.bulk_create(
        DocumentParty(id=f"{name}/{party.pk}", document=document, party=party)
        for party in Party.objects.filter(pk__in=text.parties)
    )
    layout = _provisions(draft, reading)
    Provision.objects.bulk_create(layout.provisions, batch_size=BATCH)
    ProvisionDraft.objects.bulk_create(layout.parts, batch_size=BATCH)
    hashed = sum(bool(provision.sha256) for provision in layout.provisions)
    OfficialText.objects.create(
        document=document,
        sha256=text.sha256,
        filename=filename,
        attached=draft.opened,
        verified=hashed,
        expected=hashed,
        comparison=comparison.kept(reading.verification),
    )
    return draft


def _provisions(draft: Draft, reading: Reading) -> _Layout:
    text, layout = reading.document, _Layout()
    places = {place.eid: places_of(text.text, place) for place in text.provisions}
    proposals = proposed(reading.commitments, places)
    refs = references(text.provisions)
    pages = paged([(place.kind, len(proposals.get(place.eid, ()))) for place in text.provisions])
    for position, (place, page) in enumerate(zip(text.provisions, pages, strict=True), 1):
        words = squeeze(text.text[place.body : place.end])
        provision = Provision(
            id=f"{draft.document_id}/{refs[place.eid]}",
            document_id=draft.document_id,
            parent_id=f"{draft.document_id}/{refs[place.parent]}" if place.parent else None,
            eid=place.eid[:120],
            kind=place.kind,
            num=number_of(place, refs),
            position=position,
            title=title_of(place, words, text.text),
            sha256=digest(words) if words else "",
            length=len(words) or None,
            words=words,
        )
        items = stored(drafted(proposals.get(place.eid, ()), words))
        layout.provisions.append(provision)
        layout.parts.append(
            ProvisionDraft(provision=provision, draft=draft, page=page, start=place.body, proposal=items, items=items)
        )
    return layout


def paged(parts: Iterable[tuple[str, int]]) -> list[int]:
    """Return the page of each provision, given its kind and how many commitments it holds: a section begins a page."""
    page, paragraphs, commitments, pages = 1, 0, 0, []
    for kind, held in parts:
        full = paragraphs >= PARAGRAPHS_A_PAGE or (commitments and commitments + held > COMMITMENTS_A_PAGE)
        if paragraphs and (full or kind == "section"):
            page, paragraphs, commitments = page + 1, 0, 0
        pages.append(page)
        paragraphs += kind != "section"
        commitments += held
    return pages


def open_catalogue(document: Document, *, by: Actor) -> Draft:
    """Lay a catalogue that the register already holds on the workbench, to correct it.

    Raises ``NotAllowed``, and ``InputRefused`` where the official words are not attached: without them no end of a
    commitment can be seen.
    """
    require(by, Permission.EDIT, document)
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        held = Draft.objects.filter(document=document).first()
        if held is not None:
            return held
        text = OfficialText.objects.filter(document=document).first()
        if text is None:
            raise InputRefused(document.id, "its official words are not attached", "attach a copy of them first")
        draft = Draft.objects.create(
            document=document,
            filename=text.filename,
            sha256=text.sha256,
            opened=timezone.now(),
            opened_by=name_of(by),
            published=timezone.now() if document.public else None,
        )
        _add_provision_drafts(draft)
        record(name_of(by), EventType.DRAFT_OPENED, "document", document.id, {"from": "the register"})
    return draft


def _add_provision_drafts(draft: Draft) -> None:
    provisions = list(Provision.objects.filter(document=draft.document).order_by("position"))
    held: dict[str, list[Item]] = {provision.id: [] for provision in provisions}
    asked = Commitment.objects.filter(provision__document=draft.document).prefetch_related("citations__instrument")
    notes = {note.commitment_id: note for note in InterpretiveNote.objects.order_by("version")}
    for one in asked.order_by("position"):
        held[one.provision_id].append(_item(one, len(held[one.provision_id]) + 1, notes.get(one.id)))
    pages = paged([(provision.kind, len(held[provision.id])) for provision in provisions])
    ProvisionDraft.objects.bulk_create(
        [
            ProvisionDraft(
                provision=provision, draft=draft, page=page, start=0, items=stored(tuple(held[provision.id]))
            )
            for provision, page in zip(provisions, pages, strict=True)
        ],
        batch_size=BATCH,
    )


def _item(one: Commitment, key: int, note: InterpretiveNote | None) -> Item:
    return Item(
        key,
        tuple((int(start), int(end)) for start, end in one.spans),
        one.verb,
        one.kind,
        one.strength,
        summary=one.summary,
        actors=one.actors,
        instruments=tuple(citation.instrument.name for citation in one.citations.all()),
        goals=tuple(one.goals),
        deadline=one.deadline,
        quantity=one.quantity,
        missing=tuple(one.missing),
        note=note_of(note),
        state="rejected" if one.withdrawn else "accepted",
        origin="register",
        reason=one.withdrawn,
        letter=re.sub(r"^.*?(?<![a-z])([a-z]++)$", r"\1", one.id),
    )
