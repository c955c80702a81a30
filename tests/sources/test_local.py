"""Local copies in the providers' own shapes, tables of many series, files handed in, and the archive."""

from __future__ import annotations

import contextlib
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from followthrough.errors import InputRefused, ManyRefused
from followthrough.model.series_filter import parse_filter
from followthrough.sources import archive
from followthrough.sources.areas import iso3, iso3_of_name, m49
from followthrough.sources.connectors.sdmx import read_rows
from followthrough.sources.errors import SourceFailed
from followthrough.sources.local.source import LocalSource
from followthrough.sources.local.uploads import read_upload
from followthrough.sources.observations import ProviderData
from followthrough.sources.query import SeriesQuery, matches
from followthrough.sources.responses import RawResponse
from support import shared

AREAS = ("KHM", "LAO", "KOR")
QUERY = SeriesQuery("file", "x", AREAS, 2026)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def local(root: Path, provider: str, code: str, areas: tuple[str, ...] = AREAS, **wanted: str) -> ProviderData:
    return LocalSource(root, lambda: NOW).fetch(SeriesQuery(provider, code, areas, 2026, wanted))


def test_an_answer_in_the_provider_s_own_shape_is_read_page_by_page(tmp_path: Path) -> None:
    for page in (1, 2):
        row = {"countryiso3code": "KHM", "date": f"202{page}", "value": page}
        path = tmp_path / "world-bank" / f"A.B{'' if page == 1 else '.2'}.json.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(json.dumps([{"pages": 2}, [row]]).encode()))
    data = local(tmp_path, "world-bank", "A.B")
    assert [(one.period, one.value) for one in data.observations] == [("2021", "1"), ("2022", "2")]
    assert data.connector == "world-bank-v2 1"


def test_a_code_leads_to_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("[]")
    with pytest.raises(SourceFailed, match="is no code of a series"):
        local(tmp_path / "copies", "world-bank", "../secret")


def test_a_table_is_known_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "anything.csv").write_text(
        "series,geo,year,dims,value\nA_B,khm,2015,sex=bothsex;nature=e,<2.5\nA_B,khm,2015,sex=female,9\nA_B,xx,2015,,1\n"
    )
    data = local(tmp_path, "un-sdg", "a_b", Sex="BOTHSEX")
    found = [(one.ref_area, one.period, one.value, one.status) for one in data.observations]
    assert found == [("KHM", "2015", "<2.5", "e")]
    assert data.connector == "table 1"
    assert data.responses[0].body == b"area,period,value,dims\nkhm,2015,<2.5,sex=bothsex;nature=e\n"
    with pytest.raises(SourceFailed, match="has no such series"):
        local(tmp_path, "un-sdg", "A_C")


@pytest.mark.parametrize(
    ("provider", "code", "area", "year", "value"),
    [
        ("un-sdg", "SN_ITK_DEFC", "BRN", "2002", "<2.5"),
        ("gapminder", "internet_users", "BRN", "1995", "1.02"),
        ("asem", "Ship", "IDN", "2018", "12.2099979"),
    ],
)
def test_the_tables_of_real_figures(provider: str, code: str, area: str, year: str, value: str) -> None:
    data = local(shared("data/indicators"), provider, code, ("BRN", "IDN"))
    assert [one.value for one in data.observations if (one.ref_area, one.period) == (area, year)] == [value]


def test_real_samples_of_sdmx_csv_are_read() -> None:
    seen = 0
    for path in sorted(shared("data/sdmx").rglob("*.csv")):
        try:
            seen += sum(1 for _ in read_rows(RawResponse(path.name, path.read_bytes(), NOW), "DER_REP_CTY"))
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
    first, second = (read_upload(QUERY, path, "the ministry, by letter", NOW) for path in (long, wide))
    assert [(one.ref_area, one.period, one.value) for one in first.observations] == [
        ("KHM", "2015", "<2.5"),
        ("KHM", "2016", "3"),
    ]
    assert [one.value for one in second.observations] == ["<2.5", "3", "7.5"]
    assert "from wide.xlsx: the ministry, by letter" in second.notes
    assert second.responses[0].sha256 != first.responses[0].sha256


def test_areas_are_written_as_codes_or_names_and_years_as_banks_do(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    head = "Data Source,Indicators,\n\nCountry Name,Country Code,Indicator Name,2015 [YR2015],2016*,\n"
    rows = 'Cambodia,KHM,x,1,..\n"Korea, Rep.",KOR,x,"2","3",\nLao PDR,LAO,x,,4\nLast updated: 2024,,,,\n'
    path.write_text(head + rows)
    found = read_upload(QUERY, path, "x", NOW)
    held = [(one.ref_area, one.period, one.value) for one in found.observations]
    assert held == [("KHM", "2015", "1"), ("KOR", "2015", "2"), ("KOR", "2016", "3"), ("LAO", "2016", "4")]
    assert any("“2016*” is taken as 2016" in note for note in found.notes)
    path.write_text(
        "area;year;value\nLAO PDR;YR2015;1,5\nRepublic of  Korea;2015;2\nthe kingdom;2015;n/a\nKH;2016;..\n"
    )
    found = read_upload(QUERY, path, "x", NOW, {"The Kingdom": "KHM"})
    assert [(one.ref_area, one.value) for one in found.observations] == [("KOR", "2"), ("LAO", "1.5")]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("KHM,2558,1", "the Buddhist era; write 2015"),
        ("KHM,2021-Q3,1", "write 2021, with"),
        ("KHM,2015,#REF!", "formula"),
    ],
)
def test_a_cell_that_is_no_figure_of_a_year_is_refused(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"area,year,value\nKHM,2014,1\n{row}\n")
    with pytest.raises(ManyRefused, match=says):
        read_upload(QUERY, path, "x", NOW)


def test_areas_by_name() -> None:
    names = (
        "Indonesia",
        "Viet Nam",
        "VIETNAM",
        "Lao PDR",
        "Lao People’s Democratic Republic",
        "Republic of Korea",
        "vn",
    )
    assert [iso3_of_name(name) for name in names] == ["IDN", "VNM", "VNM", "LAO", "LAO", "KOR", "VNM"]
    assert iso3_of_name("World") == iso3_of_name("") == ""


def test_a_broken_file_is_named_row_by_row_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("area,year,value\nFRA,2015,1\nKHM,soon,1\nKHM,2015,1\nKHM,2015,2\nKHM,2016,many\n")
    with pytest.raises(ManyRefused) as caught:
        read_upload(QUERY, path, "x", NOW)
    assert str(caught.value).splitlines() == [
        "bad.csv, row 2: “FRA” is none of the parties; write one of KHM, LAO, KOR",
        "bad.csv, row 3: “soon” is no year; write it as 2015 or 2015-16",
        "bad.csv, row 5: gives KHM a second value for 2015; keep this row or row 4",
        "bad.csv, row 6: “many” is no number; write 1234.5 or <2.5, or leave the cell empty",
    ]
    path.write_text("whatever,2015\nKHM,1\n")
    with pytest.raises(InputRefused, match="is no table of figures"):
        read_upload(QUERY, path, "x", NOW)
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputRefused, match="is no workbook"):
        read_upload(QUERY, path, "x", NOW)


def test_the_archive_keeps_a_raw_answer_once_by_its_hash(tmp_path: Path) -> None:
    raw = RawResponse("somewhere", b'[{"page": 1}]', NOW)
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


def test_filters() -> None:
    assert parse_filter("sex=BOTHSEX; location = ALLAREA ;") == {"sex": "BOTHSEX", "location": "ALLAREA"}
    assert matches({"Reporting Type": "G"}, {"reporting_type": "g"})
    assert not matches({}, {"sex": "F"})
    with pytest.raises(ValueError, match="is not of the form"):
        parse_filter("sex")


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_bytes_end_a_reader_of_files_in_anything_but_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "x.csv"
    path.write_bytes(b"area,year,value\n" + data)
    with contextlib.suppress(InputRefused, ManyRefused, SourceFailed):
        read_upload(QUERY, path, "x", NOW)


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
    first = local(tmp_path, "world-bank", "A.B")
    assert [one.period for one in first.observations] == ["2021", "2022"]
    assert [one.value for one in local(tmp_path, "un-sdg", "IT_USE_II99").observations] == ["90"]
    (tmp_path / "un-sdg").mkdir()
    (tmp_path / "un-sdg" / "CUT.json.gz").write_bytes(gzip.compress(b"{}" * 999)[:-9])
    with pytest.raises(SourceFailed, match="cannot be read"):
        local(tmp_path, "un-sdg", "CUT")
