"""Every page and file, for a stranger, a teammate and an administrator; sentences, filters, and wrong queries."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from python_calamine import CalamineWorkbook

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Commitment, Document, Instrument, Provision
from followthrough.web.charts.documents_in_time import draw, group
from followthrough.web.exchange.importing import import_pack
from followthrough.web.kit import error_pages
from followthrough.web.kit.list_state import PAGE
from followthrough.web.pages import site_views as views
from followthrough.web.records.kinds import ENTERED, KINDS
from support import said

pytestmark = pytest.mark.sqlite

DOC = "/agreements/asean-rok-2019"
LIST = f"{DOC}/commitments"
TODAY = datetime.now(UTC).date().isoformat()
PUBLIC = {
    "home": ["/"],
    "search-words": ["/search/words", "/search/words?set=aviation"],
    "search": ["/search", "/search?q=air", "/search?q=zzzz", "/search.json?q=air"],
    "methodology": ["/methodology", "/methodology.json"],
    "about": ["/about"],
    "api-page": ["/api/v1/"],
    "roles": ["/roles"],
    "open-data": ["/data"], "data-dictionary": ["/data/dictionary"],
    "data-file": ["/data/files/values.csv", "/data/files/datapackage.json", "/data/files/dataset.jsonld"],
    "accessibility": ["/accessibility"],
    "components": ["/components"],
    "healthz": ["/healthz"],
    "llms": ["/llms.txt"],
    "llms-full": ["/llms-full.txt"],
    "sign-in": ["/sign-in"],
    "account_login": ["/sign-in"],
    "account_reset_password": ["/account/reset"],
    "account_set_password": ["/account/reset"],
    "account_reset_password_done": ["/account/reset/sent"],
    "account_reset_password_from_key": ["/account/set/1-abc-def"],
    "account_reset_password_from_key_done": ["/account/reset/done"],
    "documents": ["/agreements", "/agreements.json", "/agreements.csv", "/agreements.xlsx"],
    "document": [
        DOC, f"{DOC}.json", f"{DOC}.bib", f"{DOC}.csv", f"{DOC}.xlsx", "/agreements/kasi-2022",
        f"{DOC}?as_of=2021-12-31&rollup=mean&unit=commitments",
    ],
    "commitments": [LIST, f"{LIST}.json", f"{LIST}.csv", f"{LIST}.xlsx", f"{LIST}?kind=action"],
    "claims": [f"{DOC}/claims", f"{DOC}/claims.json", f"{DOC}/claims.csv", f"{DOC}/claims.xlsx"],
    "sources": [f"{DOC}/sources", f"{DOC}/sources.json", f"{DOC}/sources.csv", f"{DOC}/sources.xlsx"],
    "claim": ["/claims/c-031", "/claims/c-031.json", "/claims/c-031.csl.json"],
    "suggest": [f"{DOC}/suggest", f"{DOC}/suggest?about=4.3"],
    "source": ["/sources/s-mofa-akcf-en", "/sources/s-mofa-akcf-en.json", "/sources/s-mofa-akcf-en.ris"],
    "activities": [f"{DOC}/activities", f"{DOC}/activities.json", f"{DOC}/activities.csv"],
    "activities-iati": [f"{DOC}/activities.iati.xml"],
    "activity": ["/activities/a-006", "/activities/a-006.json", "/activities/a-006.bib"],
    "lineage": ["/lineage", "/lineage.json", "/lineage.csv", "/lineage.xlsx"],
    "meetings": [f"{DOC}/meetings", f"{DOC}/meetings.xlsx"],
    "money": [f"{DOC}/money", f"{DOC}/money.json", f"{DOC}/money.csv", "/agreements/kasi-2022/money"],
    "targets": [f"{DOC}/targets", f"{DOC}/targets.json", f"{DOC}/targets?state=missed"],
    "instruments": [f"{DOC}/instruments", f"{DOC}/instruments.json"],
    "ratings": [f"{DOC}/ratings"],
    "cycles": [f"{DOC}/cycles"],
    "life": [f"{DOC}/life", f"{DOC}/life.json", f"{DOC}/life.csv", f"{DOC}/life?life=active"],
    "life-of": [f"{DOC}/life/4.3a"],
    "papers": [f"{DOC}/papers", f"{DOC}/papers?party=KOR&section=section-3&as_of=2023-12-31"],
    "paper": [
        f"{DOC}/papers/matters.html", f"{DOC}/papers/brief.xlsx?party=KOR&as_of=2023", f"{DOC}/papers/matrix.bib",
    ],
    "party-ratings": ["/parties/KOR/ratings"],
    "indicators": [f"{DOC}/indicators", f"{DOC}/indicators.csv", f"{DOC}/indicators?figures=none+yet"],
    "indicator": ["/indicators/i-internet-use", "/indicators/i-internet-use.json", "/indicators/i-internet-use.ris"],
    "party-indicators": ["/parties/KHM/indicators", "/parties/KHM/indicators.json"],
    "embed-coverage": [f"/embed{DOC}/coverage", f"/embed{DOC}/coverage.svg?theme=dark"],
    "embed-money": [f"/embed{DOC}/money/akcf", f"/embed{DOC}/money/akcf.svg"],
    "embed-place": [f"/embed{DOC}/section-4/stages", f"/embed{DOC}/4.4/lineage.svg?theme=dark"],
    "embed-targets": [f"/embed{DOC}/targets/akcf_contribution", f"/embed{DOC}/targets/akcf_contribution.svg"],
    "parties": ["/parties", "/parties.csv"],
    "party": ["/parties/KOR", "/parties/KOR.json", "/parties/TLS", "/parties/KOR.csl.json"],
    "history-claim": ["/history/claim/c-031", "/history/claim/c-031?as_of=2021"],
    "history-source": ["/history/source/s-mofa-akcf-en"],
    "history-activity": ["/history/activity/a-006"],
    "history-commitment": ["/history/commitment/asean-rok-2019/4.3a"],
    "history-document": ["/history/document/asean-rok-2019"],
    "history-instrument": ["/history/instrument/acai"],
    "history-indicator": ["/history/indicator/i-internet-use"],
    "history-target": ["/history/target/t-01"],
    "history-meeting": ["/history/meeting/m-admm-plus-2025-11-01"],
    "history-fundfigure": ["/history/fundfigure/akcf-allocation-2025"],
    "place-on": [f"{DOC}/4.3@{TODAY}", f"{DOC}/4.3a@{TODAY}", f"{DOC}/section-4@{TODAY}", f"{DOC}/4.3a@{TODAY}.json"],
    "place": [
        f"{DOC}/4.3", f"{DOC}/4.3a", f"{DOC}/section-4", f"{DOC}/4.3.json", f"{DOC}/4.3a.json", f"{DOC}/4.3a.bib",
        f"{DOC}/4.3.ris", f"{DOC}/4.3.csl.json", f"{DOC}/4.3.csv", f"{DOC}/4.3.xlsx", f"{DOC}/section-4.json",
    ],
}  # fmt: skip
BEHIND_THE_DOOR = {
    "sign-out", "workbench", "draft", "draft-page", "draft-details", "discard", "correct", "corrections",
    "new-claim", "suggestions", "confirm", "document-parties", "records",
    *(f"new-{noun}" for noun in ENTERED), *(f"correct-{noun}" for noun in KINDS),
    "new-activity", "change-claims", "change-activities", "todo", "inbox", "link-run",
    "new-assessment", "note", "assessment", "desk",
    "new-cycle", "cycle", "cycle-dates", "own-reports", "review-queue", "report", "review", "published-report",
    "remind", "answer-together", "cycle-leads",
    "account-notices", "account-tokens", "tokens", "letters", "webhooks", "invitations", "invitation-new",
    "invitation",
    "reports-excel", "workbook", "marked-workbook",
    "own-record", "record-excel", "confirm-links", "confirm-link", "checks",
    "confirm-link-excel", "confirm-link-workbook", "confirm-link-marked",
    "desk-cell", "result", "result-on", "embed-indicator", "visibility", "people", "person", "person-new", "audit",
    "account_logout", "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "socialaccount_login_error", "socialaccount_signup", "socialaccount_connections",
    "mfa_authenticate", "mfa_login_webauthn", "account", "account-sessions",
    "account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_remove_webauthn",
    "import", "spreadsheet", "spreadsheet-difference", "spreadsheet-errors", "discard-spreadsheet",
    "undo-import", "file", "file-download", "source-files",
    "marked-text",  # held where the official words are; tests/web/test_open_data_pages.py asks for it
    "person-hand-over", "people-hand-overs", "saved-views", "save-view",
}  # fmt: skip
"""Addresses that ask who it is, or have something to show with figures alone; their tests ask them as everybody."""
DRAFT = [
    "/agreements/draft-2030",
    "/agreements/draft-2030.json",
    "/agreements/draft-2030/1",
    "/agreements/draft-2030/1a",
]
UNKNOWN = [
    "/nothing",
    "/sources/nothing",
    "/parties/nothing",
    "/activities/nothing",
    "/claims/nothing",
    "/indicators/nothing",
    "/parties/nothing/ratings",
    f"{DOC}/ratings.json",
    f"{DOC}/ratings?round=nothing",
    "/assessments/nothing/cells/1",
    "/cycles/nothing",
    "/cycles/nothing.csv",
    "/confirm/1.nothing",
    "/confirm/1.nothing/excel",
    "/confirm/1.nothing/excel.xlsx",
    "/confirm/1.nothing/workbooks/1",
    "/confirm/1.nothing/workbooks/1/marked.xlsx",
    "/reports/987654321/published",
    "/parties/nothing/indicators",
    "/agreements/nothing/indicators",
    "/agreements/nothing/claims",
    "/agreements/nothing",
    f"{DOC}/9.9",
    f"{DOC}/life/9.9z",
    "/agreements/nothing/life",
    f"{DOC}/4.3z",
    f"{DOC}/section-4.csv",
    "/agreements/nothing.csv",
    "/agreements/kasi-2022.csv",
]


@pytest.fixture
def held_back(draft: Document) -> Document:
    """The draft with one paragraph and one commitment, which names nothing."""
    home = Provision.objects.create(
        id="draft-2030/1", document=draft, eid="para_1", kind="paragraph", num="1", position=1, title="A garden"
    )
    Commitment.objects.create(
        id="draft-2030/1a", provision=home, position=1, spans=[[0, 3]], verb="=plant", kind="action", strength=4,
        summary="@plant", actors="+all", missing=["owner"], deadline="2031-05-01", quantity="-3 trees",
    )  # fmt: skip
    return draft


def get(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(client, address).removeprefix("\ufeff"))))


def flat(html: str) -> str:
    return " ".join(html.split())


def routes(patterns: list[Any]) -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(str(pattern.name))
        else:
            found |= routes(pattern.url_patterns)
    return found


def test_the_table_of_addresses_knows_every_route() -> None:
    """The operations of the API are in its own document, which its own tests ask."""
    found = {name for name in routes(get_resolver().url_patterns) if not name.startswith("api-")}
    assert found | {"api-page"} == set(PUBLIC) | BEHIND_THE_DOOR


@pytest.mark.slow
def test_what_is_public_answers_everybody(
    held_back: Document, client: Client, stranger: User, editor: User, administrator: User
) -> None:
    for person in (None, stranger, editor, administrator):
        if person is not None:
            client.force_login(person)
        for address in [address for addresses in PUBLIC.values() for address in addresses]:
            answer = client.get(address)
            signed_in = person is not None and address == "/sign-in"
            assert answer.status_code == (302 if signed_in else 200), address
            assert "default-src 'none'" in answer["Content-Security-Policy"]
            assert " style=" not in answer.content.decode(errors="replace"), address
        for address in UNKNOWN:
            assert client.get(address).status_code == 404, address


def test_a_draft_is_not_there_for_those_who_may_not_read_it(
    held_back: Document, client: Client, stranger: User
) -> None:
    for person in (None, stranger):
        if person is not None:
            client.force_login(person)
        for address in DRAFT:
            assert client.get(address).status_code == 404, address
        for address in ("/", "/agreements", "/agreements.json", "/search?q=draft", "/search.json?q=garden"):
            assert "draft-2030" not in get(client, address), address


def test_a_draft_is_shown_as_one_to_those_who_may(
    held_back: Document, client: Client, editor: User, administrator: User
) -> None:
    for person in (editor, administrator):
        client.force_login(person)
        for address in DRAFT:
            get(client, address)
        assert "draft, not published" in get(client, DRAFT[0])
        assert "draft-2030" in get(client, "/agreements")
        assert "draft-2030/1a" in get(client, "/search.json?q=plant")


def test_a_draft_in_the_lineage_stays_hidden(held_back: Document, register: Document, client: Client) -> None:
    held_back.succeeds = register
    held_back.save()
    assert "Draft 2030" not in get(client, DOC)


def test_the_sentences_of_the_agreement(register: Document, client: Client) -> None:
    page = flat(get(client, DOC))
    listed = said(get(client, LIST))
    assert "25 paragraphs hold 46 commitments" in listed
    assert "None sets a deadline, none a quantity, none names an owner; 8 of 46 name an instrument." in listed
    assert "Statement · Busan, 26 Nov 2019 · ten ASEAN Member States and the Republic of Korea" in page
    assert "Of 46 commitments: 34 action, 1 support, 3 principle, 8 reaffirmation" in flat(get(client, LIST))
    assert "official text not attached" in page
    assert page.count('class="tile"') == 6
    home = said(get(client, "/"))
    assert "Joint Vision Statement 2019 · Busan, 26 Nov 2019 · ten ASEAN Member States and the Republic" in home
    assert re.search(r"Seven years on, \d+ of 25 paragraphs have an output on record\.", home)


def test_members_are_counted_on_the_day(register: Document, client: Client) -> None:
    Document.objects.filter(id="asean-rok-2019").update(adopted="2025-12-01")
    assert "eleven ASEAN Member States" in get(client, DOC)
    Document.objects.filter(id="asean-rok-2019").update(adopted="1998")
    assert "nine ASEAN Member States" in get(client, DOC)


def test_a_text_that_sets_something_says_so(held_back: Document, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = said(get(client, "/agreements/draft-2030"))
    assert "1 paragraph holds 1 commitment." in page
    assert "None names an owner, none names an instrument; 1 of 1 sets a deadline, 1 of 1 sets a quantity." in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 46),
        ("?kind=reaffirmation", 8),
        ("?section=section-6", 10),
        ("?section=section-6&kind=reaffirmation", 3),
        ("?section=section-6&kind=reaffirmation&q=AGEING", 3),
        ("?strength=5", 1),
        ("?instrument=unclos", 1),
        ("?q=air+links", 1),
        ("?q=4.3b", 1),
        ("?kind=call", 0),
        ("?strength=x&page=abc&sort=size&section=section-99", 46),
        ("?page=-1", 46),
        ("?page=99999999999999999999", 46),
    ],
)
def test_filters_combine_and_files_follow_them(register: Document, client: Client, query: str, count: int) -> None:
    page = get(client, LIST + query)
    assert page.count('<td data-l="What is undertaken">') == count
    assert len(table(client, f"{LIST}.csv{query}")) == count
    assert json.loads(get(client, f"{LIST}.json{query}"))["count"] == count


def test_what_was_not_understood_is_said(register: Document, client: Client) -> None:
    page = get(client, f"{LIST}?strength=x&page=abc&sort=size")
    assert page.count("<p>“x” is not a known strength") == 1
    assert "There is no page “abc”" in page
    assert "be sorted by “size”" in page
    assert "<script>" not in get(client, f"{LIST}?kind=<script>&q=<script>")


def test_order_by_links(register: Document, client: Client) -> None:
    rising = [int(row["strength"]) for row in table(client, f"{LIST}.csv?sort=strength")]
    assert rising == sorted(rising)
    assert [int(row["strength"]) for row in table(client, f"{LIST}.csv?sort=-strength")] == rising[::-1]
    assert 'aria-sort="descending"' in get(client, f"{LIST}?sort=-strength")
    assert table(client, f"{LIST}.csv?sort=-id")[0]["id"] == "asean-rok-2019/6.4b"


def test_long_lists_have_pages(register: Document, client: Client) -> None:
    Document.objects.bulk_create(
        Document(id=f"more-{n:03}", title=f"More {n}", short_title=f"More {n}", kind="note") for n in range(PAGE + 5)
    )
    first, second = get(client, "/agreements?kind=note"), get(client, "/agreements?kind=note&page=2")
    assert f"match, 1 to {PAGE} shown" in first
    assert f"match, {PAGE + 1} to {PAGE + 5} shown" in second
    assert 'href="?kind=note&amp;page=2#all"' in first
    assert len(table(client, "/agreements.csv?kind=note&page=2")) == PAGE + 5


def test_no_cell_is_run_as_a_formula(held_back: Document, client: Client, administrator: User) -> None:
    client.force_login(administrator)
    row = table(client, "/agreements/draft-2030/commitments.csv")[0]
    assert (row["verb"], row["summary"], row["actors"], row["quantity"]) == ("'=plant", "'@plant", "'+all", "'-3 trees")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/agreements/draft-2030/commitments.xlsx").content))
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[1][:2] == ["draft-2030/1a", "draft-2030/1"]
    assert "=plant" in cells[1]


def test_files_hold_what_the_page_holds(register: Document, client: Client) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{LIST}.xlsx").content))
    assert len(book.get_sheet_by_index(0).to_python()) == 47
    whole = json.loads(get(client, f"{DOC}.json"))
    assert (len(whole["provisions"]), len(whole["commitments"]), whole["official_text"]) == (31, 46, None)
    assert len(json.loads(get(client, "/agreements.json"))["documents"]) == Document.objects.count()
    assert len(table(client, "/agreements.csv")) == Document.objects.count()


def test_without_official_words_our_summary_stands(register: Document, client: Client) -> None:
    page = get(client, f"{DOC}/4.3")
    assert "are not attached" in page
    assert "<mark" not in page
    assert json.loads(get(client, f"{DOC}/4.3.json"))["words"] is None
    assert json.loads(get(client, f"{DOC}/4.3a.json"))["quotation"] is None


def test_official_words_are_marked_at_their_offsets(register: Document, client: Client) -> None:
    Provision.objects.filter(id="asean-rok-2019/4.3").update(words="Fly <far> & wide and sign the paper.")
    Commitment.objects.filter(id="asean-rok-2019/4.3a").update(spans=[[0, 16]])
    Commitment.objects.filter(id="asean-rok-2019/4.3b").update(spans=[[14, 25], [26, 9999]])
    page = get(client, f"{DOC}/4.3")
    assert page.count("<mark>") == 3
    assert "Fly &lt;far&gt; &amp; wide" in page
    assert 'href="#c-4.3b"' in page
    assert 'id="c-4.3b"' in page
    own = get(client, f"{DOC}/4.3b")
    assert own.count('<mark class="on">') == 2
    assert json.loads(get(client, f"{DOC}/4.3a.json"))["quotation"] == "Fly <far> & wide"


def test_neighbours_in_the_text(register: Document, client: Client) -> None:
    assert f'href="{DOC}/2.5" rel="prev"' in get(client, f"{DOC}/3.1")
    assert f'href="{DOC}/3.2" rel="next"' in get(client, f"{DOC}/3.1")
    assert 'rel="prev"' not in get(client, f"{DOC}/1.1a")
    assert 'rel="next"' not in get(client, f"{DOC}/6.4b")


def test_citations(register: Document, client: Client) -> None:
    bib, ris = get(client, f"{DOC}/4.3a.bib"), get(client, f"{DOC}/4.3a.ris")
    assert bib.startswith("@misc{asean-rok-2019-4.3a,")
    assert f"url = {{http://testserver/agreements/asean-rok-2019/4.3a@{TODAY}}}" in bib
    assert "author = {{ten ASEAN Member States and the Republic of Korea}}" in bib
    lines = ris.split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2] == "ER  - "
    assert "DA  - 2019/11/26" in lines


def test_history_is_told_in_sentences(register: Document, client: Client, bundled: Any) -> None:
    from dataclasses import replace

    rows = dict(bundled.rows)
    rows["commitments"] = [dict(row) for row in rows["commitments"]]
    rows["commitments"][0]["summary"] = "Said differently"
    import_pack(replace(bundled, rows=rows, digest="0" * 64), by=SYSTEM)
    page = get(client, f"{DOC}/1.1a")
    assert "Added by system, from the pack asean-rok-2019" in page
    assert "Changed by system" in page
    assert "to “Said differently”" in page


AIR_SERVICES = {
    "Commitments": 2, "Paragraphs and sections": 1, "Evidence": 3, "Activities": 2, "Instruments": 1, "Meetings": 1,
    "Sources": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("q", "groups"),
    [
        ("4.3", {"Commitments": 2, "Paragraphs and sections": 1}),
        ("4.3a", {"Commitments": 1}),
        ("air services", AIR_SERVICES),
        ("항공", {"Instruments": 1}),
        ("CAFE", {"Instruments": 1}),
        ("", {}),
        ("zzzz", {}),
        ("(", {}),
    ],
)
def test_search(index_forgotten: None, client: Client, q: str, groups: dict[str, int]) -> None:
    Instrument.objects.create(id="air", name="한-아세안 항공협정", kind="agreement", custodian="Café")
    answer = client.get("/search.json", {"q": q, "only": "1"})
    assert {group["name"]: group["count"] for group in answer.json()["groups"]} == groups
    page = client.get("/search", {"q": q, "only": "1"}).content.decode()
    assert ("Nothing matches" in page) == (bool(q) and not groups)


def test_the_rules_are_those_of_the_registry(client: Client, db: None) -> None:
    from followthrough.rules import all_rules

    page = get(client, "/methodology")
    for rule in all_rules():
        assert f'id="rule-{rule.id}"' in page


def test_an_empty_register_says_how_to_fill_it(client: Client, db: None) -> None:
    assert "followthrough import" in get(client, "/")
    assert "The register is empty" in get(client, "/agreements")


def test_the_lineage_places_every_dated_document(register: Document) -> None:
    from followthrough.web.agreements.rows import document_rows

    rows = document_rows(SYSTEM)
    drawing = draw(rows, {"asean-rok-2019"}, "2026-11-25")
    assert {mark.id for mark in drawing.marks} == {row.id for row in rows}
    assert [row.id for row in group(rows).chains[0]][-1] == "asean-rok-poa-2026"
    assert draw([], set(), "2026-11-25").marks == []


def test_failures_have_a_page_that_needs_no_database(rf: Any) -> None:
    answer = error_pages.failed(rf.get("/"))
    assert answer.status_code == 500
    assert b"Something failed" in answer.content


def test_health_says_when_the_database_is_gone(rf: Any, db: None) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        assert views.healthz(rf.get("/healthz")).status_code == 503


def test_pages_only_read(register: Document, client: Client) -> None:
    assert client.post(DOC).status_code == 405
