"""Enter evidence, confirm what it is tied to, take a reader's suggestion: each with its audit event, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from followthrough.packs.cells import BadCell, parse
from followthrough.packs.schema import TABLES, Table
from followthrough.web.accounts.policy import Actor, may, name_of, require
from followthrough.web.accounts.roles import Deed
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.audit.record import record, record_all
from followthrough.web.evidence.models import Claim, Link, Source, Suggestion

MOST_WAITING = 500
"""Suggestions that wait for an answer; beyond it the box is closed, so that nobody can fill a disk."""


class BadEntry(Exception):
    """An entry that cannot be taken: ``problems`` maps each field to what is wrong with it; nothing was saved."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class Duplicate(Exception):
    """It may be here already: ``like`` names what is alike. Sent again with the same words it is saved."""

    def __init__(self, like: Sequence[str]) -> None:
        self.like = list(like)
        super().__init__("; ".join(self.like))


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a person typed it: cells of the tables ``sources``, ``claims`` and ``links``, by their column."""

    source: Mapping[str, str]
    claim: Mapping[str, str]
    commitments: tuple[str, ...]
    rationale: str
    role: str
    anyway: bool = False


def enter_claim(document: Document, entry: Entry, *, by: Actor) -> Claim:
    """Enter a claim with its source and what it is tied to; who enters it confirms the tie if they may.

    Raises ``NotAllowed``; ``BadEntry`` for cells that the importer would refuse too; ``Duplicate`` where a claim of the
    same source says the same or has the same date and value, unless ``entry.anyway``.
    """
    require(by, Deed.ENTER, document)
    today = timezone.localdate().isoformat()
    claim_cells = {**entry.claim, "recorded": today, "checked": "false", "reproducible": "true", "id": "c-new"}
    source_cells = {**entry.source, "id": "s-new"}
    problems: dict[str, str] = {}
    source = _parsed("sources", source_cells, problems)
    claim = _parsed("claims", {**claim_cells, "source": "s-new"}, problems)
    link = _parsed(
        "links", {"id": "l-new", "role": entry.role, "rationale": entry.rationale, "origin": "person"}, problems
    )
    places = list(Commitment.objects.filter(pk__in=entry.commitments, provision__document=document, withdrawn=""))
    if not places or len(places) != len(set(entry.commitments)):
        problems["commitments"] = "choose the commitments that it speaks to"
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        held = Source.objects.filter(url=source["url"]).first()
        if not entry.anyway:
            _refuse_twice(held, source, claim)
        return _entered(document, held, source, claim, link, places, by)


def _parsed(name: str, cells: Mapping[str, str], problems: dict[str, str]) -> dict[str, Any]:
    """Read cells as the importer does; a required column that nobody types is left to the caller."""
    table = next(table for table in TABLES if table.name == name)
    row: dict[str, Any] = {}
    for column in _typed(table, cells):
        try:
            row[column.name] = parse(column, cells[column.name])
        except BadCell as error:
            problems[f"{name}.{column.name}"] = str(error)
    return row


def _typed(table: Table, cells: Mapping[str, str]) -> list[Any]:
    return [column for column in table.columns if column.name in cells]


def _refuse_twice(held: Source | None, source: Mapping[str, Any], claim: Mapping[str, Any]) -> None:
    like = []
    if held is None:
        twins = Source.objects.filter(title__iexact=source["title"], published=source.get("published", ""))
        like += [f"a source with this title and date is here under another address: {twin.url}" for twin in twins[:3]]
    else:
        for one in held.claims.filter(withdrawn=""):
            same = one.statement.casefold() == str(claim["statement"]).casefold()
            figure = one.value is not None and one.value == claim.get("value") and one.date == claim.get("date")
            if same or figure:
                like.append(f"{one.id} of the same source says: {one.statement}")
    if like:
        raise Duplicate(like)


def _entered(
    document: Document, held: Source | None, source: dict[str, Any], claim: dict[str, Any], link: dict[str, Any],
    places: Sequence[Commitment], by: Actor,
) -> Claim:  # fmt: skip
    who = name_of(by)
    if held is None:
        key = _free(
            Source, f"s-{slugify(source['publisher'])[:40] or 'source'}-{source.get('published', '')[:4]}".strip("-")
        )
        held = Source.objects.create(**{**source, "id": key})
        record(who, "source.added", "source", held.pk, {"url": held.url})
    saved = Claim.objects.create(**{**claim, "id": _free(Claim, "c-1"), "source": held})
    record(who, "claim.added", "claim", saved.pk, {"source": held.pk, "document": document.pk})
    confirmed = timezone.localdate().isoformat() if may(by, Deed.CONFIRM, document) else ""
    for place in places:
        tie = Link.objects.create(
            **{**link, "id": _free(Link, f"l-{saved.pk}-{place.pk.rpartition('/')[2]}")},
            commitment=place, claim=saved, confirmed=confirmed, confirmed_by=who if confirmed else "",
        )  # fmt: skip
        record(
            who, "link.added", "link", tie.pk, {"claim": saved.pk, "commitment": place.pk, "confirmed": bool(confirmed)}
        )
    return saved


def _free(model: Any, base: str) -> str:
    """Return ``base``, or with a number behind it, as an id that no row has."""
    taken = set(model.objects.filter(pk__startswith=base.rstrip("0123456789")).values_list("pk", flat=True))
    stem = base.rstrip("0123456789").rstrip("-")
    return next(key for key in (base, *(f"{stem}-{n}" for n in range(2, 10_000_000))) if key not in taken)


def confirm(links: Sequence[str], *, by: Actor, back: bool = False) -> int:
    """Confirm links, or with ``back`` make them suggestions again; returns how many changed.

    Raises ``NotAllowed`` unless ``by`` may confirm in every document concerned; then nothing is changed.
    """
    with transaction.atomic():
        held = list(
            Link.objects.select_for_update(of=("self",))
            .filter(pk__in=links)
            .select_related("commitment__provision__document", "provision__document")
        )
        for one in held:
            place = one.commitment.provision if one.commitment else one.provision
            require(by, Deed.CONFIRM, place.document if place else None)
        changed = [one for one in held if bool(one.confirmed) is back]
        for one in changed:
            one.confirmed = "" if back else timezone.localdate().isoformat()
            one.confirmed_by = "" if back else name_of(by)
        Link.objects.bulk_update(changed, ["confirmed", "confirmed_by"], batch_size=500)
        verb = "link.unconfirmed" if back else "link.confirmed"
        record_all(name_of(by), ((verb, "link", one.pk, {}) for one in changed))
    return len(changed)


def suggest(document: Document, place: str, text: str, url: str, contact: str) -> Suggestion:
    """Put a reader's words into the queue. Raises ``BadEntry`` where there are none, or the queue is full."""
    problems = {}
    if not text.strip():
        problems["text"] = "say what is missing or wrong"
    if url and not url.startswith(("http://", "https://")):
        problems["url"] = "write the whole address, with https://"
    if Suggestion.objects.filter(answered=None).count() >= MOST_WAITING:
        problems["text"] = "the box is full; try again when some were answered"
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        made = Suggestion.objects.create(
            document=document, place=place[:120], text=text.strip()[:2000], url=url[:1000], contact=contact[:200],
            at=timezone.now(),
        )  # fmt: skip
        record("reader", "suggestion.made", "document", document.pk, {"suggestion": made.pk})
    return made


def answer(suggestion: Suggestion, words: str, *, by: Actor) -> None:
    """Answer a suggestion, which takes it off the queue. Raises ``NotAllowed`` and ``BadEntry``."""
    require(by, Deed.ENTER, suggestion.document)
    if not words.strip():
        raise BadEntry({"answer": "say what became of it"})
    with transaction.atomic():
        suggestion.answer, suggestion.answered_by = words.strip()[:500], name_of(by)
        suggestion.answered = timezone.now()
        suggestion.save(update_fields=["answer", "answered_by", "answered"])
        record(name_of(by), "suggestion.answered", "document", suggestion.document_id, {"suggestion": suggestion.pk})
