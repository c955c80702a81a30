"""The pages of indicators: coverage, one indicator with its vintages, a party's, the trend around a place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from followthrough.sources.observations import Observation, ProviderData
from followthrough.sources.opensdg.progress import measure_repository
from followthrough.sources.opensdg.repository import read_repository
from followthrough.sources.opensdg.writing import write_repository
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse
from followthrough.sources.series_source import SeriesSource
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Provision
from followthrough.web.charts.scales import short
from followthrough.web.charts.small_multiples import panels, spark
from followthrough.web.indicators import indicator_rows
from followthrough.web.indicators.actions.refreshes import refresh
from followthrough.web.indicators.indicator_views import _finding
from followthrough.web.indicators.models import Indicator
from followthrough.web.indicators.open_sdg_export import as_repository
from followthrough.web.indicators.trends import trends_at
from followthrough.web.links.models import Link
from followthrough.web.links.scope import Scope
from support import said

pytestmark = pytest.mark.sqlite

DOC = "/agreements/asean-rok-2019"
KEY = "i-undernourishment"


def got(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer


def test_the_coverage_matrix_counts_points_and_names_the_years(figures: Document, client: Client) -> None:
    found = {row["id"]: row for row in got(client, f"{DOC}/indicators.json").json()["indicators"]}
    assert (found[KEY]["KHM"], found[KEY]["LAO"], found[KEY]["BRN"]) == (
        "8 (2012-2019)",
        "7 (2012-2019)",
        "1 (2018-2018)",
    )
    page = got(client, f"{DOC}/indicators").content.decode()
    assert "never whether it is kept" in " ".join(page.split())
    rows = list(csv.DictReader(io.StringIO(got(client, f"{DOC}/indicators.csv").content.decode("utf-8-sig"))))
    assert len(rows) == Indicator.objects.count()
    assert got(client, f"{DOC}/indicators.xlsx").content[:2] == b"PK"


def test_without_figures_the_pages_say_so_and_score_nothing(register: Document, client: Client) -> None:
    page = " ".join(got(client, f"/indicators/{KEY}").content.decode().split())
    assert "No figure is on record" in page
    assert "not asked yet" in page
    assert "No figure is on record yet for any of 54 indicators" in said(
        got(client, f"{DOC}/indicators").content.decode()
    )
    found = got(client, f"/indicators/{KEY}.json").json()
    assert (found["figures"], found["results"], found["vintage"]) == ([], [], None)


def test_one_indicator_shows_every_party_every_method_and_where_it_is_from(figures: Document, client: Client) -> None:
    found = got(client, f"/indicators/{KEY}.json").json()
    assert found["vintage"]["connector"] == "invented 1"
    assert len(found["vintage"]["sha256"][0]) == 64
    cambodia = [one for one in found["results"] if one["series"] == "KHM"]
    assert [one["method"] for one in cambodia] == [
        "statcan-opensdg-2.4", "un-progress-chart-2022", "un-progress-2024", "escap-current-status",
    ]  # fmt: skip
    brunei = [one for one in found["results"] if one["series"] == "BRN"]
    assert all(one["status"] == "not-assessed" and one["reason"] for one in brunei)
    page = got(client, f"/indicators/{KEY}").content.decode()
    assert page.count('<figure class="panel">') == 12
    assert "hollow" in page
    rows = list(csv.DictReader(io.StringIO(got(client, f"/indicators/{KEY}.csv").content.decode("utf-8-sig"))))
    assert {"indicator": KEY, "area": "BRN", "year": "2018", "value": "<2.5", "unit": "%"}.items() <= rows[0].items()


def test_an_older_vintage_can_be_shown_and_says_that_it_is_older(figures: Document, client: Client) -> None:
    class Later(SeriesSource):
        def fetch(self, query: SeriesQuery) -> ProviderData:
            response = RawResponse("later", b"later", timezone.now())
            return ProviderData((Observation("KHM", "2019", "77.5"),), (response,), "invented 2")

    refresh(Later(), "later", by=SYSTEM, indicator=KEY)
    newest = got(client, f"/indicators/{KEY}.json").json()
    assert [one["value"] for one in newest["figures"]] == ["77.5"]
    older = got(client, f"/indicators/{KEY}.json?vintage={KEY}/un-sdg/v1").json()
    assert len(older["figures"]) > 80
    page = got(client, f"/indicators/{KEY}?vintage={KEY}/un-sdg/v1").content.decode()
    assert "An older vintage" in page
    assert client.get(f"/indicators/{KEY}?vintage=i-red-list/un-sdg/v1").status_code == 404
    assert client.get(f"/indicators/{KEY}?vintage=nothing").status_code == 404


def test_context_is_never_scored_anywhere(figures: Document, client: Client) -> None:
    for row in indicator_rows.indicators(Scope(by=SYSTEM)):
        if row.scored:
            continue
        assert got(client, f"/indicators/{row.id}.json").json()["results"] == []
        page = got(client, f"/indicators/{row.id}").content.decode()
        assert "No method is applied" in page
        assert not any(f'class="chip {kind}"' in page for kind in ("good", "bad"))
    listed = got(client, "/parties/KHM/indicators.json?scored=context,+never+scored").json()["indicators"]
    assert listed
    assert all(row["statcan-opensdg-2.4"] == "" for row in listed)


def test_the_trend_beside_a_paragraph_carries_no_verdict(figures: Document, client: Client) -> None:
    place = Link.objects.filter(indicator=KEY).values_list("provision", flat=True)[0]
    one = next(one for one in trends_at(Scope(places=(str(place),)), ["KHM", "KOR"]) if one.row.id == KEY)
    assert one.spark is not None
    trend = client.get(f"/agreements/{place}").content.decode().partition('id="trends"')[2].partition("</section>")[0]
    assert "Context, not a measure of what was done here" in trend
    for word in ("By the method", "substantial", "moderate", "limited", "deterioration", "achieved"):
        assert word not in trend


def test_the_trend_stands_apart_from_implementation(figures: Document, client: Client) -> None:
    before = json.dumps(got(client, f"{DOC}.json").json()["coverage"])
    page = got(client, f"{DOC}/5.4").content.decode()
    assert "The trend around it" in page
    assert "not a measure of what was done here" in page
    Link.objects.filter(indicator__isnull=False).delete()
    assert json.dumps(got(client, f"{DOC}.json").json()["coverage"]) == before
    assert "The trend around it" not in got(client, f"{DOC}/5.4").content.decode()


def test_indicators_around_a_draft_are_seen_by_its_editors_only(
    figures: Document, draft: Document, editor: User, stranger: User, client: Client
) -> None:
    provision = Provision.objects.create(
        id="draft-2030/1", document=draft, eid="para_1", kind="paragraph", num="1", position=1, title="One"
    )
    Indicator.objects.create(
        id="i-secret", title="A secret", definition="x", unit="%", direction="up", aggregation="none"
    )
    Link.objects.create(
        id="l-secret", provision=provision, indicator_id="i-secret", role="context", rationale="x", origin="person"
    )
    assert client.get("/indicators/i-secret").status_code == 404
    client.force_login(stranger)
    assert client.get("/indicators/i-secret.json").status_code == 404
    client.force_login(editor)
    assert client.get("/indicators/i-secret").status_code == 200


def test_the_gap_is_formed_only_where_every_member_has_a_figure(figures: Document, client: Client) -> None:
    found = got(client, "/indicators/i-development-gap.json").json()
    years = [one["year"] for one in found["figures"]]
    assert years == [], "one member has a censored figure in one year only"


def test_together_only_in_years_in_which_all_have_an_exact_figure() -> None:
    row = indicator_rows.IndicatorRow(
        "i", "t", "d", "%", "up", None, None, "", None, None, [], "median", None, [], [], "", True, ""
    )
    areas = {"A": {2010: "1", 2011: "2"}, "B": {2010: "3", 2011: "<4"}, "C": {2010: "8"}}
    assert indicator_rows.summed(row, areas) == {2010: 3.0}
    assert indicator_rows.summed(row, {"A": areas["A"]}) == {}


@pytest.mark.parametrize(
    "values", [["0"], ["-3", "4"], ["1e12", "3"], ["<2.5", ">95"], ["0.0001", "0.0002"], ["5", "5"]]
)
def test_any_figures_can_be_drawn_within_the_picture(values: list[str]) -> None:
    areas = {"A": {2010 + at: text for at, text in enumerate(values)}}
    drawn = panels(
        areas,
        [("A", "A"), ("B", "B")],
        {},
        unit="%",
        target=None,
        breaks=[2011],
    )
    assert drawn is not None
    assert all(0 <= dot.x <= 240 and 0 <= dot.y <= 118 for one in drawn.panels for dot in one.dots)
    assert drawn.panels[1].dots == []
    assert spark(areas, {}, "%") is not None


def test_labels_of_large_numbers_are_short() -> None:
    assert [short(one) for one in (0, 0.25, 1500, 25_000, 3_000_000, 2.5e9)] == [
        "0",
        "0.25",
        "1500",
        "25k",
        "3M",
        "2.5bn",
    ]


def test_the_indicators_leave_as_an_open_sdg_repository_that_measures_alike(figures: Document, tmp_path: Path) -> None:
    write_repository(as_repository(Scope(by=SYSTEM)), tmp_path / "site")
    held = read_repository(tmp_path / "site")
    assert len(held.indicators) > 45
    for path in (tmp_path / "site" / "data").iterdir():
        header, *rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        assert (header[0], header[-1]) == ("Year", "Value")
        assert all(row[-1] == "" or float(row[-1]) is not None for row in rows)
    one = next(one for one in held.indicators.values() if one.meta["other_info"].startswith(KEY))
    assert ["2018", "Brunei Darussalam", "%", "<2.5", ""] in one.rows
    assert all(not one.problems for one in measure_repository(held) if one.series)


def test_where_nothing_can_be_assessed_no_share_of_nothing_is_said(figures: Document) -> None:
    row = next(one for one in indicator_rows.indicators(Scope(figures.pk)) if one.scored and not one.derived_from)
    found = said(str(_finding(row, {"KOR": {2018: "3"}}, [("KOR", "Republic of Korea")], {})))
    assert found.startswith("No progress can be assessed by the method of Open SDG. Figures of 1 of 1 party")


def test_a_stance_is_called_adverse_on_every_page_and_keeps_its_name_in_files(
    register: Document, client: Client
) -> None:
    for address in ("/agreements/asean-rok-2019/claims?stance=unfavourable", "/parties/KOR?stance=unfavourable"):
        page = said(client.get(address).content.decode()).replace(address, "")  # which the citation prints
        assert "adverse" in page and "unfavourable" not in page
    rows = client.get("/agreements/asean-rok-2019/claims.json?stance=unfavourable").json()["claims"]
    assert {one["stance"] for one in rows} == {"unfavourable"}
