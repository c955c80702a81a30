"""Integrity checks of reporting cycles: what a register could not show, or would show wrong."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import available_timezones

from followthrough.errors import InputRefused
from followthrough.packs.cells import Row

CONFIRMED = ("claim", "activity", "party_event", "indicator")
"""What a confirmation can be of: the columns of which one is filled in."""


def check_reported(rows: dict[str, list[Row]]) -> Iterator[InputRefused]:
    """Yield the problems between rows of these tables that are each well formed."""
    for row in rows["cycles"]:
        if row["zone"] not in available_timezones():
            yield _problem("cycles", row, f"“{row['zone']}” is no time zone", "write one as Africa/Nairobi", "zone")
        if str(row["late_until"]) < str(row["due"]):
            yield _problem("cycles", row, "takes nothing from before its due date on", "correct it", "late_until")
    for row in rows["confirmations"]:
        if sum(row[name] is not None for name in CONFIRMED) != 1:
            yield _problem("confirmations", row, f"names not one of {', '.join(CONFIRMED)}", "name exactly one")
    yield from _together(rows["reports"])


def _together(reports: list[Row]) -> Iterator[InputRefused]:
    """Yield a problem for each report that is answered with one of another party or cycle, or not with a first one."""
    held = {str(row["id"]): row for row in reports}
    for row in reports:
        head = held.get(str(row["answered_with"]))
        if head is None:
            continue
        if (head["cycle"], head["party"]) != (row["cycle"], row["party"]) or head["answered_with"] is not None:
            says = f"is answered with {head['id']}, which is not one of its party in this cycle that stands alone"
            yield _problem("reports", row, says, "correct it", "answered_with")


def _problem(table: str, row: Row, what: str, do: str, column: str = "") -> InputRefused:
    return InputRefused(f"{table}.csv", what, do, f"id {row['id']}" + (f", column {column}" if column else ""))
