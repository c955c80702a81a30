"""One answer to "two people had the same page open": the form carries a stamp of what it showed.

The action compares it with what stands, under its lock. Where they differ nothing is written, and the page says what
stands now, by whom and since when, beside what was typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from followthrough.web.audit.models import AuditEvent
from followthrough.web.kit.errors import EditConflict


def stamp(*seen: object) -> str:
    """Return 16 hexadecimal digits that differ whenever what a page showed differs."""
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()[:16]


def compare(seen: str | None, now: str, kind: str, target: str, stored: Sequence[tuple[str, str]] = ()) -> None:
    """Raise ``EditConflict`` unless ``seen``, from the form, is the stamp that the record has ``now``.

    Called under the lock of the record. ``None`` is for callers that read it under the same lock themselves.
    """
    if seen is None or seen == now:
        return
    latest = AuditEvent.objects.filter(kind=kind, target=target).order_by("-id").first()
    raise EditConflict(
        _("This was changed since you opened the page. Nothing of yours was saved, and nothing was overwritten."),
        stored=stored,
        by=latest.by if latest else "",
        at=latest.at if latest else None,
    )
