"""What one app says beside the records of another that stands below it: registered, so that none imports upwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

Beside = Callable[[str, str, Any], SafeString]
_PARTS: list[Beside] = []


def register_beside(part: Beside) -> None:
    """Register a part: it is given the kind and the id of a record and who reads its page, and returns markup."""
    _PARTS.append(part)


def parts_beside(kind: str, key: str, by: Any) -> SafeString:
    """Return what stands beside a record for somebody who may read it."""
    return mark_safe("".join(part(kind, key, by) for part in _PARTS))  # noqa: S308 - each part is markup already
