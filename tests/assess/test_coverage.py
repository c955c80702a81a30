"""The coverage ladder against a small case computed by hand, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.assess.implementation_stages import (
    ROLLUPS,
    CoverageStage,
    Evidence,
    Side,
    Undertaking,
    act_of_activity,
    act_of_claim,
    counts,
    coverage,
    known_since,
    stage,
    thing_of,
)

PARTIES = ("KOR", "VNM", "THA")
PLACES = ("x/1a", "x/1b", "x/2a", "x/3a")


def seen(
    place: str,
    stage: CoverageStage,
    *parties: str,
    date: str = "2020",
    known: str = "2020-12-31",
    confirmed: bool = True,
) -> Evidence:
    """Evidence about ``place``."""
    return Evidence(place, f"c-{place}", stage, date, known, frozenset(parties), confirmed)


BY_HAND = [
    seen("x/1a", CoverageStage.OUTPUT, "KOR"),
    seen("x/1a", CoverageStage.PLANNED, "VNM", "THA"),
    seen("x/1b", CoverageStage.UNDER_WAY, "ASEAN", "KOR"),
    seen("x/2a", CoverageStage.PLANNED, "KOR", "VNM", "THA"),
    seen("elsewhere", CoverageStage.OUTCOME, "KOR"),
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
    assert (found.at(CoverageStage.PLANNED), found.at(CoverageStage.UNDER_WAY), found.at(CoverageStage.OUTPUT)) == (
        planned,
        under_way,
        output,
    )
    assert found.at(CoverageStage.NOTHING) == len(PLACES)
    assert found.at(CoverageStage.OUTCOME) == 0


def test_both_lists_stand_behind_a_figure() -> None:
    found = coverage(BY_HAND, PLACES)
    assert found.counted(CoverageStage.UNDER_WAY) == ["x/1a", "x/1b"]
    assert found.places == PLACES
    assert {stage.label: found.standing_on(stage) for stage in CoverageStage} == {
        "nothing recorded": ["x/3a"],
        "planned": ["x/2a"],
        "under way": ["x/1b"],
        "output delivered": ["x/1a"],
        "outcome indicated": [],
    }


def test_three_days_by_hand() -> None:
    history = [
        seen("x/1a", CoverageStage.PLANNED, date="2019-12", known="2020-01-15"),
        seen("x/1a", CoverageStage.OUTPUT, date="2021", known="2022-03-01"),
        seen("x/1b", CoverageStage.UNDER_WAY, date="2019-11-25", known="2021-05-31"),
        seen("x/1b", CoverageStage.UNDER_WAY, date="2020", known="2021-05-31", confirmed=False),
        seen("x/1b", CoverageStage.OUTPUT, date="2019-11", known="2020-01-31"),
        seen("x/1b", CoverageStage.OUTPUT, date="", known="2020-01-31"),
    ]

    def on(day: str, *, confirmed_only: bool = False) -> list[CoverageStage]:
        kept = [one for one in history if counts(one, since="2019-11-26", as_of=day, confirmed_only=confirmed_only)]
        return list(coverage(kept, ["x/1a", "x/1b"]).stages.values())

    assert on("2019-12-31") == [CoverageStage.NOTHING, CoverageStage.NOTHING]
    assert on("2021-12-31") == [CoverageStage.PLANNED, CoverageStage.UNDER_WAY]
    assert on("2026-11-23") == [CoverageStage.OUTPUT, CoverageStage.UNDER_WAY]
    assert on("2026-11-23", confirmed_only=True) == [CoverageStage.OUTPUT, CoverageStage.NOTHING]


US, THEM = Side("HERE"), Side("UNION", frozenset({"AAA", "BBB"}))
ANY_VERB = Undertaking((US, THEM))
ONE_THING = Undertaking((US, THEM), thing_of("strengthen efforts to conclude", "action"))
BODY = Undertaking((US, THEM), thing_of("establish", "action"))


@pytest.mark.parametrize(
    ("kind", "stance", "role", "reached"),
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
def test_the_stage_of_a_claim(kind: str, stance: str, role: str, reached: int) -> None:
    assert stage(act_of_claim(kind, stance, role, frozenset({"AAA"})), ANY_VERB) == reached
    assert stage(act_of_claim(kind, stance, role, frozenset()), Undertaking()) == reached


@pytest.mark.parametrize(
    ("kind", "state", "role", "reached"),
    [
        ("project", "completed", "main", 3),
        ("training", "completed", "contributory", 3),
        ("meeting", "completed", "main", 2),
        ("policy", "completed", "main", 1),
        ("agreement", "completed", "main", 1),
        ("project", "period_ended", "main", 2),
        ("project", "approved", "contributory", 1),
        ("project", "withdrawn", "main", 0),
        ("project", "unknown", "main", 0),
        ("project", "cancelled", "main", 0),
        ("project", "completed", "context", 0),
    ],
)
def test_the_stage_of_an_activity(kind: str, state: str, role: str, reached: int) -> None:
    assert stage(act_of_activity(kind, state, role, frozenset({"HERE"})), ANY_VERB) == reached


@pytest.mark.parametrize("names", [(), ("CCC",), ("CCC", "DDD")])
def test_acts_of_others_move_nothing(names: tuple[str, ...]) -> None:
    others = frozenset(names)
    assert stage(act_of_claim("output", "neutral", "main", others), ANY_VERB) is CoverageStage.NOTHING
    assert stage(act_of_activity("project", "completed", "main", others), ANY_VERB) is CoverageStage.NOTHING
    assert stage(act_of_claim("output", "neutral", "main", others | {"BBB"}), ANY_VERB) is CoverageStage.OUTPUT


@pytest.mark.parametrize(
    ("kind", "role", "names", "conclude", "establish"),
    [
        ("agreement", "main", ("HERE", "UNION"), 3, 1),
        ("agreement", "main", ("HERE", "AAA", "BBB"), 3, 1),
        ("agreement", "main", ("HERE", "AAA"), 0, 0),
        ("agreement", "main", ("UNION",), 0, 0),
        ("agreement", "contributory", ("HERE", "UNION"), 1, 1),
        ("output", "main", ("HERE", "UNION"), 3, 3),
        ("output", "contributory", ("HERE", "UNION"), 2, 2),
        ("meeting", "main", ("HERE", "UNION"), 2, 2),
        ("meeting", "main", ("HERE",), 0, 0),
        ("policy", "main", ("HERE", "UNION"), 1, 1),
        ("outcome", "main", ("HERE", "UNION"), 4, 4),
        ("statistic", "main", ("HERE", "UNION"), 0, 0),
    ],
)
def test_one_thing_is_delivered_by_that_thing_and_by_both_sides(
    kind: str, role: str, names: tuple[str, ...], conclude: int, establish: int
) -> None:
    act = act_of_claim(kind, "neutral", role, frozenset(names))
    assert (stage(act, ONE_THING), stage(act, BODY)) == (conclude, establish)


def test_talks_without_the_other_side_and_talks_held_are_no_agreement() -> None:
    talks = act_of_activity("meeting", "completed", "main", frozenset({"HERE", "UNION"}))
    assert stage(talks, ONE_THING) is CoverageStage.UNDER_WAY
    assert stage(talks._replace(parties=frozenset({"HERE"})), ONE_THING) is CoverageStage.NOTHING
    signing = act_of_activity("agreement", "completed", "main", frozenset({"HERE", "UNION"}))
    assert stage(signing, ONE_THING) is CoverageStage.OUTPUT
    assert stage(act_of_activity("agreement", "running", "main", signing.parties), ONE_THING) is CoverageStage.PLANNED


def test_of_many_sides_two_are_enough_and_of_one_that_one() -> None:
    six = Undertaking(tuple(Side(name) for name in "UVWXYZ"), ONE_THING.thing)
    assert [stage(act_of_claim("agreement", "neutral", "main", frozenset(names)), six) for names in ("U", "UV")] == [
        CoverageStage.NOTHING,
        CoverageStage.OUTPUT,
    ]
    alone = Undertaking((THEM,), ONE_THING.thing)
    assert stage(act_of_claim("agreement", "neutral", "main", frozenset({"UNION"})), alone) is CoverageStage.OUTPUT


@pytest.mark.parametrize(
    ("verb", "kind", "thing"),
    [
        ("conclude", "action", {"agreement", "output"}),
        ("strengthen efforts to conclude", "action", {"agreement", "output"}),
        ("agree to set up", "action", {"output"}),
        ("Establish", "action", {"output"}),
        ("establish; strengthen", "action", set()),
        ("explore the establishment of", "action", set()),
        ("reconclude", "action", set()),
        ("conclude", "reaffirmation", set()),
        ("promote", "action", set()),
    ],
)
def test_which_verbs_promise_one_thing(verb: str, kind: str, thing: set[str]) -> None:
    assert thing_of(verb, kind) == thing


def test_a_fact_is_known_from_its_publication_else_its_date_and_at_the_latest_when_we_wrote_it_down() -> None:
    assert known_since("2022-01-01", "2021", "2026-11-23") == "2022-01-01"
    assert known_since("2022", "2021", "2026-11-23") == "2022-12-31"
    assert known_since("", "2021", "2026-11-23") == "2021-12-31"
    assert known_since("2026", "", "2026-11-23") == "2026-11-23"
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
        st.sampled_from(CoverageStage),
        st.just("2020"),
        st.just("2020"),
        st.frozensets(st.sampled_from([*PARTIES, "ASEAN"])),
    ),
    max_size=12,
)


@given(EVIDENCE, st.sampled_from(sorted(ROLLUPS)), st.randoms())
def test_coverage_is_monotone_bounded_and_blind_to_order(evidence: list[Evidence], rollup: str, order: object) -> None:
    found = coverage(evidence, PLACES, rollup=rollup, parties=PARTIES, joint=("ASEAN",))
    figures = [found.at(stage) for stage in CoverageStage]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] == len(PLACES)
    assert all(0 <= figure <= len(PLACES) for figure in figures)
    assert sorted(place for stage in CoverageStage for place in found.standing_on(stage)) == sorted(PLACES)
    shuffled = list(evidence)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert coverage(shuffled, PLACES, rollup=rollup, parties=PARTIES, joint=("ASEAN",)) == found
    more = coverage(
        [*evidence, seen("x/3a", CoverageStage.OUTPUT, *PARTIES, "ASEAN")],
        PLACES,
        rollup=rollup,
        parties=PARTIES,
        joint=("ASEAN",),
    )
    assert all(more.at(stage) >= found.at(stage) for stage in CoverageStage)
