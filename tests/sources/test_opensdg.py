"""Open SDG data repositories: read, checked, measured, written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.sources.opensdg.progress import measure_repository
from followthrough.sources.opensdg.repository import Indicator, Repository, read_repository
from followthrough.sources.opensdg.writing import write_repository
from support import shared

HEAD = "auto_progress_calculation: true\nprogress_calculation_options:\n"


def make(root: Path, table: str, meta: str = "", key: str = "1-2-1") -> Path:
    (root / "data").mkdir(parents=True)
    (root / "meta").mkdir()
    (root / "data" / f"indicator_{key}.csv").write_text(table)
    (root / "meta" / f"{key}.md").write_text(f"---\n{meta}---\nwords\n")
    return root


def test_the_headline_is_measured_as_the_site_s_own_builder_does(tmp_path: Path) -> None:
    table = "Year,Sex,Value\n2015,,20\n2015,F,99\n2020,,15\n2016-17,,19\n"
    root = make(tmp_path / "r", table, HEAD + "- direction: negative\n  target: 5\n")
    found = measure_repository(read_repository(root))[0]
    assert (found.series[0].base, found.series[0].latest, found.series[0].target) == (
        (2015, 20.0),
        (2020, 15.0),
        (2030, 5),
    )
    assert found.overall.status == found.series[0].status == "moderate"


def test_options_choose_a_series_a_unit_and_a_disaggregation(tmp_path: Path) -> None:
    rows = ["2015,a,%,F,1", "2020,a,%,F,2", "2015,a,N,F,7", "2020,a,N,F,7", "2015,b,%,F,9", "2020,b,%,F,1"]
    table = "\n".join(["Year,Series,Units,Sex,Value", *rows])
    option = "- series: a\n  unit: '%'\n  direction: positive\n  disaggregation:\n  - field: Sex\n    value: F\n"
    found = measure_repository(read_repository(make(tmp_path / "r", table, HEAD + option)))[0]
    assert (found.series[0].base, found.series[0].latest) == ((2015, 1.0), (2020, 2.0))
    assert found.series[0].status == "substantial"


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("- direction: positive\n", "two values for 2015: name a unit, a series or a disaggregation"),
        ("- disaggregation:\n  - field: Region\n    value: x\n", "it has no column Region"),
        ("- disaggregation:\n  - field: Sex\n    value: X\n", "no row is of the series"),
        ("- target: many\n", "could not convert"),
    ],
)
def test_options_that_name_no_single_series_are_said_and_not_guessed(tmp_path: Path, option: str, says: str) -> None:
    table = "Year,Units,Sex,Value\n2015,%,,1\n2015,N,,2\n"
    found = measure_repository(read_repository(make(tmp_path / "r", table, HEAD + option)))[0]
    assert says in found.problems[0]
    assert found.overall.status == "not-assessed"


def test_what_cannot_be_taken_is_named_by_file_and_row_and_the_rest_is_read(tmp_path: Path) -> None:
    root = make(tmp_path / "r", "Year,Sex,Value\n2015, F,1\n2016,F,many\n,,\n2017,F\n2018,F,<2\n2019,F,Inf\n", "a: [\n")
    (root / "data" / "indicator_9-9-9.csv").write_text("Sex,Year\n")
    (root / "data" / "indicator_9-9-8.csv").write_text("Year,Value,Value\n")
    held = read_repository(root)
    lines = [str(problem) for problem in held.problems]
    assert [line.partition(";")[0] for line in lines if "YAML" not in line] == [
        "indicator_1-2-1.csv, row 2: has blanks around “ F”",
        "indicator_1-2-1.csv, row 3: “many” is no number",
        "indicator_1-2-1.csv, row 5: has 2 cells instead of 3",
        "indicator_1-2-1.csv, row 6: has a value that is no plain number: <2",
        "indicator_1-2-1.csv, row 7: “Inf” is no number",
        "indicator_9-9-8.csv, row 1: has the column Value twice",
        "indicator_9-9-9.csv, row 1: has no column Value",
    ]
    assert any("1-2-1.md: is no YAML" in line for line in lines)
    assert held.indicators["1-2-1"].rows == [["2015", "F", "1"]]
    with pytest.raises(InputRefused, match="holds no folder called data"):
        read_repository(tmp_path)


def test_columns_are_put_in_order_and_remarks_after_the_value_are_left_out(tmp_path: Path) -> None:
    table = "Sex,Year,Value,Comment,,\n,2015,5,x,,\nF,2016,,y,,\n,,,,,\n\n,2023,9,,,\n"
    held = read_repository(make(tmp_path / "r", table))
    one = held.indicators["1-2-1"]
    assert one.columns == ["Year", "Sex", "Value"]
    assert one.rows == [["2015", "", "5"], ["2016", "F", ""], ["2023", "", "9"]]
    assert held.problems == []


def test_a_folder_with_data_of_other_names_says_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("GDP1.csv", "1-2-1.xlsx", "flow.xml"):
        (tmp_path / "data" / name).write_text("x")
    with pytest.raises(InputRefused, match=r"1 of workbooks, 1 of CSV of other names, 1 of SDMX .*GDP1.csv"):
        read_repository(tmp_path)


def test_five_bad_files_of_thirty_are_named_and_the_others_measured(tmp_path: Path) -> None:
    option = HEAD + "- direction: positive\n"
    bad = ["Year,Value\n2015,5\n2023,Inf\n", "Jahr,Wert\n2015,5\n", 'Year,Value\n2015,"5\n', "", "Year\n2015\n"]
    for folder in ("data", "meta"):
        (tmp_path / folder).mkdir()
    for at in range(30):
        table = bad[at] if at < len(bad) else f"Year,Value\n2015,5\n2023,{at + 5}\n"
        (tmp_path / "data" / f"indicator_1-1-{at}.csv").write_text(table)
        (tmp_path / "meta" / f"1-1-{at}.yml").write_text(option)
    held = read_repository(tmp_path)
    assert sorted({problem.file for problem in held.problems}) == [f"indicator_1-1-{at}.csv" for at in range(5)]
    found = {one.id: one.overall.status for one in measure_repository(held)}
    assert sum(status == "substantial" for status in found.values()) == 25
    assert found["1-1-0"] == "not-assessed"


def test_a_group_of_options_weighs_as_one_option(tmp_path: Path) -> None:
    """Scores by hand, of growth over one year without a target.

    At x = 0.5 % the score is 0 (250 x 0.005 - 1.25), at 1.5 % 2.5 (500 x 0.015 - 5), at -2 % -5 (125 x -0.02 - 2.5).
    The group of 1.5 % and 0.5 % means 1.25; with the single -2 % the indicator means (1.25 - 5)/2 = -1.875. The mean of
    the three would be (2.5 + 0 - 5)/3 = -0.833.
    """
    rows = ["2015,a,1000", "2016,a,1015", "2015,b,1000", "2016,b,1005", "2015,c,1000", "2016,c,980"]
    up = "direction: positive"
    meta = f"{HEAD}- series: c\n  {up}\n- group:\n  - series: a\n    {up}\n  - series: b\n    {up}\n"
    root = make(tmp_path / "r", "\n".join(["Year,Series,Value", *rows]), meta)
    found = measure_repository(read_repository(root))[0]
    assert [one.series for one in found.series] == ["1-2-1/1", "1-2-1/2.1", "1-2-1/2.2"]
    assert [round(one.score or 0, 6) for one in found.series] == [-5, 2.5, 0]
    assert found.overall.score == pytest.approx(-1.875)
    assert (found.overall.status, found.overall.n, found.overall.of) == ("limited", 3, 3)


def test_a_group_of_which_nothing_can_be_measured_weighs_nothing(tmp_path: Path) -> None:
    meta = HEAD + "- direction: positive\n- group:\n  - series: none\n  - group: []\n"
    found = measure_repository(read_repository(make(tmp_path / "r", "Year,Value\n2015,1000\n2016,1015\n", meta)))[0]
    assert found.overall.score == pytest.approx(2.5)
    assert (found.overall.n, found.overall.of) == (1, 3)
    assert [problem.split(": ")[1] for problem in found.problems] == [
        "it has no column Series",
        "it is a group inside a group; name its options in one list",
    ]


def test_a_repository_that_is_written_is_the_one_that_was_read(tmp_path: Path) -> None:
    table = 'Year,Sex,Value\n2015,"A, ""b""",20\n'
    one = read_repository(make(tmp_path / "r", table, "indicator_name: Ziel – ü\nx: [1, 2]\n"))
    write_repository(one, tmp_path / "out" / "r")
    again = read_repository(tmp_path / "out" / "r")
    assert again.indicators == one.indicators
    with pytest.raises(InputRefused, match="is there already"):
        write_repository(one, tmp_path / "out" / "r")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["r"]


@pytest.mark.slow
def test_the_builder_s_checks_hold_for_what_is_written(tmp_path: Path) -> None:
    """First column Year, last Value, numbers only, no blanks around cells, no empty row: its check_csv."""
    write_repository(read_repository(shared("data/opensdg/uk")), tmp_path / "uk")
    paths = sorted((tmp_path / "uk" / "data").glob("indicator_*.csv"))
    assert len(paths) == 23
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert (header[0], header[-1]) == ("Year", "Value")
        assert all(cell == cell.strip() for row in (header, *rows) for cell in row)
        assert all(float(row[-1] or 0) is not None and any(row) for row in rows)
        assert isinstance(yaml.safe_load((tmp_path / "uk" / "metadata_schema.yml").read_text()), dict)
        meta = (tmp_path / "uk" / "meta" / f"{path.stem.removeprefix('indicator_')}.md").read_text()
        assert isinstance(yaml.safe_load(meta.split("---")[1]), dict)


def test_the_real_repositories_are_read_whole() -> None:
    uk, starter = (read_repository(shared(f"data/opensdg/{name}")) for name in ("uk", "starter"))
    assert (len(uk.indicators), len(starter.indicators)) == (23, 1)
    assert "Unit multiplier" in uk.basic
    assert starter.indicators["1-1-1"].meta["indicator_number"] == "1.1.1"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1990, 2030), st.text('ab,"ü', max_size=4), st.floats(-9, 9))))
def test_any_table_goes_out_and_comes_in_the_same(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[int, str, float]]
) -> None:
    rows = [[str(year), text, repr(value)] for year, text, value in found]
    one = Repository({}, {"1-1-1": Indicator("1-1-1", ["Year", "Sex", "Value"], rows, {})})
    root = tmp_path_factory.mktemp("o") / "r"
    write_repository(one, root)
    assert read_repository(root).indicators["1-1-1"].rows == rows
