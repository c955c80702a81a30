"""The identity provider as settings name it, read without Django: what django-allauth is told is made of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def provider_settings(url: str, client: str, secret: str, name: str) -> dict[str, Any]:
    """Return the settings of the provider at ``url``; none where it is empty.

    Raises ``ValueError`` for an address without HTTPS, over which anybody on the way could say who somebody is, or
    without the name of the client.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("FOLLOWTHROUGH_OIDC_URL begins with https://")
    if not client:
        raise ValueError("FOLLOWTHROUGH_OIDC_CLIENT is needed where FOLLOWTHROUGH_OIDC_URL is set")
    app = {
        "provider_id": "oidc", "name": name, "client_id": client, "secret": secret,
        "settings": {"server_url": url.rstrip("/"), "oauth_pkce_enabled": True},
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}
