"""Add a source, with its audit event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Source
from followthrough.web.agreements.policy import require_somewhere
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.ids import create


def get_or_create_source(cells: Mapping[str, Any], *, by: Actor) -> Source:
    """Return the source with the address of ``cells``, created where the register has none.

    Raises ``NotAllowed`` for who may enter evidence nowhere.
    """
    require_somewhere(by, Permission.ENTER)
    with transaction.atomic():
        source = Source.objects.filter(url=cells["url"]).first()
        if source is None:
            year = cells.get("published", "")[:4]
            base = f"s-{slugify(cells['publisher'])[:40] or 'source'}-{year}".strip("-")
            source = create(Source, base, **{name: value for name, value in cells.items() if name != "id"})
            record(name_of(by), EventType.SOURCE_ADDED, "source", source.pk, {"url": source.url})
    return source
