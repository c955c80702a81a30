"""A program that uses the API, as tests need one: a client with a token, and what it sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from followthrough.web.accounts.models import User
from followthrough.web.api.actions.tokens import make_token
from followthrough.web.indicators.models import Series
from followthrough.web.links.models import Link

API = "/api/v1"
SOURCE = {
    "url": "https://example.org/report", "title": "A report", "publisher": "Lake Press", "publisher_kind": "media",
    "published": "2024-05-02", "language": "en",
}  # fmt: skip


def secret_of(person: User, name: str = "program") -> str:
    """Return the secret of a new token of a person."""
    return make_token(name, timezone.localdate() + timedelta(days=30), by=person)[1]


def program(secret: str) -> Client:
    """Return a client that sends a token."""
    return Client(headers={"Authorization": f"Bearer {secret}"})


def send(client: Client, path: str, body: Any, method: str = "post", **headers: str) -> Any:
    """Send a body as JSON, and return the answer."""
    return getattr(client, method)(f"{API}/{path}", body, content_type="application/json", headers=headers)


def claim(**more: Any) -> dict[str, Any]:
    """Return an evidence item about the first commitment of the small world."""
    return {
        "document": "lake", "source": SOURCE, "kind": "output", "date": "2024-05", "statement": "A jetty was built.",
        "stance": "favourable", "commitments": ["lake/1a"], "rationale": "It is the jetty.", "parties": ["NOR"], **more,
    }  # fmt: skip


def activity(**more: Any) -> dict[str, Any]:
    """Return an activity that serves the first commitment of the small world."""
    return {
        "document": "lake", "source": SOURCE, "title": "Building of the jetty", "kind": "project", "state": "running",
        "start": "2024-01", "budget": "1500.50", "currency": "USD", "commitments": ["lake/1a"], "rationale": "It is.",
        **more,
    }  # fmt: skip


def observation(**more: Any) -> dict[str, Any]:
    """Return a value of the series of ``with_series``."""
    return {"series": "jetties", "area": "NOR", "period": "2024", "value": "<2.5", "source": SOURCE, **more}


def with_series() -> Series:
    """Return a series that is linked to the first paragraph of the small world."""
    made = Series.objects.create(id="jetties", title="Jetties", unit="pieces")
    Link.objects.create(
        id="l-jetties", series=made, provision_id="lake/1", role="context", rationale="x", origin="person"
    )
    return made
