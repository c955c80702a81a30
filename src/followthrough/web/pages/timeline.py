"""Evidence on a vertical axis of time: empty time keeps its length, a silence is drawn only where it is certain.

A date stands for its whole period. What is dated before the adoption, and what may lie on either side of it, stands
apart; the axis begins with the adoption, and undated items stand below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.assess.dates import Time, first_day, last_day, months_free, newest, order, side
from followthrough.model.vocabulary import ClaimKind, Stance
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.kit.wording import day, listing

LONG = 12
"""Months without evidence that are drawn as a silence."""
MONTH = 6.4
"""Pixels of one empty month."""
DAYS = 30.4375
"""Days of a mean month."""
BUSY = 15
"""Items on the axis from which a year shows two of them at once; else three."""


@dataclass(frozen=True, slots=True)
class Item:
    """One claim, with the conflict that it is in, and whether it is a figure or a comparison around the undertaking."""

    claim: ClaimRow
    disputes: str = ""
    since: bool = False

    @property
    def context(self) -> bool:
        """Whether it says what is around the undertaking, not what was done for it."""
        return self.claim.kind == ClaimKind.STATISTIC or self.claim.stance == Stance.COMPARISON


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of January of a year: pixels below the top of its piece of empty time, and the year."""

    at: int
    year: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the axis: a milestone, one item or some that are folded, or a piece of empty time.

    A silence is of ``months`` whole months at least, from ``date`` to ``until``.
    """

    date: str = ""
    until: str = ""
    months: int = 0
    milestone: str = ""
    items: tuple[Item, ...] = ()
    folded: str = ""
    silence: str = ""
    height: int = 0
    ticks: tuple[Tick, ...] = ()

    @property
    def adverse(self) -> bool:
        """Whether any of its items is adverse."""
        return any(one.claim.unfavourable for one in self.items)

    @property
    def context(self) -> bool:
        """Whether all of its items are figures or comparisons."""
        return all(one.context for one in self.items)


@dataclass(frozen=True, slots=True)
class Axis:
    """The evidence of one place: what came before the adoption, on either side, since it in steps, and undated."""

    before: list[Item] = field(default_factory=list)
    unsure: list[Item] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    undated: list[Item] = field(default_factory=list)

    @property
    def earlier(self) -> str:
        """What the line that folds the items of before says, or nothing."""
        parts = []
        if self.before:
            dates = [one.claim.date for one in self.before]
            span = day(dates[0]) if dates[0] == dates[-1] else f"{day(dates[0])} to {day(dates[-1])}"
            words = ngettext(
                "Before the adoption: %(count)s item, %(span)s", "Before the adoption: %(count)s items, %(span)s",
                len(dates),
            )  # fmt: skip
            parts.append(words % {"count": len(dates), "span": span})
        if self.unsure:
            words = ngettext(
                "before or after it, not known: %(count)s item", "before or after it, not known: %(count)s items",
                len(self.unsure),
            )  # fmt: skip
            parts.append(words % {"count": len(self.unsure)})
        said = "; ".join(parts)
        return said[:1].upper() + said[1:]


def axis(claims: Sequence[ClaimRow], *, adopted: str, today: str, disputed: Mapping[str, str] | None = None) -> Axis:
    """Lay ``claims`` along time from the adoption to ``today`` (rule C6).

    ``disputed`` names the conflict that a claim is in. Without a date of adoption the axis begins with the first item.
    """
    held: dict[Time, list[Item]] = {time: [] for time in Time}
    for claim in sorted(claims, key=lambda one: (order(one.date), one.id)):
        time = of_adoption(claim.date, adopted)
        held[time].append(Item(claim, (disputed or {}).get(claim.id, ""), time is Time.SINCE))
    steps = _steps(held[Time.SINCE], adopted, today, held[Time.OPEN])
    return Axis(held[Time.BEFORE], held[Time.OPEN], steps, held[Time.UNDATED])


def of_adoption(date: str, adopted: str) -> Time:
    """Say where a date stands to the adoption; where that is not known, whatever is dated came since."""
    if date and not adopted:
        return Time.SINCE
    return side(date, adopted)


def _steps(items: Sequence[Item], adopted: str, today: str, unsure: Sequence[Item]) -> list[Step]:
    """Return the steps of the axis; an item that may be of either side can fill the time after the adoption."""
    if adopted > today:
        return []
    steps = [Step(adopted, milestone=_("Adopted"))] if adopted else []
    last = newest([adopted, *(one.claim.date for one in unsure)])
    now = [one for one in items if first_day(one.claim.date) <= last_day(today)]
    for step in _by_year(now):
        steps += [*_empty(last, step.items[0].claim.date), step]
        last = newest([last, *(one.claim.date for one in step.items)])
    if not steps:
        return []
    steps += [*_empty(last, today, _(" to today")), Step(today, milestone=_("Today"))]
    return [*steps, *_by_year([one for one in items if one not in now])]


def _by_year(items: Sequence[Item]) -> list[Step]:
    """Return items in steps: runs of figures as one, and of a year with many only the first of them open."""
    found: list[Step] = []
    for year, same in groupby(items, lambda one: one.claim.date[:4]):
        stay = 2 if len(items) >= BUSY else 3
        runs = _runs(list(same))
        rest = tuple(item for run in runs[stay:] for item in run)
        if len(rest) < 2:
            stay, rest = len(runs), ()
        found += [_step(run) for run in runs[:stay]]
        if rest:
            words = _("%(count)s more of %(year)s") % {"count": len(rest), "year": year}
            found.append(Step(rest[0].claim.date, items=rest, folded=_marked(words, rest)))
    return found


def _runs(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Return figures that follow each other as one run, and every other item alone."""
    runs: list[tuple[Item, ...]] = []
    for figures, same in groupby(items, lambda one: one.claim.kind == ClaimKind.STATISTIC):
        held = tuple(same)
        runs += [held] if figures else [(one,) for one in held]
    return runs


def _step(run: tuple[Item, ...]) -> Step:
    if len(run) == 1:
        return Step(run[0].claim.date, items=run)
    words = _("%(count)s figures around it") % {"count": len(run)}
    return Step(run[0].claim.date[:4], items=run, folded=_marked(words, run))


def _marked(words: str, items: Sequence[Item]) -> str:
    """Return what a line that folds items says, with how many of them are adverse and contested."""
    adverse = sum(one.claim.unfavourable for one in items)
    contested = sum(bool(one.disputes) for one in items)
    more = [_("%(count)s adverse") % {"count": adverse}] if adverse else []
    more += [_("%(count)s contested") % {"count": contested}] if contested else []
    return f"{words}, {listing(more)}" if more else words


def _empty(earlier: str, later: str, until: str = "") -> list[Step]:
    """Return the time between two dates that no reading of them can fill, to scale, or nothing."""
    if not earlier:
        return []
    start, end = last_day(earlier), first_day(later)
    height = _pixels((end - start).days)
    years = range(start.year + 1, end.year + 1)
    ticks = tuple(Tick(_pixels((date(year, 1, 1) - start).days), year) for year in years)
    if height < MONTH and not ticks:
        return []
    months = months_free(earlier, later)
    silence = ""
    if months >= LONG:
        words = ngettext("Nothing recorded for %(count)s month", "Nothing recorded for %(count)s months", months)
        silence = words % {"count": months} + until
    return [Step(earlier, later, months, silence=silence, height=max(height, 1), ticks=ticks)]


def _pixels(days: int) -> int:
    return max(0, round(days / DAYS * MONTH))
