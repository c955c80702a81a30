"""The accepted catalogue into the register: commitments, the instruments they name, and their notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from followthrough.packs.schema import DOCUMENT_KINDS
from followthrough.register.editing import Item, Items, Note, letters
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Deed
from followthrough.web.agreements.models import (
    Citation,
    Commitment,
    Document,
    DocumentParty,
    Instrument,
    InterpretiveNote,
    Party,
)
from followthrough.web.audit.record import record, record_all
from followthrough.web.workbench.actions import BadEdit, show, take_step
from followthrough.web.workbench.models import Bench, Draft, Step

APART = 1_000_000
"""Added to positions while they are renumbered: no two commitments of a provision may hold one place."""

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


def describe(draft: Draft, details: Details, *, by: Actor) -> None:
    """Set the title, kind, date, place and parties of a draft's document.

    Raises ``NotAllowed`` and ``BadEdit``; then nothing is changed.
    """
    _check(details)
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=draft.pk)
        require(by, Deed.EDIT, document)
        changes = {
            name: [getattr(document, name), getattr(details, name)]
            for name in ("title", "short_title", "kind", "adopted", "place", "language", "summary")
            if getattr(document, name) != getattr(details, name)
        }
        for name, (_, new) in changes.items():
            setattr(document, name, new)
        document.save()
        signed = set(document.signatories.values_list("party_id", flat=True))
        wanted = set(details.parties)
        if signed != wanted:
            changes["parties"] = [sorted(signed), sorted(wanted)]
            document.signatories.exclude(party__in=wanted).delete()
            fresh = Party.objects.filter(id__in=wanted - signed)
            DocumentParty.objects.bulk_create(
                [DocumentParty(id=f"{document.pk}/{party.id}", document=document, party=party) for party in fresh]
            )
        if changes:
            record(name_of(by), "document.changed", "document", document.pk, {"changes": changes})


def _check(details: Details) -> None:
    if not details.title or not details.short_title:
        raise BadEdit((0, 0, "title" if not details.title else "short_title"), "write a title")
    if details.kind not in DOCUMENT_KINDS:
        raise BadEdit((0, 0, "kind"), "choose a kind of document")
    if details.adopted and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", details.adopted):
        raise BadEdit((0, 0, "adopted"), "write the date as 2019-11-26, 2019-11 or 2019")


def undecided(draft: Draft) -> int:
    """Return how many commitments of a draft nobody has decided on yet."""
    return sum(item.state == "suggested" for bench in draft.benches.all() for item in bench.held)


def publish(draft: Draft, *, by: Actor) -> Step:
    """Write the accepted catalogue into the register and make it public; one step, which can be undone.

    Raises ``NotAllowed``, and ``BadEdit`` while commitments wait for a decision or none is accepted.
    """
    with transaction.atomic():
        locked = Draft.objects.select_for_update().select_related("document").get(pk=draft.pk)
        require(by, Deed.PUBLISH, locked.document)
        waiting = undecided(locked)
        if waiting:
            raise BadEdit((0, 0, "publish"), f"decide on the {waiting} commitments that are only suggested")
        benches = list(locked.benches.select_related("provision").order_by("provision__position"))
        if not any(item.live for bench in benches for item in bench.held):
            raise BadEdit((0, 0, "publish"), "accept at least one commitment")
        lettered = {bench: _lettered(bench.held) for bench in benches}
        step = take_step(
            locked,
            {bench: items for bench, items in lettered.items() if items != bench.held},
            "published the catalogue",
            by,
            publishes=True,
        )
        _Register(locked.document, name_of(by)).write(lettered)
        show(locked, public=True)
        record(name_of(by), "catalogue.published", "document", locked.pk, {"step": step.number})
    return step


def _lettered(items: Items) -> Items:
    """Give each live item the letter that it keeps from now on."""
    given = letters(items)
    return tuple(replace(item, letter=given.get(item.key, item.letter)) for item in items)


def commitment_id(provision: str, letter: str) -> str:
    """Return the id of a commitment: ``x/4.3`` and ``a`` give ``x/4.3a``; behind a letter a hyphen keeps them apart."""
    return f"{provision}{letter}" if provision[-1:].isdigit() else f"{provision}-{letter}"


class _Register:
    """Writes a catalogue over what the register holds of it, with an audit event for each commitment that changes."""

    def __init__(self, document: Document, by: str) -> None:
        self.by = by
        held = Commitment.objects.filter(provision__document=document)
        self.held = {one.pk: one for one in held}
        held.update(position=_moved())
        self.instruments = {_key(one.name): one for one in Instrument.objects.all()}
        self.events: list[tuple[str, str, str, dict[str, Any]]] = []

    def write(self, catalogue: dict[Bench, Items]) -> None:
        kept: set[str] = set()
        for bench, items in catalogue.items():
            for position, item in enumerate(sorted((i for i in items if i.live), key=lambda i: i.spans), 1):
                kept.add(self._keep(bench, item, position))
        reasons = {
            commitment_id(bench.provision_id, item.letter): item.reason
            for bench, items in catalogue.items()
            for item in items
            if item.letter and not item.live
        }
        self._withdraw(set(self.held) - kept, reasons)
        record_all(self.by, self.events)

    def _keep(self, bench: Bench, item: Item, position: int) -> str:
        key = commitment_id(bench.provision_id, item.letter)
        new = _row(key, bench, item, position)
        old = self.held.get(key)
        new.save(force_insert=old is None, force_update=old is not None)
        named = self._cite(key, item.instruments)
        self._note(key, item.note)
        changes = _changes(old, new) if old else {}
        if old is None or changes or named:
            detail = {"changes": changes | named} if old else {"from": "the workbench"}
            self.events.append((f"commitment.{'changed' if old else 'added'}", "commitment", key, detail))
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
            base = slugify(re.sub(r"\(.*?\)", "", name))[:70] or "instrument"
            taken = {one.pk for one in self.instruments.values()}
            key = next(k for k in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if k not in taken)
            known = Instrument.objects.create(id=key, name=name, kind=_kind_of(name))
            self.instruments[_key(name)] = known
            self.events.append(("instrument.added", "instrument", key, {"named by": name}))
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
        self.events.append(("commitment.noted", "commitment", commitment, {"version": version}))

    def _withdraw(self, gone: set[str], reasons: dict[str, str]) -> None:
        for key in sorted(gone):
            one = self.held[key]
            if not one.withdrawn:
                why = reasons.get(key) or "merged into another"
                Commitment.objects.filter(pk=key).update(withdrawn=why[:300])
                self.events.append(("commitment.withdrawn", "commitment", key, {"reason": why}))


def _moved() -> object:
    from django.db.models import F

    return F("position") + APART


def _row(key: str, bench: Bench, item: Item, position: int) -> Commitment:
    return Commitment(
        id=key,
        provision_id=bench.provision_id,
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
    return " ".join(re.sub(r"^the\s+|\s*\([^)]*\)", "", name.lower()).split())


def _kind_of(name: str) -> str:
    """Guess the kind of an instrument from its head noun; a person can correct it."""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name.lower())), "policy")
