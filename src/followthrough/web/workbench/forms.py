"""What comes from the workbench's one form: fields ``f.<provision>.<key>.<name>``, and the button ``do``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from followthrough.model.vocabulary import MissingElement
from followthrough.register import editing
from followthrough.register.editing import Note
from followthrough.web.workbench.actions.document_details import DESCRIBED, Details
from followthrough.web.workbench.actions.drafts import BadEdit, Change, Edits

_REVISION = re.compile(r"r\.(\d{1,12})")
_FIELD = re.compile(r"f\.(\d{1,12})\.(\d{1,6})\.(\w{1,20})")
_DEED = re.compile(r"([a-z-]{1,20})(?:\.(\d{1,12}))?(?:\.(\d{1,6}))?")
_TEXTS = ("summary", "verb", "kind", "actors", "deadline", "quantity")
_WHOLE = ("strength", "start", "end")


@dataclass(frozen=True, slots=True)
class Asked:
    """The button that was pressed: what to do, in which provision, to which commitment."""

    command: str
    provision_draft: int
    key: int


def asked(post: QueryDict) -> Asked:
    """Return what the form asks for; an unknown or missing button saves."""
    match = _DEED.fullmatch(post.get("do", "")[:40])
    return Asked(match[1], int(match[2] or 0), int(match[3] or 0)) if match else Asked("save", 0, 0)


def edits_of(post: QueryDict, what: Asked) -> Edits:
    """Return the typed fields and the command of a form. Values that are not numbers become ones that no rule takes."""
    revisions = {int(match[1]): _whole(post.get(name, "")) for name in post if (match := _REVISION.fullmatch(name))}
    typed: dict[int, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for name in post:
        if match := _FIELD.fullmatch(name):
            _put(typed[int(match[1])][int(match[2])], match[3], post, name)
    says, changes = _changes(post, what, list(revisions))
    return Edits(revisions, typed, changes, says, what.key)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page's form as it was sent and not saved, to be shown again: nothing that was typed is lost.

    ``typed`` holds fields by provision and key, ``loose`` those that belong to a button, by their name in the form;
    ``revisions`` are those that the form came with, ``problem`` is what is wrong, and where.
    """

    revisions: Mapping[int, int]
    typed: Mapping[int, Mapping[int, Mapping[str, Any]]]
    loose: Mapping[str, str]
    problem: BadEdit | None = None

    def wrong(self, part: int, key: int) -> dict[str, str]:
        """Return what is wrong with a commitment, by field."""
        if self.problem is None or self.problem.where[:2] != (part, key):
            return {}
        return {self.problem.where[2]: self.problem.says}


NOTHING_KEPT = Kept({}, {}, {})


def kept_of(post: QueryDict, edits: Edits, problem: BadEdit | None) -> Kept:
    """Return a form that was not saved."""
    loose = {name: post.get(name, "") for name in post if name.startswith(("why.", "at.", "from.", "to."))}
    return Kept(edits.revisions, edits.typed, loose, problem)


def _put(fields: dict[str, Any], field: str, post: QueryDict, name: str) -> None:
    if field in _TEXTS:
        fields[field] = " ".join(post.get(name, "").split())
    elif field in _WHOLE:
        fields[field] = _whole(post.get(name, ""))
    elif field == "instruments":
        fields[field] = _names(post.get(name, ""))
    elif field == "missing":
        fields[field] = tuple(word for word in MissingElement if word in post.getlist(name))
    elif field == "full":
        stem = name.removesuffix("full")
        fields["note"] = Note(*(_lines(post.get(stem + part, "")) for part in ("full", "partial", "none")))


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text.strip()) else -1


def _changes(post: QueryDict, what: Asked, page: list[int]) -> tuple[str, dict[int, Change]]:
    if what.command == "accept-page":
        return "accepted what was left on a page", dict.fromkeys(page, _accept_rest)
    made = _COMMANDS.get(what.command)
    if made is None or what.provision_draft not in page:
        return "", {}
    says, change = made
    return says, {what.provision_draft: change(post, what)}


def _accept_rest(items: editing.Items, words: str) -> editing.Items:
    return editing.drafted(editing.accept_rest(items), words)


def _decide(state: editing.State) -> Callable[[QueryDict, Asked], Change]:
    def made(post: QueryDict, what: Asked) -> Change:
        reason = " ".join(post.get(f"why.{what.provision_draft}.{what.key}", "").split())[:300]

        def decided(items: editing.Items, words: str) -> editing.Items:
            items = editing.decide(items, what.key, state, reason)
            return editing.drafted(items, words) if state == "accepted" else items

        return decided

    return made


def _split(post: QueryDict, what: Asked) -> Change:
    at = _whole(post.get(f"at.{what.provision_draft}.{what.key}", ""))
    return lambda items, words: editing.split(items, what.key, at, words)


def _merge(_post: QueryDict, what: Asked) -> Change:
    return lambda items, _words: editing.merge(items, what.key)


def _add(post: QueryDict, what: Asked) -> Change:
    start, end = (_whole(post.get(f"{name}.{what.provision_draft}", "")) for name in ("from", "to"))
    return lambda items, words: editing.add(items, start, end, words)


def _set(post: QueryDict, what: Asked) -> Change:
    start, end = (_whole(post.get(f"{name}.{what.provision_draft}", "")) for name in ("from", "to"))
    return lambda items, words: editing.move(items, what.key, start, end, words)


_COMMANDS: dict[str, tuple[str, Callable[[QueryDict, Asked], Change]]] = {
    "accept": ("accepted a commitment", _decide("accepted")),
    "restore": ("put a commitment back", _decide("suggested")),
    "reject": ("rejected a commitment", _decide("rejected")),
    "split": ("split a commitment", _split),
    "merge": ("merged two commitments", _merge),
    "add": ("added a commitment", _add),
    "set": ("moved the ends of a commitment", _set),
}


def details_of(post: QueryDict) -> Details:
    """Return what the details form says of the document."""

    said = {name: " ".join(post.get(name, "").split()) for name in DESCRIBED}
    return Details(**said, parties=tuple(sorted(set(post.getlist("parties")))))
