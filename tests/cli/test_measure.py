"""``followthrough measure``, as others script against it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused
from followthrough.measure.tables import TableRefused, read_observations, read_specs
from support import run_cli

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
        ("series,year,value\na,2015,n/a\n", "data.csv, row 2: “n/a” is no number"),
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200) | st.text(alphabet='serivaluyd,\n"<5.2015', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for head, read in ((b"series,year,value\n", read_observations), (b"series,direction,target\n", read_specs)):
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
