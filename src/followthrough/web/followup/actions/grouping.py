"""Answer several reports of one party together, once, as small delegations do; and take them apart again."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup.actions.drafts import lock_writable
from followthrough.web.followup.models import Report
from followthrough.web.followup.policy import own_reports, require_voice
from followthrough.web.followup.reading import members_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.errors import EditConflict, InvalidEntry


def answer_together(reports: Collection[int], *, by: Actor) -> Report:
    """Have reports of one party in one cycle answered with the first of them, which is returned.

    What was drafted on the others stays with them. Raises ``NotAllowed``; ``InvalidEntry`` for fewer than two, or for
    reports of several parties; ``EditConflict`` where one was sent already or is answered with another.
    """
    with transaction.atomic():
        chosen = own_reports(by).filter(pk__in=reports).select_related("cycle__document").order_by("position")
        held = [(one, lock_writable(one)) for one in chosen]
        if len(held) < 2 or len(held) < len(set(reports)):
            raise InvalidEntry({"reports": _("tick two paragraphs or more")})
        if len({(one.cycle_id, one.party_id) for one, _locked in held}) > 1:
            raise InvalidEntry({"reports": _("tick paragraphs of one party")})
        head, *others = [locked for _one, locked in held]
        person = require_voice(by, held[0][0])
        for one in others:
            if one.first_sent or one.members.exists():
                raise EditConflict(_("one of these was sent, or is answered with others already"))
            one.answered_with = head
            one.save(update_fields=["answered_with"])
        if head.first_sent:
            raise EditConflict(_("one of these was sent, or is answered with others already"))
        said = {"with": [one.provision_id for one in others], "party": head.party_id}
        record(person.username, EventType.REPORT_GROUPED, "report", str(head.pk), said)
    return head


def answer_apart(report: Report, *, by: Actor) -> int:
    """Have the reports that are answered with this one answered for themselves again; returns how many.

    Raises ``NotAllowed``; ``EditConflict`` where it was sent, or none is answered with it.
    """
    person = require_voice(by, report)
    with transaction.atomic():
        held = lock_writable(report)
        members = members_of(held)
        if not members or held.state != Answering.OPEN:
            raise EditConflict(_("it was sent, or is answered alone"))
        Report.objects.filter(pk__in=[one.pk for one in members]).update(answered_with=None)
        said = {"with": [one.provision_id for one in members], "party": held.party_id}
        record(person.username, EventType.REPORT_PARTED, "report", str(held.pk), said)
    return len(members)
