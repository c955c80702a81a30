"""Rows of a spreadsheet into the register: the difference, the permission, all or nothing, what changed meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from followthrough.errors import InputRefused
from followthrough.packs.cells import Row, empty
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Commitment, Document
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.actions import uploads
from followthrough.web.exchange.actions.spreadsheets import compare, import_rows, misfits, stamp
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.kit.errors import EditConflict

PASSWORD = "a long enough test password"  # noqa: S105 - of people who exist in tests only
EMPTY = {table.name: {column.name: empty(column) for column in table.columns} for table in TABLES}


def made(table: str, **cells: Any) -> Row:
    """A row of a table; what is not given is empty."""
    return {**EMPTY[table], **cells}


def rows(title: str = "Air services round", commitment: str = "") -> dict[str, list[Row]]:
    """An activity of Korea with its source, linked to a commitment where one is named."""
    activity = made(
        "activities", id="x-air", title=title, kind="meeting", state="under way", source="s-sheet", checked=False,
        recorded="2026-11-29",
    )  # fmt: skip
    source = made(
        "sources", id="s-sheet", url="https://example.org/sheet", title="matrix.xlsx", publisher="The ministry",
        publisher_kind="government", language="en",
    )  # fmt: skip
    claim = made(
        "claims", id="x-claim", source="s-sheet", kind="output", statement="A round was held", stance="supports",
        reproducible=True, checked=False, recorded="2026-11-29",
    )  # fmt: skip
    party = made("activity_parties", id="x-air/KOR", activity="x-air", party="KOR")
    link = made(
        "links", id="l-air", commitment=commitment, activity="x-air", role="main", rationale="row 2", origin="person"
    )
    return {
        "sources": [source], "claims": [claim], "activities": [activity], "activity_parties": [party],
        "links": [link] if commitment else [],
    }  # fmt: skip


@pytest.fixture
def officer(register: Document) -> User:
    """An editor of one agreement."""
    user = User.objects.create_user("officer", password=PASSWORD)
    grant_role(user, Role.EDITOR, by=SYSTEM, document=register)
    return user


@pytest.fixture
def kept(officer: User, register: Document) -> SpreadsheetUpload:
    """A sheet that waits."""
    return uploads.keep_upload(b"x", "matrix.csv", register, lambda: None, by=officer)


@pytest.fixture
def commitment(register: Document) -> str:
    """A commitment of the agreement."""
    return str(Commitment.objects.filter(provision__document=register).values_list("pk", flat=True)[0])


def test_rows_are_written_signed_and_recorded(kept: SpreadsheetUpload, officer: User, commitment: str) -> None:
    what = compare(kept, rows(commitment=commitment), by=officer)
    assert (what.count("activities", "added"), what.count("links", "added")) == (1, 1)
    assert not Activity.objects.filter(pk="x-air").exists()
    import_rows(kept, rows(commitment=commitment), by=officer, seen=stamp(what))
    assert Activity.objects.get(pk="x-air").source_id == "s-sheet"
    assert Claim.objects.get(pk="x-claim").entered_by == "officer"
    kept.refresh_from_db()
    assert kept.imported
    verbs = set(AuditEvent.objects.filter(by="officer").values_list("verb", flat=True))
    assert {"spreadsheet.imported", "activity.added", "source.added", "claim.added", "link.added"} <= verbs


def test_what_was_imported_is_not_imported_again(kept: SpreadsheetUpload, officer: User) -> None:
    seen = stamp(compare(kept, rows(), by=officer))
    import_rows(kept, rows(), by=officer, seen=seen)
    with pytest.raises(EditConflict, match="imported already"):
        import_rows(kept, rows(), by=officer, seen=seen)


def test_a_register_that_changed_since_is_told_and_nothing_is_written(kept: SpreadsheetUpload, officer: User) -> None:
    import_rows(kept, rows(), by=officer, seen=stamp(compare(kept, rows(), by=officer)))
    again = uploads.keep_upload(b"y", "again.csv", kept.document, lambda: None, by=officer)
    grant_role(officer, Role.EDITOR, by=SYSTEM)
    seen = stamp(compare(again, rows("Another title"), by=officer))
    Activity.objects.filter(pk="x-air").update(title="Somebody else's title")
    before = AuditEvent.objects.count()
    with pytest.raises(EditConflict, match="changed since"):
        import_rows(again, rows("Another title"), by=officer, seen=seen)
    assert Activity.objects.get(pk="x-air").title == "Somebody else's title"
    assert AuditEvent.objects.count() == before


def test_a_failure_between_two_tables_leaves_nothing(
    kept: SpreadsheetUpload, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = stamp(compare(kept, rows(), by=officer))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("followthrough.web.exchange.actions.spreadsheets._sign", killed)
    with pytest.raises(KeyboardInterrupt):
        import_rows(kept, rows(), by=officer, seen=seen)
    assert not Activity.objects.filter(pk="x-air").exists()
    assert not AuditEvent.objects.filter(verb="spreadsheet.imported").exists()
    kept.refresh_from_db()
    assert kept.imported is None


def test_links_into_an_agreement_of_others_are_refused(kept: SpreadsheetUpload, officer: User) -> None:
    Document.objects.create(id="others", title="Others", short_title="Others", kind="statement")
    elsewhere = Commitment.objects.exclude(provision__document=kept.document).first()
    target = elsewhere.pk if elsewhere else moved_commitment()
    with pytest.raises(NotAllowed):
        compare(kept, rows(commitment=target), by=officer)


def moved_commitment() -> str:
    """A commitment of another agreement, where the register has none."""
    one = Commitment.objects.select_related("provision").first()
    assert one is not None
    one.provision.document_id = "others"
    one.provision.save(update_fields=["document"])
    return one.pk


def test_records_that_are_linked_nowhere_of_yours_are_not_changed(kept: SpreadsheetUpload, officer: User) -> None:
    import_rows(kept, rows(), by=SYSTEM, seen=stamp(compare(kept, rows(), by=SYSTEM)))
    again = uploads.keep_upload(b"y", "again.csv", kept.document, lambda: None, by=officer)
    with pytest.raises(NotAllowed):
        compare(again, rows("Mine now"), by=officer)


def test_a_spreadsheet_changes_no_catalogue(kept: SpreadsheetUpload, officer: User) -> None:
    with pytest.raises(NotAllowed, match="documents"):
        compare(kept, {"documents": [made("documents", id="mine", title="Mine")]}, by=officer)


def test_what_does_not_fit_together_is_refused(kept: SpreadsheetUpload, officer: User) -> None:
    wrong = rows()
    wrong["activity_parties"][0]["party"] = "NOWHERE"
    wrong["activities"][0] |= {"start": "2026-05", "end": "2025-01"}
    what = compare(kept, wrong, by=officer)
    assert sorted(one.what for one in misfits(what.changes)) == [
        "end 2025-01 is before start 2026-05",
        "“NOWHERE” is not in the register",
    ]
    with pytest.raises(InputRefused):
        import_rows(kept, wrong, by=officer, seen=stamp(what))
    assert not Activity.objects.filter(pk="x-air").exists()
