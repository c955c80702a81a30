"""A draft put aside, with a reason, and taken up again: nothing of it is deleted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from followthrough.register.editing import LONGEST
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Commitment
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.workbench.actions.drafts import BadEdit
from followthrough.web.workbench.models import Draft


def discarded_stamp(draft: Draft) -> str:
    """Return the stamp of whether a draft was put aside."""
    return edit_conflicts.stamp(draft.discarded, draft.discarded_by)


def discardable(draft: Draft) -> bool:
    """Whether a draft can be put aside: nothing of it was ever written into the register."""
    return not draft.document.public and not Commitment.objects.filter(provision__document=draft.pk).exists()


def discard(draft: Draft, reason: str, *, by: Actor, seen: str | None = None) -> None:
    """Put a draft aside. Raises ``NotAllowed``, ``EditConflict``; ``BadEdit`` without a reason or once published."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST["reason"]:
        raise BadEdit((0, 0, "reason"), f"say why, in at most {LONGEST['reason']} characters")
    with transaction.atomic():
        held = _locked(draft, by, seen)
        if not discardable(held):
            raise BadEdit((0, 0, "reason"), "it was published; take it off the public site instead")
        held.discarded, held.discarded_by, held.discarded_why = timezone.now(), name_of(by), reason
        held.save(update_fields=["discarded", "discarded_by", "discarded_why"])
        record(name_of(by), EventType.DRAFT_DISCARDED, "document", held.pk, {"reason": reason})


def recover(draft: Draft, *, by: Actor, seen: str | None = None) -> None:
    """Take a draft up again that was put aside. Raises ``NotAllowed``, ``EditConflict``."""
    with transaction.atomic():
        held = _locked(draft, by, seen)
        before = held.discarded_why
        held.discarded, held.discarded_by, held.discarded_why = None, "", ""
        held.save(update_fields=["discarded", "discarded_by", "discarded_why"])
        record(name_of(by), EventType.DRAFT_RECOVERED, "document", held.pk, {"discarded for": before})


def _locked(draft: Draft, by: Actor, seen: str | None) -> Draft:
    held = Draft.objects.select_for_update(no_key=True).select_related("document").get(pk=draft.pk)
    require(by, Permission.EDIT, held.document)
    stored = [("State", f"discarded: {held.discarded_why}" if held.discarded else "a draft")]
    edit_conflicts.compare(seen, discarded_stamp(held), "document", held.pk, stored)
    return held
