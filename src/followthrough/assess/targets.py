"""States of targets. Only an observation of the due year decides; nothing is interpolated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from followthrough.assess.dates import last_day
from followthrough.model.rules import Rule
from followthrough.model.values import Censor, PrintedValue

STATES = ("met", "missed", "contested", "insufficient data", "not yet due", "no date set")
OPEN = ("not yet due", "insufficient data", "no date set")
"""The states in which something is still to come or to be found, in the order in which they are shown."""

RULES = (
    Rule(
        "T1",
        1,
        "targets",
        "State of a target",
        "Without a due date: no date set. Before the due date has passed: not yet due. Otherwise the figures of the "
        "due year decide: at or above the target, met; below, missed; on both sides of it, contested; none, or no "
        "number to reach, insufficient data. A figure of another year decides nothing, nor does a censored one that "
        "leaves both open, nor one below the target from before its last day.",
        "followthrough.assess.targets.judge",
    ),
    Rule(
        "T2",
        1,
        "targets",
        "Figures that add up",
        "Where a series has parts, each with a figure for a period for which nobody published the whole, the whole is "
        "what they add up to. Where sources of a part disagree, it is a range, and both of its ends are figures. A "
        "censored figure, or a part without one, adds up to nothing.",
        "followthrough.assess.targets.added_up",
    ),
)


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation of the target's series: period and value as printed."""

    period: str
    value: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of a target, the observations of the due year, and the latest ones up to it."""

    state: str
    due_year: tuple[Observed, ...] = ()
    latest: tuple[Observed, ...] = ()


def added_up(parts: Sequence[Sequence[Observed]], published: Collection[str] = ()) -> list[Observed]:
    """Return the sums of ``parts`` by period, without the periods ``published`` for the whole (rule T2).

    A period has one sum, or the lowest and the highest where sources of a part conflict.
    """
    numbers = [_numbers(part) for part in parts]
    periods = set.intersection(*(set(one) for one in numbers)) if numbers else set()
    return [
        Observed(period, f"{total:f}")
        for period in sorted(periods - set(published))
        for total in sorted({sum(end(one[period]) for one in numbers) for end in (min, max)})
    ]


def _numbers(part: Sequence[Observed]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = {}
    for one in part:
        value = _printed(one.value)
        if value is not None and value.censor is Censor.EXACT:
            found.setdefault(one.period, []).append(value.number)
    return found


def judge(value: Decimal | None, due: str, observations: Sequence[Observed], *, as_of: str) -> Judgement:
    """Return the state, on the day ``as_of``, of a target to reach at least ``value`` by ``due`` (rule T1)."""
    until = min(due[:4] or as_of[:4], as_of[:4])
    known = sorted((one for one in observations if one.period[:4] <= until), key=lambda one: one.period)
    latest = tuple(one for one in known if one.period == known[-1].period) if known else ()
    if not due:
        return Judgement("no date set", latest=latest)
    if last_day(due).isoformat() >= as_of:
        return Judgement("not yet due", latest=latest)
    decisive = tuple(one for one in known if one.period[:4] == due[:4])
    said = {_says(one, value, due) for one in decisive} - {None}
    if value is None or not said:
        return Judgement("insufficient data", decisive, latest)
    if len(said) == 2:
        return Judgement("contested", decisive, latest)
    return Judgement("met" if said == {True} else "missed", decisive, latest)


def _says(one: Observed, wanted: Decimal | None, due: str) -> bool | None:
    """Return whether an observation reaches the target; ``None`` where it is undecided, as before the last day."""
    value = _printed(one.value)
    found = value.reaches(wanted) if value is not None and wanted is not None else None
    early = len(one.period) > 4 and last_day(one.period) < last_day(due)
    return None if found is False and early else found


def _printed(text: str) -> PrintedValue | None:
    try:
        return PrintedValue.parse(text)
    except ValueError:
        return None
