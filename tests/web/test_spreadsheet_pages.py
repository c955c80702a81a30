"""The pages of a spreadsheet: as it was understood, its questions, the difference, the import and the saved map."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from followthrough.spreadsheets.grid import grid_of
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.models import SavedMap, SpreadsheetUpload
from followthrough.web.kit.addresses import address

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
HEADINGS = ("No.", "Activity", "Country", "Status", "From", "To")
GOOD = ("4.3", "Air services round", "ROK", "On-going", "14 March 2026", "")
WRONG = ("4.4", "TVET courses", "Thailand", "Done", "2023", "31 Feb 2026")
NEXT = {
    "do": "next",
    "sources.publisher": "Ministry of Lakes",
    "sources.publisher_kind": "party",
    "sources.url": "https://lakes.example/matrix",
    "sources.title": "Matrix",
    "sources.language": "en",
}


def workbook(*rows: tuple[str, ...], hidden: str = "") -> bytes:
    """A workbook of a title and a table, every cell text; ``hidden`` is the name of a hidden sheet beside it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Matrix")
        for down, row in enumerate((("Follow-up, draft",), HEADINGS, *rows)):
            for across, cell in enumerate(row):
                sheet.write_string(down, across, cell)
        if hidden:
            other = book.add_worksheet(hidden)
            other.write_string(0, 0, "names and telephones")
            other.hide()
    return out.getvalue()


@pytest.fixture
def officer(register: Document, client: Client) -> User:
    """An editor of the whole register, signed in."""
    user = User.objects.create_user("officer", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM)
    client.force_login(user)
    return user


def sent(client: Client, document: str, *rows: tuple[str, ...], hidden: str = "") -> SpreadsheetUpload:
    """Send a workbook and return the upload that was made of it."""
    file = SimpleUploadedFile("matrix.xlsx", workbook(*rows, hidden=hidden))
    answer = client.post(address("import"), {"file": file, "document": document})
    assert answer.status_code == 302, answer.text
    return SpreadsheetUpload.objects.latest("pk")


def post(client: Client, held: SpreadsheetUpload, **fields: Any) -> Any:
    """Send the form of the page, with its revision."""
    held.refresh_from_db()
    given = {key.replace("__", "."): value for key, value in fields.items()}
    return client.post(address("spreadsheet", held.pk), {"revision": held.revision, "keep": "", **given})


def test_columns_rows_and_what_is_left_out_are_told(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD, hidden="Contacts")
    page = client.get(address("spreadsheet", held.pk))
    assert "One row is ready" in page.text
    assert "“Contacts” is hidden" in page.text
    assert "names and telephones" not in page.text
    assert 'name="col.B"' in page.text
    assert "Republic of Korea" in page.text
    assert "2026-03-14" in page.text
    assert len(page.content) <= 60_000


def test_the_way_from_the_file_into_the_register(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    answer = post(client, held, **NEXT)
    assert answer.headers["Location"] == address("spreadsheet-difference", held.pk)
    assert not Activity.objects.filter(title="Air services round").exists()
    page = client.get(answer.headers["Location"])
    assert "1 new, 0 changed, 0 the same" in page.text
    assert "Import this row" in page.text
    done = client.post(address("spreadsheet-difference", held.pk), {"stamp": page.context["stamp"]})
    assert done.status_code == 302
    made = Activity.objects.get(title="Air services round")
    assert (made.state, made.start, made.source.publisher) == ("running", "2026-03-14", "Ministry of Lakes")
    assert made.links.get().provision_id or made.links.get().commitment_id
    assert "is in the register" in client.get(address("spreadsheet", held.pk)).text
    assert AuditEvent.objects.filter(verb="spreadsheet.imported", by="officer").count() == 1


def test_a_cell_that_does_not_fit_is_asked_about_beside_it_and_the_rest_is_kept(
    client: Client, officer: User, register: Document
) -> None:
    held = sent(client, register.pk, GOOD, WRONG)
    answer = post(client, held, **{**NEXT, "col.B": "title"})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'href="#ask-F4"' in answer.text
    assert "Ministry of Lakes" in answer.text
    assert post(client, held, **{**NEXT, "text.F4": "30 February 2026", "cell.F4": "-write"}).status_code == 422
    assert 'value="30 February 2026"' in client.get(address("spreadsheet", held.pk)).text
    assert post(client, held, **{**NEXT, "text.F4": "28/2/2026", "cell.F4": "-write"}).status_code == 302
    assert "2 new" in client.get(address("spreadsheet-difference", held.pk)).text


def test_a_row_is_left_out_and_taken_again(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD, WRONG)
    assert post(client, held, **{**NEXT, "cell.F4": "-row"}).status_code == 302
    assert "1 new" in client.get(address("spreadsheet-difference", held.pk)).text
    post(client, held, again="4", do="read")
    assert 'id="ask-F4"' in client.get(address("spreadsheet", held.pk)).text


def test_who_published_the_sheet_is_asked_once(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    answer = post(client, held, **{**NEXT, "sources.publisher": ""})
    assert answer.status_code == 422
    assert 'id="sources-publisher-wrong"' in answer.text or "sources.publisher" in answer.text


def test_headings_can_be_said_to_stand_elsewhere(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    post(client, held, header="1", do="read")
    assert "The headings stand in row 1." in " ".join(client.get(address("spreadsheet", held.pk)).text.split())


def test_a_column_that_is_left_out_is_not_written(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    post(client, held, **{**NEXT, "col.E": ""})
    page = client.get(address("spreadsheet-difference", held.pk))
    client.post(address("spreadsheet-difference", held.pk), {"stamp": page.context["stamp"]})
    assert Activity.objects.get(title="Air services round").start == ""


def test_a_saved_map_is_taken_for_the_next_file_and_said_so(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    post(client, held, **{**NEXT, "col.E": "", "keep": "Division 3"})
    assert SavedMap.objects.get().name == "Division 3"
    again = sent(client, register.pk, ("4.4", "Another", "Thailand", "Done", "not a date", ""))
    page = client.get(address("spreadsheet", again.pk))
    assert "as you saved them under “Division 3”" in " ".join(page.text.split())
    assert "not a date</span><small>" not in page.text
    assert AuditEvent.objects.filter(verb="spreadsheet.map_saved").count() == 1


def test_two_windows_do_not_overwrite_each_other(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    post(client, held, do="read", **{"col.E": ""})
    answer = client.post(address("spreadsheet", held.pk), {"revision": 0, "do": "read", "col.E": "starts"})
    assert answer.status_code == 409
    assert "another window" in answer.text


def test_a_register_that_changed_since_is_shown_again(client: Client, officer: User, register: Document) -> None:
    first, second = sent(client, register.pk, GOOD), sent(client, register.pk, GOOD)
    post(client, second, **NEXT)
    seen = client.get(address("spreadsheet-difference", second.pk)).context["stamp"]
    post(client, first, **NEXT)
    page = client.get(address("spreadsheet-difference", first.pk))
    client.post(address("spreadsheet-difference", first.pk), {"stamp": page.context["stamp"]})
    answer = client.post(address("spreadsheet-difference", second.pk), {"stamp": seen})
    assert answer.status_code == 409
    assert "changed since this difference was shown" in answer.text
    assert "0 new, 0 changed, 1 the same" in answer.text
    assert Activity.objects.filter(title="Air services round").count() == 1


def test_an_empty_cell_changes_nothing_and_a_filled_one_does(client: Client, officer: User, register: Document) -> None:
    for row in (GOOD, ("4.3", "Air services round", "ROK", "Done", "", "")):
        held = sent(client, register.pk, row)
        post(client, held, **NEXT)
        page = client.get(address("spreadsheet-difference", held.pk))
        client.post(address("spreadsheet-difference", held.pk), {"stamp": page.context["stamp"]})
    made = Activity.objects.get(title="Air services round")
    assert (made.state, made.start) == ("completed", "2026-03-14")


def test_a_copy_of_the_file_says_what_is_wrong_and_holds_no_formula(
    client: Client, officer: User, register: Document
) -> None:
    held = sent(
        client, register.pk, GOOD, ("4.4", '=HYPERLINK("http://evil.example")', "Thailand", "Done", "", "31 Feb 2026")
    )
    answer = client.get(address("spreadsheet-errors", held.pk))
    (sheet,) = grid_of("checked.xlsx", answer.content)
    assert "F4" in sheet.rows[4][0].text
    assert any("HYPERLINK" in cell.text for cell in sheet.rows[4])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_what_others_sent_is_not_read_decided_on_or_imported(client: Client, officer: User, register: Document) -> None:
    held = sent(client, register.pk, GOOD)
    other = User.objects.create_user("other", password=PASSWORD)
    grant_role(other, Role.EDITOR, by=SYSTEM)
    client.force_login(other)
    for name in ("spreadsheet", "spreadsheet-difference", "spreadsheet-errors"):
        assert client.get(address(name, held.pk)).status_code == 404
    assert client.post(address("spreadsheet-difference", held.pk), {"stamp": ""}).status_code == 404
