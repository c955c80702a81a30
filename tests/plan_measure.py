"""National plans with the commitments that are in them: how many of the rows found are commitments, and are found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from catalogue_measure import CATALOGUES, one_to_one, places
from followthrough.pipeline import register_bytes

PLANS = CATALOGUES / "plans"


@dataclass(frozen=True)
class Row:
    """A commitment of a plan: its half-open range in code points, its kind, and whether its writer doubts it."""

    start: int
    end: int
    kind: str
    doubtful: bool = False


@dataclass(frozen=True)
class Counts:
    """What was found in a plan: rows that count, and how many are commitments; commitments, and how many are found.

    A row that is a doubtful commitment, and a doubtful commitment, count neither way.
    """

    found: int
    right: int
    wanted: int
    met: int
    kinds: int
    false: tuple[str, ...]
    missed: tuple[str, ...]


def plans(folder: Path = PLANS) -> list[Path]:
    """Return the plans of ``folder``, in the order of their numbers."""
    return sorted(folder.glob("*.md"))


def counts(plan: Path) -> Counts:
    """Catalogue a plan, and match its rows one to one with the commitments beside it, best overlap first."""
    raw = plan.read_text(encoding="utf-8")
    truth = _truth(plan.with_suffix(".jsonl"))
    found = _found(raw, plan.name)
    pairs = one_to_one(truth, found)
    matched = {b: a for a, b in pairs}
    met = {a for a, b in pairs}
    sure = [row for row in truth if not row.doubtful]
    counted = [row for row in found if not (row in matched and matched[row].doubtful)]
    return Counts(
        len(counted),
        sum(row in matched for row in counted),
        len(sure),
        sum(row in met for row in sure),
        sum(not a.doubtful and a.kind == b.kind for a, b in pairs),
        tuple(raw[row.start : row.end] for row in counted if row not in matched),
        tuple(raw[row.start : row.end] for row in sure if row not in met),
    )


def _truth(path: Path) -> list[Row]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Row(one["at"], one["at"] + len(one["text"]), one["kind"], bool(one.get("doubtful"))) for one in lines]


def _found(raw: str, name: str) -> list[Row]:
    reading = register_bytes(raw.encode(), name)
    back = places(raw, reading.document.text)
    return [Row(back[one.start], back[one.end - 1] + 1, one.kind.value) for one in reading.commitments]
