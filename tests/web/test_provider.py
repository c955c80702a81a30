"""Signing in with an identity provider: a real flow against a real provider, and everybody who is turned away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from followthrough.web.accounts.models import User
from followthrough.web.audit.models import AuditEvent
from followthrough.web.provider_url import provider_settings
from oidc_provider import CLIENT, SECRET, Provider, providing

pytestmark = pytest.mark.sqlite
DOOR = "/sign-in/with/oidc"


@pytest.fixture
def provider(db: None) -> Iterator[Provider]:
    """A provider that runs, and settings that name it."""
    User.objects.create_user("focal", email="Focal@example.org")
    with providing() as held:
        told = provider_settings(held.url, CLIENT, SECRET, "House")
        with override_settings(OIDC_URL=held.url, OIDC_NAME="House", SOCIALACCOUNT_PROVIDERS=told):
            yield held


def gone(client: Client) -> dict[str, str]:
    """Press the button, and return what the browser asks the provider."""
    page = client.post(DOOR, {"next": "/account"})
    assert page.status_code == 200
    link = page["Refresh"].removeprefix("0; url=")
    assert "form-action 'self'" in page["Content-Security-Policy"]
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def back(client: Client, provider: Provider, **changes: str) -> Any:
    """Go to the provider and come back; return the answer."""
    way = urlsplit(provider.authorize(gone(client)))
    asked = {name: values[0] for name, values in parse_qs(way.query).items()} | changes
    return client.get(way.path, asked)


def inside(client: Client) -> bool:
    return bool(client.get("/account").status_code == 200)


def test_somebody_comes_in_and_is_known_by_number_from_then_on(provider: Provider) -> None:
    client = Client()
    assert "Sign in with House" in client.get("/sign-in").content.decode()
    assert back(client, provider)["Location"] == "/account"
    assert inside(client)
    provider.claims = {"sub": "n-1", "email": "moved@example.org", "email_verified": False, "name": "Private"}
    again = Client()
    back(again, provider)
    assert inside(again)
    held = SocialAccount.objects.get()
    assert (held.user.username, held.uid, held.extra_data) == ("focal", "n-1", {})
    verbs = AuditEvent.objects.filter(target="focal").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["account.made", "account.provider_added", "account.signed_in", "account.signed_in"]
    assert provider.refused == []


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": False}, {"email": "stranger@example.org"}, {"email": "closed@example.org"},
     {"email": "demo@example.org"}, {"email": "twice@example.org"}, {"email": ""}],
)  # fmt: skip
def test_who_is_not_vouched_for_or_has_no_account_stays_outside(provider: Provider, claims: dict[str, Any]) -> None:
    User.objects.create_user("closed", email="closed@example.org", is_active=False)
    User.objects.create_user("demo", email="demo@example.org", demo=True)
    for name in ("twice-a", "twice-b"):
        User.objects.create_user(name, email="twice@example.org")
    provider.claims |= claims
    client = Client()
    assert back(client, provider)["Location"] == "/sign-in"
    assert "no account here has your address" in client.get("/sign-in").content.decode()
    assert not inside(client)
    assert not SocialAccount.objects.exists()
    assert AuditEvent.objects.filter(verb="account.refused").count() == 1


def test_a_forged_way_back_opens_nothing(provider: Provider) -> None:
    client = Client()
    for changes in ({"state": "forged"}, {"code": "forged"}):
        assert back(client, provider, **changes)["Location"] == "/sign-in"
    provider.audience = "another site"
    assert back(client, provider)["Location"] == "/sign-in"
    refused = client.get(f"{DOOR}/back", {"error": "access_denied", "state": gone(client)["state"]})
    assert refused["Location"].startswith("/sign-in")
    assert not inside(client)
    assert client.get(DOOR).status_code == 405
    assert client.post(DOOR, {"process": "connect"}).status_code == 404
    assert client.get("/sign-in/refused")["Location"] == "/sign-in"


def test_without_a_provider_there_is_no_door(client: Client, db: None) -> None:
    assert "Sign in with" not in client.get("/sign-in").content.decode()
    assert client.post(DOOR).status_code == 404
    assert client.get(f"{DOOR}/back").status_code == 404
    assert provider_settings("", "", "", "") == {}
    for url, name in (("http://id.example.org", "x"), ("https://id.example.org", "")):
        with pytest.raises(ValueError, match="FOLLOWTHROUGH_OIDC"):
            provider_settings(url, name, "", "")
