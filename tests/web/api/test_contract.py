"""The API keeps to its OpenAPI document, whatever it is asked: every operation with made-up questions.

A few for each in the suite; with FOLLOWTHROUGH_EXAMPLES=150 in the environment so many for each.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis.checks import CHECKS

from api_calls import secret_of
from followthrough.web.api import authentication
from followthrough.web.api.v1 import document
from two_agreements import Both

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite]
EXAMPLES = int(os.environ.get("FOLLOWTHROUGH_EXAMPLES", "4"))


@cache
def served() -> Any:
    """Return the whole of the application, made where the settings of the tests hold already."""
    return get_wsgi_application()


def application(environ: Any, start_response: Any) -> Any:
    """Answer one request."""
    return served()(environ, start_response)


schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
schema.app = application
REFUSED_BY_MEANING = CHECKS.get_by_names(["positive_data_acceptance"])
"""What a write means is not in the types of its fields: a text that is no kind of evidence is refused."""


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back what one question wrote, so that the next is asked of the same register."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)  # fmt: skip
def test_every_operation_answers_as_its_document_says(case: Any, secret: str) -> None:
    with taken_back():
        sent = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=sent, excluded_checks=REFUSED_BY_MEANING)


@pytest.fixture
def secret(both: Both, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the secret of a token that may do everything, and is asked without limit."""
    for name in ("READS", "TOKEN_READS", "TOKEN_WRITES"):
        limit = getattr(authentication, name)
        monkeypatch.setattr(authentication, name, limit._replace(most=10**9))
    for signal in (request_started, request_finished):  # the database of the tests stays open, as for Django's client
        signal.disconnect(close_old_connections)
    yield secret_of(both.people["superuser"])
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
