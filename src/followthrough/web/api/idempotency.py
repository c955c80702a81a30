"""A write that is sent again with the same key is done once, and answered as it was the first time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.api.authentication import caller
from followthrough.web.api.models import Answered, Token
from followthrough.web.api.problems import problem
from followthrough.web.audit.record import through_token
from followthrough.web.kit.downloads import json_answer
from followthrough.web.kit.plain_text import UNPRINTABLE

KEPT = timedelta(days=7)
"""How long an answer is kept."""
LONGEST = 200


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Write by ``act`` in one transaction, with what was answered; its events name the token.

    Without the header Idempotency-Key each request is a write of its own. A refusal is not kept: what was put right may
    be sent with the same key.
    """
    token, key = caller(request).token, request.headers.get("Idempotency-Key", "")
    if token is None:
        raise TypeError("the address is guarded by nothing")
    if len(key) > LONGEST or UNPRINTABLE.search(key):
        return problem(400, _("An Idempotency-Key has at most 200 characters that can be printed."))
    with transaction.atomic(), through_token(str(token)):
        if not key:
            return act()
        Token.objects.select_for_update(no_key=True).get(pk=token.pk)
        asked = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
        if held := Answered.objects.filter(token=token, key=key).first():
            return _again(held, asked)
        answer = act()
        if answer.status_code < 400:
            _keep(token, key, asked, answer)
        return answer


def _again(held: Answered, asked: str) -> HttpResponse:
    if held.asked != asked:
        return problem(422, _("This Idempotency-Key was used for another request. Choose a new one."))
    answer = json_answer(held.body["said"])
    answer.status_code = held.status
    answer["Idempotency-Replayed"] = "true"
    if held.body["location"]:
        answer["Location"] = held.body["location"]
    return answer


def _keep(token: Token, key: str, asked: str, answer: HttpResponse) -> None:
    now = timezone.now()
    Answered.objects.filter(at__lt=now - KEPT).delete()
    body: dict[str, Any] = {"said": json.loads(answer.content), "location": answer.get("Location", "")}
    Answered.objects.create(token=token, key=key, asked=asked, status=answer.status_code, body=body, at=now)
