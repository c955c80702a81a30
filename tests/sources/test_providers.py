"""Each provider's documented answers and failures, from a real server on the loopback address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from followthrough.sources.client import ATTEMPTS, HttpClient, same_host
from followthrough.sources.errors import SourceFailed
from followthrough.sources.observations import ProviderData
from followthrough.sources.providers import providers
from followthrough.sources.query import SeriesQuery
from followthrough.sources.series_source import LiveSource
from provider_standin import Reply, StandIn, json_reply, standin

AREAS = ("KHM", "LAO", "KOR")
Ask = Callable[..., ProviderData]


def noon() -> datetime:
    return datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with standin() as here:
        for name in ("WORLD_BANK", "UN_SDG", "SDMX", "OPEN_SDG"):
            monkeypatch.setenv(f"FOLLOWTHROUGH_BASE_{name}", here.base)
        providers.cache_clear()
        yield here
    providers.cache_clear()


@pytest.fixture
def ask(server: StandIn, tmp_path: Path) -> Iterator[Ask]:
    with HttpClient(noon, tmp_path / "cache.sqlite3", first_wait=0.001) as client:
        source = LiveSource(client)
        yield lambda provider, code, **wanted: source.fetch(SeriesQuery(provider, code, AREAS, 2026, wanted))


def figures(data: ProviderData) -> dict[tuple[str, str], str]:
    return {(one.ref_area, one.period): one.value for one in data.observations}


def world_bank(*rows: tuple[str, str, str, Any], page: int = 1, pages: int = 1) -> Reply:
    head = {"page": page, "pages": pages, "per_page": 2, "total": len(rows), "lastupdated": "2026-10-01"}
    data = [
        {
            "indicator": {"id": "X", "value": "X"}, "country": {"id": iso2, "value": "-"}, "countryiso3code": iso3,
            "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 1,
        }
        for iso2, iso3, year, value in rows
    ]  # fmt: skip
    return json_reply([head, data])


def test_world_bank_gives_figures_as_printed_without_nulls_and_aggregates(server: StandIn, ask: Ask) -> None:
    server.answer = lambda *_: world_bank(
        ("KH", "KHM", "2020", 60.123456789012345), ("KH", "KHM", "2021", None), ("KR", "KOR", "2020", 0),
        ("Z4", "EAS", "2020", 70.0), ("1W", "WLD", "2020", 71.0),
    )  # fmt: skip
    answer = ask("world-bank", "IT.NET.USER.ZS")
    assert figures(answer) == {("KHM", "2020"): "60.123456789012344", ("KOR", "2020"): "0"}
    assert any("1 rows are empty: missing, not zero" in note for note in answer.notes)
    assert server.asked[0].startswith("/country/KHM;LAO;KOR/indicator/IT.NET.USER.ZS?format=json&per_page=")
    assert answer.responses[0].url.startswith(server.base)


def test_world_bank_pages_are_all_read(server: StandIn, ask: Ask) -> None:
    def answer(path: str, query: dict[str, list[str]], _: object) -> Reply:
        page = int(query["page"][0])
        return world_bank(("KH", "KHM", str(2000 + page), page), page=page, pages=3)

    server.answer = answer
    assert figures(ask("world-bank", "X")) == {("KHM", "2001"): "1", ("KHM", "2002"): "2", ("KHM", "2003"): "3"}
    assert len(server.asked) == 3


def test_world_bank_says_with_200_that_a_code_is_wrong(server: StandIn, ask: Ask) -> None:
    says = [{"message": [{"id": "120", "key": "Invalid value", "value": "The parameter value is not valid"}]}]
    server.answer = lambda *_: json_reply(says)
    with pytest.raises(SourceFailed, match=r"world-bank NO\.SUCH: Invalid value: The parameter value is not valid"):
        ask("world-bank", "NO.SUCH")
    assert len(server.asked) == 1, "a wrong code is not asked for again"


@pytest.mark.parametrize("status", [502, 503, 429, 400, 403])
def test_a_busy_provider_is_asked_again(server: StandIn, ask: Ask, status: int) -> None:
    server.failures = [(status, b"<html>Bad gateway</html>", {})] * 3
    server.answer = lambda *_: world_bank(("KH", "KHM", "2020", 1.5))
    assert figures(ask("world-bank", "X")) == {("KHM", "2020"): "1.5"}
    assert len(server.asked) == 4


def test_one_that_stays_busy_is_given_up_with_its_last_words(server: StandIn, ask: Ask) -> None:
    server.failures = [(502, b"", {})] * 50
    with pytest.raises(SourceFailed, match="it answered 502, after 6 attempts: try later"):
        ask("world-bank", "X")
    assert len(server.asked) == ATTEMPTS


def test_a_cut_connection_is_never_half_an_answer(server: StandIn, ask: Ask) -> None:
    server.failures = ["cut", "cut"]
    server.answer = lambda *_: world_bank(("KH", "KHM", "2020", 1.5))
    assert figures(ask("world-bank", "X")) == {("KHM", "2020"): "1.5"}
    server.failures = ["cut"] * 50
    with pytest.raises(SourceFailed, match="after 6 attempts"):
        ask("world-bank", "Y")


def test_a_provider_that_has_moved_within_its_address_is_followed(server: StandIn, ask: Ask) -> None:
    server.failures = [(301, b"", {"Location": "/v3/x"}), (302, b"", {"Location": f"{server.base}/v4/x?a=1"})]
    server.answer = lambda *_: world_bank(("KH", "KHM", "2020", 1.5))
    assert figures(ask("world-bank", "X")) == {("KHM", "2020"): "1.5"}
    assert server.asked[1:] == ["/v3/x", "/v4/x?a=1"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_provider_that_sends_us_elsewhere_is_not_followed(server: StandIn, ask: Ask, status: int) -> None:
    with standin() as other:
        other.answer = lambda *_: world_bank(("KH", "KHM", "2020", 1.5))
        for there in (f"{other.base}/latest/meta-data", server.base.replace("127.0.0.1", "localhost"), "//10.0.0.1/x"):
            server.failures = [(status, b"", {"Location": there})]
            with pytest.raises(SourceFailed, match=r"world-bank X: it sends us on to http://.*BASE_WORLD_BANK"):
                ask("world-bank", "X")
        assert other.asked == []


def test_a_provider_that_sends_us_in_circles_is_given_up(server: StandIn, ask: Ask) -> None:
    server.failures = [(302, b"", {"Location": f"/{n}"}) for n in range(50)]
    with pytest.raises(SourceFailed, match="sends us on more than 5 times"):
        ask("world-bank", "X")
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("home", "there", "follows"),
    [
        ("https://a.org/v2/x", "https://a.org/v3", True),
        ("http://a.org/x", "https://a.org/x", True),
        ("https://a.org/x", "http://a.org/x", False),
        ("https://a.org/x", "https://b.a.org/x", False),
        ("https://a.org/x", "https://a.org:8443/x", False),
        ("http://a.org:8080/x", "https://a.org/x", False),
        ("https://a.org/x", "https://a.org@b.org/x", False),
    ],
)
def test_only_the_own_address_is_gone_on_to(home: str, there: str, follows: bool) -> None:
    assert same_host(httpx.URL(home), httpx.URL(there)) is follows


@pytest.mark.parametrize(
    "code", ["../../admin", "A/../B", "..", ".", "", "A B", "A?x=1", "A#b", "A%2e", "/A", "A/", "A//B", "A\\B", "Ä"]
)
def test_a_code_cannot_leave_the_base_address(server: StandIn, ask: Ask, code: str) -> None:
    for provider in ("world-bank", "sdmx", "open-sdg"):
        with pytest.raises(SourceFailed, match="is no code of a series: write it as the provider does"):
            ask(provider, code, area="KHM")
    assert server.asked == []


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>maintenance</html>", b"[", b"[1]", b'{"a": 1}', b"[[], []]", b'[{"pages": 1}, 7]', b"\xff" * 9],
)
def test_what_is_no_answer_is_named(server: StandIn, ask: Ask, body: bytes) -> None:
    server.answer = lambda *_: (200, body, {})
    with pytest.raises(SourceFailed):
        ask("world-bank", "X")


def un(*rows: tuple[str, float, str, dict[str, str]], series: str = "SN_ITK_DEFC", pages: int = 1) -> Reply:
    data = [
        {
            "goal": ["2"], "indicator": ["2.1.1"], "series": series, "geoAreaCode": area, "timePeriodStart": year,
            "value": value, "attributes": {"Nature": "E", "Units": "PERCENT"}, "dimensions": dimensions,
        }
        for area, year, value, dimensions in rows
    ]  # fmt: skip
    return json_reply({"size": 5000, "totalElements": len(data), "totalPages": pages, "pageNumber": 1, "data": data})


def test_un_values_are_strings_and_censored_ones_stay_so(server: StandIn, ask: Ask) -> None:
    server.answer = lambda *_: un(
        ("410", 2015.0, "<2.5", {}), ("116", 2015.0, "15.2", {}), ("116", 2016.0, "NaN", {}), ("116", 2017.0, "N", {}),
        ("1", 2015.0, "8.9", {}),
    )  # fmt: skip
    answer = ask("un-sdg", "SN_ITK_DEFC")
    assert figures(answer) == {("KHM", "2015"): "15.2", ("KOR", "2015"): "<2.5"}
    assert "areaCode=116&areaCode=418&areaCode=410" in server.asked[0]
    assert any("2 rows are empty" in note for note in answer.notes)


def test_un_codes_differ_in_case_between_its_services(server: StandIn, ask: Ask) -> None:
    server.answer = lambda *_: un(("410", 2015.0, "90", {}), series="IT_USE_ii99")
    assert figures(ask("un-sdg", "IT_USE_II99")) == {("KOR", "2015"): "90"}


def test_un_dimensions_are_chosen_by_the_feed_and_never_by_chance(server: StandIn, ask: Ask) -> None:
    server.answer = lambda *_: un(
        ("410", 2015.0, "50", {"Sex": "BOTHSEX", "Reporting Type": "G"}),
        ("410", 2015.0, "48", {"Sex": "FEMALE", "Reporting Type": "G"}),
    )
    with pytest.raises(SourceFailed, match="two values for KOR in 2015, 50 and 48: choose one with the feed's filter"):
        ask("un-sdg", "SN_ITK_DEFC")
    assert figures(ask("un-sdg", "SN_ITK_DEFC", sex="bothsex", reporting_type="g")) == {("KOR", "2015"): "50"}


def test_a_renamed_code_is_found_under_its_other_name_and_said_so(server: StandIn, ask: Ask) -> None:
    def answer(path: str, query: dict[str, list[str]], _: object) -> Reply:
        known = query["seriesCode"] == ["ER_RSK_LSTI"]
        return un(("410", 2015.0, "0.7", {}), series="ER_RSK_LSTI") if known else un(series="ER_RSK_LST")

    server.answer = answer
    answer_ = ask("un-sdg", "ER_RSK_LST")
    assert figures(answer_) == {("KOR", "2015"): "0.7"}
    assert "ER_RSK_LST is not there; its other name ER_RSK_LSTI is" in answer_.notes


def test_un_rows_of_another_series_are_refused(server: StandIn, ask: Ask) -> None:
    server.answer = lambda *_: un(("410", 2015.0, "1", {}), series="OTHER")
    with pytest.raises(SourceFailed, match="a row is not of SN_ITK_DEFC"):
        ask("un-sdg", "SN_ITK_DEFC")


SDMX = {
    "1.0": "DATAFLOW,FREQ,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    "ILO:DF(1.0),A,KHM,SEX_T,2019,61.5,A\nILO:DF(1.0),A,KHM,SEX_F,2019,59,A\nILO:DF(1.0),A,KOR,SEX_T,2019,NaN,M\n",
    "2.0": "STRUCTURE,STRUCTURE_ID,ACTION,FREQ: Frequency,REF_AREA: Area,SEX: Sex,TIME_PERIOD: Time,OBS_VALUE: Value\n"
    "dataflow,ILO:DF(1.0),I,A: Annual,KH: Cambodia,SEX_T: Total,2019,61.5\n"
    "dataflow,ILO:DF(1.0),D,A: Annual,KH: Cambodia,SEX_T: Total,2018,1\n",
    "m49": "DATAFLOW,FREQ,GEO,SEX,TIME_PERIOD,OBS_VALUE\nUN:DF(1.0),A,116,SEX_T,2019,61.5\n",
}


@pytest.mark.parametrize("form", SDMX)
def test_sdmx_csv_in_its_versions_and_with_any_code_of_areas(server: StandIn, ask: Ask, form: str) -> None:
    server.answer = lambda *_: (200, SDMX[form].encode(), {})
    assert figures(ask("sdmx", "ILO,DF,1.0/A.{areas}.SEX_T", SEX="SEX_T")) == {("KHM", "2019"): "61.5"}
    assert server.asked == ["/data/ILO,DF,1.0/A.KHM+LAO+KOR.SEX_T"]
    assert "sdmx.data+csv" in server.accepted[0]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<?xml version='1.0'?><mes:Error/>", "it is XML"),
        (b"A,B\n1,2\n", "lacks the columns TIME_PERIOD, OBS_VALUE, REF_AREA"),
        (b"REF_AREA,TIME_PERIOD,OBS_VALUE\nKHM,2019\n", "row 2 has 2 cells instead of 3"),
        (b'REF_AREA,TIME_PERIOD,OBS_VALUE\nKHM,"2019', "is no CSV"),
        (b"REF_AREA,TIME_PERIOD,OBS_VALUE\nKHM,2019-Q1,5\n", "none of its 1 rows"),
    ],
)
def test_sdmx_that_is_no_csv_is_named(server: StandIn, ask: Ask, body: bytes, says: str) -> None:
    server.answer = lambda *_: (200, body, {})
    with pytest.raises(SourceFailed, match=says):
        ask("sdmx", "DF/all")


def test_a_missing_flow_is_said_once(server: StandIn, ask: Ask) -> None:
    with pytest.raises(SourceFailed, match="it has no such series"):
        ask("sdmx", "DF/all")
    assert len(server.asked) == 1


def test_open_sdg_gives_the_whole_population_of_the_country_that_the_feed_names(server: StandIn, ask: Ask) -> None:
    table = "Year,Sex,Units,Value\n2015,,Percent,10\n2015,Female,Percent,12\n2016,,Percent,11\n2017,,Percent,\n"
    server.answer = lambda path, *_: (
        (200, table.encode(), {}) if path == "/data/indicator_1-2-1.csv" else (404, b"", {})
    )
    assert figures(ask("open-sdg", "1-2-1", area="KOR")) == {("KOR", "2015"): "10", ("KOR", "2016"): "11"}
    assert figures(ask("open-sdg", "1-2-1", area="KOR", Sex="Female")) == {("KOR", "2015"): "12"}
    with pytest.raises(SourceFailed, match="names no area"):
        ask("open-sdg", "1-2-1")


def test_an_answer_the_provider_allows_to_keep_is_asked_for_once(server: StandIn, ask: Ask) -> None:
    status, body, headers = world_bank(("KH", "KHM", "2020", 1.5))
    server.answer = lambda *_: (status, body, {**headers, "Cache-Control": "max-age=3600"})
    assert figures(ask("world-bank", "X")) == figures(ask("world-bank", "X"))
    assert len(server.asked) == 1


def test_a_provider_without_an_address_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOLLOWTHROUGH_BASE_SDMX", raising=False)
    providers.cache_clear()
    with HttpClient(noon) as client, pytest.raises(SourceFailed, match="set FOLLOWTHROUGH_BASE_SDMX"):
        LiveSource(client).fetch(SeriesQuery("sdmx", "DF/all", AREAS, 2026))
