"""What a fund pays for: how many projects stand where, what their known budgets add up to, and how long they took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from followthrough.assess.project_cycle import computed
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import ACTIVITY, ActivityRow, activity_row, seen_wholes
from followthrough.web.activities.policy import visible_activities, visible_activity_events
from followthrough.web.agreements.sources import SOURCE

SHOWN = 50
"""Projects of one fund that its page lists; the list of activities has them all."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The projects that began in a year, whole ones only: ``known`` of ``count`` budgets add up to ``total``."""

    year: str
    count: int
    known: int
    total: list[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The projects of one fund. A part of a project is counted inside it; ``budgeted`` of ``whole`` budgets are known.

    ``months`` are the full months from concept note to first disbursement of each project that has both dates.
    """

    count: int
    whole: int
    budgeted: int
    totals: list[tuple[str, Decimal]]
    states: list[tuple[str, int]]
    begun: list[Begun]
    months: list[int]
    shown: list[ActivityRow]

    @property
    def median_months(self) -> float | None:
        """The median cycle time, or nothing where no project has both dates."""
        return median(self.months) if self.months else None


def portfolios(funds: Sequence[str], by: Actor) -> dict[str, Portfolio]:
    """Return the portfolio of each of ``funds`` that has projects."""
    held: dict[str, list[Any]] = defaultdict(list)
    asked = visible_activities(by).filter(fund__in=funds, withdrawn="").order_by("start", "id")
    for fund, *cells in asked.values_list("fund_id", "id", "state", "parent_id", "budget", "currency", "start"):
        held[fund].append(cells)
    shown = _shown([row[0] for rows in held.values() for row in rows[:SHOWN]], by)
    months = _months(funds, by)
    return {
        fund: _portfolio(
            rows, [months[row[0]] for row in rows if row[0] in months], [shown[r[0]] for r in rows[:SHOWN]]
        )
        for fund, rows in held.items()
    }


def _portfolio(rows: list[Any], months: list[int], shown: list[ActivityRow]) -> Portfolio:
    whole = [row for row in rows if not row[2]]
    known = sum(row[3] is not None for row in whole)
    states = Counter(row[1] for row in rows).most_common()
    return Portfolio(len(rows), len(whole), known, _totals(whole), states, _begun(whole), months, shown)


def _totals(rows: list[Any]) -> list[tuple[str, Decimal]]:
    """Add known budgets up, each currency by itself."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for _, _, _, amount, currency, _ in rows:
        if amount is not None:
            totals[currency] += amount
    return list(totals.items())


def _begun(rows: list[Any]) -> list[Begun]:
    years: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        years[row[5][:4]].append(row)
    return [
        Begun(year, len(held), sum(row[3] is not None for row in held), _totals(held))
        for year, held in sorted(years.items())
    ]


def _shown(ids: list[str], by: Actor) -> dict[str, ActivityRow]:
    cells = (*ACTIVITY, *(f"source__{name}" for name in SOURCE))
    rows = visible_activities(by).filter(pk__in=ids).order_by().values_list(*cells)
    return {one.id: one for one in seen_wholes(map(activity_row, rows), by)}


def _months(funds: Sequence[str], by: Actor) -> dict[str, int]:
    """Return the cycle time of each project that has the dates for it (rule P2)."""
    steps: dict[str, dict[str, str]] = defaultdict(dict)
    dated = visible_activity_events(by).filter(activity__fund__in=funds, activity__withdrawn="")
    asked = dated.filter(event__in=("concept_note", "first_disbursement"))
    for activity, event, date in asked.order_by().values_list("activity_id", "event", "date"):
        steps[activity][event] = min(date, steps[activity].get(event, date))
    found = {key: computed(dates, as_of="").months_to_money for key, dates in steps.items()}
    return {key: months for key, months in found.items() if months is not None}
