"""A register from before accounts had one name, second factors and sessions is brought up with everybody kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from followthrough.web import settings as as_served
from followthrough.web.accounts.models import Grant, User

pytestmark = pytest.mark.slow
BEFORE = [("accounts", "0001_initial"), ("mfa", None), ("usersessions", None), ("account", None)]
PASSWORD = "correct horse battery staple"  # noqa: S105 - of tests


def migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state([one for one in targets if one[1]]).apps


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    """The models of then; afterwards the database is that of today again, whatever happened."""
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_everybody_is_kept(old: Any) -> None:
    people_then, grants_then = old.get_model("accounts", "User"), old.get_model("accounts", "Grant")
    hashed = make_password(PASSWORD)
    chief = people_then.objects.create(
        username="chief", first_name="Kim", last_name="Chief", email="chief@example.org", password=hashed,
        is_superuser=True, is_staff=True,
    )  # fmt: skip
    people_then.objects.create(username="desk", first_name="", last_name="Desk", password=hashed, is_active=False)
    people_then.objects.create(username="plain", password=hashed)
    people_then.objects.create(username="demo-chair", password=hashed)
    grants_then.objects.create(user=chief, role="administrator")
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    people = {one.username: (one.name, one.is_active, one.demo) for one in User.objects.all()}
    assert people == {
        "chief": ("Kim Chief", True, False),
        "desk": ("Desk", False, False),
        "plain": ("", True, False),
        "demo-chair": ("", True, True),
    }
    assert Grant.objects.get().user.email == "chief@example.org"
    client = Client()
    assert client.post("/sign-in", {"username": "chief", "password": PASSWORD}).status_code == 302
    assert client.get("/people").status_code == 200
    assert client.get("/account/second-factor").status_code == 200


def test_cookies_of_a_server_are_for_its_host_alone(db: None, settings: Any) -> None:
    names = (as_served.SESSION_COOKIE_NAME, as_served.CSRF_COOKIE_NAME, f"{as_served.COOKIE_PREFIX}known-here")
    assert all(name.startswith("__Host-") for name in names)
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = names[:2]
    settings.COOKIE_PREFIX = as_served.COOKIE_PREFIX
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = as_served.SESSION_COOKIE_SECURE
    User.objects.create_user("owner", password=PASSWORD)
    client = Client()
    client.get("/sign-in", secure=True)
    client.post("/sign-in", {"username": "owner", "password": PASSWORD}, secure=True)
    assert set(client.cookies) == set(names)
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
        assert cookie["samesite"] == "Lax"
