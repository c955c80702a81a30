"""Every kind of sheet goes from its file into the register and back: evidence, actions, figures, scores, coders."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from followthrough.packs.schema import TABLES
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, RatingUnit, Reply
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.pack_tables import rows_of
from followthrough.web.indicators.models import Observation, Series
from followthrough.web.kit.addresses import address

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
SOURCE = {
    "sources.publisher": "Institute of Lakes", "sources.publisher_kind": "third_party", "sources.language": "en",
    "sources.url": "https://lakes.example/table", "sources.title": "Table of the lakes",
}  # fmt: skip
Rows = list[list[Any]]
EVIDENCE: Rows = [
    ["Paragraph", "Evidence", "Date", "Link", "Published by", "Country"],
    ["4.3", "The round was held in March", "14 March 2024", "https://example.org/1", "Daily News", "ROK"],
    ["4.4", "Twelve teachers were trained", "2024-05", "https://example.org/2", "Ministry", "Cambodia"],
]
TRACKER: Rows = [
    ["#", "Action item", "Owner", "Due date", "Status", "Comments"],
    [1, "Circulate the draft report", "Chair", "15 May 2026", "Open", ""],
    [2, "Nominate focal points", "All delegations", "Jun-26", "In progress", "4 of 11"],
]
BANK: Rows = [
    ["Data Source", "Development Figures"],
    ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019 [YR2019]", "2020 [YR2020]"],
    ["Thailand", "THA", "Internet users (% of population)", "IT.NET", "66.7", ".."],
    ["Viet Nam", "VNM", "Internet users (% of population)", "IT.NET", "68.7", "70,3"],
    ["Norway", "NOR", "Internet users (% of population)", "IT.NET", "98", "97"],
    ["East Asia & Pacific", "EAS", "Internet users (% of population)", "IT.NET", "60", "61"],
]
SCORES: Rows = [
    ["Commitment no.", "KOR", "THA", "Average"],
    ["4.3b", "+1", "0", "0.5"],
    ["1.4a", "−1", "n/a", "-1"],
]
CODERS: Rows = [["Unit", "Ann", "Bo"], ["4.3b", "1", "1"], ["1.4a", "0", "-1"]]


@pytest.fixture
def officer(register: Document, client: Client) -> User:
    """A coordinator of the whole register, signed in."""
    user = User.objects.create_user("officer", password=PASSWORD)
    grant_role(user, Role.COORDINATOR, by=SYSTEM)
    client.force_login(user)
    return user


@pytest.fixture
def sent(officer: User, register: Document, client: Client) -> Callable[..., SpreadsheetUpload]:
    """Send rows as a CSV file; return the upload."""

    def send(rows: Rows, name: str = "sheet.csv") -> SpreadsheetUpload:
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        file = SimpleUploadedFile(name, out.getvalue().encode())
        answer = client.post(address("import"), {"file": file, "document": register.pk})
        assert answer.status_code == 302, answer.text
        return SpreadsheetUpload.objects.latest("pk")

    return send


def on(client: Client, held: SpreadsheetUpload, **said: str) -> Any:
    """Send the page of a sheet onwards."""
    held.refresh_from_db()
    given = {"revision": held.revision, "keep": "", "do": "next", **SOURCE, **said}
    return client.post(address("spreadsheet", held.pk), given)


def difference(client: Client, held: SpreadsheetUpload) -> Any:
    """The page of what an import would change."""
    page = client.get(address("spreadsheet-difference", held.pk))
    assert page.status_code == 200, page.headers.get("Location")
    return page


def imported(client: Client, held: SpreadsheetUpload) -> None:
    """Import what the difference shows."""
    seen = difference(client, held).context["stamp"]
    answer = client.post(address("spreadsheet-difference", held.pk), {"stamp": seen})
    assert answer.status_code == 302, answer.text


def everything() -> dict[str, Any]:
    """Every row of the register."""
    return {table.name: rows_of(table) for table in TABLES} | {"rounds": list(Assessment.objects.values())}


def events(verb: str) -> int:
    """How often something was recorded of the officer."""
    return AuditEvent.objects.filter(by="officer", verb=verb).count()


def test_evidence_is_imported_a_row_at_a_time(client: Client, sent: Callable[..., SpreadsheetUpload]) -> None:
    held, before = sent(EVIDENCE), everything()
    assert on(client, held).status_code == 302
    assert "2 new, 0 changed, 0 the same" in difference(client, held).text
    imported(client, held)
    claims = Claim.objects.filter(entered_by="officer").order_by("date")
    assert [(one.date, one.source.publisher) for one in claims] == [
        ("2024-03-14", "Daily News"),
        ("2024-05", "Ministry"),
    ]
    assert (events("claim.added"), events("link.added"), events("source.added")) == (2, 2, 2)
    client.post(address("undo-import", held.pk))
    assert everything() == before


def test_the_actions_of_a_meeting_are_imported(client: Client, sent: Callable[..., SpreadsheetUpload]) -> None:
    held = sent(TRACKER)
    assert on(client, held).status_code == 302
    imported(client, held)
    made = Activity.objects.get(title="Nominate focal points")
    assert (made.state, made.end, made.lead_body) == ("running", "2026-06", "All delegations")
    assert events("activity.added") == 2


def test_a_banks_download_becomes_figures_of_the_parties(
    client: Client, sent: Callable[..., SpreadsheetUpload]
) -> None:
    held, before = sent(BANK), everything()
    page = client.get(address("spreadsheet", held.pk))
    assert "figures of indicators" in page.text
    assert on(client, held).status_code == 302
    page = difference(client, held)
    assert "3 new, 0 changed, 0 the same" in page.text
    assert "row 5 is left out (it is about no party of the register" in page.text
    imported(client, held)
    series = Series.objects.get(pk="IT.NET")
    assert (series.title, series.unit) == ("Internet users (% of population)", "% of population")
    found = Observation.objects.filter(series=series).values_list("area", "period", "value")
    assert list(found) == [("THA", "2019", "66.7"), ("VNM", "2019", "68.7"), ("VNM", "2020", "70.3")]
    assert (events("observation.added"), events("series.added")) == (3, 1)

    again = sent([*BANK[:3], ["Viet Nam", "VNM", BANK[3][2], "IT.NET", "68.7", "71"], *BANK[4:]])
    on(client, again)
    assert "0 new, 1 changed, 2 the same" in difference(client, again).text
    other = sent(BANK[:3])
    on(client, other, **{"sources.url": "https://other.example/", "fixed.areas": "all"})
    assert "0 new, 0 changed, 1 the same" in difference(client, other).text
    other = sent([*BANK[:2], ["Thailand", "THA", BANK[2][2], "IT.NET", "67", ".."], BANK[5]])
    on(client, other, **{"sources.url": "https://other.example/", "fixed.areas": "all"})
    imported(client, other)
    assert Observation.objects.filter(series=series, area="THA", period="2019").count() == 2
    assert Observation.objects.filter(series=series, area="EAS").count() == 2
    client.post(address("undo-import", other.pk))
    client.post(address("undo-import", held.pk))
    assert everything() == before


def test_scores_become_a_round_that_says_where_it_is_from(
    client: Client, sent: Callable[..., SpreadsheetUpload], register: Document
) -> None:
    held, before = sent(SCORES), everything()
    assert on(client, held).status_code == 422, "no scale was chosen"
    assert on(client, held, **{"fixed.scale": "g20-2009", "fixed.round": "Lakes 2026"}).status_code == 302
    assert "4 new, 0 changed, 0 the same" in difference(client, held).text
    imported(client, held)
    one = Assessment.objects.get(title="Lakes 2026")
    assert (one.state, one.imported, one.cells.count()) == ("published", "Table of the lakes", 4)
    verdicts = AdjudicatedRating.objects.filter(cell__assessment=one).order_by("cell__position")
    assert [one.value for one in verdicts] == ["full", "partial", "none"]
    assert (events("assessment.imported"), events("cell.settled")) == (1, 3)
    assert client.get(address("ratings", register.pk), {"round": one.pk}).status_code == 200

    again = sent(SCORES)
    on(client, again, **{"fixed.scale": "g20-2009", "fixed.round": "Lakes 2026"})
    assert "already" in client.get(address("spreadsheet-difference", again.pk)).text
    reply = Reply.objects.create(cell=one.cells.all()[0], text="No", by="x", at=one.opened)
    assert client.post(address("undo-import", held.pk)).status_code == 409
    reply.delete()
    assert client.post(address("undo-import", held.pk)).status_code == 302
    assert everything() == before
    assert events("cell.removed") == 4


def test_coders_who_differ_are_asked_about_and_what_each_gave_is_kept(
    client: Client, sent: Callable[..., SpreadsheetUpload]
) -> None:
    held = sent(CODERS)
    said = {"fixed.scale": "g20-2009", "fixed.round": "Two coders", "fixed.party": "KOR"}
    answer = on(client, held, **{**said, "fixed.party": ""})
    assert answer.status_code == 422
    assert answer.text.count("ays of no row which party was rated") == 2, "at the top and among the questions"
    answer = on(client, held, **said)
    assert answer.status_code == 422
    assert "the coders differ (Ann partial, Bo none): what is the final rating?" in answer.text
    assert on(client, held, **said, **{"cell.D3": "partial"}).status_code == 302
    imported(client, held)
    settled = {
        one.cell.commitment_id.rpartition("/")[2]: (one.value, one.why.rpartition("Given: ")[2])
        for one in AdjudicatedRating.objects.select_related("cell")
        if one.why.startswith("Imported: Table of the lakes")
    }
    assert settled == {"4.3b": ("full", "Ann full, Bo full"), "1.4a": ("partial", "Ann partial, Bo none")}


def test_values_rows_and_people_that_do_not_fit_are_refused(
    client: Client, sent: Callable[..., SpreadsheetUpload], officer: User, register: Document
) -> None:
    several = Commitment.objects.filter(provision="asean-rok-2019/4.3").count()
    assert several > 1
    held = sent(
        [*SCORES, ["4.3", "1", "1", "1"], ["9.9", "1", "1", "1"], ["1.4a", "1", "1", ""], ["2.1a", "1", "7", ""]]
    )
    page = on(client, held, **{"fixed.scale": "g20-2009", "fixed.round": "Wrong"})
    assert page.status_code == 422
    assert f"has {several} commitments: which one is rated?" in page.text
    assert "is no paragraph of" in page.text
    assert "“7” is no value of g20-2009" in page.text
    assert "a second time (first in row 3)" in page.text
    officer.grants.all().delete()
    grant_role(officer, Role.EDITOR, by=SYSTEM)
    held = sent(SCORES)
    on(client, held, **{"fixed.scale": "g20-2009", "fixed.round": "Not mine"})
    assert client.get(address("spreadsheet-difference", held.pk)).status_code == 409
    assert not RatingUnit.objects.filter(assessment__title="Not mine").exists()
