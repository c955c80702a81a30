"""Claims and activities in brief: what filters, counts and the ladder need of many, without their words and sources.

A page that stands on thousands of claims reads briefs, chooses from them, and reads whole rows of the chosen alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from followthrough.assess.coverage import Evidence, Undertaking, act_of_activity, act_of_claim, known_since, stage
from followthrough.assess.dates import order
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities
from followthrough.web.evidence import rows
from followthrough.web.evidence.models import Claim
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import ACTIVITY, CLAIM, SOURCE, ActivityRow, ClaimRow, SourceRow, portions
from followthrough.web.links.scope import Scope

NOBODY: frozenset[str] = frozenset()
ANYBODY = Undertaking()
MANY = 500
"""Chosen things above which a whole agreement is read rather than each by its id."""


class Anchor(NamedTuple):
    """Where a thing is tied, in which role, and whether somebody confirmed it."""

    place: str
    role: str
    confirmed: bool


@dataclass(slots=True)
class ClaimBrief:
    """A claim in brief; ``words`` is filled only for a search."""

    id: str
    kind: str
    date: str
    stance: str
    checked: bool
    recorded: str
    source: str
    publisher_kind: str
    published: str
    words: str = ""
    ties: list[Anchor] = field(default_factory=list)

    @property
    def when(self) -> str:
        """The date that puts it in order."""
        return self.date

    @property
    def unfavourable(self) -> bool:
        """Whether it speaks against the undertaking being kept."""
        return self.stance == "unfavourable"

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.published, self.date, self.recorded)


@dataclass(slots=True)
class ActivityBrief:
    """An activity in brief; ``words`` is filled only for a search."""

    id: str
    kind: str
    state: str
    start: str
    end: str
    budgeted: bool
    recorded: str
    published: str
    fund: str
    words: str = ""
    ties: list[Anchor] = field(default_factory=list)

    @property
    def when(self) -> str:
        """The date that puts it in order."""
        return self.start or self.end

    @property
    def told(self) -> str:
        """When its source was published."""
        return self.published

    @property
    def known(self) -> str:
        """The day from which it was publicly known."""
        return known_since(self.published, self.start, self.recorded)


_CLAIM = (
    "id", "kind", "date", "stance", "checked", "recorded", "source_id", "source__publisher_kind", "source__published",
)  # fmt: skip
_FILTERED = ("id", "kind", "date", "stance", "checked", "source__publisher_kind")
_CLAIM_WORDS = ("statement", "source__publisher", "value", "unit")
_ACTIVITY = ("id", "kind", "state", "start", "end", "budget", "recorded", "source__published", "fund_id")
_ACTIVITY_WORDS = ("title", "statement", "lead_body")


def claims_at(scope: Scope, *, words: bool = False) -> list[ClaimBrief]:
    """Return the claims that are tied to a scope and stand, oldest first, undated last."""
    columns = (*_CLAIM, *(_CLAIM_WORDS if words else ()))
    found: dict[str, ClaimBrief] = {}
    for place, role, confirmed, *cells in _anchored(_of("claim", columns), scope, STANDING_CLAIM):
        _anchor(found, _claim, cells, Anchor(place, role, bool(confirmed)))
    return _in_order(found)


def everything_at(scope: Scope) -> tuple[list[ClaimBrief], list[ActivityBrief]]:
    """Return the claims and the activities of a scope, as ``claims_at`` and ``activities_at`` do, with one query."""
    claims: dict[str, ClaimBrief] = {}
    activities: dict[str, ActivityBrief] = {}
    columns = (*_of("claim", _CLAIM), *_of("activity", _ACTIVITY))
    for place, role, confirmed, *cells in _anchored(columns, scope, STANDING_CLAIM | STANDING_ACTIVITY):
        anchor = Anchor(place, role, bool(confirmed))
        if cells[0] is not None:
            _anchor(claims, _claim, cells[: len(_CLAIM)], anchor)
        else:
            _anchor(activities, _activity, cells[len(_CLAIM) :], anchor)
    return _in_order(claims), _in_order(activities)


STANDING_CLAIM = Q(claim__isnull=False, claim__withdrawn="")
STANDING_ACTIVITY = Q(activity__isnull=False, activity__withdrawn="")
Brief = TypeVar("Brief", ClaimBrief, ActivityBrief)


def _anchor(
    found: dict[str, Brief], make: Callable[[Sequence[Any]], Brief], cells: Sequence[Any], anchor: Anchor
) -> None:
    brief = found.get(cells[0]) or found.setdefault(cells[0], make(cells))
    brief.ties.append(anchor)


def _in_order(found: Mapping[str, Brief]) -> list[Brief]:
    return sorted(found.values(), key=lambda one: (order(one.when), one.id))


class Named(NamedTuple):
    """A claim as a list of thousands needs it to be filtered: tuples, which cost a third of what objects do."""

    id: str
    kind: str
    date: str
    stance: str
    checked: bool
    publisher_kind: str = ""
    words: str = ""


def claims_in(asked: QuerySet[Claim], *, words: bool = False, newest: int | None = None) -> list[Named]:
    """Return the claims that ``asked`` selects and that stand, oldest first and undated last, to be filtered.

    With ``newest`` no more than so many, those of the latest dates.
    """
    columns = (*_FILTERED, *(_CLAIM_WORDS if words else ()))
    standing = asked.filter(withdrawn="").order_by(*(("-date", "-id") if newest else ()))
    rows: Any = standing.values_list(*columns)[:newest]
    size = len(_FILTERED)
    cells = ((*row[:size], _words(row[0], row[size:]) if words else "") for row in rows)
    return sorted(map(Named._make, cells), key=lambda one: (order(one.date), one.id))


def activities_at(scope: Scope, *, words: bool = False) -> list[ActivityBrief]:
    """Return the activities that are tied to a scope and stand, oldest first, undated last."""
    columns = (*_ACTIVITY, *(_ACTIVITY_WORDS if words else ()))
    found: dict[str, ActivityBrief] = {}
    for place, role, confirmed, *cells in _anchored(_of("activity", columns), scope, STANDING_ACTIVITY):
        _anchor(found, _activity, cells, Anchor(place, role, bool(confirmed)))
    return _in_order(found)


def _claim(cells: Sequence[Any]) -> ClaimBrief:
    return ClaimBrief(*[*cells[:9], _words(cells[0], cells[9:])])


def _activity(cells: Sequence[Any]) -> ActivityBrief:
    key, kind, state, start, end, budget, recorded, published, fund = cells[:9]
    about = (key, kind, state, start, end, budget is not None, recorded, published, fund or "")
    return ActivityBrief(*about, _words(key, cells[9:]))


def _words(key: str, cells: Sequence[Any]) -> str:
    return " ".join([key, *(str(cell) for cell in cells if cell is not None)]) if cells else ""


def _of(thing: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{thing}__{name}" for name in columns)


def _anchored(columns: tuple[str, ...], scope: Scope, wanted: Q) -> Iterable[Any]:
    """Return the ``wanted`` links to a scope: place, role, confirmed, and the things that they link, cell by cell."""
    cells = ("role", "confirmed", *columns)
    by_commitment, by_provision = scope.links(wanted)
    first, then = by_commitment.values_list("commitment_id", *cells), by_provision.values_list("provision_id", *cells)
    return first.union(then, all=True)


def evidence_from(
    claims: Iterable[ClaimBrief | ClaimRow],
    activities: Iterable[ActivityBrief | ActivityRow],
    named: Mapping[str, frozenset[str]],
    homes: Mapping[str, str],
    undertaken: Mapping[str, Undertaking],
) -> list[Evidence]:
    """Return briefs, or whole rows, as coverage takes them: one piece of evidence for each link.

    ``named`` are the parties that each thing names; ``homes`` the place where what is linked to a place is counted;
    ``undertaken`` what the commitment at each place promises, and whose act can move it (rule C5).
    """
    found = []
    for claim in claims:
        parties = named.get(claim.id, NOBODY)
        about = (claim.date, claim.known, parties)
        for tie in claim.ties:
            act = act_of_claim(claim.kind, claim.stance, tie.role, parties)
            reached = stage(act, undertaken.get(tie.place, ANYBODY))
            found.append(Evidence(homes.get(tie.place, tie.place), claim.id, reached, *about, bool(tie.confirmed)))
    for one in activities:
        parties = named.get(one.id, NOBODY)
        about = (one.end or one.start or one.told, one.known, parties)
        for tie in one.ties:
            act = act_of_activity(one.kind, one.state, tie.role, parties)
            reached = stage(act, undertaken.get(tie.place, ANYBODY))
            found.append(Evidence(homes.get(tie.place, tie.place), one.id, reached, *about, bool(tie.confirmed)))
    return found


def whole_claims(
    briefs: Iterable[ClaimBrief | Named], by: Actor, document: str = "", *, tied: bool = True
) -> list[ClaimRow]:
    """Return the whole rows of ``briefs`` in their order, ``tied`` within ``document`` or wherever ``by`` may read."""
    ids = [one.id for one in briefs]
    if document and len(ids) > MANY:
        whole = {one.id: one for one in rows.claims_of(Scope(document, by=by))}
        return [whole[key] for key in ids]
    cells = (*CLAIM, *(f"source__{name}" for name in SOURCE))
    found = {
        row[0]: ClaimRow(*[*row[: len(CLAIM)], SourceRow(*row[len(CLAIM) :])])
        for some in portions(ids)
        for row in visible_claims(by).filter(pk__in=some).order_by().values_list(*cells)
    }
    if tied:
        rows.tie("claim", found, by, document)
    return [found[key] for key in ids]


def whole_activities(briefs: Iterable[ActivityBrief], by: Actor, document: str) -> list[ActivityRow]:
    """Return the whole rows of ``briefs`` in their order, tied within ``document``."""
    ids = [one.id for one in briefs]
    if len(ids) > MANY:
        whole = {one.id: one for one in rows.activities_of(Scope(document, by=by))}
        return [whole[key] for key in ids]
    cells = (*ACTIVITY, *(f"source__{name}" for name in SOURCE))
    found = {
        row[0]: rows.activity_row(row)
        for some in portions(ids)
        for row in visible_activities(by).filter(pk__in=some).order_by().values_list(*cells)
    }
    rows.tie("activity", found, by, document)
    return rows.seen_wholes((found[key] for key in ids), by)
