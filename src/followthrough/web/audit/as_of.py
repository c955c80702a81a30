"""What a record said on a day: from what it says now, every event since then is taken back, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

_BEFORE: dict[str, dict[str, Any]] = {
    "withdrawn": {"withdrawn": ""},
    "checked": {"checked": False, "check_note": ""},
    "published": {"public": False},
    "hidden": {"public": True},
}
"""What a record said before an event that tells no values, by what was done."""
_ADDED, _SILENT = "added", frozenset({"noted", "note_written", "file_attached", "file_withdrawn", "dated"})
"""What began a record, and what changed nothing of its own fields."""


@dataclass(frozen=True, slots=True)
class State:
    """A record on a day: whether it was on record, and what it said.

    ``untold`` are the sentences' verbs of later events that say too little to be taken back.
    """

    there: bool
    values: dict[str, Any]
    untold: list[str] = field(default_factory=list)


def state_at(now: Mapping[str, Any], events: Sequence[Mapping[str, Any]], day: date) -> State:
    """Return what a record said at the end of ``day``; ``now`` is what it says, ``events`` its own, oldest first."""
    values, untold, there = dict(now), list[str](), True
    for event in reversed(events):
        if event["at"].date() <= day:
            break
        done = event["verb"].rpartition(".")[2]
        if done == _ADDED:
            there = False
        elif before := _before(event["detail"], done):
            values.update({name: value for name, value in before.items() if name in values})
        elif done not in _SILENT:
            untold.append(event["verb"])
    recorded = str(now.get("recorded") or "")
    began = any(event["verb"].endswith(f".{_ADDED}") for event in events)
    return State(there and (began or not recorded or recorded <= day.isoformat()), values, untold)


def _before(detail: Mapping[str, Any], done: str) -> dict[str, Any]:
    """Return what an event says that stood before it, by field."""
    changes = detail.get("changes")
    if isinstance(changes, Mapping):
        return {name: pair[0] for name, pair in changes.items() if isinstance(pair, list) and len(pair) == 2}
    if done == "moved" and "from" in detail:
        return {"state": detail["from"]}
    return _BEFORE.get(done, {})
