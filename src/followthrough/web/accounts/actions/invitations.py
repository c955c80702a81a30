"""Invite people to a role, take an invitation back, accept it: with permission and an audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.actions.people import Details, add_person, set_password
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import Invitation, User
from followthrough.web.accounts.policy import SYSTEM, Actor, Governed, Identified, may_invite, name_of, refusal
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.wording import day
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.letters import late_links
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import Reader, Told, put

DAYS = 14
_signer = Signer(salt="followthrough.invitation")


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited to what: an address, a role, over which agreement, and for which party."""

    email: str
    role: Role
    document: Governed | None = None
    party: Identified | None = None


def invite(asked: Invited, *, by: Actor) -> Invitation:
    """Invite somebody by a letter whose link is good for fourteen days, and once.

    Raises ``NotAllowed``; ``InvalidEntry`` for a wrong address, or a party where the role speaks for none.
    """
    if not may_invite(by, asked.role, asked.document):
        raise refusal(by, Permission.ADMINISTER)
    _check(asked)
    with transaction.atomic():
        made = Invitation.objects.create(
            email=asked.email.strip(), role=asked.role.value, document_id=asked.document.id if asked.document else None,
            party_id=asked.party.id if asked.party else None, made=timezone.now(), made_by=name_of(by),
            until=timezone.now() + timedelta(days=DAYS),
        )  # fmt: skip
        record(name_of(by), EventType.INVITATION_MADE, "invitation", str(made.pk), _detail(made))
        _tell(made)
    return made


def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take an invitation back: its link opens nothing more. Raises ``NotAllowed``; ``EditConflict`` where it ended."""
    if not may_invite(by, Role(invitation.role), invitation.document):
        raise refusal(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = _lock_open(invitation)
        held.revoked = timezone.now()
        held.save(update_fields=["revoked"])
        record(name_of(by), EventType.INVITATION_REVOKED, "invitation", str(held.pk), _detail(held))


def accept_invitation(invitation: Invitation, *, by: User) -> None:
    """Take the role of an invitation, for an account that is there. Raises ``EditConflict`` where it has ended."""
    with transaction.atomic():
        held = _lock_open(invitation)
        _accept(held, by)


def join(invitation: Invitation, username: str, name: str, password: str, *, by: str = SYSTEM) -> User:
    """Make an account with the address and the role of an invitation.

    Raises ``EditConflict`` where it has ended, ``BadAccount`` for a user name that cannot be.
    """
    with transaction.atomic():
        held = _lock_open(invitation)
        user = add_person(username, Details(name, held.email), by=by)
        _accept(held, user)
    set_password(user, password, by=by)
    return user


def _accept(held: Invitation, user: User) -> None:
    """Give the role; the right to it is that of whoever invited, which the record names."""
    held.accepted, held.user = timezone.now(), user
    held.save(update_fields=["accepted", "user"])
    record(user.username, EventType.INVITATION_ACCEPTED, "invitation", str(held.pk), _detail(held))
    grant_role(user, Role(held.role), by=SYSTEM, document=held.document, party=held.party)


def link_of(invitation: Invitation) -> str:
    """Return the path of an invitation's link; no table holds it."""
    return address("invitation", _signer.sign(str(invitation.pk)).replace(":", "."))


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link belongs to, whether it has ended or not; nothing for a forged link."""
    try:
        key = _signer.unsign(token.replace(".", ":", 1))
    except BadSignature:
        return None
    return Invitation.objects.select_related("document", "party").filter(pk=int(key)).first()


def is_open(invitation: Invitation) -> bool:
    """Say whether an invitation can be accepted now."""
    return not invitation.accepted and not invitation.revoked and timezone.now() <= invitation.until


def _lock_open(invitation: Invitation) -> Invitation:
    held = Invitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=invitation.pk)
    if not is_open(held):
        raise EditConflict(_("the invitation has ended, or was accepted already"))
    return held


def _check(asked: Invited) -> None:
    problems = {}
    try:
        validate_email(asked.email.strip())
    except ValidationError:
        problems["email"] = _("this is no e-mail address")
    if (asked.role is Role.CONTRIBUTOR) is (asked.party is None):
        problems["party"] = _("choose a party for a contributor, and for nobody else")
    if problems:
        raise InvalidEntry(problems)


def _tell(made: Invitation) -> None:
    over = made.document.short_title if made.document else _("the whole register")
    party = made.party.name if made.party else ""
    record_ = f"{party}: {over}" if party else over
    said = _("You are invited: %(record)s, until %(day)s") % {
        "record": record_, "day": day(made.until.date().isoformat())
    }  # fmt: skip
    facts = {
        "role": Role(made.role).label, "party": party, "over": over, "invitation": made.pk,
        "until": day(made.until.date().isoformat()),
    }  # fmt: skip
    put(Told(f"invited/{made.pk}", NoticeKind.INVITED, said, record_, "", facts), [Reader(made.email)])


def _late_link(notice: Notice) -> str:
    return link_of(Invitation(pk=notice.facts["invitation"]))


late_links[NoticeKind.INVITED] = _late_link


def _detail(held: Invitation) -> dict[str, str | None]:
    return {"email": held.email, "role": held.role, "document": held.document_id, "party": held.party_id}
