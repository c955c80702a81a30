"""Claims that turn out wrong or contested: corrected, withdrawn, checked, set against each other.

Nothing overwrites a claim. A corrected one is a new claim with the ties of the old, which is withdrawn with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit import stamps
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record, record_all
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence.entering import BadEntry, create, parsed, require_in_all
from followthrough.web.evidence.models import Claim, ClaimParty, Conflict, ConflictSide
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.ties import place_of, tie_to
from followthrough.web.links.models import Link

WORDS = ("kind", "date", "statement", "value", "unit", "stance", "reproducible", "quote", "notes")
"""The columns of a claim that a correction may give anew."""


def claim_stamp(claim: Claim) -> str:
    """Return the stamp of a claim: its words, and whether it stands and was checked."""
    return stamps.stamp([getattr(claim, name) for name in (*WORDS, "withdrawn", "checked", "check_note")])


def correct(key: str, cells: Mapping[str, str], reason: str, *, by: Actor, seen: str | None = None) -> Claim:
    """Put a corrected claim in the place of ``key``; ``cells`` are those of ``WORDS`` that were typed.

    Raises ``NotAllowed``; ``BadEntry`` for cells that the importer would refuse, without a reason, or where nothing
    differs; ``Overtaken`` where it was withdrawn in the meantime.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    new = parsed("claims", {name: cells[name] for name in WORDS if name in cells}, problems)
    if not reason.strip():
        problems["reason"] = "say what was wrong"
    with transaction.atomic():
        held = _standing(key, by, seen)
        if not problems and all(getattr(held, name) == value for name, value in new.items()):
            problems["claims.statement"] = "nothing differs from what is on record"
        if problems:
            raise BadEntry(problems)
        kept = {name: getattr(held, name) for name in WORDS} | new
        made = create(Claim, "c-", **kept, source=held.source, recorded=timezone.localdate().isoformat())
        record(name_of(by), "claim.added", "claim", made.pk, {"source": held.source_id, "corrects": key})
        _take_over(held, made, by)
        held.replaced_by = made
        _withdraw([held], f"corrected as {made.pk}: {reason}", by)
    return made


def _take_over(old: Claim, new: Claim, by: Actor) -> None:
    """Give the parties, the ties and the sides of ``old`` to ``new``; the ties of ``old`` stay with it."""
    for party in old.parties.values_list("party_id", flat=True):
        ClaimParty.objects.create(id=f"{new.pk}/{party}", claim=new, party_id=party)
    held = Link.objects.filter(claim=old).select_related("commitment__provision__document", "provision__document")
    for one in held:
        cells = {"role": one.role, "rationale": one.rationale, "origin": one.origin, "share": None}
        tie_to("claim", new.pk, cells, [place_of(one)], by=by, confirm=bool(one.confirmed))
    for side in ConflictSide.objects.filter(claim=old):
        side.claim = new
        if (side.value, side.unit) == (old.value, old.unit):
            side.value, side.unit = new.value, new.unit
        if side.says == old.statement[:500]:
            side.says = new.statement[:500]
        side.save(update_fields=["claim", "value", "unit", "says"])
        record(name_of(by), "conflict.side_corrected", "conflict", side.conflict_id, {"from": old.pk, "to": new.pk})


def withdraw(keys: Sequence[str], reason: str, *, by: Actor, seen: str | None = None) -> int:
    """Withdraw claims with a reason; they stay at their address. Raises as ``correct`` does."""
    require_somewhere(by, Permission.ENTER)
    if not reason.strip():
        raise BadEntry({"reason": "say why it no longer stands"})
    with transaction.atomic():
        held = [_standing(key, by, seen) for key in dict.fromkeys(keys)]
        _withdraw(held, reason, by)
    return len(held)


def _withdraw(claims: Sequence[Claim], reason: str, by: Actor) -> None:
    for one in claims:
        one.withdrawn = " ".join(reason.split())[:300]
    Claim.objects.bulk_update(claims, ["withdrawn", "replaced_by"], batch_size=500)
    record_all(name_of(by), (("claim.withdrawn", "claim", one.pk, {"reason": one.withdrawn}) for one in claims))


def check(keys: Sequence[str], note: str, *, by: Actor, seen: str | None = None) -> int:
    """Say that a second reader compared claims with their sources; returns how many were not checked before.

    Raises ``BadEntry`` where ``by`` entered one of them: nobody is the second reader of his own words.
    """
    who, note = name_of(by), " ".join(note.split())[:500]
    with transaction.atomic():
        held = [one for one in (_standing(key, by, seen) for key in dict.fromkeys(keys)) if not one.checked]
        added = AuditEvent.objects.filter(kind="claim", verb="claim.added", by=who, target__in=[one.pk for one in held])
        if own := sorted(set(added.values_list("target", flat=True))):
            raise BadEntry({"note": f"you entered {', '.join(own)}; somebody else compares it with its source"})
        for one in held:
            one.checked, one.check_note = True, note
        Claim.objects.bulk_update(held, ["checked", "check_note"], batch_size=500)
        record_all(who, (("claim.checked", "claim", one.pk, {"note": note}) for one in held))
    return len(held)


def oppose(keys: Sequence[str], topic: str, note: str, *, by: Actor, seen: str | None = None) -> Conflict:
    """Set claims against each other on a question; all sides stay, there is no winner. Raises as ``correct`` does.

    ``seen`` is the stamp of the first of them, on whose page it was asked.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    cells = parsed("conflicts", {"topic": topic, "note": note}, problems)
    chosen = list(dict.fromkeys(key for key in keys if key))
    known = set(visible_claims(by).filter(pk__in=chosen, withdrawn="").values_list("pk", flat=True))
    if missing := [key for key in chosen if key not in known]:
        problems["others"] = f"no claim {', '.join(missing)} stands in the register"
    elif len(chosen) < 2:
        problems["others"] = "name two claims or more that disagree"
    if problems:
        raise BadEntry(problems)
    with transaction.atomic():
        held = [_standing(key, by, None if at else seen) for at, key in enumerate(chosen)]
        made = create(Conflict, slugify(topic)[:60].strip("-") or "question", **cells)
        record(name_of(by), "conflict.added", "conflict", made.pk, {"claims": chosen})
        for number, one in enumerate(held, 1):
            ConflictSide.objects.create(
                id=f"{made.pk}/{number}", conflict=made, says=one.statement[:500], value=one.value, unit=one.unit,
                source=one.source, claim=one,
            )  # fmt: skip
    return made


def _standing(key: str, by: Actor, seen: str | None = None) -> Claim:
    """Lock a claim that stands. Raises ``NotAllowed``, and ``Overtaken`` where it is not as the page showed it."""
    known = visible_claims(by).filter(pk=key)
    if known.exists():
        require_in_all(by, Permission.ENTER, "claim", key)
    held = known.select_for_update(of=("self",), no_key=True).select_related("source").first()
    if held is None:
        raise BadEntry({"claims": f"the register holds no claim {key}"})
    if held.withdrawn:
        raise Overtaken(f"Somebody withdrew {key}: {held.withdrawn}. Nothing of yours was saved.")
    checked = f"yes: {held.check_note}".rstrip(": ") if held.checked else "no"
    stamps.compare(seen, claim_stamp(held), "claim", key, [("Statement", held.statement), ("Checked", checked)])
    return held
