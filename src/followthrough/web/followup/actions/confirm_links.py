"""Make a signed link for a party, and revoke it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.agreements.models import Party
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.models import ConfirmLink, Cycle, Report
from followthrough.web.followup.policy import require_run
from followthrough.web.kit.errors import EditConflict, InvalidEntry

LONGEST_NAME = 100


def make_confirm_link(cycle: Cycle, party: Party, sent_to: str, *, by: Actor) -> ConfirmLink:
    """Make a link by which ``party`` checks its record, for the office or address ``sent_to``; it ends with the cycle.

    Raises ``NotAllowed``; ``InvalidEntry`` where nobody is named; ``EditConflict`` where the cycle takes no more, or
    does not ask this party.
    """
    require_run(by, cycle)
    sent_to = " ".join(sent_to.split())
    if not sent_to or len(sent_to) > LONGEST_NAME:
        raise InvalidEntry({"sent_to": _("name the office or address that it is for, in at most 100 characters")})
    if cycle.closed or clock.now() > cycle.late_until:
        raise EditConflict(_("this cycle takes no more answers"))
    if not Report.objects.filter(cycle=cycle, party=party).exists():
        raise EditConflict(_("this cycle asks nothing of that party"))
    with transaction.atomic():
        made = ConfirmLink.objects.create(
            cycle=cycle, party=party, sent_to=sent_to, made=clock.now(), made_by=name_of(by), expires=cycle.late_until
        )
        said = {"cycle": cycle.pk, "party": party.pk, "sent_to": sent_to}
        record(name_of(by), EventType.CONFIRM_LINK_MADE, "confirm_link", str(made.pk), said)
    return made


def revoke_confirm_link(link: ConfirmLink, *, by: Actor) -> None:
    """End a link now; what came through it stays. Raises ``NotAllowed``; one that was revoked stays so."""
    require_run(by, link.cycle)
    with transaction.atomic():
        held = ConfirmLink.objects.select_for_update(no_key=True).get(pk=link.pk)
        if held.revoked:
            return
        held.revoked, held.revoked_by = clock.now(), name_of(by)
        held.save(update_fields=["revoked", "revoked_by"])
        said = {"party": held.party_id, "sent_to": held.sent_to}
        record(name_of(by), EventType.CONFIRM_LINK_REVOKED, "confirm_link", str(held.pk), said)
