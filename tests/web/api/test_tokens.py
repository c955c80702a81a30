"""Tokens: made on one's own page, shown once, kept as a hash, good until they end or are revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from api_calls import API, program, secret_of
from followthrough.web.accounts.actions.people import close_account, open_account
from followthrough.web.accounts.actions.roles import grant_role
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.accounts.roles import Role
from followthrough.web.api.actions.tokens import MOST, make_token, revoke_token
from followthrough.web.api.models import Token
from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import InvalidEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("somebody")


def status(secret: str) -> int:
    return program(secret).get(f"{API}/me").status_code


def test_a_token_is_made_on_a_page_and_shown_once(person: User) -> None:
    client = Client()
    client.force_login(person)
    assert "/account/tokens" in client.get("/account").content.decode()
    until = (timezone.localdate() + timedelta(days=10)).isoformat()
    html = client.post("/account/tokens", {"name": "lake  office", "until": until}).content.decode()
    secret = html.split('<code class="key">ft_')[1].split("<")[0]
    assert status(f"ft_{secret}") == 200
    assert secret not in client.get("/account/tokens").content.decode() and "lake office" in html
    held = Token.objects.get()
    assert secret not in str(vars(held)) and held.begins == f"ft_{secret}"[:8] and held.used is not None
    for wrong in ({"name": "", "until": until}, {"name": "x", "until": "2000-01-01"}, {"name": "x", "until": "soon"},
                  {"name": "x", "until": "2999-01-01"}):  # fmt: skip
        assert client.post("/account/tokens", wrong).status_code == 422
    assert client.post("/account/tokens", {"token": held.pk}).status_code == 302
    assert status(f"ft_{secret}") == 401 and "revoked" in client.get("/account/tokens").content.decode()
    events = AuditEvent.objects.filter(kind="token").order_by("pk")
    assert [one.verb for one in events] == ["token.made", "token.revoked"]
    assert secret not in str(list(events.values()))


def test_a_token_ends_with_its_day_and_rests_with_its_account(person: User) -> None:
    secret = make_token("x", timezone.localdate(), by=person)[1]
    assert status(secret) == 200
    Token.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert status(secret) == 401
    Token.objects.update(until=timezone.localdate())
    close_account(person, by=SYSTEM)
    assert status(secret) == 401
    open_account(person, by=SYSTEM)
    assert status(secret) == 200


def test_only_its_person_and_who_keeps_accounts_revoke_it(person: User) -> None:
    other, keeper = User.objects.create_user("other"), User.objects.create_user("keeper")
    grant_role(keeper, Role.ADMINISTRATOR, by=SYSTEM)
    token, secret = make_token("x", timezone.localdate(), by=person)
    with pytest.raises(NotAllowed):
        revoke_token(token, by=other)
    clients = {name: Client() for name in ("other", "keeper")}
    clients["other"].force_login(other)
    clients["keeper"].force_login(keeper)
    assert clients["other"].get("/tokens").status_code == 403
    assert clients["other"].post("/account/tokens", {"token": token.pk}).status_code == 404 and status(secret) == 200
    assert "somebody" in clients["keeper"].get("/tokens").content.decode()
    assert clients["keeper"].post("/tokens", {"token": token.pk}).status_code == 302 and status(secret) == 401
    assert Client().get("/account/tokens").status_code == 302


def test_an_invented_person_s_token_holds_in_the_demo_alone(person: User, settings: Any) -> None:
    settings.DEMO = False
    User.objects.update(demo=True)
    person.refresh_from_db()
    secret = secret_of(person)
    assert status(secret) == 401
    settings.DEMO = True
    assert status(secret) == 200


def test_nobody_has_more_than_so_many(person: User) -> None:
    for number in range(MOST):
        make_token(str(number), timezone.localdate(), by=person)
    with pytest.raises(InvalidEntry, match=str(MOST)):
        make_token("more", timezone.localdate(), by=person)


def test_use_is_noted_to_the_hour(person: User) -> None:
    secret = secret_of(person)
    assert status(secret) == 200
    first = Token.objects.get().used
    assert status(secret) == 200 and Token.objects.get().used == first
    Token.objects.update(used=timezone.now() - timedelta(hours=2))
    assert status(secret) == 200 and Token.objects.get().used > first  # type: ignore[operator]
