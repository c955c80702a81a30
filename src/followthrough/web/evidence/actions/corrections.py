"""Correct a claim: nothing overwrites it.

The corrected claim is a new one with the parties, links and sides of the old, which is withdrawn with the reason and
names what replaced it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.evidence.actions.claims import CLAIM_CELLS, lock_claim, write_withdrawal
from followthrough.web.evidence.models import Claim, ClaimParty, ConflictSide
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.actions.links import create_links, target_of
from followthrough.web.links.models import Link


def correct(
    key: str, cells: Mapping[str, str], reason: str, *, by: Actor, seen: str | None = None, without: str = ""
) -> Claim:
    """Replace ``key`` by a corrected claim; ``cells`` are those of ``CLAIM_CELLS`` that were typed.

    The party ``without`` is named no more.

    Raises ``NotAllowed``; ``InvalidEntry`` for cells that the importer would refuse, without a reason, or where nothing
    differs; ``EditConflict`` where it was withdrawn in the meantime.
    """
    require_somewhere(by, Permission.ENTER)
    problems: dict[str, str] = {}
    new = read_cells("claims", {name: cells[name] for name in CLAIM_CELLS if name in cells}, problems)
    if not reason.strip():
        problems["reason"] = _("say what was wrong")
    with transaction.atomic():
        old = lock_claim(key, by, seen)
        if not problems and not without and all(getattr(old, name) == value for name, value in new.items()):
            problems["claims.statement"] = _("nothing differs from what is on record")
        if problems:
            raise InvalidEntry(problems)
        kept = {name: getattr(old, name) for name in CLAIM_CELLS} | new
        today = timezone.localdate().isoformat()
        made = create(Claim, "c-", **kept, source=old.source, recorded=today, entered_by=name_of(by))
        record(name_of(by), EventType.CLAIM_ADDED, "claim", made.pk, {"source": old.source_id, "corrects": key})
        _take_over(old, made, by, without)
        old.replaced_by = made
        write_withdrawal([old], f"corrected as {made.pk}: {reason}", by=by)
    return made


def _take_over(old: Claim, new: Claim, by: Actor, without: str) -> None:
    """Give the parties, the links and the sides of ``old`` to ``new``; the links of ``old`` stay with it."""
    for party in old.parties.exclude(party=without).values_list("party_id", flat=True):
        ClaimParty.objects.create(id=f"{new.pk}/{party}", claim=new, party_id=party)
    links = Link.objects.filter(claim=old).select_related("commitment__provision__document", "provision__document")
    for one in links:
        cells = {"role": one.role, "rationale": one.rationale, "origin": one.origin, "share": None}
        create_links("claim", new.pk, cells, [target_of(one)], by=by, confirm=bool(one.confirmed))
    for side in ConflictSide.objects.filter(claim=old):
        side.claim = new
        if (side.value, side.unit) == (old.value, old.unit):
            side.value, side.unit = new.value, new.unit
        if side.says == old.statement[:500]:
            side.says = new.statement[:500]
        side.save(update_fields=["claim", "value", "unit", "says"])
        record(
            name_of(by), EventType.CONFLICT_SIDE_CORRECTED, "conflict", side.conflict_id, {"from": old.pk, "to": new.pk}
        )
