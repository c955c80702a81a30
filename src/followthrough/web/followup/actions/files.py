"""Attach a file to a party's report, and take it out again before it is sent: each with its audit event."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.files.actions.receiving import Received, Upload, receive
from followthrough.web.followup import clock
from followthrough.web.followup.actions.drafts import lock_writable
from followthrough.web.followup.models import Report, ReportFile
from followthrough.web.followup.policy import require_voice
from followthrough.web.kit.errors import InvalidEntry

MOST_FILES = 20


def attach_to_report(report: Report, upload: Upload | None, *, by: Actor) -> Received:
    """Attach a file to the draft of a report: as hidden as the draft, and sent with it.

    Raises ``NotAllowed``; ``EditConflict`` where its party can write nothing now; ``InvalidEntry`` where it has as many
    files as it may; ``InputRefused``, ``TooMany``. What hangs there already is not attached twice.
    """
    person = require_voice(by, report)
    with transaction.atomic():
        lock_writable(report)
    got = receive(upload, by=person)
    with transaction.atomic():
        held = lock_writable(report)
        standing = held.files.filter(withdrawn=None)
        if standing.filter(file=got.file).exists():
            return Received(got.file, got.name, True)
        if standing.count() >= MOST_FILES:
            raise InvalidEntry({"file": _("a report has at most 20 files: take one out first")})
        ReportFile.objects.create(
            report=held, file=got.file, name=got.name, attached=clock.now(), attached_by=person.username
        )
        about = {"file": got.file.pk, "sha256": got.file.sha256}
        record(person.username, EventType.REPORT_FILE_ATTACHED, "report", str(held.pk), about)
    return got


def take_out(report: Report, key: int, *, by: Actor) -> None:
    """Take a file out of the draft of a report; what was sent of it stays with what was sent.

    Raises ``NotAllowed``; ``EditConflict`` where its party can write nothing now. One that is out already stays so.
    """
    person = require_voice(by, report)
    with transaction.atomic():
        held = lock_writable(report)
        one = held.files.filter(pk=key, withdrawn=None).first()
        if one is not None:
            one.withdrawn = clock.now()
            one.save(update_fields=["withdrawn"])
            record(person.username, EventType.REPORT_FILE_WITHDRAWN, "report", str(held.pk), {"file": one.file_id})
