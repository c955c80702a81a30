"""What is said of a document itself: its title, kind, date, place and parties, changed in steps like all the rest."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as lazy

from followthrough.model.typed_dates import read_typed_date
from followthrough.model.vocabulary import DocumentKind
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document, DocumentParty, Party
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.workbench.actions import register_rows
from followthrough.web.workbench.actions.drafts import BadEdit, keep_register, locked, take_step
from followthrough.web.workbench.models import Draft, Step


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of the document itself."""

    title: str
    short_title: str
    kind: str
    adopted: str
    place: str
    language: str
    summary: str
    parties: tuple[str, ...]


DESCRIBED = ("title", "short_title", "kind", "adopted", "place", "language", "summary")


def details_of(document: Document) -> Details:
    """Return what is said of a document now."""
    signed = document.signatories.order_by("party").values_list("party_id", flat=True)
    said: dict[str, str] = {name: getattr(document, name) for name in DESCRIBED}
    return Details(**said, parties=tuple(signed))


def details_stamp(document: Document) -> str:
    """Return the stamp of what is said of a document."""
    return edit_conflicts.stamp(asdict(details_of(document)))


def describe(draft: Draft, details: Details, *, by: Actor, seen: str | None = None) -> Step | None:
    """Set the title, kind, date, place and parties of a draft's document; one step, which can be undone.

    ``seen`` is the stamp of the form. Returns nothing where nothing differs. Raises ``NotAllowed``, ``BadEdit``, and
    ``EditConflict`` where somebody else described it since; then nothing is changed.
    """
    _check(details)
    with transaction.atomic():
        mine = locked(draft)
        require(by, Permission.EDIT, mine.document)
        document, before = mine.document, register_rows.rows_of(mine.document)
        held = details_of(document)
        wanted = replace(details, adopted=_dated(details.adopted), parties=tuple(sorted(set(details.parties))))
        stored = [(str(LABELS[name]), _in_words(old)) for name, old, _ in _pairs(held, wanted)]
        edit_conflicts.compare(seen, details_stamp(document), "document", document.pk, stored)
        if held == wanted:
            return None
        for name in DESCRIBED:
            setattr(document, name, getattr(wanted, name))
        document.save(update_fields=DESCRIBED)
        _sign(document, set(wanted.parties))
        step = take_step(mine, {}, "changed the details of the document", by)
        keep_register(step, before)
        pairs = {name: [_plain(old), _plain(new)] for name, old, new in _pairs(held, details_of(document))}
        record(name_of(by), EventType.DOCUMENT_CHANGED, "document", document.pk, {"changes": pairs})
    return step


LABELS = {
    "title": lazy("Title, as adopted"),
    "short_title": lazy("Short title, for lists"),
    "kind": lazy("Kind"),
    "adopted": lazy("Adopted on"),
    "place": lazy("Place"),
    "language": lazy("Language"),
    "summary": lazy("Summary in our words"),
    "parties": lazy("Parties"),
}


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _pairs(old: Details, new: Details) -> list[tuple[str, object, object]]:
    after = asdict(new)
    return [(name, value, after[name]) for name, value in asdict(old).items() if value != after[name]]


def _sign(document: Document, wanted: set[str]) -> None:
    """Make the parties with these ids its signatories, and no others."""
    document.signatories.exclude(party__in=wanted).delete()
    signed = set(document.signatories.values_list("party_id", flat=True))
    fresh = Party.objects.filter(id__in=wanted - signed)
    DocumentParty.objects.bulk_create(
        [DocumentParty(id=f"{document.pk}/{party.id}", document=document, party=party) for party in fresh]
    )


def _check(details: Details) -> None:
    if not details.title or not details.short_title:
        raise BadEdit((0, 0, "title" if not details.title else "short_title"), "write a title")
    if not DocumentKind.has(details.kind):
        raise BadEdit((0, 0, "kind"), "choose a kind of document")
    longest = {"title": 500, "short_title": 120, "place": 120, "language": 12, "summary": 2000}
    for name, most in longest.items():
        if len(getattr(details, name)) > most:
            raise BadEdit((0, 0, name), f"keep it under {most} characters")


def _dated(text: str) -> str:
    try:
        return str(read_typed_date(text)) if text else ""
    except ValueError as error:
        raise BadEdit((0, 0, "adopted"), str(error)) from None
