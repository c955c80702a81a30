"""Evidence as a thread in time: oldest first, with the adoption as a line across it and every long silence drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followthrough.assess.dates import months_between, on_or_after
from followthrough.web.evidence.rows import ClaimRow
from followthrough.web.site.wording import plural

LONG = 12
"""Months without evidence that are drawn as a silence."""


@dataclass(frozen=True, slots=True)
class Knot:
    """One row of the thread: a claim, a milestone or a silence."""

    claim: ClaimRow | None = None
    milestone: str = ""
    date: str = ""
    silence: str = ""
    disputes: str = ""


def thread(
    claims: Sequence[ClaimRow], *, adopted: str, today: str, disputed: Mapping[str, str] | None = None
) -> list[Knot]:
    """Lay ``claims``, oldest first and undated last, along time; ``disputed`` names the conflict that a claim is in."""
    knots: list[Knot] = []
    newest, passed = "", not adopted
    for claim in claims:
        if claim.date and not passed and on_or_after(claim.date, adopted):
            knots.append(Knot(milestone="Adopted", date=adopted))
            newest, passed = adopted, True
        if claim.date and newest and passed:
            knots += _silence(newest, claim.date)
        newest = claim.date or newest
        knots.append(Knot(claim=claim, disputes=(disputed or {}).get(claim.id, "")))
    if not passed and adopted <= today:
        knots.append(Knot(milestone="Adopted", date=adopted))
        newest = max(newest, adopted)
    if newest and newest <= today:
        knots += _silence(newest, today, " to today")
    return knots


def _silence(earlier: str, later: str, until: str = "") -> list[Knot]:
    months = months_between(earlier, later)
    if months < LONG:
        return []
    exact = len(earlier) > 4 and len(later) > 4
    said = plural(months, "month") if exact else f"about {plural(months // 12, 'year')}"
    return [Knot(silence=f"Silent for {said}{until}")]
