"""Accounts are kept by actions alone: each deed asks, and each leaves its event; nobody is ever deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from followthrough.web.accounts.actions import people, roles
from followthrough.web.accounts.actions.people import AccountOvertaken, BadAccount, Details
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import Grant, User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed, may
from followthrough.web.accounts.roles import Permission, Role
from followthrough.web.agreements.models import Document
from followthrough.web.audit.event_types import row_event
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record

PASSWORD = "a-long-password-of-its-own"  # noqa: S105 - of tests


@pytest.fixture
def keeper(db: None) -> User:
    """Keeps accounts by a role, and is no superuser."""
    user = User.objects.create_user("keeper", password=PASSWORD)
    grant_role(user, Role.ADMINISTRATOR, by=SYSTEM)
    return user


def events(name: str) -> list[str]:
    return list(AuditEvent.objects.filter(kind="user", target=name).order_by("pk").values_list("verb", flat=True))


DEEDS: dict[str, Callable[[User, User], object]] = {
    "account.made": lambda _, by: people.add_person("newcomer", Details("New Comer"), by=by),
    "account.changed": lambda user, by: people.change_person(user, Details("Another"), by=by, seen=Details()),
    "account.closed": lambda user, by: people.close_account(user, by=by),
    "account.superuser_given": lambda user, by: people.set_superuser(user, True, by=by),
    "role.granted": lambda user, by: roles.grant_role(user, Role.ASSESSOR, by=by),
}


@pytest.mark.parametrize("verb", DEEDS)
def test_each_deed_asks_and_leaves_its_event(verb: str, stranger: User, editor: User, keeper: User) -> None:
    before = AuditEvent.objects.count()
    for person in (stranger, editor):
        with pytest.raises(NotAllowed, match="may not manage accounts"):
            DEEDS[verb](stranger, person)
    assert AuditEvent.objects.count() == before
    DEEDS[verb](stranger, keeper)
    last = AuditEvent.objects.latest("pk")
    assert (AuditEvent.objects.count(), last.verb, last.by) == (before + 1, verb, "keeper")


def test_a_deed_done_twice_is_recorded_once(stranger: User, keeper: User) -> None:
    for _ in range(2):
        people.close_account(stranger, by=keeper)
    for _ in range(2):
        people.open_account(stranger, by=keeper)
    for superuser in (True, True, False, False):
        people.set_superuser(stranger, superuser, by=keeper)
    assert events("stranger")[1:] == [
        "account.closed", "account.opened", "account.superuser_given", "account.superuser_taken",
    ]  # fmt: skip


def test_nobody_is_deleted(stranger: User) -> None:
    with pytest.raises(ProtectedError, match="never deleted"), transaction.atomic():
        stranger.delete()
    with pytest.raises(ProtectedError, match="never deleted"), transaction.atomic():
        User.objects.filter(pk=stranger.pk).delete()
    assert User.objects.filter(pk=stranger.pk).exists()


def test_somebody_always_keeps_accounts(stranger: User, keeper: User) -> None:
    grant = Grant.objects.get(user=keeper)
    with pytest.raises(BadAccount, match="nobody would be left"):
        roles.revoke_role(grant, by=keeper)
    with pytest.raises(BadAccount, match="nobody would be left"):
        people.close_account(keeper, by=keeper)
    assert may(User.objects.get(pk=keeper.pk), Permission.ADMINISTER)
    roles.grant_role(stranger, Role.ADMINISTRATOR, by=keeper)
    roles.revoke_role(grant, by=keeper)
    assert not may(keeper, Permission.ADMINISTER)


def test_a_change_over_another_one_is_refused(stranger: User, keeper: User) -> None:
    people.change_person(stranger, Details("First"), by=keeper, seen=Details())
    with pytest.raises(AccountOvertaken) as refused:
        people.change_person(stranger, Details("Second"), by=keeper, seen=Details())
    assert refused.value.now == Details("First")
    assert User.objects.get(pk=stranger.pk).name == "First"


@pytest.mark.parametrize(
    ("username", "email", "field"),
    [
        ("", "", "username"),
        ("two words", "", "username"),
        ("stranger", "", "username"),
        ("fine", "no-address", "email"),
    ],
)
def test_an_account_that_cannot_be_is_named(username: str, email: str, field: str, stranger: User) -> None:
    with pytest.raises(BadAccount) as refused:
        people.add_person(username, Details("", email), by=SYSTEM)
    assert refused.value.field == field


def test_what_the_operators_commands_do_is_on_record(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", email="root@example.org", verbosity=0)
    user = User.objects.get(username="root")
    user.set_password("another-long-password-of-its-own")
    user.save()
    assert events("root") == ["account.made", "account.password_changed"]
    assert AuditEvent.objects.filter(target="root", detail__superuser=True).count() == 1


def post(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, fields)


def test_an_administrator_by_role_does_it_all_on_the_pages(
    client: Client, register: Document, keeper: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(keeper)
    made = post(client, "/people/new", username="desk", name="Desk Officer", email="desk@example.org")
    user = User.objects.get(username="desk")
    assert made.status_code == 302
    assert not user.has_usable_password()
    page = f"/people/{user.pk}"
    assert post(client, page, do="grant", role="contributor", document=register.pk).status_code == 422
    assert post(client, page, do="grant", role="editor", document="", party="KOR").status_code == 422
    assert post(client, page, do="grant", role="contributor", document=register.pk, party="KOR").status_code == 302
    held = Grant.objects.get(user=user)
    assert (held.document_id, held.party_id) == (register.pk, "KOR")
    assert post(client, page, do="revoke", grant=str(held.pk)).status_code == 302
    same = {"seen_name": "Desk Officer", "seen_email": "desk@example.org"}
    assert post(client, page, do="details", name="D. Officer", email="desk@example.org", **same).status_code == 302
    late = post(client, page, do="details", name="Mine", email="desk@example.org", **same)
    assert late.status_code == 409
    assert "D. Officer" in late.content.decode()
    assert 'value="Mine"' in late.content.decode()
    for do in ("close", "open"):
        assert post(client, page, do=do).status_code == 302
    assert post(client, page, do="delete").status_code == 422
    assert events("desk") == [
        "account.made", "role.granted", "role.revoked", "account.changed", "account.closed", "account.opened",
    ]  # fmt: skip
    with django_assert_max_num_queries(7):
        listed = client.get("/people").content.decode()
    assert "D. Officer" in listed
    read = client.get("/audit", {"about": "desk"}).content.decode()
    assert read.count("<tr>") == 7
    assert "account.closed" in read


@pytest.mark.parametrize("address", ["/people", "/people/new", "/people/{}", "/audit"])
def test_nobody_else_opens_them(address: str, client: Client, editor: User, stranger: User, keeper: User) -> None:
    page = address.format(keeper.pk)
    assert client.get(page)["Location"].startswith("/sign-in")
    for person in (editor, stranger):
        client.force_login(person)
        for answer in (client.get(page), client.post(page, {"do": "close"})):
            assert answer.status_code in (403, 405)
            assert "keeper" not in answer.content.decode()
    client.force_login(keeper)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/people/999999").status_code == 404


def test_the_record_has_pages(client: Client, register: Document, keeper: User) -> None:
    client.force_login(keeper)
    first = client.get("/audit")
    assert len(first.context["events"]) == 100
    second = client.get(f"/audit?{first.context['older']}")
    assert second.context["events"][0]["id"] < first.context["events"][-1]["id"]


@pytest.mark.parametrize(
    ("name", "role", "shown"),
    [
        ("Kim Keeper", Role.EDITOR, "Kim Keeper"),
        ("", Role.EDITOR, "an editor"),
        ("", None, "somebody with an account"),
    ],
)
def test_readers_see_a_name_or_a_role_and_never_the_account(
    name: str, role: Role | None, shown: str, client: Client, register: Document
) -> None:
    User.objects.create_user("s-secretary-7", name=name)
    if role:
        grant_role(User.objects.get(username="s-secretary-7"), role, by=SYSTEM)
    for kind, target in (("commitment", "asean-rok-2019/4.3b"), ("claim", "c-001"), ("activity", "a-006")):
        with transaction.atomic():
            record("s-secretary-7", row_event(kind, "changed"), kind, target)
    for address in ("/agreements/asean-rok-2019/4.3b", "/claims/c-001", "/activities/a-006"):
        page = client.get(address).content.decode()
        assert f"Changed by {shown}" in page, address
        assert "s-secretary-7" not in page, address
