"""The coverage ladder against a small case computed by hand, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.assess.coverage import (
    ROLLUPS,
    Evidence,
    Rung,
    counts,
    coverage,
    known_since,
    rung_of_activity,
    rung_of_claim,
)

PARTIES = ("KOR", "VNM", "THA")
PLACES = ("x/1a", "x/1b", "x/2a", "x/3a")


def seen(
    place: str, rung: Rung, *parties: str, date: str = "2020", known: str = "2020", confirmed: bool = True
) -> Evidence:
    """Evidence about ``place``."""
    return Evidence(place, f"c-{place}", rung, date, known, frozenset(parties), confirmed)


BY_HAND = [
    seen("x/1a", Rung.OUTPUT, "KOR"),
    seen("x/1a", Rung.PLANNED, "VNM", "THA"),
    seen("x/1b", Rung.UNDER_WAY, "ASEAN", "KOR"),
    seen("x/2a", Rung.PLANNED, "KOR", "VNM", "THA"),
    seen("elsewhere", Rung.OUTCOME, "KOR"),
]


@pytest.mark.parametrize(
    ("rollup", "planned", "under_way", "output"),
    [
        # x/1a output, x/1b under way, x/2a planned, x/3a nothing
        ("any", 3, 2, 1),
        # x/1a: the lowest of output, planned, planned; x/1b: two of three did nothing; x/2a: all planned
        ("all", 2, 0, 0),
        # x/1a 3/3, 1/3, 1/3; x/1b 1/3, 1/3, 0; x/2a 3/3, 0, 0
        ("mean", Fraction(7, 3), Fraction(2, 3), Fraction(1, 3)),
        # only x/1b names the organisation
        ("joint", 1, 1, 0),
    ],
)
def test_the_four_ways_by_hand(rollup: str, planned: object, under_way: object, output: object) -> None:
    found = coverage(BY_HAND, PLACES, rollup=rollup, parties=PARTIES, joint=("ASEAN",))
    assert (found.at(Rung.PLANNED), found.at(Rung.UNDER_WAY), found.at(Rung.OUTPUT)) == (planned, under_way, output)
    assert found.at(Rung.NOTHING) == len(PLACES)
    assert found.at(Rung.OUTCOME) == 0


def test_both_lists_stand_behind_a_figure() -> None:
    found = coverage(BY_HAND, PLACES)
    assert found.counted(Rung.UNDER_WAY) == ["x/1a", "x/1b"]
    assert found.places == PLACES
    assert {rung.label: found.standing_on(rung) for rung in Rung} == {
        "nothing recorded": ["x/3a"],
        "planned": ["x/2a"],
        "under way": ["x/1b"],
        "output delivered": ["x/1a"],
        "outcome indicated": [],
    }


def test_three_days_by_hand() -> None:
    history = [
        seen("x/1a", Rung.PLANNED, date="2019-12", known="2020-01-15"),
        seen("x/1a", Rung.OUTPUT, date="2021", known="2022-03-01"),
        seen("x/1b", Rung.UNDER_WAY, date="2019-11-25", known="2021-05"),
        seen("x/1b", Rung.UNDER_WAY, date="", known="2021-05", confirmed=False),
    ]

    def on(day: str, *, confirmed_only: bool = False) -> list[Rung]:
        kept = [one for one in history if counts(one, since="2019-11-26", as_of=day, confirmed_only=confirmed_only)]
        return list(coverage(kept, ["x/1a", "x/1b"]).rungs.values())

    assert on("2019-12-31") == [Rung.NOTHING, Rung.NOTHING]
    assert on("2021-12-31") == [Rung.PLANNED, Rung.UNDER_WAY]
    assert on("2026-11-23") == [Rung.OUTPUT, Rung.UNDER_WAY]
    assert on("2026-11-23", confirmed_only=True) == [Rung.OUTPUT, Rung.NOTHING]


@pytest.mark.parametrize(
    ("kind", "stance", "role", "rung"),
    [
        ("policy", "neutral", "main", 1),
        ("agreement", "neutral", "contributory", 1),
        ("meeting", "neutral", "main", 2),
        ("funding", "neutral", "main", 2),
        ("output", "neutral", "main", 3),
        ("outcome", "neutral", "main", 4),
        ("statistic", "neutral", "main", 0),
        ("output", "unfavourable", "main", 0),
        ("agreement", "comparison", "main", 0),
        ("output", "neutral", "context", 0),
    ],
)
def test_the_rung_of_a_claim(kind: str, stance: str, role: str, rung: int) -> None:
    assert rung_of_claim(kind, stance, role) == rung


def test_the_rung_of_an_activity() -> None:
    assert rung_of_activity("completed", "main") is Rung.OUTPUT
    assert rung_of_activity("period_ended", "main") is Rung.UNDER_WAY
    assert rung_of_activity("approved", "contributory") is Rung.PLANNED
    assert [rung_of_activity(state, "main") for state in ("withdrawn", "unknown", "cancelled")] == [Rung.NOTHING] * 3
    assert rung_of_activity("completed", "context") is Rung.NOTHING


def test_a_fact_is_known_from_its_publication_else_its_date_else_the_day_we_wrote_it_down() -> None:
    assert known_since("2022-01-01", "2021", "2026-11-23") == "2022-01-01"
    assert known_since("", "2021", "2026-11-23") == "2021"
    assert known_since("", "", "2026-11-23") == "2026-11-23"


def test_a_rollup_over_parties_needs_parties() -> None:
    for rollup in ("all", "mean"):
        with pytest.raises(ValueError, match="needs the parties"):
            coverage(BY_HAND, PLACES, rollup=rollup)
    with pytest.raises(KeyError):
        coverage(BY_HAND, PLACES, rollup="most")


EVIDENCE = st.lists(
    st.builds(
        Evidence,
        st.sampled_from(PLACES),
        st.text("abc", min_size=1, max_size=2),
        st.sampled_from(Rung),
        st.just("2020"),
        st.just("2020"),
        st.frozensets(st.sampled_from([*PARTIES, "ASEAN"])),
    ),
    max_size=12,
)


@given(EVIDENCE, st.sampled_from(sorted(ROLLUPS)), st.randoms())
def test_coverage_is_monotone_bounded_and_blind_to_order(evidence: list[Evidence], rollup: str, order: object) -> None:
    found = coverage(evidence, PLACES, rollup=rollup, parties=PARTIES, joint=("ASEAN",))
    figures = [found.at(rung) for rung in Rung]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] == len(PLACES)
    assert all(0 <= figure <= len(PLACES) for figure in figures)
    assert sorted(place for rung in Rung for place in found.standing_on(rung)) == sorted(PLACES)
    shuffled = list(evidence)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert coverage(shuffled, PLACES, rollup=rollup, parties=PARTIES, joint=("ASEAN",)) == found
    more = coverage(
        [*evidence, seen("x/3a", Rung.OUTPUT, *PARTIES, "ASEAN")],
        PLACES,
        rollup=rollup,
        parties=PARTIES,
        joint=("ASEAN",),
    )
    assert all(more.at(rung) >= found.at(rung) for rung in Rung)
