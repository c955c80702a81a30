"""Signing in, second factors, passwords and sessions: real flows with events, and limits that let the owner in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, override_settings

from followthrough.web.accounts.actions.people import close_account
from followthrough.web.accounts.actions.sign_in import end_sessions
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.accounts.sign_in_attempts import PER_ACCOUNT, PER_ADDRESS, PER_PAIR
from followthrough.web.audit.models import AuditEvent
from followthrough.web.limits import limiter
from followthrough.web.mail_url import mail_settings
from followthrough.web.notices.models import Notice
from followthrough.web.notices.sending import send_waiting
from mail_server import Letters, mail_server

pytestmark = pytest.mark.sqlite

PASSWORD = "correct horse battery staple"  # noqa: S105 - of tests
OTHER = "an entirely different long one"
SECOND = "/account/second-factor"


NOW = 1_800_000_100.0
"""In the middle of a span: no test sees one end by chance."""


@pytest.fixture(autouse=True)
def quick_and_still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords hashed at once, and limits at one moment: what is tested is the way, not how slow a hash is."""
    monkeypatch.setattr(limiter, "clock", lambda: NOW)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner", email="owner@example.org", password=PASSWORD)


def sign_in(client: Client, name: str = "owner", password: str = PASSWORD, **rest: Any) -> Any:
    return client.post("/sign-in", {"username": name, "password": password}, **rest)


def events(name: str = "owner") -> list[str]:
    return list(AuditEvent.objects.filter(kind="user", target=name).order_by("pk").values_list("verb", flat=True))[1:]


def inside(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)


def code_of(secret: str, ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set up an authenticator app as a person would; return its key and the recovery codes."""
    client.post("/account/password/again", {"password": PASSWORD})
    page = client.get(f"{SECOND}/app")
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    assert client.post(f"{SECOND}/app", {"code": "000000"}).status_code == 200
    done = client.post(f"{SECOND}/app", {"code": code_of(secret)})
    assert done["Location"] == f"{SECOND}/codes"
    shown = client.get(f"{SECOND}/codes").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(codes) == 10
    assert "are not shown again" in client.get(f"{SECOND}/codes").content.decode()
    return secret, codes


def test_in_and_out_are_on_record_without_secrets(client: Client, owner: User) -> None:
    assert sign_in(client, password="wrong " + OTHER).status_code == 200
    assert sign_in(client, "nobody", OTHER).status_code == 200
    assert sign_in(client)["Location"] == "/todo"
    assert inside(client)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out")["Location"] == "/"
    assert not inside(client)
    assert events() == ["account.refused", "account.signed_in", "account.signed_out"]
    kept = " ".join(map(str, AuditEvent.objects.values_list("by", "target", "detail")))
    assert "nobody" not in kept
    assert OTHER not in kept
    assert PASSWORD not in kept


def test_an_unknown_name_is_answered_like_a_wrong_password(client: Client, owner: User) -> None:
    known, unknown = sign_in(client, password=OTHER), sign_in(client, "nobody", OTHER)
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one.content.decode()) for one in (known, unknown)]
    assert plain[0].replace('"owner"', '"nobody"') == plain[1]
    close_account(owner, by=SYSTEM)
    closed = sign_in(client, password=PASSWORD)
    assert "<title>Error: Sign in" in closed.content.decode()
    assert not inside(client)


class Counting(MD5PasswordHasher):
    """A real hasher that says how often it was asked."""

    asked = 0

    def encode(self, *given: Any) -> str:
        """Hash, and count."""
        type(self).asked += 1
        return str(super().encode(*given))


def test_a_name_that_nobody_has_costs_as_many_hashes(client: Client, stranger: User) -> None:
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Counting"]):
        User.objects.create_user("owner", password=PASSWORD)
        User.objects.create_user("closed", password=PASSWORD, is_active=False)
        spent = []
        for name in ("owner", "closed", "nobody"):
            Counting.asked = 0
            assert sign_in(client, name, OTHER).status_code == 200
            spent.append(Counting.asked)
    assert spent == [1, 1, 1]


def test_a_thousand_tries_end_early_and_the_owner_gets_in_after_the_wait(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [sign_in(client, password=f"guess {number}") for number in range(40)]
    refused = [one for one in answers if one.status_code == 429]
    assert len(answers) - len(refused) == PER_PAIR.most
    wait = int(refused[0]["Retry-After"])
    assert 0 < wait <= PER_PAIR.seconds
    assert sign_in(client).status_code == 429
    assert events().count("account.refused") == PER_PAIR.most
    for number in range(100):
        sign_in(client, f"name {number}", "guess")
    assert sign_in(client, "name 200", "guess").status_code == 429
    assert AuditEvent.objects.filter(verb="account.refused").count() <= PER_ADDRESS.most
    monkeypatch.setattr(limiter, "clock", lambda: NOW + wait)
    assert sign_in(client).status_code == 302


GUESSES = """
import django; django.setup()
from django.test import Client
from followthrough.web.limits import limiter
limiter.clock = lambda: 1_800_000_100.0
client = Client(headers={"host": "localhost"})
print(sum(client.post("/sign-in", {"username": "owner", "password": str(n)}).status_code != 429 for n in range(15)))
"""


@pytest.mark.slow
def test_workers_count_together(tmp_path: Path) -> None:
    ours = {"FOLLOWTHROUGH_DATA_DIR": str(tmp_path), "FOLLOWTHROUGH_DEBUG": "true", "DATABASE_URL": ""}
    environment = {**os.environ, **ours, "DJANGO_SETTINGS_MODULE": "followthrough.web.settings"}
    environment["FOLLOWTHROUGH_SECRET_KEY"] = "the same for both workers, as on a server"  # noqa: S105 - of tests
    made = [sys.executable, "-m", "followthrough", "people", "add", "owner"]
    subprocess.run(made, input=f"{PASSWORD}\n{PASSWORD}\n", env=environment, text=True, capture_output=True, check=True)
    workers = [
        subprocess.Popen([sys.executable, "-c", GUESSES], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    looked_at = [int(one.communicate(timeout=120)[0]) for one in workers]
    assert sum(looked_at) == PER_PAIR.most


def test_an_attacker_with_many_addresses_cannot_shut_a_known_browser_out(client: Client, owner: User) -> None:
    assert sign_in(client).status_code == 302
    client.post("/sign-out")
    attacker = Client()
    for number in range(PER_ACCOUNT.most + 5):
        last = sign_in(attacker, password=OTHER, REMOTE_ADDR=f"203.0.113.{number % 200}")
    assert last.status_code == 429
    assert sign_in(Client(), REMOTE_ADDR="198.51.100.7").status_code == 429
    assert sign_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302
    forged = Client()
    forged.cookies["known-here"] = client.cookies["known-here"].value[:-3] + "abc"
    assert sign_in(forged, REMOTE_ADDR="198.51.100.8").status_code == 429


def test_an_app_and_recovery_codes(client: Client, owner: User) -> None:
    sign_in(client)
    secret, codes = set_up_app(client)
    client.post("/sign-out")
    assert sign_in(client)["Location"] == "/sign-in/second-step"
    assert not inside(client)
    assert client.post("/sign-in/second-step", {"code": "123"}).status_code == 200
    good = code_of(secret, 1)
    assert client.post("/sign-in/second-step", {"code": good})["Location"] == "/todo"
    for used, again in ((good, False), (codes[0], True), (codes[0], False)):
        client.post("/sign-out")
        sign_in(client)
        client.post("/sign-in/second-step", {"code": used})
        assert inside(client) is again
    assert AuditEvent.objects.filter(verb="account.signed_in").latest("pk").detail == {
        "with": ["password", "recovery_codes"]
    }
    assert events().count("account.factor_added") == 2


def test_codes_are_limited_too(client: Client, owner: User) -> None:
    sign_in(client)
    set_up_app(client)
    client.post("/sign-out")
    sign_in(client)
    assert [client.post("/sign-in/second-step", {"code": "1"}).status_code for _ in range(12)][-1] == 429


def test_factors_are_removed_by_the_owner_and_by_an_administrator(
    client: Client, owner: User, administrator: User
) -> None:
    sign_in(client)
    set_up_app(client)
    assert client.post(f"{SECOND}/codes/new")["Location"] == f"{SECOND}/codes"
    assert client.post(f"{SECOND}/app/remove")["Location"] == SECOND
    assert not Authenticator.objects.exists()
    set_up_app(client)
    keeper = Client()
    keeper.force_login(administrator)
    assert "Remove it" in keeper.get(f"/people/{owner.pk}").content.decode()
    assert keeper.post(f"/people/{owner.pk}", {"do": "factor"}).status_code == 302
    assert not Authenticator.objects.exists()
    removed = AuditEvent.objects.filter(verb="account.factor_removed").order_by("pk").values_list("by", flat=True)
    assert list(removed) == ["owner", "owner", "owner", "administrator", "administrator"]


def test_what_changes_the_ways_in_asks_for_the_password_again(client: Client, owner: User) -> None:
    client.force_login(owner)
    asked = client.get(f"{SECOND}/app")
    assert asked["Location"].startswith("/account/password/again?next=")
    assert client.post(asked["Location"], {"password": OTHER}).status_code == 200
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == f"{SECOND}/app"
    assert client.get(f"{SECOND}/app").status_code == 200


def test_a_new_password_ends_the_other_sessions(client: Client, owner: User) -> None:
    elsewhere = Client()
    sign_in(client), sign_in(elsewhere)
    wrong = client.post("/account/password", {"oldpassword": OTHER, "password1": OTHER, "password2": OTHER})
    assert "<title>Error: Change your password" in wrong.content.decode()
    new = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert client.post("/account/password", new).status_code == 302
    assert (inside(client), inside(elsewhere)) == (True, False)
    assert sign_in(Client()).status_code == 200
    assert sign_in(Client(), password=OTHER).status_code == 302
    assert events().count("account.password_changed") == 1


def test_sessions_are_listed_and_ended_one_by_one(client: Client, owner: User, stranger: User) -> None:
    phone, cafe = Client(), Client()
    for one, agent in ((client, "Desk"), (phone, "Phone"), (cafe, "Cafe")):
        sign_in(one, HTTP_USER_AGENT=agent)
    listed = client.get("/account/sessions").content.decode()
    assert all(agent in listed for agent in ("Desk", "Phone", "Cafe"))
    theirs = UserSession.objects.get(user_agent="Phone")
    stranger_client = Client()
    stranger_client.force_login(stranger)
    stranger_client.post("/account/sessions", {"session": str(theirs.pk)})
    assert inside(phone)
    client.post("/account/sessions", {"session": str(theirs.pk)})
    assert [inside(one) for one in (client, phone, cafe)] == [True, False, True]
    client.post("/account/sessions", {"session": "others"})
    assert [inside(one) for one in (client, cafe)] == [True, False]
    assert end_sessions(owner, UserSession.objects.values_list("session_key", flat=True), by=SYSTEM) == 1
    assert not inside(client)
    assert events().count("account.sessions_ended") == 3


@pytest.mark.parametrize(("began", "seen", "stays"), [(0, 11, True), (0, 12, False), (13.9, 1, True), (14, 1, False)])
def test_a_session_ends_idle_and_for_good(
    began: float, seen: float, stays: bool, client: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    session = client.session
    now = int(time.time())
    session["began"], session["seen"] = now - int((began or 0.6) * 86_400), now - int(seen * 3600)
    session.save()
    assert inside(client) is stays


def test_an_old_session_joins_the_list_and_gets_its_span(client: Client, owner: User) -> None:
    client.force_login(owner)
    session = client.session
    del session["began"], session["seen"]
    session.save()
    assert inside(client)
    assert UserSession.objects.filter(user=owner).count() == 1
    assert client.session["began"] == client.session["seen"]


def test_pages_of_an_account_are_kept_by_nobody(client: Client, owner: User) -> None:
    assert "Cache-Control" not in client.get("/about")
    sign_in(client)
    client.post("/account/password/again", {"password": PASSWORD})
    for address in ("/account", "/account/sessions", "/account/password", SECOND, f"{SECOND}/app"):
        assert "no-store" in client.get(address)["Cache-Control"], address
    assert {"private", "no-store"} <= set(client.get("/about")["Cache-Control"].split(", "))
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.fixture
def letters() -> Iterator[Letters]:
    """A real mail server on the loopback address, and settings that name it."""
    with mail_server() as server, override_settings(
        SENDS_MAIL=True, SITE="http://testserver", **mail_settings(server.url)
    ):  # fmt: skip
        yield server


@pytest.mark.django_db(transaction=True)
def test_a_password_is_set_by_a_link_in_a_letter(letters: Letters, client: Client) -> None:
    owner = User.objects.create_user("owner", email="owner@example.org", password=PASSWORD)
    elsewhere = Client()
    sign_in(elsewhere)
    answers = [client.post("/account/reset", {"email": email}) for email in ("owner@example.org", "no@example.org")]
    assert [one["Location"] for one in answers] == ["/account/reset/sent"] * 2
    assert send_waiting().sent == 1
    assert [one.rcpt_tos for one in letters.held] == [["owner@example.org"]]
    body = letters.texts[0]
    link = re.search(r"http://testserver(/account/set/\S+)", body)
    assert link
    form = client.get(link[1])["Location"]
    assert link[1].rpartition("-")[2] not in form
    assert client.post(form, {"password1": "short", "password2": "short"}).status_code == 200
    assert client.post(form, {"password1": OTHER, "password2": OTHER})["Location"] == "/account/reset/done"
    assert not inside(elsewhere)
    assert "no longer good" in Client().get(link[1]).content.decode()
    assert sign_in(Client(), password=OTHER).status_code == 302
    assert send_waiting().sent == 1
    assert "your password was set by a link" in letters.texts[1]
    assert events() == ["account.signed_in", "account.link_made", "account.password_changed", "account.signed_in"]
    assert AuditEvent.objects.get(verb="account.link_made").by == "anonymous"
    assert owner.username in body


@pytest.mark.django_db(transaction=True)
def test_letters_are_limited_and_say_nothing(letters: Letters, client: Client) -> None:
    for email in ("nobody@example.org", "nobody2@example.org"):
        answers = [client.post("/account/reset", {"email": email}).status_code for _ in range(4)]
        assert answers == [302, 302, 302, 429]
    send_waiting()
    assert letters.held == []
    assert not Notice.objects.exclude(way="held", email="", user=None).exists()


def test_without_mail_the_page_says_whom_to_ask(client: Client, owner: User, administrator: User) -> None:
    with override_settings(CONTACT="the registry, room 4"):
        assert "the registry, room 4" in client.get("/account/reset").content.decode()
    assert client.post("/account/reset", {"email": "owner@example.org"}).status_code == 200
    client.force_login(administrator)
    shown = client.post(f"/people/{owner.pk}", {"do": "link"}).content.decode()
    link = re.search(r"http://testserver(/account/set/[\w-]+)", shown)
    assert link
    newcomer = Client()
    form = newcomer.get(link[1])["Location"]
    assert newcomer.post(form, {"password1": OTHER, "password2": OTHER}).status_code == 302
    assert sign_in(newcomer, password=OTHER).status_code == 302
    assert AuditEvent.objects.get(verb="account.link_made").by == "administrator"


def test_the_invented_people_of_the_demo(client: Client, db: None) -> None:
    User.objects.create_user("demo-editor", password=PASSWORD, demo=True)
    assert sign_in(client, "demo-editor").status_code == 302
    assert inside(client)
    assert ">demo</span>" in client.get("/about").content.decode()
    for address in ("/account/password", SECOND, f"{SECOND}/app"):
        assert client.get(address).status_code == 403
    with override_settings(DEMO=False):
        assert not inside(client)
        assert sign_in(Client(), "demo-editor").status_code == 200


def test_signed_out_pages_ask_nothing_more(client: Client, db: None, django_assert_num_queries: Any) -> None:
    client.get("/about")
    with django_assert_num_queries(0):
        client.get("/about")


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://relay", 25, False, False),
        ("submission://me:p%40ss@host", 587, True, False),
        ("smtps://h:4", 4, False, True),
    ],
)
def test_mail_servers_are_named_by_an_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    read = mail_settings(url)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert read["EMAIL_HOST_PASSWORD"] in ("", "p@ss")
    with pytest.raises(ValueError, match="begins with"):
        mail_settings("imap://host")


SHAPES = [
    "", "null", "1", "[]", "{}", '"x"', "{", '{"id": 1}', '{"id": "a", "rawId": "a", "type": "x", "response": 7}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA",'
    '"signature":"AA","userHandle":"!!"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
    '"signature":"AA","userHandle":"MQ"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":[],"attestationObject":{}}}',
    '{"id":"AA","rawId":"BB","type":"public-key","response":{"clientDataJSON":"////","attestationObject":"////"}}',
    "[" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_no_answer_of_a_passkey_is_refused_in_words(shape: str, client: Client, owner: User) -> None:
    client.get("/sign-in/passkey", headers={"accept": "application/json"})
    assert client.post("/sign-in/passkey", {"credential": shape})["Location"] == "/sign-in"
    sign_in(client)
    set_up_app(client)
    client.get(f"{SECOND}/passkeys/new")
    refused = client.post(f"{SECOND}/passkeys/new", {"name": "x", "credential": shape, "passwordless": "on"})
    assert (refused.status_code, "<title>Error: " in refused.content.decode()) == (200, True)
    client.get(f"{SECOND}/passkey-again")
    client.post(f"{SECOND}/passkey-again", {"credential": shape})
    client.post("/sign-out")
    sign_in(client)
    client.get("/sign-in/second-step")
    assert client.post("/sign-in/second-step", {"credential": shape}).status_code == 200
    assert not inside(client)
