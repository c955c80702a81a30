"""The database or its disk in trouble, in words: what is no mistake of ours and goes away when somebody sees to it."""

from __future__ import annotations

import errno
import re
import sqlite3
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trouble(NamedTuple):
    """What is wrong, and what to do about it."""

    what: str | Promise
    do: str | Promise


_FULL = Trouble(
    _("the disk is full, or cannot be written"), _("make room; nothing of what failed was kept, so do it again")
)
_LOCKED = Trouble(_("another process has been writing for too long"), _("wait until it is done, and do it again"))
_READONLY = Trouble(_("it may not be written"), _("see to its permissions, and to those of its folder"))
_BROKEN = Trouble(
    _("it is broken, or no database of ours"), _("restore a backup, or name another folder with --data-dir")
)
_SQLITE = (
    (re.compile(r"database or disk is full|disk I/O error"), _FULL),
    (re.compile(r"database (table )?is locked"), _LOCKED),
    (re.compile(r"readonly database"), _READONLY),
    (re.compile(r"file is not a database|malformed|file is encrypted"), _BROKEN),
    (re.compile(r"unable to open database file"), _READONLY),
)
_POSTGRES = {"53": _FULL, "55": _LOCKED, "25006": _READONLY, "08": None, "57": None}
_DISK = {errno.ENOSPC: _FULL, errno.EDQUOT: _FULL, errno.EFBIG: _FULL, errno.EROFS: _READONLY}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Return what ``error`` says of the database or its disk; nothing where it is another kind of error."""
    if isinstance(error, OSError):
        return _DISK.get(error.errno or 0)
    if not isinstance(error, (DatabaseError, InterfaceError, sqlite3.Error)):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    if state:
        return next((said or _away(error) for start, said in _POSTGRES.items() if state.startswith(start)), None)
    for pattern, said in _SQLITE:
        if pattern.search(str(error)):
            return said
    connecting = isinstance(error, OperationalError) and type(error.__cause__).__module__.startswith("psycopg")
    return _away(error) if connecting else None


def _away(error: BaseException) -> Trouble:
    said = _("it does not answer (%(error)s)") % {"error": " ".join(str(error).split())}
    return Trouble(said, _("see that it runs, and to DATABASE_URL"))
