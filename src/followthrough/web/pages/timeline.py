"""Evidence as a thread in time: oldest first, each item on its own side of the adoption, every long silence drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followthrough.assess.dates import Time, months_free, newest, order, side
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.kit.wording import plural

LONG = 12
"""Months without evidence that are drawn as a silence."""
OPEN = "Before or since the adoption: the day is not known"
UNDATED = "No date printed"


@dataclass(frozen=True, slots=True)
class Knot:
    """One row of the thread: a claim, a milestone, the heading of a group or a silence."""

    claim: ClaimRow | None = None
    milestone: str = ""
    date: str = ""
    group: str = ""
    silence: str = ""
    disputes: str = ""
    since: bool = False


def thread(
    claims: Sequence[ClaimRow], *, adopted: str, today: str, disputed: Mapping[str, str] | None = None
) -> list[Knot]:
    """Lay ``claims`` along time: before the adoption, on a side not known, since the adoption, and undated (rule C6).

    A silence is drawn where no reading of the dates can fill it; ``disputed`` names the conflict that a claim is in.
    """
    held: dict[Time, list[ClaimRow]] = {time: [] for time in Time}
    for claim in sorted(claims, key=lambda one: (order(one.date), one.id)):
        held[of_adoption(claim.date, adopted)].append(claim)

    def knots(time: Time, group: str = "") -> list[Knot]:
        conflict, since = disputed or {}, time is Time.SINCE
        rows = [Knot(claim=claim, disputes=conflict.get(claim.id, ""), since=since) for claim in held[time]]
        return [Knot(group=group), *rows] if group and rows else rows

    found = [*knots(Time.BEFORE), *knots(Time.OPEN, OPEN)]
    if adopted and adopted <= today:
        found.append(Knot(milestone="Adopted", date=adopted))
    last = newest([adopted, *(claim.date for claim in held[Time.OPEN])])
    for knot in knots(Time.SINCE):
        date = knot.claim.date if knot.claim else ""
        found += [*_silence(last, date), knot]
        last = newest([last, date])
    if last and last <= today:
        found += _silence(last, today, " to today")
    return [*found, *knots(Time.UNDATED, UNDATED)]


def of_adoption(date: str, adopted: str) -> Time:
    """Say where a date stands to the adoption; where that is not known, whatever is dated came since."""
    if date and not adopted:
        return Time.SINCE
    return side(date, adopted)


def _silence(earlier: str, later: str, until: str = "") -> list[Knot]:
    months = months_free(earlier, later) if earlier else 0
    if months < LONG:
        return []
    exact = len(earlier) > 4 and len(later) > 4
    return [Knot(silence=f"Silent for {'' if exact else 'at least '}{plural(months, 'month')}{until}")]
