"""What people typed and handed in on the demo that once came out wrong, each by the way they went: the site itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client, override_settings

from followthrough.cli.refresh import _hand_in
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.models import Claim
from followthrough.web.indicators.models import Figure, Vintage

DOC = "/agreements/asean-rok-2019"
FORM = {
    "sources.url": "https://news.example/port-call", "sources.title": "A port call", "sources.publisher": "Bay News",
    "sources.publisher_kind": "media", "sources.published": "2025-10-01", "sources.language": "en",
    "claims.kind": "agreement", "claims.date": "2025-09-30", "claims.statement": "The ships met in Đà Nẵng.",
    "claims.value": "", "claims.unit": "", "claims.stance": "neutral", "claims.quote": "", "claims.notes": "",
    "commitments": "asean-rok-2019/2.4a", "links.rationale": "It says where the visit was that it names.",
    "links.role": "main",
}  # fmt: skip
"""What the form of a new claim sends."""
FIGURES = "i-undernourishment"


@pytest.fixture
def signed_in(register: Document, client: Client) -> Client:
    """A browser in which an editor of the whole register is signed in."""
    user = User.objects.create_user("desk-officer")
    grant_role(user, Role.EDITOR, by=SYSTEM)
    client.force_login(user)
    return client


def _count(client: Client, table: str, words: str) -> int:
    """How many records of a list match the words of its filter box."""
    return int(client.get(f"{DOC}/{table}.json", {"q": words}).json()["count"])


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [
        ("commitments", "ASEAN’s", "ASEAN's"),
        ("claims", "cyber-security", "cyber security"),
        ("claims", "“cyber”", "cyber"),
        ("claims", "co-operation", "cooperation"),
        ("claims", "ＡＳＥＡＮ", "asean"),
    ],
)
def test_the_filter_of_a_list_folds_words_as_the_search_does(
    register: Document, client: Client, table: str, one: str, other: str
) -> None:
    assert _count(client, table, one) == _count(client, table, other) > 0


def test_a_place_is_found_with_and_without_its_marks(signed_in: Client) -> None:
    assert signed_in.post(f"{DOC}/claims/new", FORM).status_code == 302
    key = Claim.objects.get(entered_by="desk-officer").pk
    for words in ("Da Nang", "Đà Nẵng", "da nẵng"):
        assert key in [row["id"] for row in signed_in.get(f"{DOC}/claims.json", {"q": words}).json()["claims"]]
        assert key in signed_in.get("/search", {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("claims.date", "05/03/2024", "write the month in words"),
        ("claims.date", "2015-16", "write 2015"),
        ("claims.date", "2567", "write 2024"),
        ("claims.date", "3024", "far from today"),
        ("sources.published", "2099-01-01", "still to come"),
    ],
)
def test_a_date_in_doubt_is_asked_about_beside_its_field(signed_in: Client, field: str, typed: str, says: str) -> None:
    answer = signed_in.post(f"{DOC}/claims/new", FORM | {field: typed})
    page: Any = lxml.html.fromstring(answer.content.decode())
    (box,) = page.xpath(f"//input[@name='{field}']")
    beside = " ".join(page.get_element_by_id(one).text_content() for one in str(box.get("aria-describedby")).split())
    assert (answer.status_code, box.get("aria-invalid"), box.get("value")) == (422, "true", typed)
    assert says in beside and field not in page.text_content()
    assert str(page.findtext(".//title")).startswith("Error: ")
    assert not Claim.objects.filter(entered_by="desk-officer").exists()


@pytest.mark.parametrize("table", ["claims", "commitments", "activities"])
def test_a_list_opens_in_excel_with_its_letters(register: Document, client: Client, table: str) -> None:
    answer = client.get(f"{DOC}/{table}.csv")
    assert answer.getvalue().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "text",
    [
        "area,year,value\nIndonesia,2024,4.1\nViet Nam,2024,5\nLao PDR,2024,6\nRepublic of Korea,2024,<2.5\n",
        "Country Name,Country Code,2023,2024\nIndonesia,IDN,,4.1\nViet Nam,VNM,,5\nLao PDR,LAO,..,6\n"
        '"Korea, Rep.",KOR,,<2.5\n',
    ],
    ids=["names of countries", "a bank's wide download"],
)
def test_figures_are_handed_in_as_people_have_them(
    register: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(text, "utf-8")
    with override_settings(DATA_DIR=tmp_path / "data"):
        _hand_in(FIGURES, path, "as people have them", as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["counts"], said["feeds"][0]["figures"]) == ({"new": 1}, 4)
    (vintage,) = Vintage.objects.filter(feed=f"{FIGURES}/file")
    found = list(Figure.objects.filter(vintage=vintage).values_list("area", "period", "value").order_by("area"))
    assert found == [("IDN", "2024", "4.1"), ("KOR", "2024", "<2.5"), ("LAO", "2024", "6"), ("VNM", "2024", "5")]


@pytest.mark.parametrize(
    "words", ['"', "(", "%", "_", "NOT", "\0", "x" * 5000, "Việt Nam", "Vi\u0065\u0323\u0302t Nam"]
)
def test_no_words_break_a_list_or_the_search(register: Document, client: Client, words: str) -> None:
    assert client.get("/search", {"q": words}).status_code == 200
    assert client.get(f"{DOC}/claims", {"q": words}).status_code == 200
    assert client.get(f"{DOC}/claims", {"page": "abc" if words == "(" else "99999"}).status_code == 200
