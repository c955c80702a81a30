"""Webhooks over real HTTP: signed, in order, the same again until taken, and never to a private address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from followthrough.web.accounts.actions.webhooks import add_webhook, start_webhook, stop_webhook
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record, settle
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.notices import outward, webhooks
from followthrough.web.notices.models import Webhook

HOST = "127.0.0.1"


class Receiver:
    """What a receiver answers, and what it took."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.port = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}/hook"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a real HTTP server."""
    held = Receiver()

    class Handler(BaseHTTPRequestHandler):
        """Takes what is posted, and answers as it was told."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            held.asked.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(held.answers.pop(0) if held.answers else 204)
            self.send_header("Location", held.url)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = HTTPServer((HOST, 0), Handler)
    held.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


def happened(*verbs: EventType) -> None:
    """Record events as actions do."""
    for number, verb in enumerate(verbs):
        with transaction.atomic():
            record("editor", verb, "claim", f"c-{number}", {"words": "secret"})
    settle()


def due() -> None:
    Webhook.objects.update(next_try=timezone.now())


@override_settings(WEBHOOK_HOSTS=[HOST])
def test_changes_are_told_in_order_and_again_until_they_are_taken(db: None) -> None:
    happened(EventType.CLAIM_ADDED)
    with receiving() as receiver:
        hook = add_webhook(receiver.url, by=SYSTEM)
        assert webhooks.deliver_waiting() == 0
        happened(EventType.CLAIM_ADDED, EventType.ACCOUNT_SIGNED_IN, EventType.CLAIM_CHANGED, EventType.REPORT_SENT)
        receiver.answers = [500, 302]
        for _ in range(2):
            assert webhooks.deliver_waiting() == 0
            due()
        happened(EventType.CLAIM_WITHDRAWN)
        assert webhooks.waiting(hook) == 3
        assert webhooks.deliver_waiting() == 2
        assert webhooks.deliver_waiting() == 0
    first, second, third, fourth = receiver.asked
    assert first[1] == second[1] == third[1]
    assert first[0]["webhook-id"] == third[0]["webhook-id"] != fourth[0]["webhook-id"]
    for headers, body in receiver.asked:
        key = base64.b64decode(webhooks.secret_of(hook).removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert b"secret" not in body
    told = [one for _, body in (third, fourth) for one in json.loads(body)["events"]]
    assert [one["type"] for one in told] == ["claim.added", "claim.changed", "claim.withdrawn"]
    assert told[0]["record"] == {"kind": "claim", "id": "c-0"}
    assert len({one["id"] for one in told}) == 3
    assert webhooks.secret_of(hook) not in str(list(Webhook.objects.values()))


@override_settings(WEBHOOK_HOSTS=[HOST])
def test_one_that_takes_nothing_for_three_days_is_stopped(db: None) -> None:
    with receiving() as receiver:
        hook = add_webhook(receiver.url, by=SYSTEM)
        happened(EventType.CLAIM_ADDED)
        receiver.answers = [503, 503]
        webhooks.deliver_waiting()
        Webhook.objects.update(failing=timezone.now() - timedelta(days=4), next_try=timezone.now())
        webhooks.deliver_waiting()
        assert "503" in Webhook.objects.get(stopped__isnull=False).said
        due()
        assert webhooks.deliver_waiting() == 0
        start_webhook(hook, by=SYSTEM)
        assert webhooks.deliver_waiting() == 1
        Webhook.objects.update(claimed=timezone.now())
        happened(EventType.CLAIM_ADDED)
        assert webhooks.deliver_waiting() == 0  # another sender is at it
        stop_webhook(hook, by=SYSTEM)
    verbs = AuditEvent.objects.filter(kind="webhook").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["webhook.added", "webhook.started", "webhook.stopped"]


PRIVATE = """127.0.0.1 10.1.2.3 169.254.169.254 192.168.0.9 100.64.0.1 ::1 fe80::1 fe80::1%eth0 fd00::1 224.0.0.1
             ::ffff:10.0.0.1 2002:7f00:1:: 64:ff9b::7f00:1"""


def test_private_addresses_are_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in PRIVATE.split():
        found = [(0, 0, 0, "", (one, 443))]
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(outward.NotReached, match="private network"):
            outward.post("https://innocent.example/x", b"{}", {})


WRONG = ("http://example.org/", "ftp://example.org/", "https://me:pw@example.org/", "https:///x", "x")


@pytest.mark.parametrize("url", WRONG)
def test_addresses_that_no_webhook_has(db: None, url: str) -> None:
    with pytest.raises(InvalidEntry):
        add_webhook(url, by=SYSTEM)
    assert outward.is_public("93.184.215.14")
    assert outward.is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_the_page_is_the_administrator_s(administrator: User, stranger: User) -> None:
    client = Client()
    client.force_login(stranger)
    assert client.get("/webhooks").status_code == 403
    with pytest.raises(NotAllowed):
        add_webhook("https://example.org/", by=stranger)
    client.force_login(administrator)
    assert client.post("/webhooks", {"url": "http://example.org"}).status_code == 422
    made = client.post("/webhooks", {"url": "https://example.org/hook"}).content.decode()
    hook = Webhook.objects.get()
    assert webhooks.secret_of(hook) in made
    page = client.get("/webhooks").content.decode()
    assert "https://example.org/hook" in page
    assert webhooks.secret_of(hook) not in page
    assert client.post("/webhooks", {"webhook": hook.pk, "do": "stop"}).status_code == 302
    assert Webhook.objects.get().stopped
