"""Enter a claim, take a reader's suggestion and answer it: each with its audit event, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit import stamps
from followthrough.web.audit.record import record
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence.entering import BadEntry, Duplicate, alike, create, held_or_new, parsed, parties_named
from followthrough.web.evidence.models import Claim, ClaimParty, Suggestion
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.ties import Tying, places_in, tie_cells, tie_to
from followthrough.web.limits.limiter import Limit, take

BY_ADDRESS = Limit("suggestions by address", 20, 3600)
BY_DOCUMENT = Limit("suggestions by document", 200, 3600)
"""Nobody can close the box for others: the limit of one address is a tenth of that of one agreement."""


LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a person typed it: cells of the tables ``sources``, ``claims`` and ``links``, by their column."""

    source: Mapping[str, str]
    claim: Mapping[str, str]
    commitments: tuple[str, ...]
    rationale: str
    role: str
    parties: tuple[str, ...] = ()
    anyway: bool = False


def enter_claim(document: Document, entry: Entry, *, by: Actor) -> Claim:
    """Enter a claim with its source and what it is tied to; who enters it confirms the tie if they may.

    Raises ``NotAllowed``; ``BadEntry`` for cells that the importer would refuse too; ``Duplicate`` where a claim of the
    same source says the same or has the same date and value, unless ``entry.anyway``.
    """
    require(by, Permission.ENTER, document)
    problems: dict[str, str] = {}
    source = parsed("sources", entry.source, problems)
    claim = parsed("claims", {"reproducible": "true", **entry.claim, "checked": "false"}, problems)
    link = tie_cells("claim", Tying(entry.commitments, entry.role, entry.rationale), problems)
    places = places_in(document, entry.commitments, problems, by)
    parties = parties_named(entry.parties, problems)
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        if not entry.anyway and (like := _alike(source, claim, by)):
            raise Duplicate(like)
        held = held_or_new(source, by=by)
        saved = create(Claim, "c-", **claim, source=held, recorded=timezone.localdate().isoformat())
        ClaimParty.objects.bulk_create(ClaimParty(id=f"{saved.pk}/{one}", claim=saved, party_id=one) for one in parties)
        about = {"source": held.pk, "document": document.pk, "parties": parties}
        record(name_of(by), "claim.added", "claim", saved.pk, about)
        tie_to("claim", saved.pk, link, places, by=by)
        return saved


def _alike(source: Mapping[str, Any], claim: Mapping[str, Any], by: Actor) -> list[str]:
    """Return what the register holds that may be the same claim."""
    like = alike(source, by)
    for one in visible_claims(by).filter(source__url=source["url"], withdrawn=""):
        same = one.statement.casefold() == str(claim["statement"]).casefold()
        figure = one.value is not None and one.value == claim.get("value") and one.date == claim.get("date")
        if same or figure:
            like.append(f"{one.pk} of the same source says: {one.statement}")
    return like


def suggest(document: Document, place: str, text: str, url: str, contact: str, *, address: str) -> Suggestion:
    """Put a reader's words into the queue. Raises ``BadEntry`` where there are none.

    Raises ``TooMany`` where ``address`` sent as many within the hour as one may, or all together for this agreement.
    """
    problems = {}
    if not text.strip():
        problems["text"] = "say what is missing or wrong"
    if url and not url.startswith(("http://", "https://")):
        problems["url"] = "write the whole address, with https://"
    if problems:
        raise BadEntry(problems)
    take(BY_ADDRESS, address)
    take(BY_DOCUMENT, document.pk)
    with transaction.atomic():
        made = Suggestion.objects.create(
            document=document, place=place[:120], text=text.strip()[:2000], url=url[:1000], contact=contact[:200],
            at=timezone.now(),
        )  # fmt: skip
        record("reader", "suggestion.made", "document", document.pk, {"suggestion": made.pk})
    return made


def answer(suggestion: Suggestion, words: str, *, by: Actor, seen: str | None = None) -> None:
    """Answer a suggestion, which takes it off the queue; a later answer takes the place of an earlier one.

    Raises ``NotAllowed``, ``BadEntry``, and ``Overtaken`` where somebody answered it since the page showed it.
    """
    require(by, Permission.ENTER, suggestion.document)
    if not words.strip() or len(words) > LONGEST_ANSWER:
        raise BadEntry({"answer": f"say what became of it, in at most {LONGEST_ANSWER} characters"})
    with transaction.atomic():
        held = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
        if seen is not None and seen != answer_stamp(held):
            raise Overtaken(
                f"The suggestion “{held.text[:60]}” was answered since you opened the page. Nothing was overwritten.",
                stored=[("Answer", held.answer)], by=held.answered_by, at=held.answered,
            )  # fmt: skip
        before, held.answer, held.answered_by = held.answer, words.strip(), name_of(by)
        held.answered = timezone.now()
        held.save(update_fields=["answer", "answered_by", "answered"])
        about = {"suggestion": held.pk, "answer": held.answer, **({"before": before} if before else {})}
        record(name_of(by), "suggestion.answered", "document", held.document_id, about)


def answer_stamp(suggestion: Suggestion) -> str:
    """Return the stamp of a suggestion; all that nobody has answered have the same one."""
    return stamps.stamp(suggestion.answer, suggestion.answered_by)
