"""Change many claims or activities at once: what would change is shown first; that is then done, or nothing is.

Here is how it is done, and what can be done to links. What else can be done to the records of a kind stands in
``actions/bulk_changes.py`` of their app.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import transaction
from django.utils.translation import gettext

from followthrough.model.vocabulary import LinkRole
from followthrough.web.accounts.policy import SYSTEM, Actor, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import tail
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.links.actions import links
from followthrough.web.links.actions.links import LinkRequest
from followthrough.web.links.rows import Linked
from followthrough.web.links.scope import Scope

MOST = 500
"""Records in one change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants done to many: the command, the values of the fields, and why."""

    do: str
    values: Mapping[str, str]
    reason: str = ""


Describe: TypeAlias = Callable[[Any, Change], tuple[str, str]]
Apply: TypeAlias = Callable[[str, Sequence[Any], Change, Actor], object]


@dataclass(frozen=True, slots=True)
class BulkCommand:
    """One thing that can be done to many records.

    Attributes:
        name: what the form sends.
        words: what the form says.
        describe: what it says of a record before and after.
        apply: does it to records of a kind.
        value: the field that it needs a value of.
        allowed: the values that this field may have; any where it is empty.
        reason: whether it needs a reason.
    """

    name: str
    words: str
    describe: Describe
    apply: Apply
    value: str = ""
    allowed: tuple[str, ...] = ()
    reason: bool = False


@dataclass(frozen=True, slots=True)
class BulkSubject:
    """A kind of record that can be changed: how its rows are read and named, and what can be done to them."""

    name: str
    rows: Callable[[Scope], Sequence[Linked]]
    title: Callable[[Any], str]
    commands: Mapping[str, BulkCommand]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one record: what it says of it before and after; the same where it leaves it alone."""

    id: str
    says: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether it stays as it is."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do, and the ``token`` of the state in which it would."""

    effects: list[Effect]
    token: str

    @property
    def changed(self) -> int:
        """How many records it changes."""
        return sum(not one.same for one in self.effects)


def preview(document: Document, subject: BulkSubject, ids: Sequence[str], change: Change, *, by: Actor) -> Preview:
    """Say what ``change`` would do to the records with these ids. Raises ``NotAllowed``, ``InvalidEntry``."""
    require(by, Permission.ENTER, document)
    command = _command(document, subject, ids, change, by)
    rows = _rows(document, subject, ids)
    effects = [Effect(one.id, subject.title(one), *command.describe(one, change)) for one in rows]
    return Preview(effects, _token(rows))


def apply(
    document: Document, subject: BulkSubject, ids: Sequence[str], change: Change, token: str, *, by: Actor
) -> int:
    """Do what was previewed, in one transaction; returns how many records changed.

    Raises ``NotAllowed``, ``InvalidEntry``; ``EditConflict`` where any of them changed since ``token``. Then nothing is
    done.
    """
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        what = preview(document, subject, ids, change, by=by)
        if what.token != token:
            raise EditConflict(
                gettext("Somebody changed one of these since you looked. Nothing was saved; look again below.")
            )
        changed = {one.id for one in what.effects if not one.same}
        rows = [one for one in _rows(document, subject, ids) if one.id in changed]
        if rows:
            subject.commands[change.do].apply(subject.name, rows, change, by)
    return len(rows)


def _command(document: Document, subject: BulkSubject, ids: Sequence[str], change: Change, by: Actor) -> BulkCommand:
    """Return the command of a change that can be made. Raises ``InvalidEntry``."""
    problems: dict[str, str] = {}
    command = subject.commands.get(change.do)
    if command is None:
        raise InvalidEntry({"do": gettext("choose what is to be done")})
    if not ids:
        problems["chosen"] = gettext("tick one at least")
    elif len(ids) > MOST:
        problems["chosen"] = gettext("%(ids)s are too many for one change; at most %(most)s") % {
            "ids": len(ids),
            "most": MOST,
        }
    if command.reason and not change.reason.strip():
        problems["reason"] = gettext("say why")
    if command.allowed and change.values.get(command.value, "") not in command.allowed:
        problems[command.value] = gettext("choose one of %(allowed)s") % {"allowed": ", ".join(command.allowed)}
    if command.name == "tie":
        links.read_link_cells(subject.name, _link_request(change), problems)
        links.find_commitments(document, [change.values.get("place", "")], problems, by)
    if problems:
        raise InvalidEntry(problems)
    return command


def _rows(document: Document, subject: BulkSubject, ids: Sequence[str]) -> list[Linked]:
    """Return the rows of ``ids`` in their order, each with its links to ``document``."""
    scope = Scope(document.pk, by=SYSTEM)  # the permission was asked for before
    by_id = {one.id: one for one in subject.rows(scope)}
    if missing := [key for key in ids if key not in by_id]:
        raise EditConflict(
            gettext("%(missing)s is not linked to this agreement any more. Nothing was saved.")
            % {"missing": ", ".join(missing[:5])}
        )
    return [by_id[key] for key in dict.fromkeys(ids)]


def _token(rows: Sequence[Linked]) -> str:
    """Return a digest of everything that a change looks at."""
    state = [
        [one.id, str(one), sorted((link.id, link.place, link.role, link.confirmed) for link in one.ties)]
        for one in rows
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _link_request(change: Change) -> LinkRequest:
    return LinkRequest((change.values.get("place", ""),), change.values.get("role", ""), change.reason)


def _confirmed(row: Linked, change: Change) -> tuple[str, str]:
    count, of = sum(bool(link.confirmed) for link in row.ties), len(row.ties)
    return f"{count} of {of} links confirmed", f"{of if change.do == 'confirm' else 0} of {of} links confirmed"


def _role(row: Linked, change: Change) -> tuple[str, str]:
    return "; ".join(sorted({link.role for link in row.ties})), change.values.get("role", "")


def _targets(row: Linked, change: Change) -> tuple[str, str]:
    targets = sorted({link.place for link in row.ties})
    after = sorted({*targets, change.values.get("place", "")}) if change.do == "tie" else []
    return "; ".join(map(tail, targets)), "; ".join(map(tail, after)) or "nothing here"


def _links(rows: Sequence[Linked]) -> list[str]:
    return [link.id for one in rows for link in one.ties]


def _link(subject: str, rows: Sequence[Linked], change: Change, by: Actor) -> None:
    for one in rows:
        links.link(subject, one.id, _link_request(change), by=by)


LINK_COMMANDS = {
    one.name: one
    for one in (
        BulkCommand(
            "confirm",
            "confirm their links here",
            _confirmed,
            lambda _, rows, __, by: links.confirm(_links(rows), by=by),
        ),
        BulkCommand(
            "unconfirm",
            "take the confirmation back",
            _confirmed,
            lambda _, rows, __, by: links.confirm(_links(rows), by=by, back=True),
        ),
        BulkCommand(
            "role",
            "change the role of their links here",
            _role,
            lambda _, rows, change, by: links.change_role(_links(rows), change.values["role"], by=by),
            value="role",
            allowed=tuple(LinkRole),
        ),
        BulkCommand(
            "tie",
            "link them to one more commitment, in a role, for a reason",
            _targets,
            _link,
            value="place",
            reason=True,
        ),
        BulkCommand(
            "untie",
            "unlink them from this agreement, for a reason",
            _targets,
            lambda _, rows, change, by: links.unlink(_links(rows), change.reason, by=by),
            reason=True,
        ),
    )
}
"""What can be done to the links of any subject, by name."""
