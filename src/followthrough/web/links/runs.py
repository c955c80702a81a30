"""The proposed links that wait to be confirmed, in runs of twenty, with the words of both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from followthrough.model.vocabulary import LinkSubject
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import ids
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.policy import documents_where
from followthrough.web.agreements.rows import tail
from followthrough.web.kit import wording
from followthrough.web.links.models import Link, within
from followthrough.web.links.policy import visible_links

RUN = 20
"""Links in one run."""

_WORDS = {
    LinkSubject.CLAIM: ("statement", "date"),
    LinkSubject.ACTIVITY: ("title", "start"),
    LinkSubject.TARGET: ("statement", "announced"),
    LinkSubject.SERIES: ("title", ""),
    LinkSubject.MEETING: ("body", "date"),
    LinkSubject.INSTRUMENT: ("name", ""),
    LinkSubject.INDICATOR: ("title", ""),
}
"""Where the words of each kind of subject stand, and its date."""
_SOURCED = ("claim", "activity", "target", "meeting")
"""The kinds that have a source, and that can be withdrawn."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed link as its page shows it: what is linked, to what, why it was proposed, and in which words.

    ``place`` is the id of a commitment or a provision, ``official`` its official words where they are attached.
    """

    id: str
    role: str
    rationale: str
    confirmed: str
    subject: str
    key: str
    words: str
    date: str
    source: str
    publisher: str
    place: str
    document: str
    said: str
    official: str

    @property
    def ref(self) -> str:
        """The number of the place."""
        return tail(self.place)

    @property
    def kind(self) -> str:
        """What is linked, in the words of the screen."""
        return _("evidence item") if self.subject == LinkSubject.CLAIM else wording.plain(self.subject)

    @property
    def page(self) -> tuple[str, str] | None:
        """The name and the id of the page of what is linked, where it has one of its own."""
        return (self.subject, self.key) if self.subject in ("claim", "activity") else None


def links_to_confirm(by: Actor) -> QuerySet[Link]:
    """Return the links that are proposals and that ``by`` may confirm; what was withdrawn at either end is left out."""
    held = visible_links(by).filter(within(ids(documents_where(by, Permission.CONFIRM))), confirmed="")
    gone = Q(commitment__withdrawn__gt="")
    for kind in _SOURCED:
        gone |= Q(**{f"{kind}__withdrawn__gt": ""})
    return held.exclude(gone)


def run_of(by: Actor, skip: int = 0) -> list[Proposal]:
    """Return the next twenty proposals after the first ``skip``, paragraph by paragraph, with one query."""
    held = links_to_confirm(by).order_by(
        Coalesce("commitment__provision__document", "provision__document"),
        Coalesce("commitment__provision__position", "provision__position"), "commitment__position", "id",
    )  # fmt: skip
    return _proposals(held[skip : skip + RUN])


def _proposals(links: QuerySet[Link]) -> list[Proposal]:
    subjects = [(kind.value, *_WORDS[kind]) for kind in LinkSubject]
    columns = [
        "id", "role", "rationale", "confirmed",
        "commitment_id", "commitment__provision__document__short_title", "commitment__summary", "commitment__verb",
        "commitment__provision__words", "provision_id", "provision__document__short_title", "provision__summary",
        "provision__title", "provision__words",
    ]  # fmt: skip
    for kind, words, date in subjects:
        columns += [f"{kind}_id", f"{kind}__{words}", *([f"{kind}__{date}"] if date else [])]
    columns += [f"{kind}__source__{name}" for kind in _SOURCED for name in ("url", "publisher")]
    return [_proposal(row) for row in links.values(*columns)]


def _proposal(row: dict[str, Any]) -> Proposal:
    kind = next(one for one in LinkSubject if row[f"{one}_id"])
    words, date = _WORDS[kind]
    of = "commitment__provision__" if row["commitment_id"] else "provision__"
    summary = row["commitment__summary"] or row["commitment__verb"] or row["provision__summary"]
    return Proposal(
        row["id"], row["role"], row["rationale"], row["confirmed"],
        kind.value, row[f"{kind}_id"], row[f"{kind}__{words}"], row[f"{kind}__{date}"] if date else "",
        row.get(f"{kind}__source__url") or "", row.get(f"{kind}__source__publisher") or "",
        row["commitment_id"] or row["provision_id"], row[f"{of}document__short_title"],
        summary or row["provision__title"] or "", row[f"{of}words"] or "",
    )  # fmt: skip
