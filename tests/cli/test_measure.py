"""``followthrough measure``, as others script against it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.measure.tables import TableRefused, read_observation_table, read_specs
from support import run_cli

pytestmark = pytest.mark.slow
DATA = "series,year,value\nb,2018,91.3\na,2023,10.2\na,2015-16,14.5\nb,2022,94.5\nb,2020,\n"
META = "series,direction,target,target_year,limit,base_year\na,down,7.25,,,\nb,up,100,,,\nc,up,,,,\n"


def write(folder: Path, data: str, meta: str = META) -> tuple[str, str]:
    (folder / "data.csv").write_text(data, encoding="utf-8")
    (folder / "meta.csv").write_text(meta, encoding="utf-8")
    return str(folder / "data.csv"), str(folder / "meta.csv")


def test_json_has_every_series_by_every_method(tmp_path: Path) -> None:
    data, meta = write(tmp_path, DATA)
    done = run_cli("measure", data, "--series", meta, "--json")
    found = json.loads(done.stdout)["results"]
    assert len(found) == 3 * 4
    first = found[0]
    assert set(first) >= {
        "series", "method", "status", "ratio", "score", "g", "r", "base", "latest", "target", "reason",
    }  # fmt: skip
    assert (first["series"], first["method"], first["status"]) == ("a", "statcan-opensdg-2.4", "substantial")
    assert (first["base"], first["latest"], first["target"]) == ([2015, 14.5], [2023, 10.2], [2030, 7.25])
    assert first["reason"] is None
    assert found[-1]["reason"] == "it has no value"


def test_a_name_in_brackets_is_a_name(tmp_path: Path) -> None:
    data, _ = write(tmp_path, "series,year,value\n[/red]x,2015,3\n")
    assert "[/red]x" in run_cli("measure", data).stdout


def test_one_method_and_no_table_of_series(tmp_path: Path) -> None:
    data, meta = write(tmp_path, DATA)
    one = json.loads(run_cli("measure", data, "--series", meta, "--method", "un-progress-2024", "--json").stdout)
    assert {row["method"] for row in one["results"]} == {"un-progress-2024"}
    none = json.loads(run_cli("measure", data, "--json").stdout)["results"]
    assert {row["status"] for row in none} == {"not-assessed"}
    assert "direction" in none[0]["reason"]


def test_a_person_reads_a_table(tmp_path: Path) -> None:
    data, meta = write(tmp_path, DATA)
    shown = run_cli("measure", data, "--series", meta).stdout
    assert "substantial" in shown
    assert "it has no value" in shown


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("series,year,value\na,2015,1 2\n", "data.csv, row 2: “1 2” is no number"),
        ("series,year,value\na,2015,#REF!\n", "row 2: “#REF!” is the error of a formula"),
        ("series,year,value\na,2021-Q3,3\n", "row 2: “2021-Q3” is a part of a year; write 2021"),
        ("series,year,value\na,2558,3\n", "row 2: 2558 seems to be a year of the Buddhist era; write 2015"),
        ("series,year,value\na,3024,3\n", "row 2: 3024 is no year that a figure can be of"),
        ("series,year,value\na,15,3\n", "row 2: “15” is no year"),
        ("series,year,value\na,2015,3\na,2015-16,4\n", "row 3: gives a a second value for 2015"),
        ("series,year,value\n,2015,3\n", "row 2: has no series"),
        ("series,year,value\na,2015\n", "row 2: has 2 cells instead of 3"),
        ("series,value\na,3\n", "lacks the columns year"),
        ("", "lacks the columns"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, data: str, says: str) -> None:
    file, meta = write(tmp_path, data)
    done = run_cli("measure", file, "--series", meta, "--json", code=1)
    assert done.stdout == ""
    assert says in done.stderr


def test_every_wrong_row_has_its_line(tmp_path: Path) -> None:
    file, meta = write(tmp_path, "series,year,value\n" + "a,x,1\n" * 25)
    lines = run_cli("measure", file, "--series", meta, code=1).stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 5 problems more"


@pytest.mark.parametrize(
    ("meta", "says"),
    [
        ("series,direction\na,sideways\n", "“sideways” is no direction"),
        ("series,direction\na,up\na,down\n", "row 3: names a a second time"),
        ("series,direction,target\na,up,<5\n", "no exact number"),
        ("series,direction,base_year,target_year\na,up,2030,2020\n", "not before 2020"),
    ],
)
def test_a_wrong_table_of_series_is_named(tmp_path: Path, meta: str, says: str) -> None:
    file, table = write(tmp_path, DATA, meta)
    assert says in run_cli("measure", file, "--series", table, code=1).stderr


def test_what_cannot_be_taken_is_named_and_the_rest_is_measured(tmp_path: Path) -> None:
    rows = "a,2015,14.5\na,2016,many\na,2023,10.2\nb,2018,91.3\nb,2019,1\nb,2019,2\nb,2022,94.5\n"
    data, meta = write(tmp_path, "series,year,value\n" + rows, META + "d,up,many,,,\n")
    done = run_cli("measure", data, "--series", meta, "--method", "statcan-opensdg-2.4", "--json")
    document = json.loads(done.stdout)
    assert [one["status"] for one in document["results"]] == ["substantial", "substantial", "not-assessed"]
    assert [(one["file"], one["where"]) for one in document["problems"]] == [
        ("data.csv", "row 3"), ("data.csv", "row 7"), ("meta.csv", "row 5"),
    ]  # fmt: skip
    assert "3 problems; the rest was taken" in done.stderr
    strict = run_cli("measure", data, "--series", meta, "--strict", "--json", code=1)
    assert len(json.loads(strict.stdout)["problems"]) == 3


def one_series(path: Path) -> list[tuple[int, float]]:
    table = read_observation_table(path).observations
    assert table.ids == ("a",)
    return list(zip(table.year.tolist(), table.value.tolist(), strict=True))


LONG = "series,year,value\na,2015,10.5\na,2020,12\n"
FORMS = {
    "semicolons": LONG.replace(",", ";").replace("10.5", "10,5").encode(),
    "tabs": LONG.replace(",", "\t").replace("10.5", "10,5").encode(),
    "quoted": LONG.replace("10.5", '"10,5"').encode(),
    "sep": ("sep=;\r\n" + LONG.replace(",", ";")).encode(),
    "utf-8 mark": LONG.encode("utf-8-sig"),
    "utf-16": LONG.encode("utf-16"),
    "utf-16 without a mark": LONG.encode("utf-16-le"),
    "utf-32": LONG.encode("utf-32"),
    "titles": ("Figures, of all kinds,,\n\n" + LONG).encode(),
    "commas alone": LONG.replace("\na,2020", ",,\n,,,,\n\na,2020,12,\n,,\na,2021,").encode(),
    "wide": b"series,2015,2020\na,10.5,12\n",
    "wide, marked": b"series;YR2015;2020*\na;10,5;12\n",
    "other names": b"Indicator Name,TIME_PERIOD,OBS_VALUE\na,FY2015/16,10.5\na,2020p,12\n",
    "a bank's": (
        b'"Data Source","Indicators",\n\n'
        b'"Country Name","Country Code","Indicator Name","Indicator Code","2015","2020",\n'
        b'"a","AAA","x","X.Y","10.5","12",\n\n"Last updated: 2024","","","","","",\n'
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_any_form_is_the_same_table(tmp_path: Path, form: str) -> None:
    (tmp_path / "data.csv").write_bytes(FORMS[form])
    assert one_series(tmp_path / "data.csv")[:2] == [(2015, 10.5), (2020, 12.0)]


def test_a_workbook_is_read_from_the_first_sheet_with_a_table(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("About").write_row(0, 0, ["words", "more words"])
        sheet = book.add_worksheet("Figures")
        sheet.write(0, 0, "Title of it")
        for at, row in enumerate([["Series", "Year", "Value"], ["a", 2015, 10.5], ["a", 2020, 12]], 2):
            sheet.write_row(at, 0, row)
        sheet.write_row(5, 0, ["a", 2021])
        sheet.write_formula(5, 2, "=1/0", None, "#DIV/0!")
    read = read_observation_table(path)
    assert read.observations.value.tolist() == [10.5, 12.0]
    assert str(read.problems[0]).startswith("data.xlsx, row 6: “#DIV/0!” is the error of a formula")
    assert "the table is on the sheet “Figures”" in read.notes


def test_how_a_table_was_read_is_said(tmp_path: Path) -> None:
    data, meta = write(tmp_path, "sep=;\nseries;2015*;FY2020/21\na;10,5;..\n", META)
    says = run_cli("measure", data, "--series", meta).stderr
    for part in ("semicolons", "decimal sign", "“2015*” is taken as 2015", "FY2020/21 are years; a series is named by"):
        assert part in says


def test_a_series_of_many_columns_is_named_by_those_that_tell_rows_apart(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("Country Name,Country Code,Indicator Name,2015,2016\nA,AAA,x,1,2\nA,AAA,y,1,2\nB,BBB,x,1,2\n")
    assert read_observation_table(path).observations.ids == ("A / x", "A / y", "B / x")


def test_a_point_among_decimal_commas_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("series;year;value\na;2015;1,5\na;2016;1.234\na;2017;1.234,5\n")
    read = read_observation_table(path)
    assert read.observations.value.tolist() == [1.5, 1234.5]
    assert "row 3: “1.234” has a point in a table of decimal commas" in str(read.problems[0])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200) | st.text(alphabet='serivaluyd,\n"<5.2015', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for head, read in ((b"series,year,value\n", read_observation_table), (b"series,direction,target\n", read_specs)):
        path = tmp_path / "any.csv"
        path.write_bytes(head + data)
        try:
            read(path)
        except (InputRefused, TableRefused) as error:
            assert "any.csv" in str(error)


def test_an_open_sdg_repository_is_measured_by_its_own_settings(tmp_path: Path) -> None:
    for folder in ("data", "meta"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "indicator_1-2-1.csv").write_text("Year,Sex,Value\n2015,,20\n2020,,15\n")
    settings = "auto_progress_calculation: true\nprogress_calculation_options:\n- direction: negative\n  target: 5\n"
    (tmp_path / "meta" / "1-2-1.yml").write_text(settings)
    found = json.loads(run_cli("measure", tmp_path, "--json").stdout)
    assert found["indicators"][0] == {
        "id": "1-2-1", "status": "moderate", "score": found["results"][0]["score"], "n": 1, "of": 1, "problems": [],
    }  # fmt: skip
    assert "1 of 1 indicators ask to be measured" in run_cli("measure", tmp_path).stderr
