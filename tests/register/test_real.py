"""The catalogue of a real document, measured against the one made by hand, read in place."""

from __future__ import annotations

import csv

import pytest

from followthrough.model.commitment import Commitment
from followthrough.pipeline import register_file
from support import shared

NAME = "statements/asean-rok-joint-vision-statement-2019"


def overlap(row: dict[str, str], commitment: Commitment) -> float:
    start, end = int(row["span_start"]), int(row["span_end"])
    both = min(end, commitment.end) - max(start, commitment.start)
    return max(0, both) / (max(end, commitment.end) - min(start, commitment.start))


@pytest.fixture(scope="module")
def pairs() -> list[tuple[dict[str, str], Commitment]]:
    with shared(f"{NAME}.commitments.csv").open(encoding="utf-8") as table:
        expected = list(csv.DictReader(table))
    found = register_file(shared(f"{NAME}.txt")).commitments
    assert len(found) == len(expected) == 46
    return [(row, max(found, key=lambda one, row=row: overlap(row, one))) for row in expected]  # type: ignore[misc]


def test_spans_are_those_of_the_catalogue_made_by_hand(pairs: list[tuple[dict[str, str], Commitment]]) -> None:
    assert len({commitment.id for _, commitment in pairs}) == 46
    assert min(overlap(*pair) for pair in pairs) >= 0.9
    exact = sum((int(row["span_start"]), int(row["span_end"])) == (c.start, c.end) for row, c in pairs)
    assert exact >= 44


def test_numbers_kinds_and_strengths_agree(pairs: list[tuple[dict[str, str], Commitment]]) -> None:
    assert [row["para_id"] for row, _ in pairs] == [c.num for _, c in pairs]
    assert sum(row["kind"] == c.kind for row, c in pairs) >= 45
    assert sum(int(row["strength"]) == c.strength for row, c in pairs) >= 44


def test_instruments_agree_and_nothing_is_due(pairs: list[tuple[dict[str, str], Commitment]]) -> None:
    expected = {(row["para_id"], name) for row, _ in pairs for name in row["instruments"].split("; ") if name}
    found = {(c.num, name) for _, c in pairs for name in c.instruments}
    assert 2 * len(expected & found) / (len(expected) + len(found)) >= 0.95
    assert {c.deadline for _, c in pairs} == {None}


@pytest.mark.slow
def test_spans_of_real_statements_lie_in_their_provisions_and_never_overlap() -> None:
    for path in sorted(shared("data/joint_statements").glob("202[1-3]*.md")):
        reading = register_file(path)
        homes = {provision.eid: provision for provision in reading.document.provisions}
        ends: dict[str, int] = {}
        for commitment in reading.commitments:
            home = homes[commitment.provision]
            assert max(home.body, ends.get(home.eid, 0)) <= commitment.start < commitment.end <= home.end
            ends[home.eid] = commitment.end
