"""What every connector must do, whichever provider it reads: the same contract for each that is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from followthrough.sources.client import ATTEMPTS, HttpClient
from followthrough.sources.connectors.base import Connector
from followthrough.sources.connectors.registry import CONNECTORS
from followthrough.sources.errors import Missing, SourceFailed, Unreachable
from followthrough.sources.local.responses import LocalResponses
from followthrough.sources.observations import ProviderData
from followthrough.sources.providers import providers
from followthrough.sources.query import SeriesQuery
from provider_standin import Reply, StandIn, json_reply, standin

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
AREAS = ("KEN", "UGA")
Row = tuple[str, str, str]
"""Area in ISO 3166-1 alpha-3, year and value as printed; an empty value is missing."""
M49 = {"KEN": "404", "UGA": "800", "FRA": "250"}


def world_bank(rows: list[Row]) -> Reply:
    data = [{"countryiso3code": area, "date": year, "value": value or None} for area, year, value in rows]
    return json_reply([{"page": 1, "pages": 1}, data])


def un_sdg(rows: list[Row]) -> Reply:
    data = [
        {"series": "CODE", "geoAreaCode": M49[area], "timePeriodStart": year, "value": value or "NaN"}
        for area, year, value in rows
    ]
    return json_reply({"totalElements": len(data), "totalPages": 1, "data": data})


def sdmx(rows: list[Row]) -> Reply:
    lines = [f"{area},{year},{value or 'NaN'}" for area, year, value in rows]
    return 200, "\n".join(["REF_AREA,TIME_PERIOD,OBS_VALUE", *lines]).encode(), {}


def open_sdg(rows: list[Row]) -> Reply:
    """One country alone: the rows of other areas are the cells of a disaggregation."""
    lines = [f"{year},{'' if area == 'KEN' else area},{value}" for area, year, value in rows]
    return 200, "\n".join(["Year,Part,Value", *lines]).encode(), {}


@dataclass(frozen=True)
class Subject:
    """A connector with what its provider answers for rows and for a code that it does not know."""

    provider: str
    answer: Callable[[list[Row]], Reply]
    unknown: Reply
    file: str
    filter: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[str, ...] = AREAS


NOT_FOUND: Reply = (404, b"", {})
NO_SUCH_CODE = json_reply([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}])
SUBJECTS = {
    "world-bank-v2": Subject("world-bank", world_bank, NO_SUCH_CODE, "CODE.json"),
    "un-sdg-v1": Subject("un-sdg", un_sdg, json_reply({"totalElements": 0, "data": []}), "CODE.json"),
    "sdmx-csv": Subject("sdmx", sdmx, NOT_FOUND, "CODE.csv"),
    "open-sdg-csv": Subject("open-sdg", open_sdg, NOT_FOUND, "CODE.csv", {"area": "KEN"}, ("KEN",)),
}


@dataclass
class Case:
    """One connector in front of a stand-in for its provider."""

    connector: Connector
    subject: Subject
    server: StandIn
    client: HttpClient

    def query(self, latest_year: int = 2026) -> SeriesQuery:
        return SeriesQuery(self.subject.provider, "CODE", AREAS, latest_year, self.subject.filter)

    def fetch(self, rows: list[Row], latest_year: int = 2026) -> ProviderData:
        rows = [row for row in rows if row[0] in self.subject.areas or row[0] == "FRA"]
        self.server.answer = lambda *_: self.subject.answer(rows)
        return self.connector.fetch(self.client, self.query(latest_year))


@pytest.fixture(params=sorted(CONNECTORS))
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    subject = SUBJECTS[request.param]
    with standin() as server:
        monkeypatch.setenv(providers()[subject.provider].setting, server.base)
        providers.cache_clear()
        with HttpClient(lambda: NOW, first_wait=0.001) as client:
            yield Case(CONNECTORS[request.param], subject, server, client)
    providers.cache_clear()


def figures(data: ProviderData) -> list[Row]:
    return [(one.ref_area, one.period, one.value) for one in data.observations]


def test_every_connector_has_a_contract_and_a_provider() -> None:
    assert set(SUBJECTS) == set(CONNECTORS)
    assert {one.connector for one in providers().values()} - {"file"} == set(CONNECTORS)
    assert all(key == connector.id and connector.version for key, connector in CONNECTORS.items())


def test_observations_are_sorted_and_say_what_read_them(case: Case) -> None:
    rows = [("UGA", "2020", "3"), ("KEN", "2021", "2.50"), ("KEN", "2020", "1")]
    data = case.fetch(rows)
    assert figures(data) == [row for row in sorted(rows) if row[0] in case.subject.areas]
    assert data.connector == f"{case.connector.id} {case.connector.version}"


def test_raw_responses_are_kept_byte_for_byte_with_address_and_time(case: Case) -> None:
    data = case.fetch([("KEN", "2020", "1")])
    _, body, _ = case.subject.answer([("KEN", "2020", "1")])
    assert [response.body for response in data.responses] == [body]
    assert data.responses[0].url.startswith(case.server.base)
    assert data.responses[0].fetched == NOW


def test_a_missing_value_is_no_zero_and_zero_is_no_missing_value(case: Case) -> None:
    data = case.fetch([("KEN", "2020", "0"), ("KEN", "2021", "")])
    assert figures(data) == [("KEN", "2020", "0")]
    assert "1 rows are empty: missing, not zero" in data.notes


def test_years_after_the_latest_of_the_query_are_left_out_and_reported(case: Case) -> None:
    data = case.fetch([("KEN", "2020", "1"), ("KEN", "2021", "2")], latest_year=2020)
    assert figures(data) == [("KEN", "2020", "1")]
    assert "1 rows are of years to come: projections, left out" in data.notes


def test_other_areas_are_left_out_and_never_silently(case: Case) -> None:
    data = case.fetch([("KEN", "2020", "1"), ("FRA", "2020", "9")])
    assert figures(data) == [("KEN", "2020", "1")]
    if case.connector.id != "open-sdg-csv":  # there another area is a disaggregation that the filter does not name
        assert "1 rows are of areas other than the parties: left out" in data.notes


def test_two_values_for_one_area_and_year_are_refused(case: Case) -> None:
    with pytest.raises(SourceFailed, match="two values"):
        case.fetch([("KEN", "2020", "1"), ("KEN", "2020", "2")])


def test_an_unknown_code_is_missing_and_asked_for_once(case: Case) -> None:
    case.server.answer = lambda *_: case.subject.unknown
    with pytest.raises(Missing, match=f"{case.subject.provider} CODE"):
        case.connector.fetch(case.client, case.query())
    assert len(case.server.asked) == 1


def test_an_answer_without_rows_for_the_parties_is_a_failure(case: Case) -> None:
    with pytest.raises(SourceFailed):
        case.fetch([("FRA", "2020", "9")])


def test_a_busy_provider_is_asked_again_and_a_silent_one_given_up(case: Case) -> None:
    case.server.failures = [(503, b"", {})] * (ATTEMPTS - 1)
    assert figures(case.fetch([("KEN", "2020", "1")])) == [("KEN", "2020", "1")]
    case.server.failures = [(503, b"", {})] * ATTEMPTS
    with pytest.raises(Unreachable, match=f"after {ATTEMPTS} attempts"):
        case.connector.fetch(case.client, case.query())


@pytest.mark.parametrize("body", [b"", b"<html>maintenance</html>", b"\xff\xfe\x00", b"[", b"{}", b"a,b\n1,2\n"])
def test_what_cannot_be_read_is_a_failure_and_nothing_else(case: Case, body: bytes) -> None:
    case.server.answer = lambda *_: (200, body, {})
    with pytest.raises(SourceFailed):
        case.connector.fetch(case.client, case.query())


def test_it_reads_a_saved_response_as_it_reads_the_provider(case: Case, tmp_path: Path) -> None:
    rows = [("KEN", "2020", "1"), ("KEN", "2021", "<2.5" if case.connector.id != "open-sdg-csv" else "2.5")]
    live = case.fetch(rows)
    saved = tmp_path / case.subject.provider / case.subject.file
    saved.parent.mkdir()
    saved.write_bytes(live.responses[0].body)
    local = case.connector.fetch(LocalResponses(tmp_path, lambda: NOW), case.query())
    assert (local.observations, local.notes, local.connector) == (live.observations, live.notes, live.connector)
    assert local.responses[0].sha256 == live.responses[0].sha256
