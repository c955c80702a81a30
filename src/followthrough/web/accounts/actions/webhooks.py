"""Add, stop and start webhooks: with permission and an audit event."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.notices.models import Webhook
from followthrough.web.notices.outward import NotReached, check_address


def add_webhook(url: str, *, by: Actor) -> Webhook:
    """Tell an address what changes from now on. Raises ``NotAllowed``; ``InvalidEntry`` for one that is never asked."""
    require(by, Permission.ADMINISTER)
    try:
        check_address(url)
    except NotReached as error:
        raise InvalidEntry({"url": str(error)}) from error
    with transaction.atomic():
        now = timezone.now()
        upto = AuditEvent.objects.aggregate(last=Max("sequence"))["last"] or 0
        made = Webhook.objects.create(
            url=url, made=now, made_by=name_of(by), salt=secrets.token_hex(16), upto=upto, next_try=now
        )
        record(name_of(by), EventType.WEBHOOK_ADDED, "webhook", str(made.pk), {"url": url})
    return made


def stop_webhook(hook: Webhook, *, by: Actor) -> None:
    """Tell an address nothing more for now; what it has not taken stays. Raises ``NotAllowed``."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        if Webhook.objects.filter(pk=hook.pk, stopped=None).update(stopped=timezone.now()):
            record(name_of(by), EventType.WEBHOOK_STOPPED, "webhook", str(hook.pk))


def start_webhook(hook: Webhook, *, by: Actor) -> None:
    """Go on with an address where it was stopped. Raises ``NotAllowed``."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        held = Webhook.objects.filter(pk=hook.pk, stopped__isnull=False)
        if held.update(stopped=None, tries=0, failing=None, next_try=timezone.now(), said=""):
            record(name_of(by), EventType.WEBHOOK_STARTED, "webhook", str(hook.pk))
