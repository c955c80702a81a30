"""The addresses of links by which a party checks what is on record of it: a number with its signature.

Whoever has the address may answer for the party, once for each record, until the link ends or is revoked, and nothing
else: it is no session, and opens no other page. Nothing of it is kept but its number: the signature is made anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from followthrough.web.accounts.policy import Actor, NotAllowed, name_of
from followthrough.web.followup import clock
from followthrough.web.followup.models import ConfirmLink, Cycle
from followthrough.web.followup.policy import require_speaker
from followthrough.web.kit.errors import EditConflict
from followthrough.web.kit.requests import whole_number

_SIGNER = Signer(salt="followthrough.followup.confirm-link", sep=".")
"""Of this purpose alone: the signature of anything else does not open it."""

BY_LINK = gettext_noop("the signed link sent to %(office)s")
"""How the record names who has no account."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for a party: the name that the record keeps, whose eyes it is read with, and the link, if by one."""

    name: str
    reader: Actor
    link: ConfirmLink | None = None


def voice_of(by: Actor | ConfirmLink, cycle: Cycle, party: str) -> Voice:
    """Return the voice of somebody who speaks for a party in a cycle, or of a signed link: it reads as the public does.

    Raises ``NotAllowed`` for everybody else; ``EditConflict`` where a link has ended.
    """
    if not isinstance(by, ConfirmLink):
        return Voice(name_of(require_speaker(by, cycle, party)), by)
    link = ConfirmLink.objects.select_related("cycle").filter(pk=by.pk, cycle=cycle, party=party).first()
    if link is None:
        raise NotAllowed(_("this link is of another party"))
    if not stands(link):
        raise EditConflict(_("this cycle takes no more answers"))
    return Voice(_(BY_LINK) % {"office": link.sent_to}, AnonymousUser(), link)


def confirm_address(link: ConfirmLink, site: str) -> str:
    """Return the whole address of a link on the site at ``site``, to be copied or sent."""
    return site.rstrip("/") + reverse("confirm-link", args=[token_of(link)])


def token_of(link: ConfirmLink) -> str:
    """Return the number of a link with its signature."""
    return _SIGNER.sign(str(link.pk))


def link_of(token: str) -> ConfirmLink | None:
    """Return the link of a token that stands today, or nothing: it was never made, has ended or was revoked."""
    try:
        number = whole_number(_SIGNER.unsign(token)) or 0
    except BadSignature:
        return None
    held = ConfirmLink.objects.select_related("cycle__document", "party").filter(pk=number).first()
    return held if held is not None and stands(held) else None


def stands(link: ConfirmLink) -> bool:
    """Say whether a link can be used now."""
    now, cycle = clock.now(), link.cycle
    return not (link.revoked or cycle.closed or now > link.expires or now > cycle.late_until)
