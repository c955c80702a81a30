"""Change many claims or activities at once: what would change is shown first; that is then done, or nothing is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from followthrough.model.vocabulary import ClaimKind, LinkRole, Stance
from followthrough.web.accounts.policy import SYSTEM, Actor, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import tail
from followthrough.web.audit.stamps import Overtaken
from followthrough.web.evidence import revising, rows, ties
from followthrough.web.evidence.entering import BadEntry
from followthrough.web.evidence.rows import ActivityRow, ClaimRow
from followthrough.web.evidence.ties import Tying
from followthrough.web.links.scope import Scope

MOST = 500
"""Records in one change."""
Thing = ClaimRow | ActivityRow


@dataclass(frozen=True, slots=True)
class Bulk:
    """One thing that can be done to many: its words, the field it needs a value of, and whether it needs a reason."""

    name: str
    words: str
    value: str = ""
    reason: bool = False
    of_ties: bool = False


COMMANDS = {
    one.name: one
    for one in (
        Bulk("confirm", "confirm their ties here", of_ties=True),
        Bulk("unconfirm", "take the confirmation back", of_ties=True),
        Bulk("role", "change the role of their ties here", "role", of_ties=True),
        Bulk("tie", "tie them to one more commitment, in a role, for a reason", "place", reason=True, of_ties=True),
        Bulk("untie", "untie them from this agreement, for a reason", reason=True, of_ties=True),
        Bulk("check", "mark as compared with their source"),
        Bulk("kind", "correct their kind, for a reason", "kind", reason=True),
        Bulk("stance", "correct for whom they speak, for a reason", "stance", reason=True),
        Bulk("withdraw", "withdraw them, for a reason", reason=True),
    )
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants done to many: the command, the values of the fields, and why."""

    do: str
    values: Mapping[str, str]
    reason: str = ""

    @property
    def value(self) -> str:
        """The value that the command needs."""
        return self.values.get(COMMANDS[self.do].value, "")


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


def preview(document: Document, thing: str, ids: Sequence[str], change: Change, *, by: Actor) -> Preview:
    """Say what ``change`` would do to the claims or activities with these ids. Raises ``NotAllowed``, ``BadEntry``."""
    require(by, Permission.ENTER, document)
    _check(document, thing, ids, change, by)
    held = _held(document, thing, ids)
    return Preview([_effect(one, change) for one in held], _token(held))


def apply(document: Document, thing: str, ids: Sequence[str], change: Change, token: str, *, by: Actor) -> int:
    """Do what was previewed, in one transaction; returns how many records changed.

    Raises ``NotAllowed``, ``BadEntry``; ``Overtaken`` where any of them changed since ``token``. Then nothing is done.
    """
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        what = preview(document, thing, ids, change, by=by)
        if what.token != token:
            raise Overtaken("Somebody changed one of these since you looked. Nothing was saved; look again below.")
        changed = {one.id for one in what.effects if not one.same}
        held = [one for one in _held(document, thing, ids) if one.id in changed]
        if held:
            _DO[change.do](thing, held, change, by)
    return len(held)


def _check(document: Document, thing: str, ids: Sequence[str], change: Change, by: Actor) -> None:
    problems: dict[str, str] = {}
    command = COMMANDS.get(change.do)
    if command is None or not (command.of_ties or thing == "claim"):
        raise BadEntry({"do": "choose what is to be done"})
    if not ids:
        problems["chosen"] = "tick one at least"
    elif len(ids) > MOST:
        problems["chosen"] = f"{len(ids)} are too many for one change; at most {MOST}"
    if command.reason and not change.reason.strip():
        problems["reason"] = "say why"
    allowed = {"role": tuple(LinkRole), "kind": tuple(ClaimKind), "stance": tuple(Stance)}.get(command.value)
    if allowed and change.value not in allowed:
        problems[command.value] = f"choose one of {', '.join(allowed)}"
    if command.name == "tie":
        ties.tie_cells(thing, _tying(change), problems)
        ties.places_in(document, [change.value], problems, by)
    if problems:
        raise BadEntry(problems)


def _held(document: Document, thing: str, ids: Sequence[str]) -> list[Thing]:
    """Return the rows of ``ids`` in their order, each with its ties to ``document``."""
    scope = Scope(document.pk, by=SYSTEM)  # the permission was asked for before
    found: list[Any] = [*(rows.claims_of(scope) if thing == "claim" else rows.activities_of(scope))]
    by_id = {one.id: one for one in found}
    if missing := [key for key in ids if key not in by_id]:
        raise Overtaken(f"{', '.join(missing[:5])} is not tied to this agreement any more. Nothing was saved.")
    return [by_id[key] for key in dict.fromkeys(ids)]


def _token(held: Sequence[Thing]) -> str:
    """Return a digest of everything that a change looks at."""
    state = [
        [one.id, str(one), sorted((tie.id, tie.place, tie.role, tie.confirmed) for tie in one.ties)] for one in held
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def _tying(change: Change) -> Tying:
    return Tying((change.value,), change.values.get("role", ""), change.reason)


def _effect(one: Thing, change: Change) -> Effect:
    says = one.statement if isinstance(one, ClaimRow) else one.title
    return Effect(one.id, says, *_SAYS[change.do](one, change))


def _says_confirmed(one: Thing, change: Change) -> tuple[str, str]:
    count, of = sum(bool(tie.confirmed) for tie in one.ties), len(one.ties)
    return f"{count} of {of} ties confirmed", f"{of if change.do == 'confirm' else 0} of {of} ties confirmed"


def _says_role(one: Thing, change: Change) -> tuple[str, str]:
    return "; ".join(sorted({tie.role for tie in one.ties})), change.value


def _says_places(one: Thing, change: Change) -> tuple[str, str]:
    places = sorted({tie.place for tie in one.ties})
    after = sorted({*places, change.value}) if change.do == "tie" else []
    return "; ".join(map(tail, places)), "; ".join(map(tail, after)) or "nothing here"


def _says_checked(one: Thing, _change: Change) -> tuple[str, str]:
    return "checked" if isinstance(one, ClaimRow) and one.checked else "not checked", "checked"


def _says_word(one: Thing, change: Change) -> tuple[str, str]:
    return str(getattr(one, change.do)), change.value


def _says_withdrawn(_one: Thing, change: Change) -> tuple[str, str]:
    return "stands", f"withdrawn: {change.reason}"


_SAYS: dict[str, Callable[[Thing, Change], tuple[str, str]]] = {
    "confirm": _says_confirmed, "unconfirm": _says_confirmed, "role": _says_role, "tie": _says_places,
    "untie": _says_places, "check": _says_checked, "kind": _says_word, "stance": _says_word,
    "withdraw": _says_withdrawn,
}  # fmt: skip


def _links(held: Sequence[Thing]) -> list[str]:
    return [tie.id for one in held for tie in one.ties]


def _do_tie(thing: str, held: Sequence[Thing], change: Change, by: Actor) -> None:
    for one in held:
        ties.tie(thing, one.id, _tying(change), by=by)


def _do_correct(_thing: str, held: Sequence[Thing], change: Change, by: Actor) -> None:
    for one in held:
        revising.correct(one.id, {change.do: change.value}, change.reason, by=by)


_DO: dict[str, Callable[[str, Sequence[Thing], Change, Actor], object]] = {
    "confirm": lambda _, held, __, by: ties.confirm(_links(held), by=by),
    "unconfirm": lambda _, held, __, by: ties.confirm(_links(held), by=by, back=True),
    "role": lambda _, held, change, by: ties.change_role(_links(held), change.value, by=by),
    "tie": _do_tie,
    "untie": lambda _, held, change, by: ties.untie(_links(held), change.reason, by=by),
    "check": lambda _, held, change, by: revising.check([one.id for one in held], change.reason, by=by),
    "kind": _do_correct,
    "stance": _do_correct,
    "withdraw": lambda _, held, change, by: revising.withdraw([one.id for one in held], change.reason, by=by),
}
