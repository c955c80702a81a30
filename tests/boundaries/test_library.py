"""Published thresholds of the library: a value just below, at, and just above each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import numpy as np
import pytest

from followthrough.assess.agreement import Agreement, alpha
from followthrough.assess.funds import Figure, fits
from followthrough.assess.lineage import ENDING, Edge, current
from followthrough.assess.ratings import read_ratings
from followthrough.assess.scales import scales
from followthrough.assess.scoring import score
from followthrough.assess.targets import Observed, judge
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import measure
from followthrough.measure.series import SeriesSpec, observations, parse_value
from followthrough.model.vocabulary import EdgeKind
from followthrough.read import read_bytes
from followthrough.read.decode import decode
from followthrough.register.catalogue import catalogue
from followthrough.register.editing import Item
from followthrough.register.machine_agreement import compare
from followthrough.register.quantities import quantity

STATCAN, CHART, UN, ESCAP = METHODS


# ---------------------------------------- reading


@pytest.mark.parametrize(("printed", "date"), [(16, "2024-05-16"), (15, "2024-05-30"), (30, "2024-05-30")])
def test_a_day_in_the_text_is_the_meeting_s_until_a_fortnight_before_the_file_s(printed: int, date: str) -> None:
    text = f"---\ntitle: Joint Statement on Weirs\ndate: 2024-05-30\n---\n\nWe met on {printed} May 2024 in Alma.\n"
    assert read_bytes(text.encode(), "weirs.md").document.date == date


@pytest.mark.parametrize(
    ("words", "strength"),
    [("We will hold a meeting of river ministers.", 4), ("We will hold a meeting of river ministers by 2031.", 5)],
)
def test_to_hold_something_is_a_specific_act_only_by_a_date(words: str, strength: int) -> None:
    reading = read_bytes(f"Joint Statement\n\n1. {words}\n".encode(), "x.txt")
    assert [one.strength for one in catalogue(reading.document)] == [strength]


@pytest.mark.parametrize(("end", "matched"), [(19, 1), (20, 1), (21, 0)])
def test_machine_and_person_speak_of_one_undertaking_from_half_of_their_words(end: int, matched: int) -> None:
    proposal, decision = (Item(1, ((0, stop),), "mend", "action", 4) for stop in (10, end))
    assert compare((proposal,), (decision,)).matched == matched


@pytest.mark.parametrize(("raw", "text"), [(b"\xb0\xa1", "°¡"), (b"\xb0\xa1\xb3\xaa", "가나")])
def test_a_text_is_korean_from_two_syllables(raw: bytes, text: str) -> None:
    assert decode(b"weirs " + raw, "x.txt") == "weirs " + text


@pytest.mark.parametrize(
    ("scale", "value"),
    [("thousand", "2000"), ("million", "2000000"), ("m", "2000000"), ("billion", "2000000000"), ("bn", "2000000000"),
     ("trillion", "2000000000000")],
)  # fmt: skip
def test_every_word_for_a_scale(scale: str, value: str) -> None:
    words = f"provide USD 2 {scale} for weirs"
    found = quantity(words, 0, len(words), [])
    assert found == {"value": value, "unit": "USD", "text": f"USD 2 {scale}"}


# ---------------------------------------- measuring


def status(method: str, values: dict[int, str], **spec: object) -> str:
    rows = [(0, year, *parsed) for year, text in values.items() if (parsed := parse_value(text))]
    found = {one.method: one for one in measure(observations(["s"], rows), [SeriesSpec("s", **spec)])}  # type: ignore[arg-type]
    return found[method].status


def after(growth: float) -> dict[int, str]:
    """Figures that grow by ``growth`` a year from 2015 to 2020."""
    return {2015: "100", 2020: repr(100 * (1 + growth) ** 5)}


REQUIRED = (200 / 100) ** (1 / 15) - 1
"""Growth a year that takes 100 in 2015 to 200 in 2030."""
WITH_TARGET = {
    (STATCAN, 0.95): ("moderate", "substantial"), (STATCAN, 0.6): ("limited", "moderate"),
    (STATCAN, 0.0): ("deterioration", "limited"),
    (CHART, 0.95): ("fair", "substantial"), (CHART, 0.5): ("limited", "fair"),
    (CHART, -0.1): ("deterioration", "limited"),
}  # fmt: skip
WITHOUT_TARGET = {
    (STATCAN, 0.015): ("moderate", "substantial"), (STATCAN, 0.005): ("limited", "moderate"),
    (STATCAN, 0.0): ("deterioration", "limited"),
    (CHART, 0.01): ("fair", "substantial"), (CHART, 0.005): ("limited", "fair"),
    (CHART, -0.01): ("deterioration", "limited"),
    (UN, 0.02): ("fair", "on-track"), (UN, 0.005): ("stagnation", "fair"),
}  # fmt: skip


@pytest.mark.parametrize(("method", "ratio"), WITH_TARGET)
@pytest.mark.parametrize("above", [False, True])
def test_bands_of_the_ratio_of_actual_to_required_growth(method: str, ratio: float, above: bool) -> None:
    found = status(method, after((ratio + (0.002 if above else -0.002)) * REQUIRED), direction="up", target=200)
    assert found.startswith(WITH_TARGET[method, ratio][above])


@pytest.mark.parametrize(("method", "growth"), WITHOUT_TARGET)
@pytest.mark.parametrize("above", [False, True])
def test_bands_of_growth_where_no_target_is_set(method: str, growth: float, above: bool) -> None:
    found = status(method, after(growth + (0.0002 if above else -0.0002)), direction="up")
    assert found.startswith(WITHOUT_TARGET[method, growth][above])


@pytest.mark.parametrize(("latest", "expected"), [("109", "stagnation"), ("111", "fair"), ("119", "fair")])
def test_fair_progress_of_2024_begins_at_a_tenth_of_the_way(latest: str, expected: str) -> None:
    # 2029 is all but 2030: the projection differs from the latest value by less than a hundredth of the way
    assert status(UN, {2015: "100", 2029: latest}, direction="up", target=200).startswith(expected)


@pytest.mark.parametrize(("index", "achieved"), [("0.96", False), ("0.97", True), ("1.03", True), ("1.04", False)])
def test_an_index_within_three_hundredths_of_parity_is_at_parity(index: str, achieved: bool) -> None:
    found = status(STATCAN, {2015: "0.8", 2020: index}, direction="parity", target=1)
    assert (found == "achieved") is achieved


# ---------------------------------------- assessing


@pytest.mark.parametrize(("printed", "told"), [("0.67", False), ("0.662", False), ("0.661", True), ("0.62", True)])
def test_a_printed_mean_may_be_off_by_its_rounding_and_no_more(tmp_path: Path, printed: str, told: bool) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(f"commitment,A,B,C,Average\nx,1,1,0,{printed}\n", encoding="utf-8")
    scale = scales()["g20-2009"]
    says = dict(score(read_ratings(path, scale), scale).warnings)["published_means"]
    assert ("by neither: x" in says) is told


@pytest.mark.parametrize(
    ("printed", "state"),
    [("9.99", "missed"), ("10", "met"), ("<10", "missed"), ("<10.1", "insufficient data"), (">10", "met"),
     (">9.9", "insufficient data")],
)  # fmt: skip
def test_a_target_of_ten_is_met_from_ten_and_a_bound_says_what_it_can(printed: str, state: str) -> None:
    assert judge(Decimal(10), "2020", [Observed("2020", printed)], as_of="2026-01-01").state == state


def test_a_year_without_payment_lies_between_those_of_both_neighbours() -> None:
    totals = [Figure(2014, Decimal(50)), Figure(2017, Decimal(80)), Figure(2017, Decimal(90))]
    payments = [Figure(2015, Decimal(5)), Figure(2017, Decimal(20))]
    assert {one.expected for one in fits(totals, payments)} == {(Decimal(80), Decimal(95))}


@pytest.mark.parametrize("kind", EdgeKind)
def test_which_edges_end_a_commitment(kind: str) -> None:
    left = current([("new/1", ""), ("old/1", "")], [Edge("new/1", "old/1", kind)], as_of="2026-01-01")
    ends = kind in {"supersedes", "drops", "merges", "splits"}
    assert ("old/1" in left) is not ends
    assert (kind in ENDING) is ends


def test_the_interval_of_alpha_covers_nineteen_in_twenty() -> None:
    random = Random(7)
    units = [(value := random.randrange(3), random.choice([value, value, 0])) for _ in range(60)]

    def of(pairs: list[tuple[int, int]], rounds: int) -> Agreement:
        codes = [(f"{at}", coder, pair[coder == "b"]) for at, pair in enumerate(pairs) for coder in "ab"]
        return alpha(codes, np.arange(3.0), "nominal", rounds=rounds)

    found = of(units, 1000).interval
    assert found is not None
    drawn = sorted(of(random.choices(units, k=60), 1).alpha or 0 for _ in range(1000))
    for edge, wide, narrow in ((found[0], drawn[25], drawn[50]), (found[1], drawn[-25], drawn[-50])):
        assert abs(edge - wide) < abs(edge - narrow)
