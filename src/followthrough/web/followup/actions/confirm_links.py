"""Make a signed link for a party, and revoke it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.agreements.models import Party
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.clock import local
from followthrough.web.followup.models import ConfirmLink, Cycle, Report
from followthrough.web.followup.policy import require_run
from followthrough.web.followup.signed_links import confirm_address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.wording import day
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.letters import late_links
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import Reader, Told, put

LONGEST_NAME = 100


def make_confirm_link(cycle: Cycle, party: Party, sent_to: str, *, by: Actor, letter: bool = False) -> ConfirmLink:
    """Make a link by which ``party`` checks its record, for the office or address ``sent_to``; it ends with the cycle.

    With ``letter`` it goes to that address by mail; the letter gets the link when it is sent, and nothing keeps it.
    Raises ``NotAllowed``; ``InvalidEntry`` where nobody is named; ``EditConflict`` where the cycle takes no more, or
    does not ask this party.
    """
    require_run(by, cycle)
    sent_to = " ".join(sent_to.split())
    if not sent_to or len(sent_to) > LONGEST_NAME:
        raise InvalidEntry({"sent_to": _("name the office or address that it is for, in at most 100 characters")})
    if letter and not _is_address(sent_to):
        raise InvalidEntry({"sent_to": _("this is no e-mail address: name one, or send the link yourself")})
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
        if letter:
            _send(made)
    return made


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _send(made: ConfirmLink) -> None:
    """Put the letter of a link into the outbox; that of an example goes nowhere."""
    cycle, party = made.cycle, made.party.name
    until = day(local(made.expires, cycle.zone).date().isoformat())
    subject = _("%(party)s: check what is on record, until %(day)s") % {"party": party, "day": until}
    facts = {
        "party": party,
        "cycle": cycle.title,
        "agreement": cycle.document.short_title,
        "until": until,
        "link": made.pk,
    }
    told = Told(f"confirm/{made.pk}", NoticeKind.CONFIRM, subject, f"{party}: {cycle.title}", "", facts)
    put(told, [Reader("" if cycle.example else made.sent_to)])


def _late_link(notice: Notice) -> str:
    return confirm_address(ConfirmLink(pk=notice.facts["link"]), "")


late_links[NoticeKind.CONFIRM] = _late_link


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
