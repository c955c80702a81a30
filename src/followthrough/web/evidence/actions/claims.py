"""Enter claims, check them against their sources, withdraw them: each with its audit event, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.actions.sources import get_or_create_source
from followthrough.web.agreements.entry_forms import known_parties
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.agreements.sources import find_possible_duplicates
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.evidence.models import Claim, ClaimParty
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.kit.errors import EditConflict, InvalidEntry, PossibleDuplicate
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.actions.links import LinkRequest, create_links, find_commitments, read_link_cells
from followthrough.web.links.policy import require_in_all

CLAIM_CELLS = ("kind", "date", "statement", "value", "unit", "stance", "reproducible", "quote", "notes")
"""The columns of a claim that a person types."""


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
    """Enter a claim with its source and its links; who enters it confirms the links if they may.

    Raises ``NotAllowed``; ``InvalidEntry`` for cells that the importer would refuse too; ``PossibleDuplicate`` where a
    claim of the same source says the same or has the same date and value, unless ``entry.anyway``.
    """
    require(by, Permission.ENTER, document)
    problems: dict[str, str] = {}
    source = read_cells("sources", entry.source, problems)
    claim = read_cells("claims", {"reproducible": "true", **entry.claim, "checked": "false"}, problems)
    link = read_link_cells("claim", LinkRequest(entry.commitments, entry.role, entry.rationale), problems)
    commitments = find_commitments(document, entry.commitments, problems, by)
    parties = known_parties(entry.parties, problems)
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        if not entry.anyway and (like := _possible_duplicates(source, claim, by)):
            raise PossibleDuplicate(like)
        its = get_or_create_source(source, by=by)
        today = timezone.localdate().isoformat()
        saved = create(Claim, "c-", **claim, source=its, recorded=today, entered_by=name_of(by))
        ClaimParty.objects.bulk_create(ClaimParty(id=f"{saved.pk}/{one}", claim=saved, party_id=one) for one in parties)
        about = {"source": its.pk, "document": document.pk, "parties": parties}
        record(name_of(by), EventType.CLAIM_ADDED, "claim", saved.pk, about)
        create_links("claim", saved.pk, link, commitments, by=by)
        return saved


def _possible_duplicates(source: Mapping[str, Any], claim: Mapping[str, Any], by: Actor) -> list[str]:
    """Return a sentence for whatever in the register may be the same source or claim."""
    like = find_possible_duplicates(source, by)
    for one in visible_claims(by).filter(source__url=source["url"], withdrawn=""):
        same = one.statement.casefold() == str(claim["statement"]).casefold()
        figure = one.value is not None and one.value == claim.get("value") and one.date == claim.get("date")
        if same or figure:
            like.append(f"{one.pk} of the same source says: {one.statement}")
    return like


def withdraw(keys: Sequence[str], reason: str, *, by: Actor, seen: str | None = None) -> int:
    """Withdraw claims with a reason; they stay at their address. Returns how many.

    Raises ``NotAllowed``; ``InvalidEntry`` without a reason; ``EditConflict`` where one was withdrawn in the meantime.
    """
    require_somewhere(by, Permission.ENTER)
    if not reason.strip():
        raise InvalidEntry({"reason": _("say why it no longer stands")})
    with transaction.atomic():
        claims = [lock_claim(key, by, seen) for key in dict.fromkeys(keys)]
        write_withdrawal(claims, reason, by=by)
    return len(claims)


def write_withdrawal(claims: Sequence[Claim], reason: str, *, by: Actor) -> None:
    """Write locked claims as withdrawn, with what replaces them where something does, and their events."""
    for one in claims:
        one.withdrawn = " ".join(reason.split())[:300]
    Claim.objects.bulk_update(claims, ["withdrawn", "replaced_by"], batch_size=500)
    record_all(name_of(by), ((EventType.CLAIM_WITHDRAWN, "claim", one.pk, {"reason": one.withdrawn}) for one in claims))


def check(keys: Sequence[str], note: str, *, by: Actor, seen: str | None = None) -> int:
    """Say that a second reader compared claims with their sources; returns how many were not checked before.

    Raises ``NotAllowed``, ``EditConflict``, and ``InvalidEntry`` where ``by`` entered one of them: nobody is the second
    reader of his own words.
    """
    who, note = name_of(by), " ".join(note.split())[:500]
    with transaction.atomic():
        claims = [one for one in (lock_claim(key, by, seen) for key in dict.fromkeys(keys)) if not one.checked]
        if own := sorted(one.pk for one in claims if one.entered_by == who):
            raise InvalidEntry(
                {"note": _("you entered %(own)s; somebody else compares it with its source") % {"own": ", ".join(own)}}
            )
        for one in claims:
            one.checked, one.check_note = True, note
        Claim.objects.bulk_update(claims, ["checked", "check_note"], batch_size=500)
        record_all(who, ((EventType.CLAIM_CHECKED, "claim", one.pk, {"note": note}) for one in claims))
    return len(claims)


def claim_stamp(claim: Claim) -> str:
    """Return the stamp of a claim: its words, and whether it was withdrawn and checked."""
    return edit_conflicts.stamp([getattr(claim, name) for name in (*CLAIM_CELLS, "withdrawn", "checked", "check_note")])


def lock_claim(key: str, by: Actor, seen: str | None = None) -> Claim:
    """Lock a claim that was not withdrawn and return it; ``seen`` is its stamp on the page.

    Raises ``NotAllowed``; ``InvalidEntry`` where there is none; ``EditConflict`` where it is not as the page showed it.
    """
    known = visible_claims(by).filter(pk=key)
    if known.exists():
        require_in_all(by, Permission.ENTER, "claim", key)
    claim = known.select_for_update(of=("self",), no_key=True).select_related("source").first()
    if claim is None:
        raise InvalidEntry({"claims": _("the register has no evidence item %(key)s") % {"key": key}})
    if claim.withdrawn:
        raise EditConflict(
            _("Somebody withdrew %(key)s: %(withdrawn)s. Nothing of yours was saved.")
            % {"key": key, "withdrawn": claim.withdrawn}
        )
    checked = f"yes: {claim.check_note}".rstrip(": ") if claim.checked else "no"
    edit_conflicts.compare(
        seen, claim_stamp(claim), "claim", key, [("Statement", claim.statement), ("Checked", checked)]
    )
    return claim
