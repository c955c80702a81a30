"""Responses of providers as they were received."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from followthrough.sources.errors import SourceFailed


@dataclass(frozen=True, slots=True)
class RawResponse:
    """One response: its address or file, its body in bytes, and when it was fetched (aware of its time zone)."""

    url: str
    body: bytes
    fetched: datetime

    @property
    def sha256(self) -> str:
        """The hash under which the archive keeps it."""
        return hashlib.sha256(self.body).hexdigest()


def read_json(response: RawResponse) -> Any:
    """Return the JSON of a response, its decimal numbers as printed. Raises ``SourceFailed`` where it is not JSON."""
    try:
        return json.loads(response.body.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError):
        begins = response.body[:60].decode("utf-8", "replace").strip()
        raise SourceFailed(response.url, f"it is not JSON; it begins “{begins}”", "try later") from None
