"""The mail server as one address, read without Django: settings are made of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
"""Plain to a relay of one's own; encrypted by STARTTLS; encrypted from the first byte."""


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for ``submission://user:password@host:587`` and the like; none sends no mail.

    Raises ``ValueError`` for an address that names no server.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"FOLLOWTHROUGH_EMAIL_URL begins with {', '.join(f'{name}://' for name in PORTS)} and a host")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "submission",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
