"""Keep what the party concerned says of a final rating."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import Actor, NotAllowed, speaks_for
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Party
from followthrough.web.assessments.actions.rounds import lock_round
from followthrough.web.assessments.models import REPLY, Assessment, RatingUnit, Reply
from followthrough.web.assessments.stamps import verdict_stamp
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict, InvalidEntry


def reply(cell: RatingUnit, text: str, *, by: User, seen: str | None = None) -> None:
    """Keep what the party concerned says of the verdict that the page showed, whose stamp is ``seen``.

    Raises ``NotAllowed`` for anybody but its focal point; ``EditConflict`` where the verdict changed since, or the
    period is over.
    """
    if not speaks_for_cell(by, cell):
        raise NotAllowed(_("%(by)s is no focal point of %(party_id)s") % {"by": by, "party_id": cell.party_id})
    if not text.strip() or len(text) > 2000:
        raise InvalidEntry({"reply": _("write something, at most 2,000 characters")})
    with transaction.atomic():
        if lock_round(cell.assessment).state != REPLY:
            raise EditConflict(_("the reply period is not open"))
        last = cell.verdicts.order_by("-number").first()
        stored = [("Value", last.value), ("Why", last.why)] if last else []
        edit_conflicts.compare(seen, verdict_stamp(last), "cell", str(cell.pk), stored)
        Reply.objects.create(cell=cell, text=text.strip(), by=by.username, at=timezone.now())
        record(by.username, EventType.CELL_REPLIED, "cell", str(cell.pk), {"party": cell.party_id})


def unheard(assessment: Assessment) -> list[str]:
    """Return the names of the parties of a round for which nobody has an account that may reply."""
    focal = Grant.objects.filter(role=Role.CONTRIBUTOR.value, user__is_active=True)
    focal = focal.filter(Q(document=None) | Q(document=assessment.document_id))
    mute = Party.objects.filter(cells__assessment=assessment).exclude(pk__in=focal.exclude(party=None).values("party"))
    return sorted(set(mute.values_list("name", flat=True)))


def speaks_for_cell(by: Actor, cell: RatingUnit) -> bool:
    """Whether a person is a focal point of the cell's party for this agreement."""
    return speaks_for(by, cell.party_id, cell.assessment.document_id)
