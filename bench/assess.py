"""Speed of scores and of agreement: 5,000 commitments by 20 parties by 3 coders, alpha with 1,000 rounds of bootstrap.

    .venv/bin/python bench/assess.py

Prints one JSON document. ``ratio`` compares alpha alone with counting coincidences pair by pair, in the same run.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np

from followthrough.assess.agreement import alpha
from followthrough.assess.ratings import read_ratings
from followthrough.assess.scales import scales
from followthrough.assess.scoring import score

COMMITMENTS, PARTIES, CODERS = 5_000, 20, 3
SCALE = "g20-2009"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 3)


def pair_by_pair(codes: list[tuple[str, str, int]]) -> float:
    """Nominal alpha as a textbook counts it."""
    units: dict[str, list[int]] = {}
    for unit, _, value in codes:
        units.setdefault(unit, []).append(value)
    observed, each, total = 0.0, dict[int, float](), 0.0
    for held in units.values():
        for a, b in permutations(range(len(held)), 2):
            weight = 1 / (len(held) - 1)
            observed += weight * (held[a] != held[b])
            each[held[a]] = each.get(held[a], 0.0) + weight
            total += weight
    expected = sum(each[a] * each[b] for a in each for b in each if a != b) / (total - 1)
    return 1 - observed / expected


def main() -> None:
    """Make the tables and time the work."""
    chance = random.Random(1)  # noqa: S311 - a bench, no secret
    cells = ["1", "0", "-1", "n/a"]
    head = ",".join(["commitment", *(f"P{at}" for at in range(PARTIES))])
    rows = [",".join([f"c{at}", *(chance.choice(cells) for _ in range(PARTIES))]) for at in range(COMMITMENTS)]
    codes = [
        (f"u{unit}", f"c{coder}", chance.randrange(3))
        for unit in range(COMMITMENTS * PARTIES)
        for coder in range(CODERS)
    ]
    values = np.array([-1.0, 0.0, 1.0])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.csv"
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        read = timed(lambda: read_ratings(path, scales()[SCALE]))
        ratings = read_ratings(path, scales()[SCALE])
    ours, theirs = timed(lambda: alpha(codes, values, rounds=0)), timed(lambda: pair_by_pair(codes))
    found = {
        "cells": COMMITMENTS * PARTIES, "codes": len(codes), "read_seconds": read,
        "score_seconds": timed(lambda: score(ratings, scales()[SCALE])),
        "alpha_seconds": ours, "pair_by_pair_seconds": theirs, "ratio": round(ours / theirs, 2),
        "alpha_with_1000_rounds_seconds": timed(lambda: alpha(codes, values, "ordinal", rounds=1000)),
    }  # fmt: skip
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
