"""Attach a file to a source, share it with everybody, withdraw it: each with its audit event, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import NotAllowed, name_of
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Source
from followthrough.web.agreements.policy import require_somewhere, visible_sources
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.files.actions.receiving import Upload, receive
from followthrough.web.files.models import SourceFile
from followthrough.web.kit.errors import EditConflict, InvalidEntry

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Attached:
    """What was attached: ``known`` where the person could fetch the same content before, ``here`` where it hung."""

    link: SourceFile
    known: bool
    here: bool


def attach_to_source(
    source: Source, upload: Upload | None, note: str = "", *, shared: bool = False, by: User
) -> Attached:
    """Attach a file or archived copy to a source that ``by`` sees.

    Raises ``NotAllowed``, ``InputRefused``, ``TooMany``. What hangs there already is not attached twice.
    """
    require_somewhere(by, Permission.ENTER)
    if not visible_sources(by).filter(pk=source.pk).exists():
        raise NotAllowed(_("There is no such source, or you may not see it."))
    got = receive(upload, by=by)
    with transaction.atomic():
        Source.objects.select_for_update(no_key=True).get(pk=source.pk)
        there = SourceFile.objects.filter(source=source, file=got.file, withdrawn="").first()
        if there:
            return Attached(there, True, True)
        made = SourceFile.objects.create(
            source=source, file=got.file, name=got.name, note=" ".join(note.split())[:LONGEST_NOTE], shared=shared,
            attached=timezone.now(), attached_by=name_of(by),
        )  # fmt: skip
        about = {"file": got.file.pk, "sha256": got.file.sha256, "name": made.name, "shared": shared}
        record(name_of(by), EventType.SOURCE_FILE_ATTACHED, "source", source.pk, about)
    return Attached(made, got.known, False)


def share(link: SourceFile, shared: bool, *, by: User) -> None:
    """Say whether everybody who sees the source may fetch the file. Raises ``NotAllowed``, ``EditConflict``."""
    with transaction.atomic():
        held = _locked(link, by)
        if held.shared != shared:
            held.shared = shared
            held.save(update_fields=["shared"])
            about = {"file": held.file_id, "changes": {"shared": [not shared, shared]}}
            record(name_of(by), EventType.SOURCE_FILE_CHANGED, "source", held.source_id, about)


def withdraw(link: SourceFile, reason: str, *, by: User) -> None:
    """Withdraw a file from a source, with a reason; the file stays where it is kept.

    Raises ``NotAllowed``; ``InvalidEntry`` without a reason; ``EditConflict`` where it was withdrawn already.
    """
    if not (said := " ".join(reason.split())[:300]):
        raise InvalidEntry({"reason": _("say why it no longer belongs here")})
    with transaction.atomic():
        held = _locked(link, by)
        held.withdrawn = said
        held.save(update_fields=["withdrawn"])
        about = {"file": held.file_id, "name": held.name, "reason": said}
        record(name_of(by), EventType.SOURCE_FILE_WITHDRAWN, "source", held.source_id, about)


def _locked(link: SourceFile, by: User) -> SourceFile:
    require_somewhere(by, Permission.ENTER)
    held = SourceFile.objects.select_for_update(no_key=True).get(pk=link.pk)
    if not visible_sources(by).filter(pk=held.source_id).exists():
        raise NotAllowed(_("There is no such source, or you may not see it."))
    if held.withdrawn:
        raise EditConflict(_("This file was withdrawn already. Nothing of yours was saved."))
    return held
