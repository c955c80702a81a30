"""Plain rows of targets, each with the judgement that its observations allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from followthrough.assess.dates import order
from followthrough.assess.targets import Judgement, judge
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.indicators.observed_figures import Figures, figures_of
from followthrough.web.indicators.policy import visible_targets
from followthrough.web.links.scope import Scope

TARGET = (
    "id", "statement", "series_id", "value", "unit", "due", "announced", "repeats_id", "checked",
    "withdrawn", "replaced_by_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, the places it measures, what it repeats, its state on the day of the page, and what it is judged by."""

    id: str
    statement: str
    series: str
    value: Decimal | None
    unit: str
    due: str
    announced: str
    repeats: str
    checked: bool
    withdrawn: str
    replaced_by: str
    source: SourceRow
    places: list[str]
    judgement: Judgement
    figures: Figures | None

    @property
    def state(self) -> str:
        """What its figures say of it; one that a later row took the place of is superseded, whatever they say."""
        return "superseded" if self.withdrawn else self.judgement.state


def targets_of(scope: Scope, today: str, *, superseded: bool = False) -> list[TargetRow]:
    """Return the targets that are tied to a scope and stand, in the order of their announcement; or all of them."""
    cells = (*(f"target__{name}" for name in TARGET), *(f"target__source__{name}" for name in SOURCE))
    found: dict[str, Any] = {}
    places: dict[str, list[str]] = defaultdict(list)
    wanted = Q(target__isnull=False) if superseded else Q(target__isnull=False, target__withdrawn="")
    by_commitment, by_provision = scope.links(wanted)
    rows: Any = by_commitment.values_list("commitment_id", *cells)
    for where, *row in rows.union(by_provision.values_list("provision_id", *cells), all=True):
        found[row[0]] = row
        places[row[0]].append(where)
    return judged(_named(list(found.values()), scope.by), places, today, scope.by)


def targets_again(by: Actor, today: str) -> list[TargetRow]:
    """Return the standing targets that repeat or raise another, or are repeated, of those that ``by`` may see."""
    by_commitment, by_provision = (links.values("target_id") for links in Scope(by=by).links("target"))
    asked = visible_targets(by).filter(Q(repeats__isnull=False) | Q(repeated_by__isnull=False), withdrawn="")
    asked = asked.filter(Q(pk__in=by_commitment) | Q(pk__in=by_provision)).distinct()
    rows: Any = asked.order_by().values_list(*TARGET, *(f"source__{name}" for name in SOURCE))
    return judged(_named(list(rows), by), {}, today, by)


def _named(rows: list[Any], by: Actor) -> list[Any]:
    """Return rows of ``TARGET`` without the names of earlier targets that ``by`` does not see."""
    known = {row[0] for row in rows}
    if named := {row[7] for row in rows if row[7]} - known:
        known |= set(visible_targets(by).filter(pk__in=named).values_list("pk", flat=True))
    return [(*row[:7], row[7] if row[7] in known else "", *row[8:]) for row in rows]


def judged(rows: Sequence[Any], places: Mapping[str, list[str]], today: str, by: Actor) -> list[TargetRow]:
    """Return targets from their cells, those of ``TARGET`` and of the source, with what their figures say today."""
    held = figures_of({row[2] for row in rows if row[2]}, by)
    targets = [_target(row, len(TARGET), places.get(row[0], []), held.get(row[2]), today) for row in rows]
    return sorted(targets, key=lambda one: (order(one.announced), one.id))


def _target(row: Any, width: int, places: list[str], figures: Figures | None, today: str) -> TargetRow:
    key, statement, series, value, unit, due, announced, repeats, checked, gone, later = row[:width]
    judged = judge(value, due, figures.all if figures else [], as_of=today)
    about = (key, statement, series or "", value, unit, due, announced, repeats or "", checked, gone, later or "")
    return TargetRow(*about, SourceRow(*row[width:]), sorted(places), judged, figures)
