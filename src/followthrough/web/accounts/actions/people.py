"""Add people, change and close their accounts, set their passwords: with permission and an audit event."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import UserManager
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, NotAllowed, keepers, name_of, require
from followthrough.web.accounts.roles import SYSTEM, Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


class BadAccount(Exception):
    """What was asked for cannot be; ``field`` is the field of the form that it stands in, or empty."""

    def __init__(self, says: str, field: str = "") -> None:
        self.field = field
        super().__init__(says)


class AccountOvertaken(Exception):
    """Somebody else changed the account since the page was opened; ``now`` is what stands there."""

    def __init__(self, now: Details) -> None:
        self.now = now
        super().__init__("somebody else changed this account since you opened the page")


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator says of a person."""

    name: str = ""
    email: str = ""


def details_of(user: User) -> Details:
    """Return what is said of a person now."""
    return Details(user.name, user.email)


def add_person(username: str, details: Details, *, by: Actor, demo: bool = False) -> User:
    """Make an account without a role and without a password.

    Raises ``NotAllowed`` unless ``by`` keeps accounts, ``BadAccount`` where a field cannot be so.
    """
    require(by, Permission.ADMINISTER)
    made = User(username=User.normalize_username(username.strip()), demo=demo, **asdict(details))
    made.set_unusable_password()
    _check(made)
    with transaction.atomic():
        return User.objects.create_user(
            made.username, made.email or None, None, by=name_of(by), name=made.name, demo=demo
        )


def change_person(user: User, details: Details, *, by: Actor, seen: Details) -> None:
    """Change what is said of a person, where it still says what ``by`` saw.

    Raises ``NotAllowed``, ``BadAccount``, and ``AccountOvertaken`` where somebody else was faster.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = locked(user)
        if details_of(held) != seen:
            raise AccountOvertaken(details_of(held))
        if details == seen:
            return
        held.name, held.email = details.name, UserManager.normalize_email(details.email)
        _check(held)
        held.save(update_fields=["name", "email"])
        record(
            name_of(by), EventType.ACCOUNT_CHANGED, "user", held.username, {"from": asdict(seen), "to": asdict(details)}
        )


def close_account(user: User, *, by: Actor) -> None:
    """Close an account: the person can no longer sign in, and what they did stays. Closing it twice changes nothing.

    Raises ``NotAllowed``, and ``BadAccount`` where nobody would be left to keep accounts.
    """
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = locked(user)
        if held.is_active:
            held.is_active = False
            held.save(update_fields=["is_active"])
            require_a_keeper(by)
            record(name_of(by), EventType.ACCOUNT_CLOSED, "user", held.username)


def open_account(user: User, *, by: Actor) -> None:
    """Open a closed account again, with the roles it had. Raises ``NotAllowed`` unless ``by`` keeps accounts."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = locked(user)
        if not held.is_active:
            held.is_active = True
            held.save(update_fields=["is_active"])
            record(name_of(by), EventType.ACCOUNT_OPENED, "user", held.username)


def set_superuser(user: User, superuser: bool, *, by: Actor) -> None:
    """Say whether somebody may do everything, roles apart. Raises ``NotAllowed``, and ``BadAccount`` for the last."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = locked(user)
        if held.is_superuser != superuser:
            held.is_superuser = superuser
            held.save(update_fields=["is_superuser"])
            require_a_keeper(by)
            verb = EventType.ACCOUNT_SUPERUSER_GIVEN if superuser else EventType.ACCOUNT_SUPERUSER_TAKEN
            record(name_of(by), verb, "user", held.username)


def set_password(user: User, password: str, *, by: Actor) -> None:
    """Set a password, one's own or anybody's by the operator. Raises ``NotAllowed`` for anybody else's."""
    if by not in (SYSTEM, user):
        raise NotAllowed(
            _("%(by)s may not set the password of %(username)s") % {"by": name_of(by), "username": user.username}
        )
    hashed = make_password(password)  # takes a third of a second: not while others wait to write
    with transaction.atomic():
        held = locked(user)
        held.password = hashed
        held.save(update_fields=["password"])
        record(name_of(by), EventType.ACCOUNT_PASSWORD_CHANGED, "user", held.username)
    user.password = hashed


def locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def require_a_keeper(by: Actor) -> None:
    """Undo, by raising, what would leave a register that nobody can administer; the operator always can."""
    if by != SYSTEM and not keepers().exists():
        raise BadAccount("nobody would be left who keeps accounts: make somebody else an administrator first")


def _check(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
        user.validate_unique()
    except ValidationError as error:
        field, says = next(iter(error.message_dict.items()))
        raise BadAccount(_WORDS.get((field, _code(error, field)), says[0]), field) from error


def _code(error: ValidationError, field: str) -> str:
    return str(error.error_dict[field][0].code)


_WORDS = {
    ("username", "blank"): "a user name is needed",
    ("username", "unique"): "somebody has this user name already, perhaps with a closed account",
    ("username", "invalid"): "a user name has letters, digits and @ . + - _ only",
    ("email", "invalid"): "this is no e-mail address",
}
