"""What arrives in a form, a query or a cookie and cannot be read: it changes nothing, and is answered in words."""

from __future__ import annotations

import pytest
from django.test import Client

from followthrough.web.agreements.models import Document
from followthrough.web.audit.models import AuditEvent


@pytest.mark.django_db
def test_a_form_with_a_nul_changes_nothing_and_says_so(client: Client, register: Document) -> None:
    before = AuditEvent.objects.count()
    answer = client.post("/agreements/asean-rok-2019/suggest", {"text": "a\0b", "place": "4.3"})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.content.decode()
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db
def test_pasted_control_characters_are_no_reason_to_lose_a_text(client: Client, register: Document) -> None:
    answer = client.post("/agreements/asean-rok-2019/suggest", {"text": "a soft\x0bline break", "place": "4.3"})
    assert answer.status_code == 302


@pytest.mark.django_db
def test_in_a_query_a_nul_stands_for_a_space(client: Client, register: Document) -> None:
    found = client.get("/search.json?q=air%00services").json()
    assert found["count"] == client.get("/search.json?q=air+services").json()["count"] > 0


@pytest.mark.django_db
def test_a_cookie_with_a_nul_is_no_session(client: Client, register: Document) -> None:
    client.cookies["sessionid"] = "abcdefgh\0ijklmnop"
    answer = client.get("/catalogue")
    assert answer.status_code == 302
    assert "sessionid" not in answer.wsgi_request.COOKIES  # SQLite would have looked for it and found nothing


@pytest.mark.django_db
def test_too_many_fields_are_refused_in_words(client: Client, register: Document) -> None:
    answer = client.post("/sign-in", {f"f{n}": "x" for n in range(2000)})
    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()
