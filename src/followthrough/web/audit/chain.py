"""The chain of the record: what is hashed of an event, and how one event's hash follows from the one before.

Standard library only, and never changed once events are sealed by it: docs/explanation/audit-chain.md holds the rule in
words, so that others can check an export without this code.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64
"""What stands in the place of a hash before the first event."""


def content(at: datetime.datetime, by: str, verb: str, kind: str, target: str, detail: Any) -> str:
    """Return the SHA-256, in hexadecimal, of an event's own columns in their canonical form.

    Raises ``ValueError`` for a number that JSON does not know.
    """
    moment = at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    columns = {"at": moment, "by": str(by), "verb": verb, "kind": kind, "target": str(target), "detail": _plain(detail)}
    return hashlib.sha256(json.dumps(columns, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def link(previous: str, sequence: int, own: str) -> str:
    """Return the hash of event number ``sequence`` with content ``own``, after the event whose hash is ``previous``."""
    return hashlib.sha256(f"{previous} {sequence} {own}".encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    """Return a JSON value as every database gives it back: keys are strings, and 2.0 is 2."""
    if isinstance(value, dict):
        return {_key(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, float):
        return _number(value)
    return value


def _key(key: Any) -> str:
    """Return a key as JSON writes it: 1 is "1" and true is "true"."""
    return key if isinstance(key, str) else next(iter(json.loads(json.dumps({key: None}))))


def _number(value: float) -> int | float:
    """Return a number that PostgreSQL, which keeps decimals, and SQLite, which keeps the letters, agree upon."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON and cannot go on record")
    return int(Decimal(repr(value))) if value.is_integer() else value
