"""Spreadsheets that officers upload: who may, who sees them, what is kept and what is let go."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from followthrough.errors import InputRefused
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.exchange.actions import uploads
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.kit.addresses import address

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
HEADINGS = ("No.", "Activity", "Country", "Status", "From", "To", "Link")
ROW = ("4.3", "Air services round", "ROK", "On-going", "14 March 2026", "", "https://example.org/air")


def workbook(*rows: tuple[str, ...], name: str = "Matrix") -> bytes:
    """A workbook of one sheet, every cell text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                sheet.write_string(down, across, cell)
    return out.getvalue()


def person(name: str, role: Role, document: Document | None = None) -> User:
    """Somebody with a role over one agreement, or over the whole register."""
    user = User.objects.create_user(name, password=PASSWORD)
    grant_role(user, role, by=SYSTEM, document=document)
    return user


@pytest.fixture
def officer(register: Document) -> User:
    """An editor of one agreement."""
    return person("officer", Role.EDITOR, register)


@pytest.fixture
def kept(officer: User, register: Document) -> SpreadsheetUpload:
    """A sheet of one row that waits."""
    return uploads.keep_upload(workbook(HEADINGS, ROW), "matrix.xlsx", register, lambda: None, by=officer)


def send(client: Client, data: bytes, document: str, name: str = "matrix.xlsx") -> Any:
    """Send a file by the form."""
    return client.post(address("import"), {"file": SimpleUploadedFile(name, data), "document": document})


def test_a_file_is_sent_kept_and_shown(client: Client, officer: User, register: Document) -> None:
    client.force_login(officer)
    page = client.get(address("import"))
    assert page.status_code == 200
    assert register.short_title in page.text
    answer = client.post(
        address("import"),
        {"file": SimpleUploadedFile("matrix.xlsx", workbook(HEADINGS, ROW)), "document": register.pk},
    )
    held = SpreadsheetUpload.objects.get()
    assert answer.headers["Location"] == address("spreadsheet", held.pk)
    assert default_storage.exists(held.file)
    page = client.get(address("spreadsheet", held.pk))
    assert "Air services round" in page.text
    assert AuditEvent.objects.filter(verb="spreadsheet.uploaded", target=str(held.pk), by="officer").count() == 1


def test_who_may_enter_evidence_nowhere_sends_nothing(client: Client, register: Document) -> None:
    assert client.get(address("import")).status_code == 302
    client.force_login(person("assessor", Role.ASSESSOR))
    assert client.get(address("import")).status_code == 403
    send(client, workbook(HEADINGS), register.pk)
    assert not SpreadsheetUpload.objects.exists()


def test_an_agreement_that_is_not_yours_is_not_offered_and_not_taken(
    client: Client, officer: User, draft: Document
) -> None:
    client.force_login(officer)
    assert draft.short_title not in client.get(address("import")).text
    answer = client.post(
        address("import"), {"file": SimpleUploadedFile("a.xlsx", workbook(HEADINGS)), "document": draft.pk}
    )
    assert answer.status_code == 422
    assert "no agreement was chosen" in answer.text


def test_only_its_owner_and_an_administrator_see_an_upload(
    client: Client, kept: SpreadsheetUpload, administrator: User
) -> None:
    page = address("spreadsheet", kept.pk)
    assert client.get(page).status_code == 302
    client.force_login(person("colleague", Role.EDITOR))
    assert client.get(page).status_code == 404
    assert client.post(address("discard-spreadsheet", kept.pk)).status_code == 404
    assert kept.name not in client.get(address("import")).text
    client.force_login(administrator)
    assert client.get(page).status_code == 200
    assert kept.name in client.get(address("import")).text


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [(b"not a workbook", "a.xlsx", "workbook"), (b"", "empty.xlsx", "empty"), (b"%PDF-1.7", "a.pdf", "a PDF file")],
)
def test_what_is_no_spreadsheet_is_refused_in_words(
    client: Client, officer: User, register: Document, data: bytes, name: str, says: str
) -> None:
    client.force_login(officer)
    answer = client.post(address("import"), {"file": SimpleUploadedFile(name, data), "document": register.pk})
    assert answer.status_code == 422
    assert says in answer.text
    assert not SpreadsheetUpload.objects.exists()


def test_a_file_that_is_too_large_is_refused(officer: User, register: Document) -> None:
    with pytest.raises(InputRefused, match="larger than 10 MB"):
        uploads.keep_upload(bytes(uploads.LONGEST_UPLOAD + 1), "a.xlsx", register, lambda: None, by=officer)


def test_nobody_keeps_more_than_a_score(officer: User, register: Document) -> None:
    for number in range(uploads.MOST_KEPT):
        uploads.keep_upload(b"x", f"{number}.csv", register, lambda: None, by=officer)
    with pytest.raises(InputRefused, match="20 spreadsheets waiting"):
        uploads.keep_upload(b"x", "one-more.csv", register, lambda: None, by=officer)


@pytest.mark.django_db(transaction=True)
def test_a_discarded_upload_loses_its_bytes_and_stays_in_the_record(
    client: Client, kept: SpreadsheetUpload, officer: User
) -> None:
    client.force_login(officer)
    assert client.post(address("discard-spreadsheet", kept.pk)).status_code == 302
    assert not default_storage.exists(kept.file)
    assert client.get(address("spreadsheet", kept.pk)).status_code == 404
    assert AuditEvent.objects.filter(verb="spreadsheet.discarded", target=str(kept.pk)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_old_upload_expires_when_the_next_is_sent(
    kept: SpreadsheetUpload, officer: User, register: Document
) -> None:
    SpreadsheetUpload.objects.update(uploaded=timezone.now() - uploads.KEPT_FOR - timedelta(days=1))
    uploads.keep_upload(b"x", "next.csv", register, lambda: None, by=officer)
    kept.refresh_from_db()
    assert (kept.discarded_why, kept.file) == ("expired", "")
