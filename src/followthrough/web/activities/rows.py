"""Plain rows of meetings and of funds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from followthrough.assess.dates import end_of
from followthrough.assess.funds import Figure, Fit, Step, Utilisation, fits, reconcile, utilisation
from followthrough.assess.implementation_stages import known_since
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_figures
from followthrough.web.activities.portfolio import Begun, Portfolio, portfolios
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.links.scope import Scope

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting, with the places that its result speaks to."""

    id: str
    date: str
    body: str
    number: str
    place: str
    result: str
    withdrawn: str
    source: SourceRow
    places: list[str]


def meetings_of(scope: Scope) -> list[MeetingRow]:
    """Return the meetings that are tied to a scope, newest first; one that another took the place of says so."""
    names = ("id", "date", "body", "number", "place", "result", "withdrawn")
    cells = (*(f"meeting__{name}" for name in names), *(f"meeting__source__{name}" for name in SOURCE))
    found: dict[str, MeetingRow] = {}
    for place, links in zip(("commitment_id", "provision_id"), scope.links("meeting"), strict=True):
        rows: Any = links.values_list(place, *cells)
        for where, *row in rows:
            one = found.setdefault(row[0], MeetingRow(*[*row[: len(names)], SourceRow(*row[len(names) :]), []]))
            one.places.append(where)
    return sorted(found.values(), key=lambda one: (one.date, one.id), reverse=True)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure of a fund."""

    id: str
    period: str
    kind: str
    amount: Decimal
    currency: str
    due: str
    statement: str
    checked: bool
    source: SourceRow

    @property
    def year(self) -> int:
        """The year that it is of."""
        return int(self.period[:4])

    @property
    def millions(self) -> Decimal:
        """The amount in millions."""
        return self.amount / MILLION


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund with its figures, what they add up to, and the activities that it pays for."""

    id: str
    name: str
    figures: list[FigureRow]
    steps: list[Step]
    fits: list[Fit]
    utilisation: Utilisation | None
    projects: Portfolio | None

    @property
    def begun(self) -> list[tuple[Begun, list[FigureRow]]]:
        """The projects by the year they began, beside what was published about the portfolio of that year."""
        said = [one for one in self.figures if one.kind in ("ongoing_portfolio", "allocation")]
        held = self.projects.begun if self.projects else []
        return [(one, [figure for figure in said if figure.period[:4] == one.year]) for one in held]

    @property
    def promised(self) -> dict[int, list[FigureRow]]:
        """The payments into this fund that are promised, by the year that they are promised for."""
        found: dict[int, list[FigureRow]] = defaultdict(list)
        for figure in self.of_kind("pledge"):
            if figure.due:
                found[int(figure.due[:4])].append(figure)
        return dict(sorted(found.items()))

    @property
    def payments(self) -> tuple[list[tuple[int, Decimal]], list[tuple[int, Decimal]]]:
        """What was paid into this fund and what is promised to it: years, each with millions."""
        paid = [(figure.year, figure.millions) for figure in self.of_kind("contribution")]
        return paid, [(year, figure.millions) for year, held in self.promised.items() for figure in held]

    def of_kind(self, kind: str) -> list[FigureRow]:
        """Return the figures of one kind, oldest first."""
        return [figure for figure in self.figures if figure.kind == kind]


def funds_of(document: str, by: Actor, until: str = "") -> list[Fund]:
    """Return the funds with figures that the places of a document are tied to, the one with most figures first.

    With ``until``, a day, those figures alone that were publicly known by its end (rule C2).
    """
    _, linked = Scope(document, by=by).links("instrument")
    tied = linked.filter(instrument__kind="fund")
    names: dict[str, str] = dict(tied.values_list("instrument_id", "instrument__name").distinct())
    figures: dict[str, list[FigureRow]] = defaultdict(list)
    columns = ("id", "period", "kind", "amount", "currency", "due", "statement", "checked")
    asked: Any = visible_figures(by).filter(fund__in=list(names)).order_by("period", "id")
    for fund, recorded, *row in asked.values_list("fund_id", "recorded", *columns, *(f"source__{n}" for n in SOURCE)):
        one = FigureRow(*[*row[: len(columns)], SourceRow(*row[len(columns) :])])
        if not until or known_since(one.source.published, one.period, recorded) <= end_of(until):
            figures[fund].append(one)
    projects = portfolios(list(names), by)
    found = [
        _fund(key, name, figures[key], projects.get(key))
        for key, name in names.items()
        if figures[key] or key in projects
    ]
    return sorted(found, key=lambda fund: (-len(fund.figures), fund.name))


def _fund(key: str, name: str, figures: list[FigureRow], projects: Portfolio | None) -> Fund:
    totals, paid, out = (
        [Figure(one.year, one.millions) for one in figures if one.kind == kind]
        for kind in ("cumulative", "contribution", "disbursement")
    )
    used = utilisation(out, paid)
    return Fund(key, name, figures, reconcile(totals, paid), fits(totals, paid), used, projects)
