"""The worked examples of the published methods, and what no method may do."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.measure.comparison import compare, overall
from followthrough.measure.derived import ratio_of_medians
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result, measure
from followthrough.measure.series import SeriesSpec, observations, parse_value, parse_year
from followthrough.model.missing import is_missing

STATCAN, CHART, UN, ESCAP = METHODS


def results(values: dict[int, str], **spec: Any) -> dict[str, Result]:
    """Measure one series, given by year, by every method."""
    rows = [(0, year, *parsed) for year, text in values.items() if (parsed := parse_value(text))]
    return {one.method: one for one in measure(observations(["s"], rows), [SeriesSpec("s", **spec)])}


def statcan(values: dict[int, str], **spec: Any) -> Result:
    return results(values, **spec)[STATCAN]


@pytest.mark.parametrize(
    ("values", "spec", "ratio", "score", "status"),
    [
        ({2015: "14.5", 2023: "10.2"}, {"direction": "down", "target": 7.25}, 0.95259, 2.5186, "substantial"),
        ({2018: "91.3", 2022: "94.5"}, {"direction": "up", "target": 100}, 1.13602, 3.8288, "substantial"),
        ({2015: "0.27", 2023: "0.38"}, {"direction": "up", "target": 0.7}, 0.66561, 0.4687, "moderate"),
    ],
)
def test_worked_examples_with_a_target(
    values: dict[int, str], spec: dict[str, Any], ratio: float, score: float, status: str
) -> None:
    found = statcan(values, **spec)
    assert found.ratio is not None
    assert found.score is not None
    assert (round(found.ratio, 5), round(found.score, 4), found.status) == (ratio, score, status)


def test_worked_example_near_a_limit() -> None:
    found = statcan({2015: "90.0", 2021: "93.2"}, direction="up", limit=100)
    assert found.g == pytest.approx(0.005840, abs=5e-7)
    assert found.inputs["C"] == pytest.approx(0.3737, abs=1e-4)
    assert found.score == pytest.approx(2.8154, abs=5e-5)
    assert found.status == "substantial"


def test_first_worked_examples_of_the_other_methods() -> None:
    found = results({2015: "14.5", 2023: "10.2"}, direction="down", target=7.25)
    assert found[UN].inputs["projected"] == pytest.approx(7.498, abs=5e-4)
    assert found[UN].ratio == pytest.approx(0.966, abs=5e-4)
    assert found[UN].status == "on-track"
    assert found[ESCAP].score == pytest.approx(5.931, abs=5e-4)
    assert found[CHART].status == "substantial"


@pytest.mark.parametrize(
    ("values", "spec", "status", "score"),
    [
        ({2015: "10", 2020: "6"}, {"direction": "down", "target": 7}, "achieved", 5),
        ({2015: "5", 2020: "6"}, {"direction": "down", "target": 7}, "achieved", 5),
        ({2015: "100", 2020: "100"}, {"direction": "up", "limit": 100}, "substantial", 5),
        ({2015: "100", 2020: "99"}, {"direction": "up", "limit": 100}, "deterioration", None),
        ({2015: "1", 2020: "0"}, {"direction": "down", "target": 0}, "achieved", 5),
        ({2015: "-10", 2020: "-5"}, {"direction": "up"}, "substantial", 5),
        ({2015: "-5", 2020: "-10"}, {"direction": "up"}, "deterioration", -5),
        ({2013: "9", 2014: "8", 2016: "10", 2020: "11"}, {"direction": "up"}, "substantial", 5),
        ({2015: "0.5", 2020: "0.98"}, {"direction": "parity"}, "achieved", 5),
        ({2015: "2", 2020: "1.5"}, {"direction": "parity"}, "substantial", None),
        ({2015: "30", 2020: "32"}, {"direction": "parity"}, "limited", None),
        ({2015: "70", 2020: "68"}, {"direction": "parity"}, "limited", None),
        ({2015: "0", 2020: "1"}, {"direction": "up", "target": 1}, "achieved", 5),
    ],
)
def test_edges(values: dict[int, str], spec: dict[str, Any], status: str, score: float | None) -> None:
    found = statcan(values, **spec)
    assert found.status == status, found.reason
    if score is not None:
        assert found.score == score


@pytest.mark.parametrize(
    ("values", "spec", "says"),
    [
        ({2015: "5", 2020: "-5"}, {"direction": "up"}, "one sign"),
        ({2020: "6"}, {"direction": "up"}, "two years"),
        ({2010: "6", 2012: "7"}, {"direction": "up"}, "in or after 2015"),
        ({2015: "6", 2020: "7"}, {"direction": "context", "target": 5}, "context"),
        ({2015: "6", 2020: "7"}, {}, "direction"),
        ({}, {"direction": "up"}, "no value"),
        ({2015: "0", 2020: "0"}, {"direction": "up", "target": 1}, "not achieved"),
        ({2015: "<2.5", 2020: "<2.5"}, {"direction": "down", "target": 0}, "leaves it open"),
    ],
)
def test_what_is_not_assessed_says_why(values: dict[int, str], spec: dict[str, Any], says: str) -> None:
    for found in results(values, **spec).values():
        assert found.status == "not-assessed"
        assert found.score is None
        assert says in found.reason or found.reason == "the method needs a target"


def test_a_censored_value_counts_where_it_leaves_no_doubt() -> None:
    found = statcan({2015: "9.1", 2020: "<2.5"}, direction="down", target=2.5)
    assert (found.status, found.latest) == ("achieved", (2020, "<2.5"))
    assert "less than 2.5" in found.notes[1]


def test_a_break_is_never_measured_across() -> None:
    found = statcan({2016: "3", 2018: "3.2", 2023: "2.5", 2024: "2.6"}, direction="up", breaks=(2023,))
    assert found.base == (2023, 2.5)
    assert "breaks in 2023" in found.notes[0]
    assert statcan({2016: "3", 2023: "2.5"}, direction="up", breaks=(2023,)).status == "not-assessed"


def test_a_pandemic_year_is_noted() -> None:
    assert "pandemic" in statcan({2015: "3", 2020: "1"}, direction="up").notes[0]


def test_methods_that_differ_say_why() -> None:
    found = list(results({2015: "90.0", 2021: "93.2"}, direction="up", limit=100).values())
    compared = compare(found)
    assert not compared.agree
    assert "0.5 to 1.5 %" in compared.why or "≥ 1.5 %" in compared.why
    same = compare(list(results({2015: "14.5", 2023: "10.2"}, direction="down", target=7.25).values()))
    assert (same.agree, same.assessed) == (True, 4)


def test_a_mean_of_scores_counts_what_it_rests_on() -> None:
    one = statcan({2015: "10", 2020: "6"}, direction="down", target=7)
    other = statcan({2015: "10", 2020: "12"}, direction="down", target=7)
    unknown = statcan({2015: "10"}, direction="down")
    both = overall([one, other, unknown])
    assert (both.n, both.of, both.score, both.status) == (2, 3, 0.0, "moderate")
    assert overall([one, one]).status == "achieved"
    assert overall([unknown]).status == "not-assessed"


def test_development_gap_needs_every_member() -> None:
    values = {
        "A": {2015: 10.0, 2016: 12.0},
        "B": {2015: 20.0, 2016: 20.0},
        "X": {2015: 40.0},
        "Y": {2015: 60.0, 2016: 70.0},
    }
    assert [(one.year, one.value) for one in ratio_of_medians(values, ["A", "B"], ["X", "Y"])] == [(2015, 0.3)]
    assert [one.year for one in ratio_of_medians(values, ["A", "B"], ["X", "Y"], least=0.5)] == [2015, 2016]


numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda one: round(one, 3))


@given(
    values=st.dictionaries(st.integers(2010, 2024), numbers, max_size=6),
    direction=st.sampled_from(["up", "down", "parity", "context", "none"]),
    target=st.none() | numbers,
    limit=st.none() | numbers,
)
def test_every_series_gets_a_status_and_finite_numbers(
    values: dict[int, float], direction: str, target: float | None, limit: float | None
) -> None:
    found = results(
        {year: str(value) for year, value in values.items()}, direction=direction, target=target, limit=limit
    )
    for one in found.values():
        assert one.status in (*METHODS[one.method].words, "not-assessed")
        assert bool(one.reason) == (one.status == "not-assessed")
        assert all(number is None or math.isfinite(number) for number in (one.ratio, one.score, one.g, one.r))
        if one.method == STATCAN and one.score is not None:
            assert -5 <= one.score <= 5


@pytest.mark.slow
@given(st.text(max_size=30))
def test_cells_are_read_or_refused(text: str) -> None:
    for parse in (parse_value, parse_year):
        try:
            parse(text)
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "value"), [("<2.5", (2.5, -1)), ("> 95", (95.0, 1)), ("−3", (-3.0, 0)), ("1e3", (1000.0, 0)), (" ", None)]
)
def test_values(text: str, value: tuple[float, int] | None) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize("text", ["1,234", "inf", "1 2", "5%", "none"])
def test_no_values(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_value(text)


MARKS = "n/a N/A NA na n.a. n.d. nan NaN None null #N/A - – — .. … : x".split()  # noqa: SIM905 - a list of marks


@pytest.mark.parametrize("text", MARKS)
def test_missing_has_one_list_of_marks(text: str) -> None:
    assert parse_value(f" {text} ") is None
    assert is_missing(text)


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!"])
def test_the_error_of_a_formula_is_no_missing_value(text: str) -> None:
    assert not is_missing(text)
    with pytest.raises(ValueError, match="is the error of a formula"):
        parse_value(text)


@pytest.mark.parametrize("method", METHODS)
def test_one_figure_is_not_assessed_and_says_where_it_stands(method: str) -> None:
    for value, says in (("0", "it meets the target, 1"), ("3", "it does not meet the target, 1")):
        found = results({2018: value}, direction="down", target=1)[method]
        assert (found.status, found.score) == ("not-assessed", None)
        assert found.reason == f"it has one value from 2018 on; two years are needed; {says}"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("direction", ["up", "down"])
def test_zero_throughout_is_no_change(method: str, direction: str) -> None:
    found = results({2015: "0", 2019: "0", 2023: "0"}, direction=direction)[method]
    assert (found.status, found.reason) == ("not-assessed", "no change from zero: it is 0 from 2015 to 2023")
    moved = statcan({2015: "0", 2019: "2", 2023: "0"}, direction=direction)
    assert moved.status != "not-assessed"


def test_periods() -> None:
    assert [parse_year(text) for text in ("2015", "2015-16", "2015/2016", "2015.0")] == [2015] * 4
    with pytest.raises(ValueError, match="no year"):
        parse_year("15")
