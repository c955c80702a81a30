"""An import is taken back in one step: all of it, or nothing, with the rows named that stand against it."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.packs.schema import TABLES
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.verifying import verify
from followthrough.web.evidence.models import Claim, ConflictSide
from followthrough.web.exchange.actions import uploads
from followthrough.web.exchange.actions.spreadsheets import compare, import_rows, stamp
from followthrough.web.exchange.actions.undone_imports import undo_import
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.pack_tables import rows_of
from followthrough.web.kit.addresses import address
from followthrough.web.kit.errors import EditConflict
from followthrough.web.links.models import Link
from web.test_spreadsheet_rows import made, rows

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only


def register_now() -> dict[str, dict[str, object]]:
    """Every row of every table."""
    return {table.name: dict(rows_of(table)) for table in TABLES}


@pytest.fixture
def officer(register: Document) -> User:
    """An editor of the whole register."""
    user = User.objects.create_user("officer", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM)
    return user


@pytest.fixture
def commitment(register: Document) -> str:
    """A commitment of the agreement."""
    return str(Commitment.objects.filter(provision__document=register).values_list("pk", flat=True)[0])


def imported(officer: User, document: Document, name: str, commitment: str, title: str = "Air") -> SpreadsheetUpload:
    """A sheet that was imported."""
    held = uploads.keep_upload(name.encode(), name, document, lambda: None, by=officer)
    given = rows(title, commitment)
    import_rows(held, given, by=officer, seen=stamp(compare(held, given, by=officer)))
    held.refresh_from_db()
    return held


def test_the_register_is_as_it_was_and_the_record_holds_both(
    officer: User, register: Document, commitment: str
) -> None:
    before = register_now()
    first = imported(officer, register, "first.csv", commitment)
    between = register_now()
    second = imported(officer, register, "second.csv", commitment, "Another title")
    assert Activity.objects.get(pk="x-air").title == "Another title"
    assert undo_import(second, by=officer) == 1
    assert register_now() == between
    assert undo_import(first, by=officer) == 5
    assert register_now() == before
    first.refresh_from_db()
    assert (first.imported, first.written, first.revision) == (None, [], 1)
    assert first.undone
    verbs = list(AuditEvent.objects.filter(target="x-air").order_by("id").values_list("verb", flat=True))
    assert verbs == ["activity.added", "activity.changed", "activity.changed", "activity.removed"]
    removed = AuditEvent.objects.get(verb="activity.removed", target="x-air")
    assert removed.detail["was"]["title"] == "Air"
    assert AuditEvent.objects.filter(verb="spreadsheet.undone", by="officer").count() == 2


def test_what_was_taken_back_is_imported_again(officer: User, register: Document, commitment: str) -> None:
    held = imported(officer, register, "a.csv", commitment)
    undo_import(held, by=officer)
    given = rows("Corrected", commitment)
    import_rows(held, given, by=officer, seen=stamp(compare(held, given, by=officer)))
    assert Activity.objects.get(pk="x-air").title == "Corrected"
    held.refresh_from_db()
    assert (held.undone, len(held.written)) == (None, 5)


@pytest.mark.parametrize("what", ["changed", "withdrawn", "confirmed", "gone"])
def test_rows_that_somebody_changed_since_are_named_and_nothing_is_done(
    officer: User, register: Document, commitment: str, what: str
) -> None:
    held = imported(officer, register, "a.csv", commitment)
    if what == "changed":
        Activity.objects.filter(pk="x-air").update(title="Somebody else's")
    elif what == "withdrawn":
        Claim.objects.filter(pk="x-claim").update(withdrawn="it was another round")
    elif what == "confirmed":
        Link.objects.filter(pk="l-air").update(confirmed="2026-11-30", confirmed_by="editor")
    else:
        Link.objects.filter(pk="l-air").delete()
    before, events = register_now(), AuditEvent.objects.count()
    with pytest.raises(EditConflict, match="changed these rows since") as refused:
        undo_import(held, by=officer)
    assert [key for key, _ in refused.value.stored] == [{"changed": "x-air", "withdrawn": "x-claim"}.get(what, "l-air")]
    assert (register_now(), AuditEvent.objects.count()) == (before, events)


def test_rows_on_which_something_stands_are_named_and_a_source_that_others_use_stays(
    officer: User, register: Document, commitment: str
) -> None:
    held = imported(officer, register, "a.csv", commitment)
    other = made("activities", id="x-other", title="Other", kind="meeting", state="unknown", source="s-sheet")
    Activity.objects.create(
        **{name: other[name] for name in ("id", "title", "kind", "state")}, source_id="s-sheet", recorded="2026-11-30"
    )
    side = ConflictSide.objects.first()
    assert side is not None
    ConflictSide.objects.filter(pk=side.pk).update(claim="x-claim")
    with pytest.raises(EditConflict, match="stands on these rows") as refused:
        undo_import(held, by=officer)
    assert refused.value.stored == [("x-claim", "A round was held")]
    ConflictSide.objects.filter(pk=side.pk).update(claim=side.claim_id)
    undo_import(held, by=officer)
    assert Source.objects.filter(pk="s-sheet").exists()
    assert not Activity.objects.filter(pk="x-air").exists()
    assert AuditEvent.objects.get(verb="spreadsheet.undone").detail["kept"] == ["s-sheet"]


def test_the_page_of_an_import_takes_it_back(
    client: Client, officer: User, register: Document, commitment: str
) -> None:
    held = imported(officer, register, "a.csv", commitment)
    client.force_login(officer)
    page = client.get(address("spreadsheet", held.pk))
    assert "Take back the 5 rows that were written" in page.text
    Activity.objects.filter(pk="x-air").update(title="Somebody else's")
    refused = client.post(address("undo-import", held.pk))
    assert refused.status_code == 409
    assert "x-air" in refused.text
    Activity.objects.filter(pk="x-air").update(title="Air")
    assert client.post(address("undo-import", held.pk)).status_code == 302
    assert not Activity.objects.filter(pk="x-air").exists()
    assert client.post(address("undo-import", held.pk)).status_code == 409


def test_who_may_not_see_an_upload_or_enter_evidence_takes_nothing_back(
    client: Client, officer: User, register: Document, commitment: str
) -> None:
    held = imported(officer, register, "a.csv", commitment)
    other = User.objects.create_user("other", password=PASSWORD)
    grant_role(other, Role.EDITOR, by=SYSTEM)
    client.force_login(other)
    assert client.post(address("undo-import", held.pk)).status_code == 404
    assert client.get(address("undo-import", held.pk)).status_code == 405
    officer.grants.all().delete()
    client.force_login(officer)
    assert client.post(address("undo-import", held.pk)).status_code == 403
    assert Activity.objects.filter(pk="x-air").exists()


@pytest.mark.django_db(transaction=True)
def test_the_record_is_whole_after_an_import_was_taken_back(officer: User, register: Document, commitment: str) -> None:
    undo_import(imported(officer, register, "a.csv", commitment), by=officer)
    assert verify().whole
