"""Who may do what: asked as owner, teammate and stranger, of every permission and role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from followthrough.web.accounts.actions.roles import grant_role, revoke_role
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed, may
from followthrough.web.accounts.roles import Over, Permission, Role, policy_table
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record


def test_a_draft_is_for_its_team_only(
    register: Document, draft: Document, editor: User, stranger: User, administrator: User
) -> None:
    for person, sees in ((AnonymousUser(), False), (stranger, False), (editor, True), (administrator, True)):
        assert may(person, Permission.READ, draft) is sees
        assert visible_documents(person).filter(id=draft.id).exists() is sees
        assert may(person, Permission.READ, register)
        assert visible_documents(person).filter(id=register.id).exists()


def test_a_grant_reaches_no_further_than_its_document(register: Document, draft: Document, editor: User) -> None:
    assert may(editor, Permission.EDIT, draft)
    assert not may(editor, Permission.EDIT, register)
    assert not may(editor, Permission.EDIT)
    assert not may(editor, Permission.ADMINISTER, draft)


TABLE = {
    "contributor": "REPORT",
    "coordinator": "READ_DRAFTS ENTER ADJUDICATE ASSESS RUN_CYCLE",
    "editor": "READ_DRAFTS EDIT PUBLISH HIDE ENTER CONFIRM ATTACH_TEXT RUN_CYCLE",
    "assessor": "RATE",
    "administrator": "READ_DRAFTS EDIT PUBLISH HIDE ENTER CONFIRM IMPORT ATTACH_TEXT RATE ADJUDICATE ASSESS RUN_CYCLE "
    "ADMINISTER",
}
"""What each role may do beside reading what is published: said here again, so that nobody is given more by accident."""


@pytest.mark.parametrize("role", list(Role))
def test_a_role_over_everything_is_what_its_table_says(role: Role, stranger: User, draft: Document) -> None:
    grant_role(stranger, role, by=SYSTEM)
    allowed = {permission.name for permission in Permission if may(stranger, permission, draft)}
    drafts = {"READ"} if "READ_DRAFTS" in TABLE[role.value] else set()
    assert allowed == {*TABLE[role.value].split()} | drafts
    assert may(stranger, Permission.READ)


def reached(over: Over, document: Document | None, held: Document | None) -> bool:
    """Whether a document, or the register, is among what the table says; ``held`` is what the role was given for."""
    published = document is None or document.public
    within = held is None or (document is not None and document.pk == held.pk)
    return {
        Over.NOTHING: False,
        Over.PUBLISHED: published,
        Over.HELD: within,
        Over.PUBLISHED_AND_HELD: published or within,
    }[over]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("over_one", [True, False])
def test_the_printed_policy_is_what_is_answered(
    role: Role, over_one: bool, stranger: User, register: Document, draft: Document
) -> None:
    held = draft if over_one else None
    another = Document.objects.create(
        id="another-draft", title="Another", short_title="Another", kind="declaration", language="en"
    )
    grant_role(stranger, role, by=SYSTEM, document=held)
    table = policy_table()
    assert [row.permission for row in table] == list(Permission)
    for row in table:
        for document in (None, register, draft, another):
            assert may(stranger, row.permission, document) is reached(row.roles[role], document, held), row.words
            public = row.everybody is Over.PUBLISHED and (document is None or document.public)
            assert may(AnonymousUser(), row.permission, document) is public, row.words


def test_somebody_who_left_may_do_nothing(editor: User, draft: Document) -> None:
    editor.is_active = False
    assert not may(editor, Permission.EDIT, draft)
    assert not may(editor, Permission.READ, draft)


def test_roles_are_given_and_taken_by_administrators_and_recorded(
    editor: User, stranger: User, administrator: User
) -> None:
    for person in (editor, stranger):
        with pytest.raises(NotAllowed, match="may not manage accounts"):
            grant_role(person, Role.ADMINISTRATOR, by=person)
    grant = grant_role(stranger, Role.ASSESSOR, by=administrator)
    assert grant_role(stranger, Role.ASSESSOR, by=administrator) == grant
    with pytest.raises(NotAllowed):
        revoke_role(grant, by=stranger)
    revoke_role(grant, by=administrator)
    assert not Grant.objects.filter(user=stranger).exists()
    verbs = AuditEvent.objects.filter(target="stranger").values_list("verb", flat=True)
    assert list(verbs) == ["role.revoked", "role.granted", "account.made"]


@pytest.mark.django_db(transaction=True)
def test_no_event_outside_a_transaction() -> None:
    from django.db.transaction import TransactionManagementError

    with pytest.raises(TransactionManagementError):
        record("somebody", EventType.CLAIM_ADDED, "x", "1")
