"""The accepted catalogue into the register: commitments, the instruments they name, and their notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from followthrough.pipeline.layout import commitment_id
from followthrough.register.editing import Item, Items, Note, letters
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    Instrument,
    InterpretiveNote,
)
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.workbench.actions import register_rows
from followthrough.web.workbench.actions.document_details import Details, describe
from followthrough.web.workbench.actions.drafts import BadEdit, keep_register, locked, record_shown, show, take_step
from followthrough.web.workbench.actions.register_rows import APART
from followthrough.web.workbench.models import Draft, ProvisionDraft, Step

_KINDS = (
    (r"\bfunds?\b|\bfacility\b", "fund"),
    (r"\b(?:convention|treaty|protocol|covenant|charter|statute|constitution)\b", "treaty"),
    (r"\bagreement|\bmemorand|\baccord\b|\bcompact\b", "agreement"),
    (r"\bplans?\b|\bblueprint\b|\bmaster ?plan\b|\broad ?map\b", "plan_of_action"),
    (r"\bprogram|\binitiative\b|\bproject\b|\bscheme\b|\bcampaign\b", "programme"),
    (r"\bcent(?:re|er)\b|\binstitut|\bfoundation\b|\bnetwork\b|\bcouncil\b|\bbank\b|\bsecretariat\b", "institution"),
    (r"\bframework\b|\bpartnership\b|\bguideline|\bprinciple", "framework"),
    (r"\bmechanism\b|\bforum\b|\bdialogue\b|\bmeeting\b|\bsummit\b", "mechanism"),
)


def obstacle(draft: Draft) -> str:
    """Return why a draft cannot be published yet; nothing where it can."""
    items = [item for part in draft.provision_drafts.all() for item in part.held]
    waiting = sum(item.state == "suggested" for item in items)
    if waiting:
        return f"decide on the {waiting} commitments that are only suggested"
    return "" if any(item.live for item in items) else "accept at least one commitment"


def catalogue_stamp(draft: Draft) -> str:
    """Return the stamp of a catalogue: every step changes it."""
    return edit_conflicts.stamp(draft.steps.order_by("-number").values_list("number", flat=True).first())


def publish(draft: Draft, *, by: Actor, seen: str | None = None) -> Step:
    """Write the accepted catalogue into the register and make it public; one step, which can be undone.

    ``seen`` is the stamp of the catalogue that the page showed. Raises ``NotAllowed``; ``BadEdit`` while commitments
    wait for a decision or none is accepted; ``EditConflict`` where somebody took a step since.
    """
    with transaction.atomic():
        held = locked(draft)
        require(by, Permission.PUBLISH, held.document)
        edit_conflicts.compare(seen, catalogue_stamp(held), "document", held.pk)
        if why := obstacle(held):
            raise BadEdit((0, 0, "publish"), why)
        before, published, was_public = register_rows.rows_of(held.document), held.published, held.document.public
        parts = list(held.provision_drafts.select_related("provision").order_by("provision__position"))
        lettered = {part: _lettered(part.held) for part in parts}
        changed = {part: items for part, items in lettered.items() if items != part.held}
        step = take_step(held, changed, "published the catalogue", by, publishes=True)
        _Register(held.document, name_of(by)).write(lettered)
        show(held, public=True)
        keep_register(step, before, published)
        record(name_of(by), EventType.CATALOGUE_PUBLISHED, "document", held.pk, {"step": step.number})
        if not was_public:
            record_shown(held.document, True, {"step": step.number}, by=by)
    return step


def publish_as(draft: Draft, details: Details, *, by: Actor, seen: str | None, described: str | None) -> Step:
    """Set the details of the document and publish its catalogue: both, or nothing. Raises as each of them does.

    ``seen`` is the stamp of the catalogue that the page showed, ``described`` that of the details.
    """
    with transaction.atomic():
        held = locked(draft)
        require(by, Permission.PUBLISH, held.document)
        edit_conflicts.compare(seen, catalogue_stamp(held), "document", held.pk)
        describe(held, details, by=by, seen=described)
        return publish(held, by=by)


def _lettered(items: Items) -> Items:
    """Give each live item the letter that it keeps from now on."""
    given = letters(items)
    return tuple(replace(item, letter=given.get(item.key, item.letter)) for item in items)


class _Register:
    """Writes a catalogue over what the register holds of it, with an audit event for each commitment that changes."""

    def __init__(self, document: Document, by: str) -> None:
        self.by = by
        held = Commitment.objects.filter(provision__document=document)
        self.held = {one.pk: one for one in held}
        held.update(position=F("position") + APART)
        self.instruments = {_key(one.name): one for one in Instrument.objects.all()}
        self.events: list[tuple[EventType, str, str, dict[str, Any]]] = []

    def write(self, catalogue: dict[ProvisionDraft, Items]) -> None:
        kept: set[str] = set()
        for part, items in catalogue.items():
            for position, item in enumerate(sorted((i for i in items if i.live), key=lambda i: i.spans), 1):
                kept.add(self._keep(part, item, position))
        reasons = {
            commitment_id(part.provision_id, item.letter): item.reason
            for part, items in catalogue.items()
            for item in items
            if item.letter and not item.live
        }
        self._withdraw(set(self.held) - kept, reasons)
        record_all(self.by, self.events)

    def _keep(self, part: ProvisionDraft, item: Item, position: int) -> str:
        key = commitment_id(part.provision_id, item.letter)
        new = _row(key, part, item, position)
        old = self.held.get(key)
        new.save(force_insert=old is None, force_update=old is not None)
        named = self._cite(key, item.instruments)
        self._note(key, item.note)
        changes = _changes(old, new) if old else {}
        if old is None or changes or named:
            detail = {"changes": changes | named} if old else {"from": "a draft"}
            self.events.append(
                (EventType.COMMITMENT_CHANGED if old else EventType.COMMITMENT_ADDED, "commitment", key, detail)
            )
        return key

    def _cite(self, commitment: str, names: Iterable[str]) -> dict[str, Any]:
        wanted = {self._instrument(name).pk for name in names}
        held = set(Citation.objects.filter(commitment=commitment).values_list("instrument_id", flat=True))
        Citation.objects.filter(commitment=commitment, instrument__in=held - wanted).delete()
        for instrument in sorted(wanted - held):
            key = f"{commitment}/{instrument}"
            Citation.objects.create(id=key, commitment_id=commitment, instrument_id=instrument)
        return {} if wanted == held else {"instruments": [sorted(held), sorted(wanted)]}

    def _instrument(self, name: str) -> Instrument:
        known = self.instruments.get(_key(name))
        if known is None:
            base = slugify(re.sub(r"\([^()]*+\)", "", name))[:70] or "instrument"
            taken = {one.pk for one in self.instruments.values()}
            key = next(k for k in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if k not in taken)
            known = Instrument.objects.create(id=key, name=name, kind=_kind_of(name))
            self.instruments[_key(name)] = known
            self.events.append((EventType.INSTRUMENT_ADDED, "instrument", key, {"named by": name}))
        return known

    def _note(self, commitment: str, note: Note) -> None:
        latest = InterpretiveNote.objects.filter(commitment=commitment).order_by("-version").first()
        if (latest is None and note == Note()) or (latest and note == Note(latest.full, latest.partial, latest.none)):
            return
        version = latest.version + 1 if latest else 1
        InterpretiveNote.objects.create(
            id=f"{commitment}/v{version}",
            commitment_id=commitment,
            version=version,
            full=note.full,
            partial=note.partial,
            none=note.none,
            agreed=timezone.localdate().isoformat(),
        )
        self.events.append((EventType.COMMITMENT_NOTED, "commitment", commitment, {"version": version}))

    def _withdraw(self, gone: set[str], reasons: dict[str, str]) -> None:
        for key in sorted(gone):
            one = self.held[key]
            why = one.withdrawn or (reasons.get(key) or "merged into another")[:300]
            Commitment.objects.filter(pk=key).update(withdrawn=why, position=one.position)
            if not one.withdrawn:
                self.events.append((EventType.COMMITMENT_WITHDRAWN, "commitment", key, {"reason": why}))


def _row(key: str, part: ProvisionDraft, item: Item, position: int) -> Commitment:
    return Commitment(
        id=key,
        provision_id=part.provision_id,
        position=position,
        spans=[list(span) for span in item.spans],
        verb=item.verb,
        kind=item.kind,
        strength=item.strength,
        summary=item.summary,
        actors=item.actors,
        goals=list(item.goals),
        deadline=item.deadline,
        quantity=item.quantity,
        missing=list(item.missing),
        withdrawn="",
    )


def _changes(old: Commitment, new: Commitment) -> dict[str, Any]:
    names = ("spans", "verb", "kind", "strength", "summary", "actors", "deadline", "quantity", "missing", "withdrawn")
    pairs = {name: [getattr(old, name), getattr(new, name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _key(name: str) -> str:
    return " ".join(re.sub(r"^the\s+|(?<!\s)\s*+\([^()]*+\)", "", name.lower()).split())


def _kind_of(name: str) -> str:
    """Guess the kind of an instrument from its head noun; a person can correct it."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name.lower())), "policy")
