"""A page that refuses says what was asked for, who may do it and what its reader may do, out of the policy itself."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client, RequestFactory
from django.utils.html import strip_tags

from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.refusals import about_refusal, forbidden
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.models import Document

ASKED = {
    "/agreements/asean-rok-2019/claims/new": Permission.ENTER,
    "/agreements/asean-rok-2019/assessments/new": Permission.ASSESS,
    "/agreements/asean-rok-2019/suggestions": Permission.ENTER,
    "/catalogue": Permission.EDIT,
    "/catalogue/asean-rok-2019/site": Permission.HIDE,
    "/catalogue/asean-rok-2019": Permission.EDIT,
    "/suggestions": Permission.ENTER,
    "/import": Permission.ENTER,
    "/people": Permission.ADMINISTER,
}


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 403, address
    assert "no-store" in answer["Cache-Control"]
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


@pytest.mark.parametrize(("address", "permission"), ASKED.items())
def test_a_refusal_names_the_roles_that_may(
    register: Document, stranger: User, client: Client, address: str, permission: Permission
) -> None:
    grant_role(stranger, Role.ASSESSOR, by=SYSTEM, document=register)
    client.force_login(stranger)
    said = read(client, address)
    assert f"Your account may not {permission.value} here" in said
    who = said.partition("whole register:")[2].partition("Roles are given")[0]
    assert who.strip() == " ".join(role.label for role in Role if permission in role.permissions)
    assert f"over {register.short_title}: read what is published and rate commitments." in said


def test_who_has_no_role_is_told_what_everybody_may(register: Document, stranger: User, client: Client) -> None:
    client.force_login(stranger)
    assert "Without a role one may read what is published." in read(client, "/people")


def test_every_permission_can_be_given_by_a_role(stranger: User) -> None:
    for permission in Permission:
        told = about_refusal(permission, stranger)
        assert told["roles_that_may"] and told["refused"] == permission.value
    grant_role(stranger, Role.CONTRIBUTOR, by=SYSTEM)
    stranger.is_superuser = True
    (held,) = about_refusal(None, stranger)["held"]
    assert all(permission.value in held.permissions for permission in Permission)


def test_another_refusal_has_its_sentence_alone(rf: RequestFactory, stranger: User) -> None:
    request = rf.get("/")
    request.user = stranger
    answer = forbidden(request, PermissionError("not you"))
    assert answer.status_code == 403 and b"not you" in answer.content and b"Who may" not in answer.content


def test_the_title_of_what_one_may_not_read_is_not_told(draft: Document, stranger: User, client: Client) -> None:
    grant_role(stranger, Role.ASSESSOR, by=SYSTEM, document=draft)
    client.force_login(stranger)
    said = read(client, "/people")
    assert draft.short_title not in said and "over an agreement that is not published" in said
    grant_role(stranger, Role.EDITOR, by=SYSTEM, document=draft)
    assert f"over {draft.short_title}: read what is published, read drafts" in read(client, "/people")
