"""A spreadsheet is kept until it is imported; discarded by its owner, or when it has waited for too long."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, Actor, NotAllowed, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.exchange.models import SpreadsheetUpload
from followthrough.web.exchange.policy import visible_uploads
from followthrough.web.kit.errors import EditConflict

LONGEST_UPLOAD = 10_000_000
KEPT_FOR = timedelta(days=30)
MOST_KEPT = 20
"""How many files one person may have waiting: a folder is no archive."""


def keep_upload(
    data: bytes, name: str, document: Document, check: Callable[[], object], *, by: User
) -> SpreadsheetUpload:
    """Keep a spreadsheet for ``by`` to import into the register of ``document``.

    ``check`` reads the file and raises ``InputRefused`` where it cannot be. Raises ``NotAllowed``, ``InputRefused``.
    """
    require(by, Permission.ENTER, document)
    discard_expired(by=SYSTEM)
    name = name[-255:]
    if len(data) > LONGEST_UPLOAD:
        what = _("is larger than %(size)s MB") % {"size": LONGEST_UPLOAD // 1_000_000}
        raise InputRefused(name, what, _("split it, or take its pictures out"))
    if SpreadsheetUpload.objects.filter(owner=by, imported=None, discarded=None).count() >= MOST_KEPT:
        what = _("you have %(most)s spreadsheets waiting already") % {"most": MOST_KEPT}
        raise InputRefused(name, what, _("import or discard one of them first"))
    check()
    path = default_storage.save(f"spreadsheets/{uuid.uuid4().hex}", ContentFile(data))
    try:
        with transaction.atomic():
            kept = SpreadsheetUpload.objects.create(
                owner=by,
                document=document,
                name=name,
                file=path,
                sha256=hashlib.sha256(data).hexdigest(),
                size=len(data),
                uploaded=timezone.now(),
            )
            about = {"name": name, "sha256": kept.sha256, "document": document.pk}
            record(name_of(by), EventType.SPREADSHEET_UPLOADED, "spreadsheet", str(kept.pk), about)
    except BaseException:
        default_storage.delete(path)
        raise
    return kept


def bytes_of(upload: SpreadsheetUpload) -> bytes:
    """Return the file as it was sent. Raises ``InputRefused`` where it is no longer kept."""
    try:
        with default_storage.open(upload.file) as file:
            return bytes(file.read())
    except (OSError, ValueError):
        raise InputRefused(upload.name, _("is no longer kept"), _("send it again")) from None


def set_choices(upload: SpreadsheetUpload, choices: Mapping[str, Any], *, by: Actor, seen: int) -> SpreadsheetUpload:
    """Keep what was decided about an upload; ``seen`` is the revision that the page showed.

    Raises ``NotAllowed``; ``EditConflict`` where it was decided on in another window, imported or discarded.
    """
    with transaction.atomic():
        held = lock_upload(upload.pk, by, seen)
        if held.choices != choices:
            held.choices, held.revision = dict(choices), held.revision + 1
            held.save(update_fields=["choices", "revision"])
            about = {"map": str(choices.get("map", ""))[:4_000]}
            record(name_of(by), EventType.SPREADSHEET_MAPPED, "spreadsheet", str(held.pk), about)
    return held


def lock_upload(key: int, by: Actor, seen: int | None) -> SpreadsheetUpload:
    """Lock an upload that waits and return it. Raises ``NotAllowed``, ``EditConflict``."""
    held = visible_uploads(by).select_for_update(of=("self",), no_key=True).filter(pk=key).first()
    if held is None:
        raise NotAllowed(_("There is no such spreadsheet, or it is not yours."))
    if held.imported:
        raise EditConflict(_("This spreadsheet was imported already. Nothing of yours was saved."))
    if seen is not None and held.revision != seen:
        raise EditConflict(_("This spreadsheet was changed in another window. Nothing of yours was saved."))
    return held


def discard(upload: SpreadsheetUpload, *, by: Actor) -> None:
    """Delete the bytes of an upload; that it was there stays in the record. Raises ``NotAllowed``, ``EditConflict``."""
    with transaction.atomic():
        held = lock_upload(upload.pk, by, None)
        _let_go(held, "discarded", by)


def discard_expired(*, by: Actor) -> int:
    """Discard what waited for longer than ``KEPT_FOR``; returns how many."""
    require(by, Permission.ADMINISTER)
    with transaction.atomic():
        old = SpreadsheetUpload.objects.filter(
            uploaded__lt=timezone.now() - KEPT_FOR, imported=None, discarded=None
        ).select_for_update(no_key=True)
        expired = list(old[:100])
        for one in expired:
            _let_go(one, "expired", by)
    return len(expired)


def _let_go(held: SpreadsheetUpload, why: str, by: Actor) -> None:
    path = held.file
    held.discarded, held.discarded_why, held.file = timezone.now(), why, ""
    held.save(update_fields=["discarded", "discarded_why", "file"])
    record(name_of(by), EventType.SPREADSHEET_DISCARDED, "spreadsheet", str(held.pk), {"why": why, "name": held.name})
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)
