"""Tags of answers that cost no answer: what is read changes with the record of changes alone.

Every change of the register has its audit event (docs/explanation/audit-chain.md), so the end of the chain, who asks,
what is asked, the day and the code together tell whether an answer is still the one that was given.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import parse_etags

import followthrough
from followthrough.web.api.policy import Caller
from followthrough.web.audit.record import head


@cache
def _code() -> str:
    """Return what tells one version of the code from another, alike in every worker."""
    root = Path(followthrough.__file__).parent
    about = [(path.name, (told := path.stat()).st_size, told.st_mtime_ns) for path in sorted(root.rglob("*.py"))]
    return hashlib.sha256(repr(about).encode()).hexdigest()


def state_of(asked_by: Caller) -> str:
    """Return what tells one state of the register, as somebody sees it, from another, with one query."""
    end = head()
    parts = (end.count, end.hash, asked_by.by.pk, timezone.localdate(), settings.DEMO, _code())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def tag_of(request: HttpRequest, state: str) -> str:
    """Return the tag of what is asked in a state of the register."""
    return f'"{hashlib.sha256(f"{state} {request.get_full_path()}".encode()).hexdigest()[:32]}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Say whether who asks holds the answer with this tag already."""
    return tag in (one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", "")))
