"""Receive a file: bound, hash, tell its kind, scan, keep, extract its text; known content is kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.read.words import words_apart
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import name_of
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.files import scanning
from followthrough.web.files.kinds import Kind, kind_of
from followthrough.web.files.models import StoredFile
from followthrough.web.files.policy import visible_files
from followthrough.web.files.storage import PIECE, FileGone, storage
from followthrough.web.limits.limiter import Limit, take

LONGEST_FILE = 25_000_000
MOST_WORDS = 2_000_000
"""Characters of text that are kept of a file: some 700 pages."""
BY_PERSON = Limit("person:files", 60, 3600)


Upload: TypeAlias = "UploadedFile[Any]"
"""A file as Django receives it: in memory, or on the disk where it is large."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was kept; ``known`` where ``by`` could fetch the same content before."""

    file: StoredFile
    name: str
    known: bool


def receive(upload: Upload | None, *, by: User) -> Received:
    """Keep what ``by``, who may attach it, has sent; nothing is attached to anything yet.

    Called outside a transaction: scanning and reading take their time. Raises ``InputRefused`` for a file that is
    empty, too large, of no kind that is taken, infected, or that cannot be scanned or kept now; ``TooMany``.
    """
    if upload is None or not upload.name or upload.file is None:
        raise InputRefused(_("the form"), _("no file was chosen"), _("choose a file"))
    name = upload.name[-255:]
    if (upload.size or 0) > LONGEST_FILE:
        what = _("is larger than %(size)s MB") % {"size": LONGEST_FILE // 1_000_000}
        raise InputRefused(name, what, _("attach the pages that matter, or take its pictures out"))
    take(BY_PERSON, str(by.pk))
    file: IO[bytes] = upload.file
    sha256, kind = _hash(file), kind_of(file, name)
    held = StoredFile.objects.filter(sha256=sha256).first()
    if held and (held.scanned or not scanning.is_configured()) and _is_kept(sha256):
        return Received(held, name, visible_files(by).filter(pk=held.pk).exists())
    scanned = _scan(file, name)
    _keep(file, sha256, name)
    if held:
        return Received(_say_scanned(held, scanned, by), name, visible_files(by).filter(pk=held.pk).exists())
    words, unread = _words(file, kind, name)
    return Received(_register(sha256, upload.size or 0, kind, scanned, words, unread, by=by), name, False)


def _hash(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        found.update(piece)
    return found.hexdigest()


def _scan(file: IO[bytes], name: str) -> bool:
    """Have a file scanned; returns whether it was. Nothing passes a scanner that gives no answer."""
    if not scanning.is_configured():
        return False
    try:
        found = scanning.infection(file)
    except scanning.ScannerDown:
        what = _("cannot be scanned for viruses now, so nothing was kept of it")
        raise InputRefused(name, what, _("send it again later; tell the administrator if it goes on")) from None
    if found:
        what = _("was refused by the virus scanner (%(found)s), and nothing was kept of it") % {"found": found[:80]}
        raise InputRefused(name, what, _("have the machine that it comes from looked at"))
    return True


def _is_kept(sha256: str) -> bool:
    try:
        return storage().holds(sha256)
    except FileGone:
        return False


def _keep(file: IO[bytes], sha256: str, name: str) -> None:
    try:
        storage().put(sha256, file)
    except FileGone:
        what = _("cannot be kept: the storage of files does not answer")
        raise InputRefused(name, what, _("send it again later; tell the administrator if it goes on")) from None


def _words(file: IO[bytes], kind: Kind, name: str) -> tuple[str, str]:
    """Return the text of a file, and why there is none."""
    if not kind.words:
        return "", _("no text is extracted from this kind of file")
    file.seek(0)
    try:
        found = words_apart(file.read(), name).replace("\x00", "")
    except InputRefused as error:
        return "", error.what[:300]
    return found[:MOST_WORDS], "" if found.strip() else _("no text was found in it")


def _register(sha256: str, size: int, kind: Kind, scanned: bool, words: str, unread: str, *, by: User) -> StoredFile:
    now = timezone.now()
    with transaction.atomic():
        made, new = StoredFile.objects.get_or_create(
            sha256=sha256,
            defaults={
                "size": size, "kind": kind.key, "received": now, "scanned": now if scanned else None,
                "words": words, "unread": unread,
            },
        )  # fmt: skip
        if new:
            about = {"sha256": sha256, "size": size, "kind": kind.key, "scanned": scanned}
            record(name_of(by), EventType.FILE_RECEIVED, "file", str(made.pk), about)
    return made


def _say_scanned(held: StoredFile, scanned: bool, by: User) -> StoredFile:
    if scanned and not held.scanned:
        with transaction.atomic():
            held.scanned = timezone.now()
            held.save(update_fields=["scanned"])
            record(name_of(by), EventType.FILE_SCANNED, "file", str(held.pk))
    return held
