"""Reconciliation of a fund's published totals with its yearly payments; conflicting figures are kept as ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from followthrough.model.rules import Rule

RULES = (
    Rule(
        "F1",
        1,
        "money",
        "Do the totals add up",
        "Between two years for which a total was published, the rise of the total is set against the yearly payments "
        "on record. Where sources disagree both ends of the range are carried. What is left belongs to years without "
        "a figure, or to an error in one of the totals; the register does not choose.",
        "followthrough.assess.funds.reconcile",
    ),
    Rule(
        "F2",
        1,
        "money",
        "Which total fits",
        "Where totals for one year disagree, each is compared with the total before it plus the yearly payments "
        "since; a year without a figure is taken to lie between those of its neighbours. The distance in money is "
        "printed for each, and says which fits better, not which is right.",
        "followthrough.assess.funds.fits",
    ),
    Rule(
        "F3",
        1,
        "money",
        "Utilisation",
        "What was paid out of what was paid in, over the years for which both are on record; where sources disagree, "
        "the lowest and the highest share. Where no year has both, it is not known.",
        "followthrough.assess.funds.utilisation",
    ),
)

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Figure:
    """A published amount for one year, in the currency of the fund."""

    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """The interval between two published totals; ranges are (low, high) in the currency of the fund.

    Attributes:
        start, end: the years of the two totals.
        rise: increase of the total.
        paid: sum of the recorded payments, or ``None`` without any.
        known, unknown: years after ``start`` with and without a recorded payment.
        left: the part of the rise that no payment explains.
    """

    start: int
    end: int
    rise: Range
    paid: Range | None
    known: tuple[int, ...]
    unknown: tuple[int, ...]
    left: Range

    @property
    def years(self) -> int:
        """Number of years between the two totals."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Fit:
    """The distance of one of several totals for a year from the preceding total plus the payments since."""

    year: int
    amount: Decimal
    expected: Range
    distance: Decimal


def reconcile(totals: Iterable[Figure], payments: Iterable[Figure]) -> list[Step]:
    """Compare the rise between successive totals with the yearly payments (rule F1)."""
    by_year, paid = _ranges(totals), _ranges(payments)
    years = sorted(by_year)
    return [_step(first, last, by_year, paid) for first, last in pairwise(years)]


def _ranges(figures: Iterable[Figure]) -> dict[int, Range]:
    amounts: dict[int, list[Decimal]] = defaultdict(list)
    for figure in figures:
        amounts[figure.year].append(figure.amount)
    return {year: (min(values), max(values)) for year, values in amounts.items()}


def _step(first: int, last: int, totals: dict[int, Range], paid: dict[int, Range]) -> Step:
    rise = (totals[last][0] - totals[first][1], totals[last][1] - totals[first][0])
    span = range(first + 1, last + 1)
    known = tuple(year for year in span if year in paid)
    unknown = tuple(year for year in span if year not in paid)
    low = sum((paid[year][0] for year in known), Decimal(0))
    high = sum((paid[year][1] for year in known), Decimal(0))
    left = (rise[0] - high, rise[1] - low)
    return Step(first, last, rise, (low, high) if known else None, known, unknown, left)


def fits(totals: Sequence[Figure], payments: Iterable[Figure]) -> list[Fit]:
    """Return the distance of each conflicting total from the total that the payments imply (rule F2)."""
    by_year, paid = _ranges(totals), _ranges(payments)
    found = []
    for year in sorted(year for year, (low, high) in by_year.items() if low != high):
        before = max((one for one in by_year if one < year), default=None)
        if before is None:
            continue
        years = [_between(one, paid) for one in range(before + 1, year + 1)]
        if any(one is None for one in years):
            continue
        low = by_year[before][0] + sum((one[0] for one in years if one), Decimal(0))
        high = by_year[before][1] + sum((one[1] for one in years if one), Decimal(0))
        amounts = sorted({figure.amount for figure in totals if figure.year == year})
        found += [Fit(year, amount, (low, high), max(low - amount, amount - high, Decimal(0))) for amount in amounts]
    return found


@dataclass(frozen=True, slots=True)
class Utilisation:
    """The share of the money paid in that was paid out, (low, high), 0 or more; and the years it covers."""

    share: Range
    years: tuple[int, ...]


def utilisation(paid_out: Iterable[Figure], paid_in: Iterable[Figure]) -> Utilisation | None:
    """Return the utilisation over the years that have both figures, or ``None`` without any (rule F3)."""
    out, into = _ranges(paid_out), _ranges(paid_in)
    years = tuple(sorted(set(out) & set(into)))
    low_in, high_in = (sum((into[year][end] for year in years), Decimal(0)) for end in (0, 1))
    if not years or low_in <= 0:
        return None
    low_out, high_out = (sum((out[year][end] for year in years), Decimal(0)) for end in (0, 1))
    return Utilisation((low_out / high_in, high_out / low_in), years)


def _between(year: int, paid: dict[int, Range]) -> Range | None:
    """Return the payment of a year or, without one, the range of its nearest neighbours; ``None`` at either end."""
    if year in paid:
        return paid[year]
    before = max((one for one in paid if one < year), default=None)
    after = min((one for one in paid if one > year), default=None)
    if before is None or after is None:
        return None
    return min(paid[before][0], paid[after][0]), max(paid[before][1], paid[after][1])
