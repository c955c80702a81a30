"""Every second factor that comes or goes is on record, whoever caused it and by whichever way."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from followthrough.web.accounts.roles import SYSTEM
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record


@receiver(post_save, sender=Authenticator)
def _added(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        _record(EventType.ACCOUNT_FACTOR_ADDED, instance)


@receiver(post_delete, sender=Authenticator)
def _removed(instance: Authenticator, **_: Any) -> None:
    _record(EventType.ACCOUNT_FACTOR_REMOVED, instance)


def _record(verb: EventType, factor: Authenticator) -> None:
    request: HttpRequest | None = context.request
    by = request.user.get_username() if request is not None else SYSTEM
    with transaction.atomic():
        record(by or SYSTEM, verb, "user", factor.user.username, {"factor": factor.type})
