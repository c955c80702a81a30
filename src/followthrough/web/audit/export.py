"""The record as lines of JSON, which others can check by docs/explanation/audit-chain.md."""

from __future__ import annotations

import json
from collections.abc import Iterator

from followthrough.web.audit.record import head
from followthrough.web.audit.verifying import COLUMNS, rows


def lines() -> Iterator[bytes]:
    """Yield every event up to the head of this moment, in order, as a line of UTF-8."""
    for row in rows(head().count):
        at = row["at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        columns = {name: row[name] for name in ("sequence", *COLUMNS, "hash")}
        yield json.dumps({**columns, "at": at}, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
