"""Collecting observations: every row is collected or counted, and every count is reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.sources.errors import SourceFailed
from followthrough.sources.observations import LONGEST, ObservationCollector
from followthrough.sources.query import SeriesQuery

AREAS = ("KEN", "UGA", "TZA")
LATEST = 2026


def collector() -> ObservationCollector:
    return ObservationCollector(SeriesQuery("file", "x", AREAS, LATEST))


ROWS = st.tuples(
    st.sampled_from([*AREAS, "", "XXX"]),
    st.one_of(st.text(max_size=6), st.sampled_from(["2020", "2021-22", "2026", "2027", "2020.0"])),
    st.one_of(st.text(max_size=8), st.sampled_from(["", "1", "<2.5", "9" * (LONGEST + 1)])),
)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.lists(ROWS))
def test_every_row_is_collected_or_counted(rows: list[tuple[str, str, str]]) -> None:
    taken = collector()
    try:
        for row in rows:
            taken.add(*row)
    except SourceFailed as error:
        assert "two values" in str(error)
        return
    left_out = (taken.empty, taken.out_of_area, taken.projected, taken.repeated, len(taken.malformed))
    assert taken.rows == len(rows) == len(taken.collected) + sum(left_out)
    if taken.collected:
        notes = taken.data("test 1", []).notes
        assert [int(note.split()[0]) for note in notes] == [
            count for count in (left_out[0], left_out[2], left_out[4], left_out[1], left_out[3]) if count
        ]


def test_what_is_left_out_is_reported_in_words() -> None:
    taken = collector()
    for row in (
        ("KEN", "2020", "1"), ("KEN", "2020", "1"), ("UGA", "2020", ""), ("", "2020", "9"), ("FRA", "2020", "9"),
        ("TZA", "soon", "2"), ("TZA", "2027", "3"),
    ):  # fmt: skip
        taken.add(*row)
    assert list(taken.data("test 1", []).notes) == [
        "1 rows are empty: missing, not zero",
        "1 rows are of years to come: projections, left out",
        "1 rows were left out, as TZA soon: “soon” is no year",
        "2 rows are of areas other than the parties: left out",
        "1 rows repeat a figure",
    ]


@pytest.mark.parametrize(("year", "taken"), [(LATEST - 1, 1), (LATEST, 1), (LATEST + 1, 0)])
def test_a_year_after_the_latest_of_the_query_is_a_projection(year: int, taken: int) -> None:
    one = collector()
    one.add("KEN", str(year), "1")
    assert (len(one.collected), one.projected) == (taken, 1 - taken)


@pytest.mark.parametrize(("length", "malformed"), [(LONGEST, 0), (LONGEST + 1, 1)])
def test_a_value_longer_than_a_printed_one_is_malformed(length: int, malformed: int) -> None:
    one = collector()
    one.add("KEN", "2020", "1" * length)
    assert len(one.malformed) == malformed


def test_a_period_has_one_hyphen_and_no_blanks() -> None:
    taken = collector()
    for period in ("2020 – 21", "2019.0"):
        taken.add("KEN", period, "1")
    assert [one.period for one in taken.data("test 1", []).observations] == ["2019", "2020-21"]


def test_two_values_for_one_year_are_refused_and_the_same_value_twice_is_counted() -> None:
    rows = collector()
    rows.add(AREAS[0], "2015", "5")
    rows.add(AREAS[0], "2015.0", "5 ")
    assert (rows.repeated, len(rows.collected)) == (1, 1)
    with pytest.raises(SourceFailed, match=r"two values for .* in 2015, 5 and 6"):
        rows.add(AREAS[0], "2015", "6")


def test_data_of_no_rows_and_of_rows_without_a_figure_are_refused_in_different_words() -> None:
    rows = collector()
    with pytest.raises(SourceFailed, match="it has no rows"):
        rows.data("weirs 1", ())
    rows.add("nowhere", "2015", "5")
    with pytest.raises(SourceFailed, match="none of its 1 rows has a figure"):
        rows.data("weirs 1", ())


def test_observations_are_sorted_by_area_then_year_and_only_three_malformed_rows_are_described() -> None:
    rows = collector()
    first, second = sorted(AREAS)[:2]
    for area, period in ((second, "2011"), (first, "2012"), (second, "2010")):
        rows.add(area, period, "<2.5", "estimated")
    for at in range(5):
        rows.add(first, f"spring {at}", "1")
    data = rows.data("weirs 1", ())
    assert [(one.ref_area, one.period) for one in data.observations] == [
        (first, "2012"),
        (second, "2010"),
        (second, "2011"),
    ]
    assert {(one.value, one.status) for one in data.observations} == {("<2.5", "estimated")}
    (note,) = data.notes
    assert note.startswith("5 rows were left out")
    assert ("spring 2" in note, "spring 3" in note) == (True, False)
    assert data.with_note("otters").notes == (note, "otters")
