"""Local copies in the providers' own shapes, tables of many series, files handed in, and the archive."""

from __future__ import annotations

import contextlib
import gzip
import json
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused, ManyRefused
from followthrough.model.series_filter import parse_filter
from followthrough.sources import archive, files, tables
from followthrough.sources.answers import Gathering, Query, Raw, SourceFailed, wanted
from followthrough.sources.areas import iso3, m49
from followthrough.sources.connectors import offline
from followthrough.sources.sdmx import rows
from support import shared

AREAS = ("KHM", "LAO", "KOR")
QUERY = Query("file", "x", AREAS)


def test_an_answer_in_the_provider_s_own_shape_is_read_page_by_page(tmp_path: Path) -> None:
    for page in (1, 2):
        row = {"countryiso3code": "KHM", "date": f"202{page}", "value": page}
        path = tmp_path / "world-bank" / f"A.B{'' if page == 1 else '.2'}.json.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(json.dumps([{"pages": 2}, [row]]).encode()))
    answer, connector = offline(tmp_path)(Query("world-bank", "A.B", AREAS))
    assert [(one.period, one.value) for one in answer.figures] == [("2021", "1"), ("2022", "2")]
    assert connector == "world-bank-v2 1"


def test_a_code_leads_to_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("[]")
    with pytest.raises(SourceFailed, match="is no code of a series"):
        offline(tmp_path / "copies")(Query("world-bank", "../secret", AREAS))


def test_a_table_is_known_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "anything.csv").write_text(
        "series,geo,year,dims,value\nA_B,khm,2015,sex=bothsex;nature=e,<2.5\nA_B,khm,2015,sex=female,9\nA_B,xx,2015,,1\n"
    )
    answer, connector = offline(tmp_path)(Query("un-sdg", "a_b", AREAS, {"Sex": "BOTHSEX"}))
    assert [(one.area, one.period, one.value, one.status) for one in answer.figures] == [("KHM", "2015", "<2.5", "e")]
    assert connector == "table 1"
    assert answer.raws[0].body == b"area,period,value,dims\nkhm,2015,<2.5,sex=bothsex;nature=e\n"
    with pytest.raises(SourceFailed, match="has no such series"):
        offline(tmp_path)(Query("un-sdg", "A_C", AREAS))


@pytest.mark.parametrize(
    ("provider", "code", "area", "year", "value"),
    [
        ("un-sdg", "SN_ITK_DEFC", "BRN", "2002", "<2.5"),
        ("gapminder", "internet_users", "BRN", "1995", "1.02"),
        ("asem", "Ship", "IDN", "2018", "12.2099979"),
    ],
)
def test_the_tables_of_real_figures(provider: str, code: str, area: str, year: str, value: str) -> None:
    answer, _ = offline(shared("data/indicators"))(Query(provider, code, ("BRN", "IDN")))
    assert [one.value for one in answer.figures if (one.area, one.period) == (area, year)] == [value]


def test_real_samples_of_sdmx_csv_are_read() -> None:
    seen = 0
    for path in sorted(shared("data/sdmx").rglob("*.csv")):
        try:
            seen += sum(1 for _ in rows(Raw(path.name, path.read_bytes()), "DER_REP_CTY"))
        except SourceFailed as error:
            assert "lacks the columns" in str(error) or "cells instead of" in str(error), path
    assert seen > 1000


def book(path: Path, lines: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    return path


def test_a_file_handed_in_long_or_wide_as_csv_or_workbook(tmp_path: Path) -> None:
    long = tmp_path / "long.csv"
    long.write_text("Area,Year,Value,Note\nKHM,2015,<2.5,a\nKH,2016,3,b\n116,2017,,c\n")
    wide = book(tmp_path / "wide.xlsx", [["area", 2015, 2016], ["KHM", "<2.5", 3], ["KOR", "", 7.5]])
    first, second = (files.fetch(QUERY, path, "the ministry, by letter") for path in (long, wide))
    assert [(one.area, one.period, one.value) for one in first.figures] == [
        ("KHM", "2015", "<2.5"),
        ("KHM", "2016", "3"),
    ]
    assert [one.value for one in second.figures] == ["<2.5", "3", "7.5"]
    assert "from wide.xlsx: the ministry, by letter" in second.notes
    assert second.raws[0].sha256 != first.raws[0].sha256


def test_a_broken_file_is_named_row_by_row_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("area,year,value\nFRA,2015,1\nKHM,soon,1\nKHM,2015,1\nKHM,2015,2\nKHM,2016,n/a\n")
    with pytest.raises(ManyRefused) as caught:
        files.fetch(QUERY, path, "x")
    assert str(caught.value).splitlines() == [
        "bad.csv, row 2: “FRA” is none of the parties; write one of KHM, LAO, KOR",
        "bad.csv, row 3: “soon” is no year; write the year as 2015",
        "bad.csv, row 5: gives KHM a second value for 2015; keep this row or row 4",
        "bad.csv, row 6: “n/a” is no number; write 1234.5 or <2.5, or leave the cell empty",
    ]
    path.write_text("name,2015\nKHM,1\n")
    with pytest.raises(InputRefused, match="is no table of figures"):
        files.fetch(QUERY, path, "x")
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputRefused, match="is no workbook"):
        files.fetch(QUERY, path, "x")


def test_the_archive_keeps_a_raw_answer_once_by_its_hash(tmp_path: Path) -> None:
    raw = Raw("somewhere", b'[{"page": 1}]')
    path = archive.keep(tmp_path, raw.sha256, raw.body)
    assert archive.keep(tmp_path, raw.sha256, raw.body) == path
    assert archive.kept(tmp_path, raw.sha256) == raw.body
    assert archive.kept(tmp_path, "0" * 64) is None
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]
    with pytest.raises(InputRefused):
        archive.kept(tmp_path, "../../etc/passwd")


def test_areas_in_three_codes() -> None:
    assert [iso3(code) for code in ("KHM", "kh", "116", "36", "EAS", "1W", "")] == [
        "KHM",
        "KHM",
        "KHM",
        "AUS",
        "",
        "",
        "",
    ]
    assert m49("KOR") == "410"


def test_a_large_table_is_summed_up_by_group(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("s,a,year,value\nx,KHM,2015,1\nx,KHM,2016,3\nx,KOR,2015,\ny,KOR,2014,<2.5\ny,KOR,2015,8\n")
    found = list(tables.summarise(path, ("s", "a"), period="year", value="value"))
    assert [(one.group, one.points, one.first, one.last, one.value) for one in found] == [
        (("x", "KHM"), 2, "2015", "2016", 2.0),
        (("y", "KOR"), 1, "2015", "2015", 8.0),
    ]
    with pytest.raises(SourceFailed, match="cannot be read as a table"):
        list(tables.summarise(path, ('no"such',), period="year", value="value"))
    with pytest.raises(InputRefused, match="is no measure"):
        list(tables.summarise(path, ("s",), period="year", value="value", measure="drop"))


def test_filters() -> None:
    assert parse_filter("sex=BOTHSEX; location = ALLAREA ;") == {"sex": "BOTHSEX", "location": "ALLAREA"}
    assert wanted({"Reporting Type": "G"}, {"reporting_type": "g"})
    assert not wanted({}, {"sex": "F"})
    with pytest.raises(ValueError, match="is not of the form"):
        parse_filter("sex")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_end_a_reader_of_files_in_anything_but_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.csv"
    path.write_bytes(b"area,year,value\n" + data)
    with contextlib.suppress(InputRefused, ManyRefused, SourceFailed):
        files.fetch(QUERY, path, "x")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*AREAS, "", "XXX"]), st.text(max_size=6), st.text(max_size=8))))
def test_every_row_of_an_answer_is_taken_or_counted(found: list[tuple[str, str, str]]) -> None:
    taken = Gathering(QUERY)
    try:
        for row in found:
            taken.take(*row)
    except SourceFailed:
        return
    assert taken.rows == len(found)
    assert len(taken.found) + taken.empty + taken.elsewhere + taken.ahead + len(taken.odd) <= taken.rows


def test_years_to_come_are_projections_and_left_out_with_a_word() -> None:
    taken = Gathering(QUERY)
    for year, value in (("2020 – 21", "1"), ("2099", "2")):
        taken.take("KHM", year, value)
    answer = taken.answer([])
    assert [one.period for one in answer.figures] == ["2020-21"], "periods are ids too: one dash, no blanks"
    assert answer.notes == ["1 rows are of years to come: projections, left out"]


def test_an_answer_of_any_name_is_known_by_what_it_holds(tmp_path: Path) -> None:
    rows = [{"indicator": {"id": "A.B"}, "countryiso3code": "KHM", "date": "2020", "value": 1}]
    (tmp_path / "deep").mkdir()
    for page in (1, 2):
        later = [{**rows[0], "date": f"202{page}"}]
        path = tmp_path / "deep" / f"download ({page}).json"
        path.write_text(json.dumps([{"page": page, "pages": 2}, later]))
    un = {"totalPages": 1, "pageNumber": 1, "data": [
        {"series": "IT_USE_ii99", "geoAreaCode": "410", "timePeriodStart": 2015, "value": "90"}]}  # fmt: skip
    (tmp_path / "other.json.gz").write_bytes(gzip.compress(json.dumps(un).encode()))
    (tmp_path / "broken.json.gz").write_bytes(gzip.compress(b"[1, 2]")[:-9])
    (tmp_path / "nothing.json").write_text("[[1], {}]")
    source = offline(tmp_path)
    first = source(Query("world-bank", "A.B", AREAS))[0]
    assert [one.period for one in first.figures] == ["2021", "2022"]
    assert [one.value for one in source(Query("un-sdg", "IT_USE_II99", AREAS))[0].figures] == ["90"]
    (tmp_path / "un-sdg").mkdir()
    (tmp_path / "un-sdg" / "CUT.json.gz").write_bytes(gzip.compress(b"{}" * 999)[:-9])
    with pytest.raises(SourceFailed, match="cannot be read"):
        source(Query("un-sdg", "CUT", AREAS))
